package sheet

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"baocao/pipeline/finding"
	"baocao/pipeline/viet"
)

func TestCells(t *testing.T) {
	book := mustOpen(t, "testdata/cells.xlsx")
	s := &book.Sheets[0]
	if s.Name != "Báo cáo" || s.Hidden || !s.Grid || book.Format != XLSX {
		t.Errorf("got %q, hidden %t, grid %t, format %q", s.Name, s.Hidden, s.Grid, book.Format)
	}
	text := func(s string) Cell { return Cell{Kind: String, Text: s, Raw: s} }
	for ref, want := range map[string]Cell{
		"A1":  text("Tổ chức  hội nghị"),
		"A2":  text("Chủ trì:\nSở Nội vụ\nPhối hợp"),
		"A3":  text("Sở Nội vụ tỉnh"),
		"A4":  {},
		"A5":  text("=1+1"),
		"A6":  text("a_x0041_ b"),
		"B1":  {Kind: Number, Text: "25%", Raw: "0.25", Format: "0%"},
		"B2":  {Kind: Number, Text: "80.5%", Raw: "0.805", Format: "0.0%"},
		"B3":  {Kind: Number, Text: "14.5", Raw: "14.5"},
		"B4":  {Kind: Number, Text: "35,200,000", Raw: "35200000", Format: "#,##0"},
		"B5":  {Kind: Number, Text: "(1,234.50)", Raw: "-1234.5", Format: "#,##0.00;[Red](#,##0.00)"},
		"B6":  {Kind: Number, Text: "15 triệu đồng", Raw: "15", Format: `0 "triệu đồng"`},
		"B7":  {Kind: Number, Text: "-", Raw: "0", Format: "#,##0;-#,##0;-"},
		"B8":  {Kind: Number, Text: "1.10", Raw: "1.1", Format: "0.00"},
		"C1":  {Kind: Date, Text: "15/06/2018", Raw: "43266", Format: "dd/mm/yyyy"},
		"C2":  {Kind: Date, Text: "15-Jun-18", Raw: "43266", Format: "d-mmm-yy"},
		"C4":  {Kind: Date, Text: "ngày 15 tháng 06 năm 2018", Raw: "43266", Format: `"ngày" dd "tháng" mm "năm" yyyy`},
		"C6":  {Kind: Number, Text: "0.5", Raw: "0.5", Format: "[h]:mm"},
		"D1":  {Kind: Bool, Text: "TRUE", Raw: "1"},
		"D2":  {Kind: Number, Text: "15", Raw: "15", Formula: true},
		"D3":  {Kind: String, Text: "xong", Raw: "xong", Formula: true},
		"D4":  {Kind: Failed, Text: "#DIV/0!", Raw: "#DIV/0!", Formula: true},
		"E1":  text("ba hàng"),
		"Z99": {},
	} {
		p, _ := parseRef(ref)
		want.Col = p.col
		if diff := cmp.Diff(want, s.Row(p.row).Cell(p.col)); diff != "" {
			t.Errorf("%s:\n%s", ref, diff)
		}
	}
	if diff := cmp.Diff([]Range{{1, 5, 3, 6}}, s.Merges); diff != "" {
		t.Errorf("merges:\n%s", diff)
	}
	for _, row := range s.Rows {
		if row.Hidden != (row.Number == 5) {
			t.Errorf("row %d: got hidden %t", row.Number, row.Hidden)
		}
	}
	if hidden := book.Sheets[1]; !hidden.Hidden || hidden.Name != "Ẩn" || len(hidden.Rows) != 1 {
		t.Errorf("second sheet: got %+v, want it hidden with one row", hidden)
	}
	want := finding.Place{File: "testdata/cells.xlsx", Sheet: "Báo cáo", Cell: "C2", Row: 2}
	if diff := cmp.Diff(want, book.Place(s, 2, 3)); diff != "" {
		t.Error(diff)
	}
}

