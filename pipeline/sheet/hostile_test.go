package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// rawZip is an archive of workbook parts of which one says what is not so.
func rawZip(t testing.TB, change func(h *zip.FileHeader)) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	content := []byte("<x/>")
	h := &zip.FileHeader{Name: "xl/workbook.xml", CompressedSize64: 4, UncompressedSize64: 4, CRC32: 0xB90D68E5}
	change(h)
	f, err := w.CreateRaw(h)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// overlapping is an archive with two names for one entry.
func overlapping(t testing.TB) []byte {
	data := zipped(t, part{"xl/workbook.xml", workbookXML}, part{"xl/worksheet.x", workbookXML})
	second := bytes.LastIndex(data, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(data[second+42:], 0)
	return data
}

// workbookWith is a workbook of one sheet with shared strings and styles.
func workbookWith(t testing.TB, sheetXML, strings, styles string) []byte {
	t.Helper()
	const relation = `<Relationship Id="%s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>`
	return zipped(t,
		part{"[Content_Types].xml", contentTypes},
		part{"xl/workbook.xml", workbookXML},
		part{"xl/_rels/workbook.xml.rels", `<Relationships>` +
			fmt.Sprintf(relation, "rId1", "worksheet", "worksheets/sheet1.xml") +
			fmt.Sprintf(relation, "rId2", "sharedStrings", "strings.xml") +
			fmt.Sprintf(relation, "rId3", "styles", "styles.xml") + `</Relationships>`},
		part{"xl/worksheets/sheet1.xml", sheetXML},
		part{"xl/strings.xml", strings},
		part{"xl/styles.xml", styles})
}

func sheetData(rows string) string {
	return `<worksheet><sheetData>` + rows + `</sheetData></worksheet>`
}

// loose lets a part be packed as tightly as it comes: noise that no reader heeds.
func loose(n int) string {
	var b strings.Builder
	b.WriteString("<!--")
	for x := uint32(1); b.Len() < n; x = x*1664525 + 1013904223 {
		fmt.Fprintf(&b, "%08x", x)
	}
	b.WriteString("-->")
	return b.String()
}

// manyStyles are more cell styles than are read.
func manyStyles() string {
	return `<styleSheet>` + loose(100_000) + `<cellXfs>` + strings.Repeat(`<xf/>`, maxStyles+1) + `</cellXfs></styleSheet>`
}

// Whatever exceeds a limit is refused by a finding that says which one, or read
// with one that says what was left out, and never costs more than it may.
func TestHostile(t *testing.T) {
	const (
		one  = `<row r="1"><c r="A1"><v>1</v></c></row>`
		runs = `<r><rPr><rFont val=".VnTime"/></rPr><t>µ</t></r><r><rPr><rFont val="Arial"/></rPr><t>a</t></r>`
	)
	longFormat := func(code string) []byte {
		return workbookWith(t, sheetData(strings.Repeat(`<row>`+strings.Repeat(`<c s="0"><v>1E+300</v></c>`, 50)+`</row>`, 200)), "<sst/>",
			`<styleSheet><numFmts><numFmt numFmtId="200" formatCode="`+code+`"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>`)
	}
	oldFonts := `<fonts>` + strings.Repeat(`<font><name val="Arial"/></font>`, 50_000) + `<font><name val=".VnTime"/></font></fonts>`
	for _, tt := range []struct {
		name string
		want []string // code, {got} and {want} of the findings
		most uint64   // MB that reading allocates in all
		data []byte
	}{
		{"says 900 MB", []string{"unpacked-too-large 900 MB 64 MB"}, 1, rawZip(t, func(h *zip.FileHeader) { h.UncompressedSize64 = 900 << 20; h.CompressedSize64 = 4 })},
		{"says 2^63 bytes", []string{"unpacked-too-large 1.048.576 MB 64 MB"}, 1, rawZip(t, func(h *zip.FileHeader) { h.UncompressedSize64 = 1 << 63 })},
		{"packed beyond the end", []string{"file-corrupt xl/workbook.xml "}, 1, rawZip(t, func(h *zip.FileHeader) { h.CompressedSize64 = 1 << 40 })},
		{"longer than it says", []string{"file-corrupt xl/workbook.xml "}, 1, rawZip(t, func(h *zip.FileHeader) { h.UncompressedSize64 = 3 })},
		{"one entry under two names", []string{"archive-suspicious  "}, 1, overlapping(t)},
		{"one part for two sheets", []string{"file-corrupt xl/worksheets/sheet1.xml "}, 1, zipped(t,
			part{"[Content_Types].xml", contentTypes}, part{"xl/_rels/workbook.xml.rels", workbookRels}, part{"xl/worksheets/sheet1.xml", sheetData(one)},
			part{"xl/workbook.xml", strings.Replace(workbookXML, `<sheets>`, `<sheets><sheet name="T" xmlns:r="r" r:id="rId1"/>`, 1)})},
		{"more sheets than parts", []string{"too-many-entries 1.002 1.000"}, 20, zipped(t,
			part{"[Content_Types].xml", contentTypes}, part{"xl/workbook.xml", `<workbook><sheets>` + strings.Repeat(`<sheet/>`, maxEntries+2) + `</sheets></workbook>`})},
		{"a tag without end", []string{"text-too-long 9 MB 8 MB"}, 100, workbookOf(t, loose(200_000)+`<worksheet a="`+strings.Repeat("x", maxTag)+`"/>`)},
		{"a million attributes", []string{"file-corrupt xl/worksheets/sheet1.xml "}, 400, workbookOf(t, loose(200_000)+`<worksheet `+strings.Repeat(`a="" `, 1_000_000)+`<`)},
		{"elements without end", []string{"too-many-elements  8.000.000"}, 4_000, workbookOf(t, loose(700_000)+sheetData(strings.Repeat(`<a/>`, maxElements)))},
		{"a text of two MB", []string{"text-too-long 2 MB 1 MB"}, 60, workbookOf(t, loose(200_000)+sheetData(`<row><c t="str"><v>`+strings.Repeat("x", 2<<20)+`</v></c></row>`))},
		{"a text cut into many", []string{"text-too-long 2 MB 1 MB"}, 100, workbookOf(t, loose(400_000)+sheetData(`<row><c t="str"><v>`+strings.Repeat("x<!---->", 2<<20)+`</v></c></row>`))},
		{"a text of 40,000 characters", []string{"text-cut 40.000 32.767"}, 5, workbookOf(t, sheetData(`<row><c t="str"><v>`+strings.Repeat("ộ", 40_000)+`</v></c></row>`))},
		{"a million strings", []string{"too-many-strings  1.000.000"}, 2_000, workbookWith(t, sheetData(one), loose(200_000)+`<sst>`+strings.Repeat(`<si/>`, maxStrings+1)+`</sst>`, `<styleSheet/>`)},
		{"many fonts in one text", []string{"too-many-runs 32.768 32.767"}, 100, workbookWith(t, sheetData(one), loose(200_000)+`<sst><si>`+strings.Repeat(runs, maxRuns)+`</si></sst>`, `<styleSheet/>`)},
		{"many fonts against many styles", nil, 300, workbookWith(t, sheetData(`<row><c t="s"><v>0</v></c></row>`), loose(200_000)+`<sst><si>`+strings.Repeat(runs, 10_000)+`</si></sst>`,
			loose(200_000)+`<styleSheet>`+oldFonts+`<cellXfs>`+strings.Repeat(`<xf fontId="0"/>`, 60_000)+`<xf fontId="50000"/></cellXfs></styleSheet>`)},
		{"one long text in every cell", []string{"too-much-text 65 MB 64 MB"}, 60, workbookWith(t, sheetData(strings.Repeat(`<row>`+strings.Repeat(`<c t="s"><v>0</v></c>`, 50)+`</row>`, 100)), `<sst><si><t>`+strings.Repeat("x", 30_000)+`</t></si></sst>`, `<styleSheet/>`)},
		{"many styles", []string{"too-many-styles 100.001 100.000"}, 200, workbookWith(t, sheetData(one), `<sst/>`, manyStyles())},
		{"percent signs", nil, 60, longFormat("0" + strings.Repeat("%", 250))},
		{"far rows without an end", []string{"file-corrupt xl/worksheets/sheet1.xml "}, 300, workbookOf(t, loose(200_000)+`<worksheet><sheetData>`+strings.Repeat(`<row r="70000"/>`, 80_000)+"<x")},
		{"name spaces upon name spaces", []string{"file-corrupt xl/worksheets/sheet1.xml "}, 300, workbookOf(t, loose(200_000)+`<worksheet `+strings.Repeat(`xmlns:a="" `, 80_000)+`>`+strings.Repeat(`<b:c/>`, 160_000)+`</worksheet>`)},
		{"commas", nil, 60, longFormat("0" + strings.Repeat(",", 250))},
		{"digits", nil, 60, longFormat(strings.Repeat("0", 250))},
		{"grouped digits of a large number", nil, 60, longFormat("#,##0")},
		{"sections", nil, 60, longFormat(strings.Repeat(";", 250))},
		{"hours and minutes", nil, 60, longFormat(strings.Repeat("hm", 120))},
		{"long words", nil, 60, longFormat(strings.Repeat("x", 250) + "0")},
		{"dimension", nil, 1, workbookOf(t, `<worksheet><dimension ref="A1:XFD1048576"/><sheetData>`+one+`</sheetData></worksheet>`)},
		{"merges without end", nil, 1, workbookOf(t, `<worksheet><sheetData>`+one+`</sheetData><mergeCells><mergeCell ref="A1:XFD99999999999999999999"/><mergeCell ref="-1:-5"/><mergeCell ref="A0:B2"/><mergeCell ref="A1:XFD1048576"/><mergeCell/></mergeCells></worksheet>`)},
		{"many merges", []string{"merges-left-out 20.001 20.000"}, 60, workbookOf(t, loose(100_000)+`<worksheet><mergeCells>`+strings.Repeat(`<mergeCell ref="A1:B2"/>`, maxMerges+1)+`</mergeCells></worksheet>`)},
		{"string of a negative number", []string{"file-corrupt xl/worksheets/sheet1.xml "}, 1, workbookWith(t, sheetData(`<row><c t="s"><v>-1</v></c></row>`), `<sst><si/></sst>`, `<styleSheet/>`)},
		{"string of a huge number", []string{"file-corrupt xl/worksheets/sheet1.xml "}, 1, workbookWith(t, sheetData(`<row><c t="s"><v>99999999999999999999</v></c></row>`), `<sst><si/></sst>`, `<styleSheet/>`)},
		{"row of a huge number", []string{"file-corrupt xl/worksheets/sheet1.xml "}, 1, workbookOf(t, sheetData(`<row r="9223372036854775807"/><row/>`))},
		{"a text of many lines", []string{"too-many-rows-of-sheet  60.000"}, 100, []byte(strings.Repeat("a\n", maxRows+1))},
		{"a text of many tabs", []string{"too-many-cells  600.000"}, 400, []byte(strings.Repeat("\ta\n", maxCells+1))},
		{"a table of many cells", []string{"too-many-cells  600.000"}, 600, []byte(strings.Repeat(strings.Repeat("1;", 99)+"1\n", maxCells/maxCols+1))},
		{"a document of many cells", []string{"too-many-cells  600.000"}, 3_000, documentOf(t, loose(1_000_000)+`<w:tbl>`+strings.Repeat(`<w:tr>`+strings.Repeat(`<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>`, 100)+`</w:tr>`, maxCells/100+1)+`</w:tbl>`)},
		{"columns of a document", []string{"cells-left-out  "}, 10, documentOf(t, `<w:tbl><w:tr>`+strings.Repeat(`<w:tc><w:tcPr><w:gridSpan w:val="60"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>`, 3)+`</w:tr></w:tbl>`)},
		{"rows by turns", nil, 300, biff(biff8, "", strings.Repeat(rec(recRK, 0, 0, 0, uint32(6))+rec(recRK, 1, 0, 0, uint32(6)), 100_000))},
		{"formats of a page", []string{"too-many-styles 10.001 10.000"}, 100, []byte(`<html><style>` + manyClasses() + `</style><table><tr><td>a</table>`)},
		{"styles of an XML spreadsheet", []string{"too-many-styles 10.001 10.000"}, 100, workbook2003(manyStyles2003())},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			book, findings := Open("x", tt.data)
			runtime.ReadMemStats(&after)
			if got := (after.TotalAlloc - before.TotalAlloc) >> 20; got > tt.most {
				t.Errorf("allocated %d MB, want at most %d", got, tt.most)
			}
			var got []string
			for _, f := range findings {
				got = append(got, f.Code+" "+f.Got+" "+f.Want)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if book != nil {
				for i := range book.Sheets {
					checkSheet(t, book, &book.Sheets[i])
				}
			}
		})
	}
}

