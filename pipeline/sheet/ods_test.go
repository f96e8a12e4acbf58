package sheet

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestODS(t *testing.T) {
	office := func(facts []sheetFacts) []sheetFacts {
		change(facts, func(_ string, c cellFact) cellFact {
			c.Formula = c.Formula || c.Kind == Bool // TRUE is a function there
			return c
		})
		return facts
	}
	wantReport(t, "testdata/ods/office.ods", ODS, office)
	wantReport(t, "testdata/ods/office.fods", ODS, office)
	wantReport(t, "testdata/ods/gnumeric.ods", ODS, func(facts []sheetFacts) []sheetFacts {
		change(facts, func(_ string, c cellFact) cellFact {
			if c.Kind == Number {
				c.Text = strings.Replace(c.Text, "-", "\u2212", 1)
			}
			return c
		})
		return facts
	})
}

func TestODSRefused(t *testing.T) {
	const mimetype = "application/vnd.oasis.opendocument."
	pack := func(kind, content string) []byte {
		return zipped(t, part{"mimetype", mimetype + kind}, part{"content.xml", content})
	}
	for _, tt := range []struct {
		name, code string
		data       []byte
	}{
		{"with a password", "file-encrypted", sample(t, "testdata/ods/password.ods")},
		{"packed once more", "file-encrypted", zipped(t, part{"mimetype", mimetype + "spreadsheet"}, part{"encrypted-package", "x"})},
		{"text document", "format-odf", pack("text", odsContent(""))},
		{"flat text document", "format-odf", []byte(strings.Replace(flatODS(""), mimetype+"spreadsheet", mimetype+"text", 1))},
		{"without content", "file-corrupt", pack("spreadsheet", "")},
		{"no spreadsheet", "file-corrupt", pack("spreadsheet", "<document-content/>")},
		{"cut", "file-corrupt", pack("spreadsheet", odsContent("<table:table>")[:300])},
		{"doctype", "file-corrupt", pack("spreadsheet", `<!DOCTYPE x [<!ENTITY a "b">]>`+odsContent(""))},
		{"entity", "file-corrupt", pack("spreadsheet", odsContent("<table:table>&a;</table:table>"))},
		{"deep", "nested-too-deep", pack("spreadsheet", odsContent(strings.Repeat("<table:table-row-group>", 300)+strings.Repeat("</table:table-row-group>", 300)))},
		{"too many rows", "too-many-rows-of-sheet", pack("spreadsheet", odsContent(`<table:table><table:table-row table:number-rows-repeated="1048576">`+odsText("x", "")+`</table:table-row></table:table>`))},
		{"too many cells in many sheets", "too-many-cells", pack("spreadsheet", odsContent(strings.Repeat(
			`<table:table><table:table-row table:number-rows-repeated="6000">`+odsText("x", ` table:number-columns-repeated="100"`)+`</table:table-row></table:table>`, 2)))},
	} {
		if got := refusal(t, tt.data); got != tt.code {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.code)
		}
	}
}

const odsNames = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" ` +
	`xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" ` +
	`xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" ` +
	`xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"`

// odsStyleSheet has the styles that cells of the tests name.
const odsStyleSheet = `<office:automatic-styles>
<number:percentage-style style:name="P"><number:number number:decimal-places="1" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>
<number:date-style style:name="D"><number:day number:style="long"/><number:text>.</number:text><number:month/><number:text>.</number:text><number:year number:style="long"/></number:date-style>
<number:number-style style:name="N0"><number:text>(</number:text><number:number number:decimal-places="2" number:min-integer-digits="1" number:grouping="true"/><number:text>)</number:text></number:number-style>
<number:number-style style:name="N"><number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/><style:map style:condition="value()&lt;0" style:apply-style-name="N0"/></number:number-style>
<number:currency-style style:name="C"><number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/><number:text> </number:text><number:currency-symbol>₫</number:currency-symbol></number:currency-style>
<style:style style:name="p" style:family="table-cell" style:parent-style-name="q"/>
<style:style style:name="q" style:family="table-cell" style:data-style-name="P"/>
<style:style style:name="d" style:family="table-cell" style:data-style-name="D"/>
<style:style style:name="c" style:family="table-cell" style:data-style-name="C"/>
<style:style style:name="loop" style:family="table-cell" style:parent-style-name="loop"/>
<style:style style:name="off" style:family="table"><style:table-properties table:display="false"/></style:style>
</office:automatic-styles>`