// What a reader sees is what LibreOffice shows.
func TestShownLikeLibreOffice(t *testing.T) {
	book := mustOpen(t, "testdata/cells.xlsx")
	rows, err := csv.NewReader(bytes.NewReader(sample(t, "testdata/cells-office.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for r, row := range rows {
		for c, want := range row {
			if r == 5 && c == 2 {
				continue // an elapsed time, which we do not show as such
			}
			if got := book.Sheets[0].Row(r + 1).Cell(c + 1).Text; got != viet.Clean(want) {
				t.Errorf("%s%d: got %q, want %q", Column(c+1), r+1, got, viet.Clean(want))
			}
		}
	}
}

// LibreOffice writes the same cells in its own way, with other styles and
// without inline strings.
func TestCellsSavedByLibreOffice(t *testing.T) {
	want, got := mustOpen(t, "testdata/cells.xlsx"), mustOpen(t, "testdata/cells-office.xlsx")
	for _, row := range want.Sheets[0].Rows {
		for _, c := range row.Cells {
			again := got.Sheets[0].Row(row.Number).Cell(c.Col)
			again.Formula = again.Formula && again.Kind != Bool // TRUE is a function there
			if again.Text != c.Text || again.Kind != c.Kind || again.Formula != c.Formula {
				t.Errorf("%s%d: got %+v, want %+v", Column(c.Col), row.Number, again, c)
			}
		}
	}
	if diff := cmp.Diff(want.Sheets[0].Merges, got.Sheets[0].Merges); diff != "" {
		t.Error(diff)
	}
}

// A second reader of the same files sees the same texts in the same cells.
func TestSameTextsAsExcelize(t *testing.T) {
	for _, name := range []string{
		"../form/testdata/plan/1982.xlsx",
		"../form/testdata/plan/columns-apart.xlsx",
		"../form/testdata/plan/codes-only-2019.xlsx",
		"../form/testdata/plan/total-351.xlsx",
	} {
		book := mustOpen(t, name)
		f, err := excelize.OpenFile(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for i, sheetName := range f.GetSheetList() {
			rows, err := f.GetRows(sheetName)
			if err != nil {
				t.Fatal(err)
			}
			s := &book.Sheets[i]
			if n := len(rows); n != s.Rows[len(s.Rows)-1].Number {
				t.Errorf("%s, %s: got %d rows, want %d", name, sheetName, s.Rows[len(s.Rows)-1].Number, n)
			}
			for r, row := range rows {
				for c, want := range row {
					if got := s.Row(r + 1).Cell(c + 1).Text; got != viet.Clean(want) {
						t.Errorf("%s, %s, %s%d: got %q, want %q", name, sheetName, Column(c+1), r+1, got, viet.Clean(want))
					}
				}
			}
			merges, err := f.GetMergeCells(sheetName)
			if err != nil {
				t.Fatal(err)
			}
			if len(merges) != len(s.Merges) {
				t.Errorf("%s, %s: got %d merges, want %d", name, sheetName, len(s.Merges), len(merges))
			}
		}
	}
}

func TestFormulaWithoutResult(t *testing.T) {
	book := mustOpen(t, "testdata/no-results.xlsx")
	s := &book.Sheets[0]
	if diff := cmp.Diff(Cell{Col: 1, Formula: true, Stale: true}, s.Row(3).Cell(1)); diff != "" {
		t.Error(diff)
	}
	if !s.Row(1).Cell(2).Stale {
		t.Error("B1: got a value, want none")
	}
	if !book.Sheets[1].Hidden {
		t.Error("a very hidden sheet: got it shown")
	}
}

func TestDates1904(t *testing.T) {
	book := mustOpen(t, "testdata/date-1904.xlsx")
	row := book.Sheets[0].Row(1)
	want := Cell{Col: 1, Kind: Date, Text: "15/06/2018", Raw: "43266", Format: "dd/mm/yyyy"}
	if diff := cmp.Diff(want, row.Cell(1)); diff != "" {
		t.Error(diff)
	}
	if got := row.Cell(2).Raw; got != "5" {
		t.Errorf("a plain number: got %q, want 5", got)
	}
}

func TestOddSheets(t *testing.T) {
	for _, tt := range []struct {
		name, xml string
		want      []string // "A1=text"
		cut       string   // the cell that was left out
	}{
		{"no references", `<row><c t="str"><v>a</v></c><c><v>1</v></c></row><row/><row><c><v>2</v></c></row>`,
			[]string{"A1=a", "B1=1", "A3=2"}, ""},
		{"out of order", `<row r="2"><c r="B2"><v>4</v></c><c r="A2"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><v>4</v></c></row>`,
			[]string{"A1=1", "A2=3", "B2=4"}, ""},
		{"phonetic runs", `<row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r><rPh><t>no</t></rPh><r><t>b</t></r></is></c></row>`,
			[]string{"A1=ab"}, ""},
		{"far cell", `<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>9</v></c></row>`,
			[]string{"A1=1"}, "XFD1048576"},
		{"far column", `<row r="1"><c r="A1"><v>1</v></c><c r="DA1"><v>9</v></c></row>`,
			[]string{"A1=1"}, "DA1"},
		{"largest row", `<row r="2147483647"><c><v>1</v></c></row>`, nil, "A2147483647"},
		{"ISO date", `<row><c t="d"><v>2018-06-15T00:00:00</v></c></row>`, []string{"A1=15/06/2018"}, ""},
		{"no number", `<row><c><v>1e999</v></c><c><v>0x10</v></c><c><v>NaN</v></c></row>`, []string{"A1=1e999", "B1=0x10", "C1=NaN"}, ""},
		{"empty strings", `<row><c t="str"><v></v></c><c t="inlineStr"><is><t> </t></is></c><c s="4"/></row>`, nil, ""},
		{"formula giving nothing", `<row><c t="str"><f>A2</f><v></v></c></row>`, nil, ""},
		{"rows of other name spaces", `<row><c><v>1</v></c></row><x:row xmlns:x="u"><x:c><x:v>7</x:v></x:c></x:row><row><x:c xmlns:x="u"><x:v>7</x:v></x:c><c><x:v xmlns:x="u">7</x:v><v>2</v></c></row>`,
			[]string{"A1=1", "A2=2"}, ""},
		{"rows behind the sheet's end", `<row><c><v>1</v></c><extLst><ext><c r="B1"><v>7</v></c></ext></extLst></row></sheetData><extLst><ext><row r="2"><c r="A2"><v>7</v></c></row></ext></extLst><sheetData>`,
			[]string{"A1=1"}, ""},
		{"newer form and its replacement", `<mc:AlternateContent xmlns:mc="mc"><mc:Choice Requires="x"><row r="1"><c r="A1"><v>7</v></c></row></mc:Choice><mc:Fallback><row r="1"><c r="A1"><v>1</v></c></row></mc:Fallback></mc:AlternateContent>`,
			[]string{"A1=1"}, ""},
		{"comment and CDATA", `<row><!-- c --><c t="str"><v><![CDATA[<a>]]></v></c></row>`, []string{"A1=<a>"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data := workbookOf(t, `<worksheet><sheetData>`+tt.xml+`</sheetData><mergeCells><mergeCell ref=""/><mergeCell ref="K2:J1"/></mergeCells></worksheet>`)
			book, findings := Open("x", data)
			if book == nil {
				t.Fatal(findings)
			}
			s := &book.Sheets[0]
			var got []string
			for _, row := range s.Rows {
				for _, c := range row.Cells {
					got = append(got, book.Place(s, row.Number, c.Col).Cell+"="+c.Text)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff([]Range{{1, 10, 2, 11}}, s.Merges); diff != "" {
				t.Error(diff)
			}
			cut := ""
			for _, f := range findings {
				cut += f.Place.Cell
			}
			if cut != tt.cut {
				t.Errorf("left out: got %q, want %q", cut, tt.cut)
			}
		})
	}
}

// A column formatted to the last row is a habit and no fault: the sheet ends
// where its content does, and what follows the rows is still read.
func TestFormattedColumns(t *testing.T) {
	data := formattedColumns(t)
	book, findings := Open("x", data)
	if book == nil || len(findings) > 0 {
		t.Fatalf("got %v, want a book without findings", findings)
	}
	if s := book.Sheets[0]; len(s.Rows) != 1 || len(s.Merges) != 1 {
		t.Errorf("got %d rows and %d merges, want 1 and 1", len(s.Rows), len(s.Merges))
	}
}

func TestValueBehindEmptyRows(t *testing.T) {
	var b strings.Builder
	b.WriteString(`<worksheet><sheetData>`)
	b.WriteString(strings.Repeat("<row/>", maxGap+10))
	b.WriteString(`<row><c><v>1</v></c></row></sheetData></worksheet>`)
	book, findings := Open("x", workbookOf(t, b.String()))
	if book == nil || len(findings) != 1 || findings[0].Code != "cells-left-out" {
		t.Errorf("got %v, want cells-left-out", findings)
	}
}

func TestPlaceInText(t *testing.T) {
	book, _ := Open("qd.txt", []byte("\tTổng\n\t\n\t350\n"))
	s := &book.Sheets[0]
	for col, line := range map[int]int{0: 1, 1: 1, 2: 2, 3: 3, 9: 1} {
		if got := book.Place(s, 1, col); got != (finding.Place{File: "qd.txt", Row: line}) {
			t.Errorf("column %d: got %+v, want line %d", col, got, line)
		}
	}
}

func TestColumn(t *testing.T) {
	for n, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 702: "ZZ", 703: "AAA"} {
		if got := Column(n); got != want {
			t.Errorf("Column(%d): got %q, want %q", n, got, want)
		}
	}
}
