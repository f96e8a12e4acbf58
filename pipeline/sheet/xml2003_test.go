package sheet

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestXML2003(t *testing.T) {
	wantReport(t, "testdata/xml2003/excel.xml", XML2003, nil)
}

// LibreOffice's style sheet knows the names of formats only, writes TRUE as a
// number, and does not say where the cells beside a tall one stand.
func TestXML2003OfLibreOffice(t *testing.T) {
	wantReport(t, "testdata/xml2003/office.xml", XML2003, func(facts []sheetFacts) []sheetFacts {
		shown := map[string]string{
			"D6": "100.00%", "D7": "80.50%", "D8": "0.00%", "D9": "25.00%",
			"E7": "35200000", "E8": "-1234", "E10": "35198780.5", "E11": "15",
			"C11": "14:07", "D11": "05/06/2018 14:07",
		}
		change(facts, func(ref string, c cellFact) cellFact {
			switch {
			case shown[ref] != "":
				c.Text = shown[ref]
			case c.Kind == Bool:
				c = cellFact{Kind: Number, Text: "1", Raw: "1", Formula: true}
			}
			return c
		})
		facts[1].Hidden = false
		return facts
	})
}

// workbook2003 is a workbook that holds the given XML, between styles and the
// end.
func workbook2003(content string) []byte {
	return []byte(`<?xml version="1.0" encoding="utf-8"?><?mso-application progid="Excel.Sheet"?>` +
		`<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles>` +
		`<Style ss:ID="Default"><NumberFormat ss:Format="General"/></Style><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>` +
		`<Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style><Style ss:ID="n" ss:Parent="m"/><Style ss:ID="m"><NumberFormat ss:Format="#,##0"/></Style>` +
		`<Style ss:ID="loop" ss:Parent="loop"/></Styles>` + content + `</Workbook>`)
}

func rows2003(rows string) []byte {
	return workbook2003(`<Worksheet ss:Name="S"><Table>` + rows + `</Table></Worksheet>`)
}

func data2003(kind, value string) string {
	return `<Data ss:Type="` + kind + `">` + value + `</Data>`
}