// odsContent is the content of a spreadsheet that holds the tables.
func odsContent(tables string) string {
	return `<office:document-content ` + odsNames + `>` + odsStyleSheet + `<office:body><office:spreadsheet>` + tables +
		`</office:spreadsheet></office:body></office:document-content>`
}

// flatODS is the same as one file.
func flatODS(tables string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><office:document ` + odsNames + ` office:mimetype="application/vnd.oasis.opendocument.spreadsheet">` +
		odsStyleSheet + `<office:body><office:spreadsheet>` + tables + `</office:spreadsheet></office:body></office:document>`
}

// odsText is a cell with text and the given attributes.
func odsText(text, attributes string) string {
	return `<table:table-cell office:value-type="string"` + attributes + `><text:p>` + text + `</text:p></table:table-cell>`
}

// odsValue is a cell with a value that no text shows.
func odsValue(attributes string) string { return `<table:table-cell ` + attributes + `/>` }

func odsRows(rows ...string) string {
	return `<table:table table:name="S"><table:table-row>` + strings.Join(rows, `</table:table-row><table:table-row>`) + `</table:table-row></table:table>`
}

func TestODSCells(t *testing.T) {
	for _, tt := range []struct {
		name, tables string
		want         []string
	}{
		{"text", odsRows(odsText(` Tổ chức  hội <text:span>nghị</text:span>
			sơ kết<text:s text:c="2"/>A<text:tab/>B<text:line-break/>C <text:a>D</text:a>`, "")),
			[]string{"A1 string Tổ chức  hội nghị sơ kết  A B¶C D"}},
		{"paragraphs", odsRows(`<table:table-cell><text:p>một</text:p><text:p/><text:list><text:list-item><text:p>hai</text:p></text:list-item></text:list></table:table-cell>`),
			[]string{"A1 string một¶hai"}},
		{"what is fastened to a cell", odsRows(odsText(
			`A<office:annotation><text:p>no</text:p></office:annotation><draw:frame><draw:text-box><text:p>no</text:p></draw:text-box></draw:frame>`+
				`<text:note><text:note-body><text:p>no</text:p></text:note-body></text:note>B`, "") +
			`<table:table-cell><draw:a><draw:frame><text:p>no</text:p></draw:frame></draw:a><table:table><table:table-row><table:table-cell><text:p>no</text:p></table:table-cell></table:table-row></table:table></table:table-cell>`),
			[]string{"A1 string AB"}},
		{"many spaces", odsRows(odsText(`a<text:s text:c="1000000000"/>b<text:s text:c="-4"/>`, "")),
			[]string{"A1 string a" + strings.Repeat(" ", maxSpaces) + "b"}},
		{"values without text", odsRows(
			odsValue(`office:value-type="float" office:value="14.5"`),
			odsValue(`office:value-type="percentage" office:value="0.805"`),
			odsValue(`office:value-type="percentage" office:value="0.25" table:style-name="p"`),
			odsValue(`office:value-type="currency" office:value="35200000" table:style-name="c"`),
			odsValue(`office:value-type="date" office:date-value="2018-06-15"`),
			odsValue(`office:value-type="date" office:date-value="2018-06-15" table:style-name="d"`),
			odsValue(`office:value-type="date" office:date-value="2018-06-05T14:07:09.5"`),
			odsValue(`office:value-type="date" office:date-value="1899-12-30T12:00:00"`),
			odsValue(`office:value-type="time" office:time-value="PT14H07M09S"`),
			odsValue(`office:value-type="time" office:time-value="-P1DT12H"`),
			odsValue(`office:value-type="boolean" office:boolean-value="true"`),
			odsValue(`office:value-type="string" office:string-value="x"`)),
			[]string{
				"A1 number 14.5", "A2 number 80.5% = 0.805 as 0.##%", "A3 number 25.0% = 0.25 as 0.0%",
				`A4 number 35,200,000 ₫ = 35200000 as #,##0 "₫"`,
				"A5 date 15/06/2018 = 43266 as dd/mm/yyyy", `A6 date 15.6.2018 = 43266 as dd"."m"."yyyy`,
				"A7 date 05/06/2018 = 43256.58830439815 as dd/mm/yyyy", "A8 date 31/12/1899 = 0.5 as dd/mm/yyyy",
				"A9 date 14:07:09 = 0.5882986111111111 as hh:mm:ss", "A10 date -1.5 as hh:mm:ss",
				"A11 bool TRUE = 1", "A12 string x",
			}},
		{"a number in the format of the column or the row",
			`<table:table><table:table-column table:number-columns-repeated="1"/><table:table-column table:number-columns-repeated="16383" table:default-cell-style-name="p"/>` +
				`<table:table-row>` + odsValue(`office:value-type="float" office:value="1"`) + odsValue(`office:value-type="float" office:value="1"`) + `</table:table-row>` +
				`<table:table-row table:default-cell-style-name="c">` + odsValue(`office:value-type="float" office:value="1"`) + odsValue(`office:value-type="float" office:value="1" table:style-name="loop"`) + `</table:table-row></table:table>`,
			[]string{"A1 number 1", "B1 number 100.0% = 1 as 0.0%", `A2 number 1 ₫ = 1 as #,##0 "₫"`, "B2 number 1"}},
		{"formulas", odsRows(
			`<table:table-cell table:formula="of:=1" office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>`,
			odsValue(`table:formula="of:=A1"`),
			odsValue(`table:formula="of:=A1" office:value-type="string" office:string-value=""`),
			`<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>`,
			`<table:table-cell table:formula="of:=x" office:value-type="float" office:value="0"><text:p>Err:508</text:p></table:table-cell>`,
			odsText("#N/A", "")),
			[]string{"A1 number 1 formula", "A2   formula stale", "A4 error #DIV/0! formula", "A5 error Err:508 formula", "A6 string #N/A"}},
		{"no numbers", odsRows(
			`<table:table-cell office:value-type="float" office:value="1e999"><text:p>vô cùng</text:p></table:table-cell>`,
			`<table:table-cell office:value-type="date" office:date-value="0000"><text:p>15/6</text:p></table:table-cell>`,
			`<table:table-cell office:value-type="float" office:value="0.805000000000000000007"><text:p>0,805</text:p></table:table-cell>`),
			[]string{"A1 string vô cùng", "A2 string 15/6", "A3 number 0,805 = 0.805"}},
		{"hidden rows", `<table:table><table:table-header-rows><table:table-row table:visibility="collapse">` + odsText("a", "") + `</table:table-row></table:table-header-rows>` +
			`<table:table-row table:visibility="filter">` + odsText("b", "") + `</table:table-row>` +
			`<table:table-row-group table:display="false"><table:table-row>` + odsText("c", "") + `</table:table-row><table:table-row-group><table:table-row>` + odsText("d", "") + `</table:table-row></table:table-row-group></table:table-row-group>` +
			`<table:table-row table:visibility="visible">` + odsText("e", "") + `</table:table-row></table:table>`,
			[]string{"A1 string a hidden", "A2 string b hidden", "A3 string c hidden", "A4 string d hidden", "A5 string e"}},
		{"around the sheets", `<table:tracked-changes><table:deletion><table:table-cell><text:p>no</text:p></table:table-cell></table:deletion></table:tracked-changes>` +
			odsRows(odsText("a", "")) +
			`<table:dde-links><table:dde-link><table:table><table:table-row>` + odsText("no", "") + `</table:table-row></table:table></table:dde-link></table:dde-links>`,
			[]string{"A1 string a"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			book, findings := openSheet(t, []byte(flatODS(tt.tables)))
			if diff := cmp.Diff(tt.want, cellLines(book)); diff != "" || len(findings) > 0 {
				t.Errorf("findings %v\n%s", findings, diff)
			}
		})
	}
}

