package render

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"baocao/pipeline/report"
)

// narrowFirst is an annex whose second table needs more room in its first column
// than the first table's has.
func narrowFirst() *report.Document {
	doc := severalTables()
	ranking := &report.Table{Columns: []report.Column{
		{Title: "Thứ hạng", Width: 10, Align: report.Center}, {Title: "Cơ quan, đơn vị", Width: 50},
		{Title: "Đúng hạn", Width: 14, Align: report.Right}, {Title: "Xếp loại", Width: 16, Align: report.Center},
	}}
	for range 3 {
		ranking.Rows = append(ranking.Rows, report.Row{Cells: []report.Cell{figure("1"), cell("Sở Nội vụ"), figure("100"), cell("Tốt")}})
	}
	a := &doc.Annexes[1]
	a.Body = append(a.Body, report.Block{Paragraph: "Xếp loại:"}, report.Block{Table: ranking})
	return doc
}

// No word of a heading is broken, whichever of a sheet's tables it stands over.
func TestSheetHeadingsAreWhole(t *testing.T) {
	r := renderer(t, "TT01-2011")
	for kind, doc := range map[string]*report.Document{"52": sample(52), "several": severalTables(), "charts": charted(), "narrow": narrowFirst()} {
		d, err := typeset(doc)
		if err != nil {
			t.Fatal(err)
		}
		heads := 0
		for _, s := range r.sheets(d) {
			for i, row := range s.rows {
				for _, c := range row.cells {
					text, _ := c.value.(string)
					if !c.style.middle || !c.style.face.bold() {
						continue
					}
					heads++
					for word := range strings.FieldsSeq(text) {
						if got, room := s.typeface(c.style).width(word), s.room(c.left, c.right); got > room {
							t.Errorf("%s: %s row %d: %q is %.1f wide and has %.1f", kind, s.name, i+1, word, got, room)
						}
					}
				}
			}
		}
		if heads == 0 {
			t.Errorf("%s: no headings", kind)
		}
	}
}

// What leads somewhere stands in one line: LibreOffice shows no other of a link.
func TestLinksAreOneLine(t *testing.T) {
	doc := severalTables()
	long := strings.Repeat("tên tệp rất dài của một cơ quan ", 20) + ".xlsx"
	table := doc.Annexes[len(doc.Annexes)-1].Body[0].Table
	table.Rows[0].Cells[0].Text = long
	statistics := doc.Annexes[len(doc.Annexes)-2].Body[1].Table
	statistics.Rows[1].Cells[1].Link.Row, statistics.Rows[1].Cells[1].Text = "source 2", long
	d, err := typeset(doc)
	if err != nil {
		t.Fatal(err)
	}
	links, found := 0, 0
	for _, s := range renderer(t, "TT01-2011").sheets(d) {
		for i, row := range s.rows {
			for _, c := range row.cells {
				text, _ := c.value.(string)
				if text == long {
					found++
				}
				if c.link == (report.Link{}) {
					continue
				}
				links++
				if lines := s.typeface(c.style).wrap(text, s.room(c.left, c.right), s.room(c.left, c.right)); len(lines) > 1 {
					t.Errorf("%s row %d: a link of %d lines", s.name, i+1, len(lines))
				}
			}
		}
	}
	if found != 2 || links < 5 {
		t.Errorf("got %d long texts and %d links, want 2 and some", found, links)
	}
}

func TestNumberFormat(t *testing.T) {
	for text, want := range map[string]string{"720": "[$-42A]#,##0", "0.5": "[$-42A]#,##0.0", "12.125": "[$-42A]#,##0.000"} {
		if got := numberFormat(decimals(decimal.RequireFromString(text))); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

// A date is one that can be reckoned with, and looks as on paper.
func TestSheetDates(t *testing.T) {
	doc := sample(1)
	doc.Annexes[1].Body[0].Table.Rows[1].Cells[2] = date("05/02/2018", 2, 5)
	f := openWorkbook(t, workbookBytes(t, renderer(t, "TT01-2011"), doc))
	const sheet = "PL II - Chưa gửi"
	for text, want := range map[string][2]string{"1": {"43174", "15/3/2018"}, "2": {"43136", "05/02/2018"}} {
		cell := "C" + itoa(find(t, f, sheet, text))
		shown, err := f.GetCellValue(sheet, cell)
		if err != nil {
			t.Fatal(err)
		}
		if got := value(t, f, sheet, cell); got != want[0] || shown != want[1] {
			t.Errorf("row %s: got %q, shown %q, want %q, shown %q", text, got, shown, want[0], want[1])
		}
	}
}