func manyClasses() string {
	var b strings.Builder
	for i := range maxFormats + 2 {
		fmt.Fprintf(&b, ".x%d{mso-number-format:0}", i)
	}
	return b.String()
}

func manyStyles2003() string {
	var b strings.Builder
	for i := range maxFormats + 2 {
		fmt.Fprintf(&b, `<Style ss:ID="%d"/>`, i)
	}
	return b.String()
}

// What stands behind a long stretch of rows without content is found however it
// is written, and nothing else is taken for it.
func TestLeftOutIsSeen(t *testing.T) {
	empty := strings.Repeat(`<row s="1"/>`, maxGap+1)
	for _, tt := range []struct{ name, rows, cell string }{
		{"value", `<row r="70000"><c r="C70000"><v>1</v></c></row>`, "C70000"},
		{"prefix", `<x:row xmlns:x="u" r="70000"><x:c r="C70000"><x:v>1</x:v></x:c></x:row>`, "C70000"},
		{"attribute", `<row r='70000' t="&gt;>"><c r='C70000'><v xml:space="preserve">1</v></c></row>`, "C70000"},
		{"inline string", `<row r="70000"><c/><c t="inlineStr"><is><t>a</t></is></c></row>`, "B70000"},
		{"formula without a result", `<row><c/><c r="D9"/><c><f>A1</f></c></row>`, "E5002"},
		{"no value", `<row r="70000"><c r="C70000" s="1"><v/></c><c><v></v></c><c><is><t/></is></c></row>`, ""},
		{"comment", `<row r="70000"><!-- <c><v>1</v></c> --><?x <v>1</v> ?></row>`, ""},
		{"later elements", `</sheetData><conditionalFormatting><cfvo/><f>A1</f></conditionalFormatting><sheetData>`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, findings := Open("x", workbookOf(t, sheetData(empty+tt.rows)))
			got := ""
			for _, f := range findings {
				got += f.Code + " " + f.Place.Cell
			}
			want := tt.cell
			if want != "" {
				want = "cells-left-out " + want
			}
			if got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// Rows in no order are read, also those behind one that lies too far down.
func TestRowsBehindFarRow(t *testing.T) {
	book, findings := Open("x", workbookOf(t, sheetData(`<row r="1048576" s="1"/><row r="1048575"/><row r="2"><c r="A2"><v>2</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>`)))
	if book == nil || len(findings) > 0 {
		t.Fatal(findings)
	}
	if diff := cmp.Diff([]string{"A1=1", "A2=2"}, shown(book, &book.Sheets[0])); diff != "" {
		t.Error(diff)
	}
}

func TestLongTextsAreCounted(t *testing.T) {
	rows := strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, mostCut+3)
	book, findings := Open("x", workbookWith(t, sheetData(rows), `<sst><si><t>`+strings.Repeat("x", maxLetters+1)+`</t></si></sst>`, `<styleSheet/>`))
	if book == nil || len(findings) != mostCut+1 {
		t.Fatalf("got %d findings, want %d", len(findings), mostCut+1)
	}
	if last := findings[mostCut]; last.Code != "more-of-the-same" || last.Got != "3" || last.Want != "10" {
		t.Errorf("got %+v, want more-of-the-same 3 10", last)
	}
	if c := book.Sheets[0].Row(1).Cell(1); len(c.Text) != maxLetters || c.Raw != c.Text {
		t.Errorf("got %d characters, want %d", len(c.Text), maxLetters)
	}
}

func TestHeavy(t *testing.T) {
	for _, tt := range []struct {
		name string
		data []byte
		want bool
	}{
		{"ordinary", sample(t, "testdata/cells.xlsx"), false},
		{"ordinary plan", sample(t, "../form/testdata/plan/1982.xlsx"), false},
		{"ordinary old workbook", sample(t, "testdata/xls/office.xls"), false},
		{"ordinary text", []byte("a;b\n1;2\n"), false},
		{"nothing", nil, false},
		{"a PDF", append([]byte("%PDF-1.7"), make([]byte, 5<<20)...), false},
		{"refused at once", make([]byte, maxFile+1), false},
		{"cut archive", sample(t, "testdata/cells.xlsx")[:2000], false},
		{"formatted columns", formattedColumns(t), true},
		{"packed tight", workbookOf(t, strings.Repeat(" ", 500_000)), true},
		{"says 900 MB", rawZip(t, func(h *zip.FileHeader) { h.UncompressedSize64 = 900 << 20 }), true},
		{"long text", bytes.Repeat([]byte("a;b\n"), 300_000), true},
		{"large old workbook", append([]byte(compoundFile), make([]byte, 2<<20)...), true},
	} {
		if got := Heavy(tt.data); got != tt.want {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestMacrosIgnored(t *testing.T) {
	data := zipped(t,
		part{"[Content_Types].xml", contentTypes}, part{"xl/workbook.xml", workbookXML}, part{"xl/_rels/workbook.xml.rels", workbookRels},
		part{"xl/worksheets/sheet1.xml", sheetData(`<row><c><v>1</v></c></row>`)}, part{"xl/vbaProject.bin", "x"})
	book, findings := Open("x.xlsm", data)
	if book == nil || len(findings) != 1 || findings[0].Code != "macros-ignored" || findings[0].Level != "note" {
		t.Errorf("got %v, want the note macros-ignored", findings)
	}
}

func TestMacrosOnly(t *testing.T) {
	data := zipped(t,
		part{"[Content_Types].xml", contentTypes}, part{"xl/workbook.xml", workbookXML},
		part{"xl/_rels/workbook.xml.rels", strings.Replace(workbookRels, "/worksheet\"", "/xlMacrosheet\"", 1)}, part{"xl/vbaProject.bin", "x"})
	if got := refusal(t, data); got != "macros-only" {
		t.Errorf("got %s, want macros-only", got)
	}
}

// A panic of a decoder is its fault: the document is answered, and the log can
// say where it was.
func TestReadTellsOfPanic(t *testing.T) {
	_, findings, err := readSafely("x", func() (*Book, error) { panic("odd") })
	crash, ok := err.(*Crash)
	if !ok || len(findings) != 1 || findings[0].Code != "reader-died" {
		t.Fatalf("got %v, %v, want reader-died and a crash", findings, err)
	}
	if !strings.Contains(crash.Error(), "odd") || !bytes.Contains(crash.Stack, []byte("TestReadTellsOfPanic")) {
		t.Errorf("got %v, want the panic and its stack", crash)
	}
}
