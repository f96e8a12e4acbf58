package render

import (
	"testing"

	"baocao/pipeline/report"
)

// severalTables is a report with an annex of several tables of different widths,
// whose figures lead to rows of another annex and to files.
func severalTables() *report.Document {
	doc := sample(3)
	statistics := fieldTable()
	for i := range statistics.Rows {
		statistics.Rows[i].Cells[len(statistics.Rows[i].Cells)-1].Link.Row = "source 2"
	}
	ranking := &report.Table{Columns: []report.Column{
		{Title: "Stt", Width: 10, Align: report.Center}, {Title: "Cơ quan, đơn vị", Width: 50}, {Title: "Điểm", Width: 20, Align: report.Right},
	}}
	for _, points := range []string{"97.5", "80", "0"} {
		ranking.Rows = append(ranking.Rows, report.Row{Cells: []report.Cell{cell("1"), cell("UBND huyện Đắk R'lấp"), figure(points)}})
	}
	grouped := &report.Table{Columns: []report.Column{{Title: "Stt", Width: 10}, {Title: "Nội dung", Width: 90}}, Rows: []report.Row{
		{Kind: report.Group, Cells: []report.Cell{{Text: "Số liệu chung của hoạt động", Span: 2}}},
		{Cells: []report.Cell{figure("1"), cell("Đính chính số liệu: 12 → 14,5")}},
	}}
	doc.Annexes = append(doc.Annexes, report.Annex{
		Label: "Phụ lục V", Title: "GHI CHÚ VỀ SỐ LIỆU", Sheet: "Ghi chú",
		Body: []report.Block{
			{Paragraph: "Bảng rộng:"}, {Table: statistics}, {Paragraph: "Bảng hẹp:"}, {Table: ranking},
			{Item: "một mục;"}, {Table: grouped},
		},
	}, report.Annex{
		Label: "Nguồn", Sheet: "Nguồn gốc", Workbook: true,
		Body: []report.Block{{Table: &report.Table{Columns: []report.Column{{Title: "Tài liệu", Width: 1}}, Rows: []report.Row{
			{Name: "source 1", Cells: []report.Cell{{Text: "a.xlsx", Link: report.Link{File: "../archive/ab/ab12.xlsx"}}}},
			{Name: "source 2", Cells: []report.Cell{{Text: "b.xlsx", Link: report.Link{File: "//server/share/b.xlsx"}}}},
			{Name: "source 2", Cells: []report.Cell{{Text: "", Link: report.Link{File: "../archive/cd/cd34.xlsx"}}}},
			{Cells: []report.Cell{{Text: "c.xlsx", Link: report.Link{Row: "nowhere"}}}},
		}}}},
	})
	return doc
}

// A cell leads where it should, and nowhere else: not to another machine, not to
// a row that is not there, and an empty cell not at all.
func TestWorkbookLinks(t *testing.T) {
	f := openWorkbook(t, workbookBytes(t, renderer(t, "ND30-2020"), severalTables()))
	const notes, sources = "Ghi chú", "Nguồn gốc"
	first, field := find(t, f, sources, "a.xlsx"), find(t, f, notes, "I")
	for _, c := range []struct{ sheet, cell, want string }{
		{sources, "A" + itoa(first), "../archive/ab/ab12.xlsx"},
		{sources, "A" + itoa(first+1), ""},
		{sources, "A" + itoa(first+2), ""},
		{sources, "A" + itoa(first+3), ""},
		{notes, "G" + itoa(field), "'Nguồn gốc'!A" + itoa(first+1)},
		{notes, "F" + itoa(field), ""},
	} {
		linked, got, err := f.GetCellHyperLink(c.sheet, c.cell)
		if err != nil || got != c.want || linked != (c.want != "") {
			t.Errorf("%s!%s leads to %q (%t), %v, want %q", c.sheet, c.cell, got, linked, err, c.want)
		}
	}
}

// A document without a main text is a workbook of its annexes.
func TestWorkbookWithoutMainText(t *testing.T) {
	doc := sample(3)
	doc.Kind, doc.Body, doc.Annexes = "", nil, doc.Annexes[:1]
	f := openWorkbook(t, workbookBytes(t, renderer(t, "ND30-2020"), doc))
	if got := f.GetSheetList(); len(got) != 1 || got[0] != doc.Annexes[0].Sheet {
		t.Errorf("sheets: got %q, want %q alone", got, doc.Annexes[0].Sheet)
	}
}

// BenchmarkLinks is a sheet of sources with a link in every row.
func BenchmarkLinks(b *testing.B) {
	doc := sample(3)
	table := sourceTable()
	row := table.Rows[0]
	table.Rows = nil
	for range maxLinks {
		cells := append([]report.Cell(nil), row.Cells...)
		cells[0].Link.File = "../archive/ab/ab12.xlsx"
		table.Rows = append(table.Rows, report.Row{Cells: cells})
	}
	doc.Annexes[2].Body = []report.Block{{Table: table}}
	r := renderer(b, "ND30-2020")
	for b.Loop() {
		workbookBytes(b, r, doc)
	}
}
