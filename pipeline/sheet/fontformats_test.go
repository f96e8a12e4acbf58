package sheet

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"baocao/pipeline/viet"
)

// The words of the tests in TCVN3 and VNI, as programs that know nothing of the
// fonts store them.
const (
	tcvn3Words = "Së Néi vô b¸o c¸o kÕt qu¶ c¶i c¸ch hµnh chÝnh"
	vniWords   = "Sôû Noäi vuï baùo caùo keát quaû caûi caùch haønh chính"
	words      = "Sở Nội vụ báo cáo kết quả cải cách hành chính"
)

// Formats that name fonts are read as those fonts show them, also one word of a
// cell in another font than the rest.
func TestFontsOfFormats(t *testing.T) {
	odsWith := func(styles, tables string) string {
		return strings.Replace(flatODS(`<table:table>`+tables+`</table:table>`), `<office:body>`,
			`<office:font-face-decls><style:font-face style:name="Old" svg:font-family="&apos;.VnTime&apos;" xmlns:svg="svg"/></office:font-face-decls><office:automatic-styles>`+
				styles+`</office:automatic-styles><office:body>`, 1)
	}
	const odsFont = `<style:style style:name="o" style:family="table-cell"><style:text-properties style:font-name="Old"/></style:style>` +
		`<style:style style:name="p" style:family="table-cell" style:parent-style-name="o"/>` +
		`<style:style style:name="v" style:family="text"><style:text-properties fo:font-family="VNI-Times" xmlns:fo="fo"/></style:style>` +
		`<style:style style:name="n" style:family="text"><style:text-properties style:font-name="Arial"/></style:style>`
	odsCell := func(style, text string) string {
		return `<table:table-row><table:table-cell table:style-name="` + style + `" office:value-type="string"><text:p>` + text + `</text:p></table:table-cell></table:table-row>`
	}
	xmlWith := func(cell string) []byte {
		return workbook2003(`<Styles><Style ss:ID="Default"/><Style ss:ID="o"><Font ss:FontName=".VnTime"/></Style><Style ss:ID="p" ss:Parent="o"/></Styles>` +
			`<Worksheet ss:Name="S"><Table><Row>` + cell + `</Row></Table></Worksheet>`)
	}
	for _, tt := range []struct {
		name, want string
		data       []byte
	}{
		{"ODS cell", words, []byte(odsWith(odsFont, odsCell("o", tcvn3Words)))},
		{"ODS parent", words, []byte(odsWith(odsFont, odsCell("p", tcvn3Words)))},
		{"ODS default", words, []byte(odsWith(odsFont+`<style:default-style style:family="table-cell"><style:text-properties style:font-name="Old"/></style:default-style>`, odsCell("x", tcvn3Words)))},
		{"ODS stretch", words + " ộ " + words, []byte(odsWith(odsFont, odsCell("o", tcvn3Words+`<text:span text:style-name="n"> ộ </text:span><text:span text:style-name="v">`+vniWords+`</text:span>`)))},
		{"ODS stretch in another", "mµ " + "mà", []byte(odsWith(odsFont, odsCell("x", `<text:span text:style-name="n">mµ <text:span text:style-name="v">maø</text:span></text:span>`)))},
		{"HTML font", words, []byte(`<meta charset=utf-8><table><tr><td><font face=".VnTime, Arial">` + tcvn3Words + `</font></table>`)},
		{"HTML style", words, []byte(`<meta charset=utf-8><table><tr><td style="mso-generic-font-family:auto; font-family:'VNI-Times'">` + vniWords + `</table>`)},
		{"HTML class", words, []byte(`<meta charset=utf-8><style><!-- .xl65 {font-size:10pt; font-family:.VnTime, sans-serif;} --></style><table><tr><td class=xl65>` + tcvn3Words + `</table>`)},
		{"HTML element", words, []byte(`<meta charset=utf-8><style>td {font-family:.VnTime}</style><table><tr><td>` + tcvn3Words + `</table>`)},
		{"HTML row", words, []byte(`<meta charset=utf-8><table><tr style="font-family:.VnTime"><td>` + tcvn3Words + `</table>`)},
		{"HTML stretch", "mµ mà ra", []byte(`<meta charset=utf-8><table><tr><td><font face=Arial>mµ <font face="VNI-Times">maø</font></font> ra</table>`)},
		{"HTML below", words, []byte(`<meta charset=utf-8><table><tr><td>1<td>2</table><p><font face=.VnTime>` + tcvn3Words + `</font>`)},
		{"XML cell", words, xmlWith(`<Cell ss:StyleID="o"><Data ss:Type="String">` + tcvn3Words + `</Data></Cell>`)},
		{"XML parent", words, xmlWith(`<Cell ss:StyleID="p"><Data ss:Type="String">` + tcvn3Words + `</Data></Cell>`)},
		{"XML stretch", "mµ mà", xmlWith(`<Cell ss:StyleID="o"><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><Font html:Face="Arial" xmlns:html="h">mµ </Font><B><Font html:Face="VNI-Times" xmlns:html="h">maø</Font></B></ss:Data></Cell>`)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			book, findings := Open("x", tt.data)
			if book == nil || len(findings) > 0 {
				t.Fatal(findings)
			}
			rows := book.Sheets[0].Rows
			if got := rows[len(rows)-1].Cells[0].Text; got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// A table of one byte a character, saved from a sheet in an old font, is read, and
// a finding says that it was decoded.
func TestTablesInOldEncodings(t *testing.T) {
	for encoding, text := range map[viet.Encoding]string{viet.TCVN3: tcvn3Words, viet.VNI: vniWords} {
		data, err := charmap.Windows1252.NewEncoder().String("1;" + text + ";3\n2;" + text + ";4\n")
		if err != nil {
			t.Fatal(err)
		}
		book, findings := Open("x.csv", []byte(data))
		if book == nil {
			t.Fatal(findings)
		}
		if len(findings) != 1 || findings[0].Code != "old-font" || findings[0].Got != string(encoding) {
			t.Errorf("%s: got %v, want old-font", encoding, findings)
		}
		if diff := cmp.Diff([]string{"A1=1 B1=" + words + " C1=3", "A2=2 B2=" + words + " C2=4"}, shown(book, &book.Sheets[0])); diff != "" {
			t.Errorf("%s: %s", encoding, diff)
		}
	}
}

// The same workbook in the dialects of the format.
func TestDialects(t *testing.T) {
	const strict = "http://purl.oclc.org/ooxml/"
	rels := func(types string) string {
		return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="` + types + `relationships/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>`
	}
	for name, parts := range map[string][]part{
		"strict": {
			{"xl/workbook.xml", `<workbook xmlns="` + strict + `spreadsheetml/main" xmlns:r="` + strict + `officeDocument/relationships" conformance="strict"><workbookPr/><sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>`},
			{"xl/_rels/workbook.xml.rels", rels(strict + "officeDocument/")},
			{"xl/worksheets/sheet1.xml", `<worksheet xmlns="` + strict + `spreadsheetml/main"><sheetData><row r="1"><c r="A1" t="d"><v>2018-06-15</v></c><c r="B1"><v>0.5</v></c></row></sheetData></worksheet>`},
		},
		"prefixes everywhere": {
			{"xl/workbook.xml", `<x:workbook xmlns:x="m" xmlns:q="r"><x:sheets><x:sheet name="S" sheetId="1" q:id="a"/></x:sheets></x:workbook>`},
			{"xl/_rels/workbook.xml.rels", strings.ReplaceAll(strings.ReplaceAll(rels("x/"), "<Rel", "<p:Rel"), "</Rel", "</p:Rel")},
			{"xl/worksheets/sheet1.xml", `<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="d"><x:v>2018-06-15</x:v></x:c><x:c><x:v>0.5</x:v></x:c></x:row></x:sheetData></x:worksheet>`},
		},
		"without numbers, styles and strings": {
			{"xl/workbook.xml", `<workbook><sheets><sheet name="S" xmlns:r="r" r:id="a"/></sheets></workbook>`},
			{"xl/_rels/workbook.xml.rels", rels("x/")},
			{"xl/worksheets/sheet1.xml", `<worksheet><sheetData><row><c t="d"><v>2018-06-15</v></c><c s="9"><v>0.5</v></c></row></sheetData></worksheet>`},
		},
	} {
		book, findings := Open("x", zipped(t, append(parts, part{"[Content_Types].xml", contentTypes})...))
		if book == nil || len(findings) > 0 {
			t.Errorf("%s: %v", name, findings)
			continue
		}
		if diff := cmp.Diff([]string{"A1=15/06/2018 B1=0.5"}, shown(book, &book.Sheets[0])); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// FuzzParts gives the XML of all parts of a workbook to their readers, past the
// archive that stops most changes.
func FuzzParts(f *testing.F) {
	f.Add(`<sheetData><row r="1"><c r="A1" t="s" s="1"><v>0</v></c><c s="0"><v>43266</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>`,
		`<si><r><rPr><rFont val=".VnTime"/></rPr><t>µ</t></r><r><t>a</t></r></si><si><t>_x000D_b</t></si>`,
		`<numFmts><numFmt numFmtId="200" formatCode="dd/mm&quot;x&quot;"/></numFmts><fonts><font/><font><name val="VNI-Times"/></font></fonts><cellXfs><xf numFmtId="200"/><xf fontId="1"/></cellXfs>`)
	f.Add(strings.Repeat(`<row/>`, 10)+`<sheetData><row r="70000"/><!-- <v> --><row r="70001"><c t="inlineStr"><is><t>x</t></is></c></row></sheetData>`, `<si/>`, `<cellXfs><xf numFmtId="14"/></cellXfs>`)
	f.Fuzz(func(t *testing.T, sheet, strings, styles string) {
		book, _, err := Read("x", workbookWith(t, `<worksheet>`+sheet+`</worksheet>`, `<sst>`+strings+`</sst>`, `<styleSheet>`+styles+`</styleSheet>`))
		if err != nil {
			t.Fatal(err)
		}
		if book != nil {
			checkSheet(t, book, &book.Sheets[0])
		}
	})
}