func TestXML2003Cells(t *testing.T) {
	cell := func(attributes, content string) string { return `<Cell` + attributes + `>` + content + `</Cell>` }
	text := func(s string) string { return cell("", data2003("String", s)) }
	number := func(attributes, value string) string { return cell(attributes, data2003("Number", value)) }
	row := func(cells ...string) string { return `<Row>` + strings.Join(cells, "") + `</Row>` }
	for _, tt := range []struct {
		name, rows string
		want       []string
		merges     []Range
	}{
		{"types", row(text("a&#10;b"), number("", "14.5"), cell("", data2003("Boolean", "1")), cell("", data2003("Error", "#REF!")), cell("", data2003("DateTime", "2018-06-15T00:00:00.000")), cell("", `<Data>x</Data>`)),
			[]string{"A1 string a¶b", "B1 number 14.5", "C1 bool TRUE = 1", "D1 error #REF!", "E1 date 15/06/2018 = 43266 as dd/mm/yyyy", "F1 string x"}, nil},
		{"formats", `<Column/><Column ss:StyleID="p" ss:Span="1"/><Column ss:Index="5" ss:StyleID="d"/>` +
			`<Row>` + number("", "1") + number("", "1") + number("", "1") + number("", "1") + number("", "1") + `</Row>` +
			`<Row ss:StyleID="n">` + number("", "1000") + number("", "1000") + number(` ss:StyleID="d"`, "43266") + number(` ss:StyleID="loop"`, "1") + number(` ss:StyleID="none"`, "1") + `</Row>`,
			[]string{
				"A1 number 1", "B1 number 100.00% = 1 as 0.00%", "C1 number 100.00% = 1 as 0.00%", "D1 number 1", "E1 date 01/01/1900 = 1 as dd/mm/yyyy",
				"A2 number 1,000 = 1000 as #,##0", "B2 number 1,000 = 1000 as #,##0", "C2 date 15/06/2018 = 43266 as dd/mm/yyyy", "D2 number 1", "E2 number 1",
			}, nil},
		{"formulas", row(cell(` ss:Formula="=A2"`, data2003("Number", "3")), cell(` ss:Formula="=A2"`, ""), cell(` ss:Formula="=A2"`, data2003("String", "")), cell(` ss:Formula="=A2"`, data2003("String", "#N/A"))),
			[]string{"A1 number 3 formula", "B1   formula stale", "D1 error #N/A formula"}, nil},
		{"no numbers", row(number("", "1e999"), number("", "nhiều"), cell("", data2003("DateTime", "hôm qua")), number("", "")), []string{"A1 string 1e999", "B1 string nhiều", "C1 string hôm qua"}, nil},
		{"a time of day", row(cell("", data2003("DateTime", "1899-12-31T14:07:09.000"))), []string{"A1 date 31/12/1899 = 0.5882986111111111 as dd/mm/yyyy"}, nil},
		{"places", `<Row ss:Index="3">` + text("a") + cell(` ss:Index="4"`, data2003("String", "b")) + text("c") + `</Row><Row ss:Span="2"/><Row>` + text("d") + `</Row>`,
			[]string{"A3 string a", "D3 string b", "E3 string c", "A7 string d"}, nil},
		{"merges", row(cell(` ss:MergeAcross="2" ss:MergeDown="1"`, data2003("String", "a")), text("b"), cell(` ss:MergeDown="1"`, "")) + `<Row>` + text("c") + cell(` ss:Index="6"`, data2003("String", "d")) + `</Row>` + row(text("e")),
			[]string{"A1 string a", "D1 string b", "D2 string c", "F2 string d", "A3 string e"}, []Range{{1, 1, 2, 3}, {1, 5, 2, 5}}},
		{"hidden rows", `<Row ss:Hidden="1">` + text("a") + `</Row><Row ss:Height="0">` + text("b") + `</Row><Row ss:Hidden="0">` + text("c") + `</Row>`,
			[]string{"A1 string a hidden", "A2 string b hidden", "A3 string c"}, nil},
		{"what is fastened to a cell", row(cell("", data2003("String", "a")+`<Comment>`+data2003("String", "no")+`</Comment><NamedCell/>`), cell("", `<Comment>`+data2003("String", "no")+`</Comment>`)),
			[]string{"A1 string a"}, nil},
		{"rich text", row(cell("", `<ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>Sở</B><Font> Nội</Font> vụ</ss:Data>`)), []string{"A1 string Sở Nội vụ"}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			book, findings := openSheet(t, rows2003(tt.rows))
			if diff := cmp.Diff(tt.want, cellLines(book)); diff != "" || len(findings) > 0 {
				t.Errorf("findings %v\n%s", findings, diff)
			}
			if diff := cmp.Diff(tt.merges, book.Sheets[0].Merges); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestXML2003Dates1904(t *testing.T) {
	data := workbook2003(`<ExcelWorkbook xmlns="urn:schemas-microsoft-com:office:excel"><Date1904/></ExcelWorkbook><Worksheet><Table><Row>` +
		`<Cell ss:StyleID="d">` + data2003("Number", "41804") + `</Cell><Cell>` + data2003("Number", "5") + `</Cell><Cell>` + data2003("DateTime", "2018-06-15T00:00:00.000") + `</Cell></Row></Table></Worksheet>`)
	book, _ := openSheet(t, data)
	want := []string{"A1 date 15/06/2018 = 43266 as dd/mm/yyyy", "B1 number 5", "C1 date 15/06/2018 = 43266 as dd/mm/yyyy"}
	if diff := cmp.Diff(want, cellLines(book)); diff != "" {
		t.Error(diff)
	}
}

func TestXML2003Limits(t *testing.T) {
	cell := `<Cell>` + data2003("String", "x") + `</Cell>`
	far := func(row, col int) string {
		return fmt.Sprintf(`<Row ss:Index="%d"><Cell ss:Index="%d" ss:MergeDown="99999999" ss:MergeAcross="99999999">%s</Cell></Row>`, row, col, data2003("String", "x"))
	}
	for _, tt := range []struct {
		name, rows string
		findings   []string
		merges     []Range
	}{
		{"far column", `<Row>` + cell + `</Row>` + far(2, 300), []string{"cells-left-out KN2"}, nil},
		{"far row", `<Row>` + cell + `</Row>` + far(1048576, 1), []string{"cells-left-out A1048576"}, nil},
		{"merges without end", far(2, 50), nil, []Range{{2, 50, maxRows, maxCols}}},
		{"columns without end", `<Column ss:Index="2147483647" ss:Span="2147483647" ss:StyleID="p"/><Row>` + cell + `</Row>`, nil, nil},
		{"rows without end", `<Row ss:Span="99999999999">` + cell + `</Row><Row>` + cell + `</Row>`, []string{"cells-left-out A16777217"}, nil},
	} {
		book, findings := openSheet(t, rows2003(tt.rows))
		if diff := cmp.Diff(tt.findings, findings); diff != "" {
			t.Errorf("%s:\n%s", tt.name, diff)
		}
		if diff := cmp.Diff(tt.merges, book.Sheets[0].Merges); diff != "" {
			t.Errorf("%s:\n%s", tt.name, diff)
		}
	}
}

func TestXML2003Refused(t *testing.T) {
	cell := `<Cell>` + data2003("String", "x") + `</Cell>`
	for _, tt := range []struct {
		name, code string
		data       []byte
	}{
		{"another workbook", "format-html", []byte(`<?xml version="1.0"?><Workbook xmlns="urn:other"><Worksheet/></Workbook>`)},
		{"doctype", "file-corrupt", []byte(`<?xml version="1.0"?><!DOCTYPE Workbook SYSTEM "x"><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>`)},
		{"entity", "file-corrupt", rows2003(`<Row><Cell>` + data2003("String", "&x;") + `</Cell></Row>`)},
		{"cut", "file-corrupt", rows2003(`<Row>` + cell)},
		{"deep", "nested-too-deep", rows2003(strings.Repeat("<Row>", 300) + strings.Repeat("</Row>", 300))},
		{"row before the last", "file-corrupt", rows2003(`<Row ss:Index="3">` + cell + `</Row><Row ss:Index="3">` + cell + `</Row>`)},
		{"cell before the last", "file-corrupt", rows2003(`<Row>` + cell + `<Cell ss:Index="1">` + data2003("String", "x") + `</Cell></Row>`)},
		{"no index", "file-corrupt", rows2003(`<Row ss:Index="x">` + cell + `</Row>`)},
		{"too many rows", "too-many-rows-of-sheet", rows2003(strings.Repeat(`<Row>`+cell+`</Row>`, maxRows+1))},
	} {
		if got := refusal(t, tt.data); got != tt.code {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.code)
		}
	}
}

// The character set is what the bytes are, whatever the first line says.
func TestXML2003Charsets(t *testing.T) {
	file := strings.Replace(string(rows2003(`<Row><Cell>`+data2003("String", "Số")+`</Cell></Row>`)), "utf-8", "%s", 1)
	for name, data := range map[string][]byte{
		"UTF-16":       utf16Bytes(fmt.Sprintf("\ufeff"+file, "utf-16"), 1),
		"windows-1258": []byte(strings.Replace(fmt.Sprintf(file, "windows-1258"), "ố", "\xf4\xec", 1)),
		"UTF-8":        []byte(fmt.Sprintf(file, "windows-1252")),
	} {
		book, _ := openSheet(t, data)
		if got := book.Sheets[0].Row(1).Cell(1).Text; got != "Số" {
			t.Errorf("%s: got %q, want Số", name, got)
		}
	}
}

func TestXML2003Damaged(t *testing.T) {
	mutate(t, "testdata/xml2003/excel.xml", "</Workbook>")
}

func FuzzXML2003(f *testing.F) {
	for _, content := range []string{
		`<Worksheet ss:Name="S"><Table><Column ss:Index="2" ss:StyleID="p"/><Row ss:Index="2" ss:Hidden="1"><Cell ss:MergeDown="1" ss:Formula="=A1">` + data2003("Number", "1") + `</Cell></Row><Row><Cell/></Row></Table></Worksheet>`,
		`<Worksheet><Table><Row ss:Span="3"><Cell ss:Index="7">` + data2003("DateTime", "2018-06-15T00:00:00") + `</Cell></Row></Table><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>`,
		`<ExcelWorkbook><Date1904/></ExcelWorkbook><Style ss:ID="x"><NumberFormat ss:Format="d/m"/></Style><Worksheet/>`,
	} {
		f.Add(content)
	}
	f.Fuzz(func(t *testing.T, content string) {
		if book, _ := safely(t, workbook2003(content)); book != nil {
			for i := range book.Sheets {
				checkSheet(t, book, &book.Sheets[i])
			}
		}
	})
}

func BenchmarkOpenXML2003(b *testing.B) { benchmarkOpen(b, "testdata/xml2003/excel.xml") }
