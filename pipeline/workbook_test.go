package pipeline

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
)

// workbookFacts is what openpyxl finds of a workbook besides its texts.
type workbookFacts struct {
	Properties map[string]string
	Sheets     []sheetFacts
}

type sheetFacts struct {
	Name     string
	First    []any // of cell A1: text, font, size, bold, alignment
	Merged   []string
	Columns  int
	Heads    []int // rows of the tables' heads
	Frozen   string
	Repeated string
	Filter   string

	Landscape bool
	Paper     int
	Fit       []any
	Margins   []int
	Header    []string
	Fonts     []string
	Formulas  map[string][2]any // the formula and its result
}

func workbookOf(t *testing.T, file string) workbookFacts {
	t.Helper()
	var facts workbookFacts
	if err := json.Unmarshal(command(t, pythonWith(t, "openpyxl"), "testdata/workbook.py", file), &facts); err != nil {
		t.Fatal(err)
	}
	return facts
}

// TestWorkbookIsSound looks at the workbook of a whole report with openpyxl and
// LibreOffice: how it is set up for screen and printer, and that every total comes
// to what stands in its cell when another program reckons it.
func TestWorkbookIsSound(t *testing.T) {
	if testing.Short() {
		t.Skip("starts an office program")
	}
	needs(t, "soffice")
	p := withStore(t, samplePipeline(t))
	if _, err := p.Collect(t.Context()); err != nil {
		t.Fatal(err)
	}
	made, err := p.Statement(t.Context(), period(t, "2018-6M"), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	renderer, err := p.office.renderer(agency.DayOf(made.Statement.AsOf))
	if err != nil {
		t.Fatal(err)
	}
	doc := documentAs(t, p, made, ReportAs{})
	var b bytes.Buffer
	if err := renderer.XLSX(&b, doc); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "a.xlsx")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	book := workbookOf(t, file)
	if diff := cmp.Diff(map[string]string{
		"title": doc.Meta.Title, "creator": doc.Meta.Author, "language": "vi-VN", "status": doc.Meta.Edition, "identifier": doc.Meta.Data,
	}, book.Properties); diff != "" {
		t.Errorf("properties (-want +got):\n%s", diff)
	}
	if len(book.Sheets) != 1+len(doc.Annexes) {
		t.Fatalf("%d sheets, want %d", len(book.Sheets), 1+len(doc.Annexes))
	}
	formulas, tables := 0, 0
	for i, s := range book.Sheets {
		s.checkPaper(t, doc.Meta.Status, doc.Meta.Footer, i > 0 && doc.Annexes[i-1].Landscape)
		if i > 0 {
			s.checkLabel(t, doc.Annexes[i-1].Label)
			if s.single() {
				s.checkTable(t)
				tables++
			}
		}
		formulas += len(s.Formulas)
	}
	if formulas < 10 || tables < 5 {
		t.Errorf("%d formulas, %d sheets of one table: that is no whole report", formulas, tables)
	}
	bare, reckoned := filepath.Join(dir, "bare.xlsx"), filepath.Join(dir, "reckoned")
	command(t, pythonWith(t, "openpyxl"), "testdata/workbook.py", file, bare)
	command(t, "soffice", "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "xlsx", "--outdir", reckoned, bare)
	for i, s := range workbookOf(t, filepath.Join(reckoned, "bare.xlsx")).Sheets {
		for cell, want := range book.Sheets[i].Formulas {
			if got := s.Formulas[cell]; fmt.Sprintf("%.6v", got[1]) != fmt.Sprintf("%.6v", want[1]) {
				t.Errorf("%s!%s: %v comes to %v, the cell says %v", s.Name, cell, want[0], got[1], want[1])
			}
		}
	}
}

// checkPaper holds how a sheet is printed: A4, as wide as the page, status, line
// and page of pages in its margins, all in the official face.
func (s sheetFacts) checkPaper(t *testing.T, status, footer string, landscape bool) {
	t.Helper()
	if s.Paper != 9 || s.Landscape != landscape {
		t.Errorf("%s: paper %d, landscape %v, want A4 (9), %v", s.Name, s.Paper, s.Landscape, landscape)
	}
	if diff := cmp.Diff([]any{true, 1.0, 0.0}, s.Fit); diff != "" {
		t.Errorf("%s: fit to one page's width (-want +got):\n%s", s.Name, diff)
	}
	if want := []int{marginLeft, marginRight, marginTop, marginBottom}; !slices.Equal(s.Margins, want) {
		t.Errorf("%s: margins %v mm, want %v", s.Name, s.Margins, want)
	}
	if !strings.HasSuffix(s.Header[0], status) || !strings.HasSuffix(s.Header[1], footer) || !strings.HasSuffix(s.Header[2], "Trang &P/&N") && !strings.HasSuffix(s.Header[2], "Trang &[Page]/&N") {
		t.Errorf("%s: in the margins stands %q", s.Name, s.Header)
	}
	if !slices.Equal(s.Fonts, []string{"Times New Roman"}) {
		t.Errorf("%s: fonts %q", s.Name, s.Fonts)
	}
}

// checkLabel holds the first row of an annex's sheet: its label over the whole
// width.
func (s sheetFacts) checkLabel(t *testing.T, label string) {
	t.Helper()
	if diff := cmp.Diff([]any{label, "Times New Roman", 14.0, true, "center"}, s.First); diff != "" {
		t.Errorf("%s: first cell (-want +got):\n%s", s.Name, diff)
	}
	whole := slices.ContainsFunc(s.Merged, func(area string) bool { return strings.HasPrefix(area, "A1:") && strings.HasSuffix(area, "1") })
	if s.Columns > 1 && !whole {
		t.Errorf("%s: the label does not stand over the whole width", s.Name)
	}
}

// single tells whether the sheet has one table: the rows of its head are
// neighbours.
func (s sheetFacts) single() bool {
	n := len(s.Heads)
	return n > 0 && s.Heads[n-1]-s.Heads[0] == n-1
}

// checkTable holds the head of a sheet's only table in sight on screen and on
// every page.
func (s sheetFacts) checkTable(t *testing.T) {
	t.Helper()
	first, last := s.Heads[0], s.Heads[len(s.Heads)-1]
	if want := fmt.Sprintf("A%d", last+1); s.Frozen != want {
		t.Errorf("%s: frozen at %q, want %q", s.Name, s.Frozen, want)
	}
	if got, want := strings.ReplaceAll(s.Repeated, "$", ""), fmt.Sprintf("%d:%d", first, last); got != want {
		t.Errorf("%s: rows %q come again on every page, want %q", s.Name, got, want)
	}
	if !strings.HasPrefix(strings.ReplaceAll(s.Filter, "$", ""), fmt.Sprintf("A%d:", last)) {
		t.Errorf("%s: filter over %q, want it below row %d", s.Name, s.Filter, last)
	}
}