func TestODSRepeated(t *testing.T) {
	for _, tt := range []struct {
		name, table string
		rows, cells int
		merges      []Range
		findings    []string
	}{
		{"rows and columns", `<table:table-row table:number-rows-repeated="3">` + odsText("x", ` table:number-columns-repeated="2"`) + `</table:table-row>`, 3, 6, nil, nil},
		{"formatted to the end", `<table:table-row>` + odsText("x", "") + `<table:table-cell table:number-columns-repeated="16383"/></table:table-row><table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`,
			1, 1, nil, nil},
		{"filled to the last column", `<table:table-row>` + odsText("x", ` table:number-columns-repeated="16384"`) + odsText("y", "") + `</table:table-row>`, 1, maxCols, nil, []string{"cells-left-out CW1"}},
		{"far below", `<table:table-row>` + odsText("x", "") + `</table:table-row><table:table-row table:number-rows-repeated="1048570"/><table:table-row table:number-rows-repeated="9">` + odsText("y", "") + `</table:table-row>`,
			1, 1, nil, []string{"cells-left-out A1048572"}},
		{"odd numbers", `<table:table-row table:number-rows-repeated="-5">` + odsText("x", ` table:number-columns-repeated="0"`) + odsText("y", ` table:number-columns-repeated="99999999999999999999"`) + `</table:table-row>`,
			1, 2, nil, nil},
		{"merges", `<table:table-row>` + odsText("x", ` table:number-columns-spanned="2" table:number-rows-spanned="3"`) + `<table:covered-table-cell office:value-type="string"><text:p>hidden</text:p></table:covered-table-cell>` + odsText("y", ` table:number-columns-spanned="1" table:number-rows-spanned="1"`) + `</table:table-row>`,
			1, 2, []Range{{1, 1, 3, 2}}, []string{"value-under-merge B1"}},
		{"merges in rows that are repeated", `<table:table-row table:number-rows-repeated="2">` + odsText("x", ` table:number-columns-spanned="2"`) + `<table:covered-table-cell/></table:table-row>`,
			2, 2, []Range{{1, 1, 1, 2}, {2, 1, 2, 2}}, nil},
		{"merges without end", `<table:table-row table:number-rows-repeated="16777216">` + strings.Repeat(odsValue(`table:number-columns-spanned="16777216" table:number-rows-spanned="16777216"`), 200) + `</table:table-row>`,
			0, 0, nil, []string{"merges-left-out "}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			book, findings := openSheet(t, []byte(flatODS(`<table:table>`+tt.table+`</table:table>`)))
			s := book.Sheets[0]
			cells := 0
			for _, row := range s.Rows {
				cells += len(row.Cells)
			}
			if len(s.Rows) != tt.rows || cells != tt.cells {
				t.Errorf("got %d rows, %d cells, want %d and %d", len(s.Rows), cells, tt.rows, tt.cells)
			}
			if diff := cmp.Diff(tt.findings, findings); diff != "" {
				t.Error(diff)
			}
			if tt.rows > 0 {
				if diff := cmp.Diff(tt.merges, s.Merges); diff != "" {
					t.Error(diff)
				}
			} else if len(s.Merges) > maxMerges {
				t.Errorf("got %d merges, want at most %d", len(s.Merges), maxMerges)
			}
		})
	}
}

