package pipeline

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"baocao/pipeline/agency"
	"baocao/pipeline/report"
	"baocao/pipeline/viet"
)

// readText is what a reader finds in a rendering: the rows of all tables, without
// their heads, and everything else as one string; white space is left out.
type readText struct {
	rows  [][]string
	prose string
}

// TestRenderingsSayTheSame reads the reports of the made-up year out of PDF,
// workbook, Word document and page, with other programs, and finds the same
// texts and figures in all of them, each once and in order.
func TestRenderingsSayTheSame(t *testing.T) {
	p := withStore(t, samplePipeline(t))
	if _, err := p.Collect(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		as   ReportAs
	}{{"2018-Q1", ReportAs{}}, {"2018-6M", ReportAs{Issuer: "ubnd"}}, {"2018-Q3", ReportAs{}}, {"2018", ReportAs{}}} {
		t.Run(c.name, func(t *testing.T) {
			if c.name == "2018-Q3" || c.name == "2018" && os.Getenv("BAOCAO_LONG") == "" {
				t.Skip("the other reports only with BAOCAO_LONG")
			}
			made, err := p.Statement(t.Context(), period(t, c.name), time.Time{})
			if err != nil {
				t.Fatal(err)
			}
			renderer, err := p.office.renderer(agency.DayOf(made.Statement.AsOf))
			if err != nil {
				t.Fatal(err)
			}
			doc := documentAs(t, p, made, c.as)
			if c.as.Issuer != "" {
				doc.Signature.Name = "Nguyễn Thị A"
			}
			for format, render := range map[string]func(io.Writer, *report.Document) error{
				"pdf": renderer.PDF, "xlsx": renderer.XLSX, "docx": renderer.DOCX, "html": renderer.HTML,
			} {
				t.Run(format, func(t *testing.T) {
					var b bytes.Buffer
					if err := render(&b, doc); err != nil {
						t.Fatal(err)
					}
					var got readText
					if format == "pdf" {
						got = paperText(t, b.Bytes(), doc.Words.Continued)
					} else {
						got = fileText(t, format, b.Bytes(), doc)
					}
					want := documentText(doc, format)
					if len(want.rows) < 100 {
						t.Fatalf("%d rows: that is no whole report", len(want.rows))
					}
					if diff := cmp.Diff(want.rows, got.rows); diff != "" {
						t.Errorf("rows (-want +got):\n%s", diff)
					}
					compareProse(t, want.pieces, got.prose)
				})
			}
		})
	}
}

// wanted is what a rendering should say.
type wanted struct {
	rows   [][]string
	pieces []piece
}

// piece is a text outside of tables, or a chart that is drawn.
type piece struct {
	text  string
	chart *report.Chart
}

// compareProse finds the pieces in the string, one behind the other with nothing
// between them; where a chart is drawn, its names and figures in some order.
func compareProse(t *testing.T, pieces []piece, got string) {
	t.Helper()
	rest := got
	var drawn *report.Chart
	for _, p := range append(pieces, piece{text: ""}) {
		if p.chart != nil {
			drawn = p.chart
			continue
		}
		at := strings.Index(rest, p.text)
		if p.text == "" {
			at = len(rest)
		}
		if at < 0 {
			t.Fatalf("%.80q is missing, there is %.80q", p.text, rest)
		}
		if drawn == nil && at > 0 {
			t.Fatalf("before %.80q stands %.80q", p.text, rest[:at])
		}
		if drawn != nil {
			checkDrawn(t, drawn, rest[:at])
			drawn = nil
		}
		rest = rest[at+len(p.text):]
	}
}

// checkDrawn finds the legend, every name and every figure of a chart, and
// nothing else but the legend again.
func checkDrawn(t *testing.T, c *report.Chart, text string) {
	t.Helper()
	take := func(want string) {
		if !strings.Contains(text, want) {
			t.Errorf("chart %q: %q is missing", c.Title, want)
		}
		text = strings.Replace(text, want, "\x00", 1)
	}
	for _, b := range c.Bars {
		figures := ""
		for _, f := range b.Figures {
			figures += squeeze(f.Text)
		}
		take(squeeze(b.Name) + figures)
	}
	for _, s := range c.Series {
		take(squeeze(s))
		text = strings.ReplaceAll(text, squeeze(s), "\x00")
	}
	if left := strings.ReplaceAll(text, "\x00", ""); left != "" {
		t.Errorf("chart %q: %q is said besides", c.Title, left)
	}
}

// documentText is what a format should say of a document.
func documentText(d *report.Document, format string) wanted {
	var all wanted
	text := func(texts ...string) {
		for _, one := range texts {
			if one = squeeze(one); one != "" {
				all.pieces = append(all.pieces, piece{text: one})
			}
		}
	}
	table := func(table *report.Table) {
		for _, row := range table.Rows {
			var cells []string
			for _, c := range row.Cells {
				cells = append(cells, squeeze(c.Text))
			}
			all.rows = append(all.rows, cells)
		}
		text(table.Note)
	}
	blocks := func(blocks []report.Block) {
		for _, b := range blocks {
			text(b.Heading, b.Paragraph)
			if b.Item != "" {
				text("- " + b.Item)
			}
			if b.Table != nil {
				table(b.Table)
			}
			if b.Chart != nil {
				text(b.Chart.Title)
				if format == "docx" || format == "xlsx" {
					table(b.Chart.Table())
					continue
				}
				all.pieces = append(all.pieces, piece{chart: b.Chart})
				text(b.Chart.Note)
			}
		}
	}
	head, foot := besides(d, format)
	text(head...)
	text(d.Kind, d.Subject, d.Words.To+" "+d.Addressee)
	blocks(d.Body)
	text(foot...)
	for _, a := range d.Annexes {
		if !a.Workbook {
			text(a.Label, a.Title, a.Reference)
			blocks(a.Body)
		}
	}
	return all
}

