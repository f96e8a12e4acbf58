package render

import (
	"bytes"
	"html"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"baocao/pipeline/report"
)

// A reader with the paper, the workbook, the page and the text in front of him
// sees the same cells and figures in all of them.
func TestFourRenderingsSayTheSame(t *testing.T) {
	for kind, doc := range map[string]*report.Document{"report": sample(52), "torture": torture(), "several tables": severalTables(), "charts": charted()} {
		t.Run(kind, func(t *testing.T) {
			r := renderer(t, "TT01-2011")
			d, err := typeset(doc)
			if err != nil {
				t.Fatal(err)
			}
			want := wantedCells(d)
			got := map[string][]string{
				"PDF":  paperCells(t, r, d),
				"HTML": htmlCellTexts(t, r, doc),
				"Text": textCellTexts(t, r, doc),
				"XLSX": workbookCells(t, r, d),
			}
			for name, cells := range got {
				expected := want
				if name == "PDF" {
					expected = nil
					for _, c := range want {
						expected = append(expected, r.printable(c))
					}
				}
				if diff := cmp.Diff(expected, cells); diff != "" {
					t.Errorf("%s (-want +got):\n%s", name, diff)
				}
			}
		})
	}
}

// wantedCells are the bare texts of all cells that are printed, in order.
func wantedCells(d *report.Document) []string {
	var all []string
	for _, table := range printedTables(d) {
		for _, row := range table.Rows {
			for _, c := range row.Cells {
				all = append(all, bare(c.Text))
			}
		}
	}
	return all
}

func paperCells(t *testing.T, r *Renderer, d *report.Document) []string {
	pages, err := r.pages(d)
	if err != nil {
		t.Fatal(err)
	}
	texts := map[cellID]string{}
	for _, p := range pages {
		for _, b := range p.boxes {
			if b.role == roleCell {
				for _, one := range b.runs {
					texts[b.cell] += bare(one.text)
				}
			}
		}
	}
	var all []string
	for i, table := range printedTables(d) {
		for j, row := range table.Rows {
			for k := range row.Cells {
				all = append(all, texts[cellID{i, j, k}])
			}
		}
	}
	return all
}

var htmlCellPattern = regexp.MustCompile(`(?s)<td[^>]*>(.*?)</td>`)

func htmlCellTexts(t *testing.T, r *Renderer, doc *report.Document) []string {
	var b bytes.Buffer
	if err := r.HTML(&b, doc); err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, m := range htmlCellPattern.FindAllStringSubmatch(b.String(), -1) {
		if strings.Contains(m[1], "<") {
			t.Errorf("markup in a cell: %q", m[1])
		}
		all = append(all, bare(html.UnescapeString(m[1])))
	}
	return all
}

// textCellTexts reads the table rows of the plain text: those after a row of
// headings, told by the documents' own first headings.
func textCellTexts(t *testing.T, r *Renderer, doc *report.Document) []string {
	var b bytes.Buffer
	if err := r.Text(&b, doc); err != nil {
		t.Fatal(err)
	}
	notes := map[string]bool{}
	for _, table := range printedTables(doc) {
		notes[table.Note] = true
	}
	var all []string
	in := false
	for line := range strings.Lines(b.String()) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "Stt | "), strings.HasPrefix(line, "Mã | "):
			in = true
		case line == "", notes[line]:
			in = false
		case in && strings.HasPrefix(line, "(1) | "):
		case in:
			// A bar within a cell is told from one between cells by what it stands in.
			line = strings.ReplaceAll(line, "%s | ", "%s \x00 ")
			for c := range strings.SplitSeq(line+" ", " | ") {
				all = append(all, bare(strings.ReplaceAll(strings.ReplaceAll(c, "\x00", "|"), "¶", "")))
			}
		}
	}
	return all
}

// workbookCells reads the cells back from where the plan of the sheets says the
// tables stand, and puts the rows of a divided one together again.
func workbookCells(t *testing.T, r *Renderer, d *report.Document) []string {
	f := openWorkbook(t, workbookBytes(t, r, d))
	names := f.GetSheetList()
	var all []string
	for i, a := range append([]report.Annex{{Body: d.Body}}, d.Annexes...) {
		if a.Workbook {
			continue
		}
		planned, from := r.mainSheet(d, names[0]), 0
		if i > 0 {
			planned = r.annexSheet(d, a, names[i])
		}
		for _, b := range a.Body {
			if b.Table != nil {
				edges := bounds(r.fitSheet(b.Table, sum(planned.widths)).widths, planned.widths)
				cells, end := sheetCells(t, f, names[i], b.Table, d.Words.Continued, edges, from)
				all, from = append(all, cells...), end
			}
		}
	}
	return all
}

// sheetCells are the cells of a table that stands below a row of a sheet, and the
// row below it; edges are the sheet's columns before each of the table's.
func sheetCells(t *testing.T, f *excelize.File, sheet string, table *report.Table, continued string, edges []int, from int) ([]string, int) {
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	at := len(rows)
	for i := len(rows) - 1; i >= from; i-- {
		if row := rows[i]; len(row) > 0 && row[0] == table.Columns[0].Title {
			at = i
		}
	}
	for at++; at < len(rows) && (len(rows[at]) == 0 || rows[at][0] == "" || rows[at][0] == "(1)"); at++ {
	}
	var all []string
	for _, row := range table.Rows {
		cells := make([]string, len(row.Cells))
		for first := true; at < len(rows) && (first || isContinuation(rows[at], row, continued)); at++ {
			column := 0
			for k, c := range row.Cells {
				text := ""
				if edges[column] < len(rows[at]) {
					text = rows[at][edges[column]]
				}
				switch {
				case c.Number != nil && first:
					if text != c.Number.String() {
						t.Errorf("%s: row %d: got number %q, want %s", sheet, at+1, text, c.Number)
					}
					cells[k] = bare(c.Text)
				case !c.Date.IsZero() && first:
					if want := strconv.FormatFloat(serialDay(c.Date.Year, c.Date.Month, c.Date.Day), 'f', -1, 64); text != want {
						t.Errorf("%s: row %d: got date %q, want %s", sheet, at+1, text, want)
					}
					cells[k] = bare(c.Text)
				case first || k > 0:
					cells[k] += bare(text)
				}
				column += span(c)
			}
			first = false
		}
		all = append(all, cells...)
	}
	return all, at
}

func isContinuation(got []string, row report.Row, continued string) bool {
	return len(got) > 0 && got[0] == row.Cells[0].Text+" "+continued
}
