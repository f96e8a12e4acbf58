package sheet

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// looksLines are the cells of the first sheet, with what their texts leave out.
func looksLines(book *Book) []string {
	var lines []string
	for _, row := range book.Sheets[0].Rows {
		for _, c := range row.Cells {
			line := ref(row.Number, c.Col) + " " + c.Text
			if c.Mark != "" {
				line += " mark " + c.Mark
			}
			line += []string{"", " partly struck", " struck"}[c.Struck]
			lines = append(lines, line)
		}
	}
	return lines
}

// The same five cells in every format: a figure with a footnote mark, a text with
// one, a figure of which a part is struck through, a unit that is superscript,
// and a figure that is struck through.
func TestLooks(t *testing.T) {
	want := []string{"A1 8 mark 1", "B1 diện tích m2", "C1 5 partly struck", "D1 25%", "E1 7 struck"}
	inXLSX := func(text, property string) string { return `<r><rPr>` + property + `</rPr><t>` + text + `</t></r>` }
	const raised, line = `<vertAlign val="superscript"/>`, `<strike/>`
	strings5 := func(item func(string) string) string {
		return item(inXLSX("8", "")+inXLSX("1", raised)) + item(inXLSX("diện tích m", "")+inXLSX("2", raised)) +
			item(inXLSX("2", line)+inXLSX("5", "")) + item(inXLSX("25", "")+inXLSX("%", raised)) + item(inXLSX("7", line))
	}
	shared := `<sst>` + strings5(func(s string) string { return `<si>` + s + `</si>` }) + `</sst>`
	inline := strings5(func(s string) string { return `<c t="inlineStr"><is>` + s + `</is></c>` })
	inWord := func(text, property string) string {
		return `<w:r><w:rPr>` + property + `</w:rPr><w:t>` + text + `</w:t></w:r>`
	}
	const wordRaised, wordLine = `<w:vertAlign w:val="superscript"/>`, `<w:dstrike/>`
	odsLooks := `<office:automatic-styles><style:style style:name="up" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>` +
		`<style:style style:name="off" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>` +
		`<style:style style:name="all" style:family="table-cell"><style:text-properties style:text-line-through-type="single"/></style:style></office:automatic-styles><office:body>`
	span := func(style, text string) string {
		return `<text:span text:style-name="` + style + `">` + text + `</text:span>`
	}
	xlsFont := func(grbit, escapement int) string {
		return rec(recFont, 200, grbit, 0, 400, escapement, 0, 0, byte(0), byte(0))
	}
	xlsGlobals := strings.Repeat(xlsFont(0, 0), 4) + xlsFont(0, 1) + xlsFont(8, 0) + rec(recXF, 0, 0) + rec(recXF, 6, 0)
	rich := func(col int, text string, runs ...int) string {
		at := []any{0, col, 0, len([]rune(text)), byte(1), wide(text), len(runs) / 2}
		for _, r := range runs {
			at = append(at, r)
		}
		return rec(recRString, at...)
	}
	for _, tt := range []struct {
		name string
		data []byte
	}{
		{"XLSX", workbookWith(t, sheetData(`<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="s"><v>3</v></c><c t="s"><v>4</v></c></row>`), shared, `<styleSheet/>`)},
		{"XLSX inline", workbookOf(t, sheetData(`<row>`+inline+`</row>`))},
		{"XLS", biff(biff8, xlsGlobals, rich(0, "81", 1, 5)+rich(1, "diện tích m2", 11, 5)+rich(2, "25", 0, 6, 1, 0)+rich(3, "25%", 2, 5)+rec(recNumber, 0, 4, 1, 7.0))},
		{"HTML", []byte(`<meta charset=utf-8><style>.up {vertical-align:super} .off {text-decoration:line-through}</style><table><tr><td>8<sup>1</sup><td>diện tích m<sup>2</sup>` +
			`<td><s>2</s>5<td>25<span class=up>%</span><td class=off>7</table>`)},
		{"HTML classes", []byte(`<meta charset=utf-8><style>.up {vertical-align:super}</style><table><tr><td>8<font class=up>1</font><td>diện tích m<span style="vertical-align: super">2</span>` +
			`<td><span style="text-decoration: line-through">2</span>5<td>25<sup>%</sup><td><del>7</del></table>`)},
		{"DOCX", documentOf(t, table(tableRow(
			cell("", `<w:p>`+inWord("8", "")+inWord("1", wordRaised)+`</w:p>`), cell("", `<w:p>`+inWord("diện tích m", "")+inWord("2", wordRaised)+`</w:p>`),
			cell("", `<w:p>`+inWord("2", wordLine)+inWord("5", `<w:strike w:val="0"/>`)+`</w:p>`),
			cell("", `<w:p>`+inWord("25", "")+inWord("%", wordRaised)+`</w:p>`), cell("", `<w:p>`+inWord("7", `<w:vanish/>`)+`</w:p>`))))},
		{"ODS", []byte(strings.Replace(flatODS(odsRows(odsText("8"+span("up", "1"), "")+odsText("diện tích m"+span("up", "2"), "")+odsText(span("off", "2")+"5", "")+
			odsText("25"+span("up", "%"), "")+`<table:table-cell table:style-name="all" office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell>`)), `<office:body>`, odsLooks, 1))},
		{"XML", workbook2003(`<Styles><Style ss:ID="off"><Font ss:StrikeThrough="1"/></Style></Styles><Worksheet ss:Name="S"><Table><Row>` +
			`<Cell><Data ss:Type="String">8<Sup>1</Sup></Data></Cell><Cell><Data ss:Type="String">diện tích m<Sup>2</Sup></Data></Cell>` +
			`<Cell><Data ss:Type="String"><S>2</S>5</Data></Cell><Cell><Data ss:Type="String">25<Sup>%</Sup></Data></Cell>` +
			`<Cell ss:StyleID="off"><Data ss:Type="Number">7</Data></Cell></Row></Table></Worksheet>`)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			book, findings := openSheet(t, tt.data)
			if diff := cmp.Diff(want, looksLines(book)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff([]string{"footnote-mark A1"}, findings); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What merged cells cover is told in every format that stores it, unless it is the
// text that is shown.
func TestValuesUnderMerges(t *testing.T) {
	want := []string{"A1 3", "C1 x"}
	covered := func(value string) string {
		return `<table:covered-table-cell office:value-type="float" office:value="` + value + `"><text:p>` + value + `</text:p></table:covered-table-cell>`
	}
	for _, tt := range []struct {
		name string
		data []byte
	}{
		{"XLSX", workbookOf(t, `<worksheet><sheetData><row r="1"><c r="A1"><v>3</v></c><c r="C1" t="str"><v>x</v></c></row>`+
			`<row r="2"><c r="A2"><v>5</v></c><c r="C2" t="str"><v>x</v></c></row></sheetData><mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="C1:C2"/></mergeCells></worksheet>`)},
		{"XLS", biff(biff8, "", rec(recNumber, 0, 0, 0, 3.0)+rec(recLabel, 0, 2, 0, 1, byte(0), "x")+rec(recNumber, 1, 0, 0, 5.0)+
			rec(recLabel, 1, 2, 0, 1, byte(0), "x")+rec(recMergeCells, 2, 0, 1, 0, 0, 0, 1, 2, 2))},
		{"ODS", []byte(flatODS(odsRows(`<table:table-cell table:number-rows-spanned="2" office:value-type="float" office:value="3"><text:p>3</text:p></table:table-cell><table:table-cell/>`+
			odsText("x", ` table:number-rows-spanned="2"`), covered("5")+`<table:table-cell/><table:covered-table-cell office:value-type="string"><text:p>x</text:p></table:covered-table-cell>`)))},
		{"DOCX", documentOf(t, table(
			tableRow(cell(`<w:vMerge w:val="restart"/>`, para("3")), cell(""), cell(`<w:vMerge w:val="restart"/>`, para("x"))),
			tableRow(cell(`<w:vMerge/>`, para("5")), cell(""), cell(`<w:vMerge/>`, para("x")))))},
	} {
		t.Run(tt.name, func(t *testing.T) {
			book, findings := openSheet(t, tt.data)
			if diff := cmp.Diff(want, looksLines(book)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff([]string{"value-under-merge A2"}, findings); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestManyValuesUnderMerges(t *testing.T) {
	data := workbookOf(t, `<worksheet><sheetData><row>`+strings.Repeat(`<c><v>3</v></c>`, 30)+`</row></sheetData><mergeCells><mergeCell ref="A1:AD1"/></mergeCells></worksheet>`)
	_, findings := openSheet(t, data)
	if len(findings) != mostCut+1 || findings[mostCut] != "more-of-the-same " {
		t.Errorf("got %q, want %d and that there are more", findings, mostCut)
	}
}

func TestContradictions(t *testing.T) {
	for _, tt := range []struct{ name, rows, code, cell string }{
		{"two cells that differ", `<row r="3"><c r="B3"><v>3</v></c><c r="B3"><v>30</v></c></row>`, "cell-twice", "B3"},
		{"two rows that differ", `<row r="3"><c r="B3"><v>3</v></c></row><row r="3"><c r="B3"><v>30</v></c></row>`, "cell-twice", "B3"},
		{"a number and a text", `<row r="3"><c r="B3"><v>3</v></c><c r="B3" t="str"><v>3</v></c></row>`, "cell-twice", "B3"},
		{"a cell of another row", `<row r="3"><c r="B4"><v>3</v></c></row>`, "file-corrupt", ""},
	} {
		book, findings := Open("x", workbookOf(t, sheetData(tt.rows)))
		if book != nil || len(findings) != 1 || findings[0].Code != tt.code || findings[0].Place.Cell != tt.cell {
			t.Errorf("%s: got %v, findings %v, want %s at %q", tt.name, book, findings, tt.code, tt.cell)
		}
	}
	twice := workbookOf(t, sheetData(`<row r="3"><c r="B3"><v>3</v></c><c r="B3"><v>3</v></c></row><row r="3"><c r="A3"><v>1</v></c></row>`))
	book, findings := openSheet(t, twice)
	if diff := cmp.Diff([]string{"A3 1", "B3 3"}, looksLines(book)); diff != "" || len(findings) > 0 {
		t.Errorf("the same twice: findings %v\n%s", findings, diff)
	}
}

func TestRowsOfNoHeight(t *testing.T) {
	data := workbookOf(t, `<worksheet><sheetFormatPr defaultRowHeight="15" zeroHeight="1"/><sheetData><row r="1" ht="0.0"><c><v>1</v></c></row><row r="2"><c><v>2</v></c></row></sheetData></worksheet>`)
	book, _ := openSheet(t, data)
	for i, want := range []bool{true, false} {
		if got := book.Sheets[0].Rows[i].Hidden; got != want {
			t.Errorf("row %d: got hidden %t, want %t", i+1, got, want)
		}
	}
	word := documentOf(t, table(`<w:tr><w:trPr><w:hidden/></w:trPr>`+cell("", para("1"))+`</w:tr>`, `<w:tr><w:trPr><w:hidden w:val="0"/></w:trPr>`+cell("", para("2"))+`</w:tr>`))
	book, _ = openSheet(t, word)
	for i, want := range []bool{true, false} {
		if got := book.Sheets[0].Rows[i].Hidden; got != want {
			t.Errorf("row %d of a document: got hidden %t, want %t", i+1, got, want)
		}
	}
}

func TestNumberThatIsNotShown(t *testing.T) {
	book, findings := openSheet(t, []byte(`<meta charset=utf-8><table xmlns:x="urn:schemas-microsoft-com:office:excel"><tr><td x:num="99">2<td x:num="2">2</table>`))
	if diff := cmp.Diff([]string{"A1 string 2", "B1 number 2"}, cellLines(book)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"shown-differs A1"}, findings); diff != "" {
		t.Error(diff)
	}
}