// besides are the texts that stand beside each other at the head and at the foot
// of the main text, in the order in which a format has them.
func besides(d *report.Document, format string) (head, foot []string) {
	h, s := d.Letterhead, d.Signature
	left, right := append([]string{d.Words.Recipients}, s.Recipients...), append([]string{}, s.Authority...)
	switch format {
	case "pdf":
		return []string{h.Parent, h.Issuer, h.Symbol, h.Nation, h.Motto, h.Place}, append(append(right, s.Name), left...)
	case "xlsx": // row by row, four of them for a signature
		if s.Name != "" {
			right = append(right, "", "", "", "", s.Name)
		}
		for i := range max(len(left), len(right)) {
			foot = append(append(foot, left[min(i, len(left)):min(i+1, len(left))]...), right[min(i, len(right)):min(i+1, len(right))]...)
		}
		return []string{h.Parent, h.Nation, h.Issuer, h.Motto, h.Symbol, h.Place}, foot
	}
	return []string{h.Parent, h.Issuer, h.Nation, h.Motto, h.Symbol, h.Place}, append(append(left, right...), s.Name)
}

// fileText is what Python's libraries find in a file; of a workbook, in the
// sheets of what is printed.
func fileText(t *testing.T, format string, data []byte, d *report.Document) readText {
	t.Helper()
	file := filepath.Join(t.TempDir(), "a."+format)
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	var items [][2]json.RawMessage
	if err := json.Unmarshal(command(t, pythonWith(t, "docx", "openpyxl"), "testdata/readback.py", file), &items); err != nil {
		t.Fatal(err)
	}
	var all readText
	var prose strings.Builder
	printed, sheet := true, -1
	for _, item := range items {
		switch string(item[0]) {
		case `"sheet"`:
			sheet++
			printed = sheet == 0 || !d.Annexes[sheet-1].Workbook
		case `"p"`:
			if printed {
				prose.WriteString(squeeze(text(t, item[1])))
			}
		case `"row"`:
			var row []json.RawMessage
			if err := json.Unmarshal(item[1], &row); err != nil {
				t.Fatal(err)
			}
			var cells []string
			for _, c := range row {
				cells = append(cells, squeeze(text(t, c)))
			}
			if printed {
				all.add(cells, squeeze(d.Words.Continued))
			}
		}
	}
	all.prose = prose.String()
	return all
}

// add adds a row, or what is left of one that is too tall for one.
func (s *readText) add(row []string, continued string) {
	code, goesOn := strings.CutSuffix(row[0], continued)
	if last := len(s.rows) - 1; goesOn && last >= 0 && s.rows[last][0] == code && len(s.rows[last]) == len(row) {
		for c := 1; c < len(row); c++ {
			s.rows[last][c] += row[c]
		}
		return
	}
	s.rows = append(s.rows, row)
}

// text is a cell as it shows: a number of a workbook with as many decimals as its
// format has, in the Vietnamese form, and a date in the official one.
func text(t *testing.T, cell json.RawMessage) string {
	t.Helper()
	var plain string
	if json.Unmarshal(cell, &plain) == nil {
		return plain
	}
	var number struct {
		N, F string
		D    []int
	}
	if err := json.Unmarshal(cell, &number); err != nil {
		t.Fatalf("cell %s: %v", cell, err)
	}
	if len(number.D) == 3 {
		form := map[string]string{"dd/mm/yyyy": "%02d/%02d/%d", "dd/m/yyyy": "%02d/%d/%d"}[number.F]
		if form == "" {
			t.Errorf("%v is shown as %q", number.D, number.F)
		}
		return fmt.Sprintf(form, number.D[2], number.D[1], number.D[0])
	}
	value, err := decimal.NewFromString(number.N)
	if err != nil {
		t.Fatalf("cell %s: %v", cell, err)
	}
	shown, ok := strings.CutPrefix(number.F, "[$-42A]#,##0")
	places := len(strings.TrimPrefix(shown, "."))
	if !ok || strings.Trim(shown, ".0") != "" || !value.Equal(value.Round(int32(places))) {
		t.Errorf("%s is shown as %q", number.N, number.F)
	}
	return viet.FormatNumber(value)
}

// pythonWith finds a Python that has some libraries: there may be several, and
// the first need not be the one that the system's libraries are for.
func pythonWith(t *testing.T, libraries ...string) string {
	t.Helper()
	needs(t, "python3")
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		path := filepath.Join(dir, "python3")
		if exec.Command(path, "-c", "import "+strings.Join(libraries, ", ")).Run() == nil {
			return path
		}
	}
	if os.Getenv("BAOCAO_REQUIRE_TOOLS") != "" {
		t.Fatalf("no python3 has %v, and BAOCAO_REQUIRE_TOOLS asks for them", libraries)
	}
	t.Skipf("no python3 has %v", libraries)
	return ""
}