func TestODSSheets(t *testing.T) {
	var tables strings.Builder
	for i := range maxSheets + 5 {
		tables.WriteString(`<table:table table:name="S` + strconv.Itoa(i) + `"><table:table-row>` + odsText("x", "") + `</table:table-row></table:table>`)
	}
	book, findings := Open("x", []byte(flatODS(strings.Replace(tables.String(), `"S1"`, `"S1" table:style-name="off"`, 1))))
	if book == nil || len(book.Sheets) != maxSheets || !book.Sheets[1].Hidden || book.Sheets[2].Hidden {
		t.Fatalf("got %+v, want %d sheets, the second hidden", book, maxSheets)
	}
	if len(findings) != 1 || findings[0].Code != "sheets-left-out" || findings[0].Place.Sheet != "S50" {
		t.Errorf("got %v, want sheets-left-out at S50", findings)
	}
}

func TestODSDamaged(t *testing.T) {
	mutate(t, "testdata/ods/gnumeric.ods", "PK\x05\x06")
	mutate(t, "testdata/ods/office.fods", "</office:document>")
}

func FuzzODS(f *testing.F) {
	for _, tables := range []string{
		odsRows(odsText("a", ""), odsText("b", ` table:number-columns-spanned="2"`)+`<table:covered-table-cell/>`),
		odsRows(odsValue(`office:value-type="date" office:date-value="2018-06-15" table:style-name="d"`)),
		odsRows(odsValue(`office:value-type="time" office:time-value="PT14H07M09S"`), odsValue(`table:formula="of:=1"`)),
		`<table:table><table:table-row table:number-rows-repeated="70000">` + odsText("x", ` table:number-columns-repeated="2"`) + `</table:table-row></table:table>`,
	} {
		f.Add(tables)
	}
	f.Fuzz(func(t *testing.T, tables string) {
		if book, _ := safely(t, []byte(flatODS(tables))); book != nil {
			for i := range book.Sheets {
				checkSheet(t, book, &book.Sheets[i])
			}
		}
	})
}

func BenchmarkOpenODS(b *testing.B) { benchmarkOpen(b, "testdata/ods/office.ods") }

// BenchmarkOpenODSRepeated opens a sheet of which one row stands for as many as
// are read.
func BenchmarkOpenODSRepeated(b *testing.B) {
	data := []byte(flatODS(`<table:table><table:table-row table:number-rows-repeated="6000">` + odsText("x", ` table:number-columns-repeated="100"`) + `</table:table-row></table:table>`))
	b.ReportAllocs()
	for b.Loop() {
		if book, _ := Open("x", data); book == nil {
			b.Fatal("no book")
		}
	}
}
