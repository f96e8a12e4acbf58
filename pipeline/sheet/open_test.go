package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/finding"
)

func sample(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func mustOpen(t testing.TB, name string) *Book {
	t.Helper()
	book, findings := Open(name, sample(t, name))
	if book == nil || len(findings) > 0 {
		t.Fatalf("open %s: got %v, want a book without findings", name, findings)
	}
	return book
}

// part is an entry of an archive.
type part struct{ name, content string }

func zipped(t testing.TB, parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		f, err := w.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(p.content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	contentTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`
	workbookXML  = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`
	workbookRels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`
)

// workbookOf is a workbook whose only sheet has the given XML.
func workbookOf(t testing.TB, sheetXML string) []byte {
	t.Helper()
	return zipped(t,
		part{"[Content_Types].xml", contentTypes},
		part{"xl/workbook.xml", workbookXML},
		part{"xl/_rels/workbook.xml.rels", workbookRels},
		part{"xl/worksheets/sheet1.xml", sheetXML})
}

// compound is an OLE compound file that holds an empty stream of each name.
func compound(streams ...string) []byte {
	const sector, free, end, fat = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
	b := make([]byte, 3*sector)
	put16 := func(at int, v uint16) { b[at], b[at+1] = byte(v), byte(v>>8) }
	put32 := func(at int, v uint32) { put16(at, uint16(v)); put16(at+2, uint16(v>>16)) }
	copy(b, compoundFile)
	put16(24, 0x3e)
	put16(26, 3)
	put16(28, 0xfffe)
	put16(30, 9)
	put16(32, 6)
	put32(44, 1) // one FAT sector
	put32(48, 1) // the directory
	put32(56, 4096)
	put32(60, end)
	put32(68, end)
	for i := range 109 {
		put32(76+4*i, free)
	}
	put32(76, 0)
	for i := range sector / 4 {
		put32(sector+4*i, free)
	}
	put32(sector, fat)
	put32(sector+4, end)
	for i, name := range append([]string{"Root Entry"}, streams...) {
		at := 2*sector + 128*i
		for j, u := range utf16.Encode([]rune(name)) {
			put16(at+2*j, u)
		}
		put16(at+64, uint16(2*len(name)+2))
		b[at+66], b[at+67] = 2, 1
		for _, link := range []int{68, 72, 76} {
			put32(at+link, free)
		}
		put32(at+116, end)
		if i == 0 {
			b[at+66] = 5
			put32(at+76, 1)
		} else if i < len(streams) {
			put32(at+72, uint32(i+1))
		}
	}
	return b
}

func TestOpenNamesWhatItCannotRead(t *testing.T) {
	many := make([]part, maxEntries+1)
	for i := range many {
		many[i].name = "f" + strconv.Itoa(i)
	}
	for _, tt := range []struct {
		name, code string
		data       []byte
	}{
		{"nothing", "file-empty", nil},
		{"blank lines", "file-empty", []byte("\r\n \n")},
		{"too large", "file-too-large", make([]byte, maxFile+1)},
		{"pdf", "file-is-pdf", []byte("%PDF-1.7\n…")},
		{"png", "file-is-image", []byte("\x89PNG\r\n\x1a\n\x00")},
		{"jpeg", "file-is-image", []byte("\xff\xd8\xff\xe0\x00\x10JFIF")},
		{"rar", "file-is-archive", []byte("Rar!\x1a\x07\x00")},
		{"zip", "file-is-archive", zipped(t, part{"so-y-te.xlsx", "x"})},
		{"winmail.dat", "file-is-mail", []byte("\x78\x9f\x3e\x22\x00")},
		{"empty old workbook", "file-corrupt", compound("Workbook")},
		{"empty older workbook", "file-corrupt", compound("Book")},
		{"old document", "format-doc", compound("WordDocument")},
		{"encrypted", "file-encrypted", compound("EncryptionInfo", "EncryptedPackage")},
		{"other compound", "file-unknown", compound("Contents")},
		{"cut compound", "file-corrupt", compound("Workbook")[:600]},
		{"rtf", "format-doc", []byte(`{\rtf1 x}`)},
		{"html", "format-html", []byte("\ufeff\r\n<HTML><table></table>")},
		{"xml", "format-html", []byte(`<?xml version="1.0"?><Workbook/>`)},
		{"xlsb", "format-xlsb", zipped(t, part{"[Content_Types].xml", "x"}, part{"xl/workbook.bin", "x"})},
		{"ods", "format-odf", zipped(t, part{"mimetype", "x"}, part{"content.xml", "x"})},
		{"pptx", "file-unknown", zipped(t, part{"[Content_Types].xml", "x"}, part{"ppt/presentation.xml", "x"})},
		{"windows-1258", "text-not-utf8", []byte("S\xf4\xb5 N\xf4\xec")},
		{"utf-16 cut", "file-corrupt", []byte("\xff\xfeS\x00T")},
		{"noise", "file-unknown", []byte{1, 2, 0, 4, 200}},
		{"zip cut", "file-corrupt", zipped(t, part{"xl/workbook.xml", workbookXML})[:60]},
		{"workbook without relations", "file-corrupt", zipped(t, part{"xl/workbook.xml", workbookXML})},
		{"document without end", "file-corrupt", zipped(t, part{"word/document.xml", "<document><body>"})},
		{"too many entries", "too-many-entries", zipped(t, many...)},
		{"one name twice", "file-corrupt", zipped(t, part{"xl/workbook.xml", "a"}, part{`XL\workbook.xml`, "b"})},
		{"name outside", "file-corrupt", zipped(t, part{"xl/workbook.xml", "a"}, part{"../x", "b"})},
		{"packed tight", "archive-suspicious", zipped(t, part{"xl/workbook.xml", strings.Repeat(" ", 2<<20)})},
		{"too many cells", "too-many-cells", workbookOf(t, `<worksheet><sheetData>`+manyCells()+`</sheetData></worksheet>`)},
		{"doctype", "file-corrupt", workbookOf(t, `<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>`)},
		{"entity", "file-corrupt", workbookOf(t, `<worksheet><sheetData><row><c t="str"><v>&a;</v></c></row></sheetData></worksheet>`)},
		{"deep", "nested-too-deep", workbookOf(t, strings.Repeat("<a>", 300)+strings.Repeat("</a>", 300))},
		{"not well-formed", "file-corrupt", workbookOf(t, "<worksheet><sheetData></worksheet>")},
		{"unknown string", "file-corrupt", workbookOf(t, `<worksheet><sheetData><row><c t="s"><v>7</v></c></row></sheetData></worksheet>`)},
		{"row below 1", "file-corrupt", workbookOf(t, `<worksheet><sheetData><row r="-4"/></sheetData></worksheet>`)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			book, findings := Open("x.xlsx", tt.data)
			if book != nil || len(findings) != 1 {
				t.Fatalf("got book %v, findings %v, want one finding", book, findings)
			}
			f := findings[0]
			want := finding.Finding{Code: tt.code, Level: finding.Error, Place: finding.Place{File: "x.xlsx", Sheet: f.Place.Sheet}, Got: f.Got, Want: f.Want}
			if diff := cmp.Diff(want, f); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Half a document is worse than none: whatever is cut off, or changed in the
// packed content, the file is refused or read as it was.
func TestOpenDamaged(t *testing.T) {
	for _, name := range []string{"testdata/cells.xlsx", "../form/testdata/plan/fewer-columns.docx"} {
		whole := mustOpen(t, name)
		data := sample(t, name)
		for n := 0; n < len(data); n += 97 {
			if book, _ := Open(name, data[:n]); book != nil {
				t.Errorf("%s cut after %d bytes: got a book, want none", name, n)
			}
			broken := bytes.Clone(data)
			broken[n] ^= 0x55
			if book, _ := Open(name, broken); book != nil {
				if diff := cmp.Diff(whole, book); diff != "" {
					t.Errorf("%s with byte %d changed:\n%s", name, n, diff)
				}
			}
		}
	}
}

// safely opens data, and fails if a decoder panics: [Open] would hide it. Those of
// the library for compound files are its own.
func safely(t *testing.T, data []byte) (*Book, []finding.Finding) {
	t.Helper()
	book, findings, err := Read("x", data)
	var crash *Crash
	if errors.As(err, &crash) && !bytes.HasPrefix(data, []byte(compoundFile)) {
		t.Fatalf("%v\n%s", crash, crash.Stack)
	}
	return book, findings
}

func FuzzOpen(f *testing.F) {
	for _, name := range []string{
		"testdata/cells.xlsx", "testdata/no-results.xlsx", "testdata/date-1904.xlsx",
		"../form/testdata/plan/fewer-columns.docx", "testdata/oldfont/mixed.xlsx", "testdata/oldfont/changed-office.xlsx",
	} {
		f.Add(sample(f, name))
	}
	f.Add([]byte("\tStt\n\tNội dung\n\n\t1\n\tA\n\nB\n"))
	f.Add(compound("Workbook"))
	f.Add(workbookOf(f, `<worksheet><sheetData><row r="3" hidden="1"><c r="B3"><f>A1</f></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		book, findings := safely(t, data)
		if book == nil {
			if len(findings) != 1 || findings[0].Level != finding.Error {
				t.Fatalf("no book: got findings %v, want one error", findings)
			}
			return
		}
		for i := range book.Sheets {
			checkSheet(t, book, &book.Sheets[i])
		}
	})
}

// FuzzContent gives the XML of a sheet and of a document to the readers, past
// the zip archive that stops most changes.
func FuzzContent(f *testing.F) {
	for _, body := range []string{
		`<sheetData><row r="1" ht="0"><c r="B1" t="inlineStr"><is><r><t>a</t></r></is></c><c t="d"><v>2018-06-15</v></c></row></sheetData>`,
		`<sheetData><row r="9999"><c><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>`,
		para("x") + table(tableRow(cell(`<w:vMerge w:val="restart"/>`, para("1")), cell(`<w:gridSpan w:val="3"/>`)), tableRow(cell(`<w:vMerge/>`, para("2")))),
	} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		for _, data := range [][]byte{
			workbookOf(t, `<worksheet xmlns:w="w">`+body+`</worksheet>`),
			documentOf(t, body),
		} {
			if book, _ := safely(t, data); book != nil {
				checkSheet(t, book, &book.Sheets[0])
			}
		}
	})
}

// checkSheet holds a sheet against what [Sheet] promises.
func checkSheet(t *testing.T, book *Book, s *Sheet) {
	last := 0
	for _, row := range s.Rows {
		if row.Number <= last || row.Number > maxRows && book.Format == XLSX {
			t.Fatalf("row %d after row %d", row.Number, last)
		}
		last = row.Number
		col, filled := 0, false
		for _, c := range row.Cells {
			if c.Col <= col || s.Grid && c.Kind == "" && !c.Stale {
				t.Fatalf("row %d: cell %+v after column %d", row.Number, c, col)
			}
			col = c.Col
			filled = filled || c.Kind != "" || c.Stale
			book.Place(s, row.Number, c.Col)
		}
		if !filled {
			t.Fatalf("row %d holds nothing", row.Number)
		}
	}
}

// BenchmarkOpenXLSX opens a workbook of 56 rows, as an agency sends it;
// BenchmarkOpenPlan the 125 rows of the whole decision.
func BenchmarkOpenXLSX(b *testing.B) { benchmarkOpen(b, "../form/testdata/plan/total-351.xlsx") }
func BenchmarkOpenPlan(b *testing.B) { benchmarkOpen(b, "../form/testdata/plan/1982.xlsx") }
func BenchmarkOpenDOCX(b *testing.B) { benchmarkOpen(b, "../form/testdata/plan/1982.docx") }
func BenchmarkOpenText(b *testing.B) {
	benchmarkOpen(b, "../../templates/plan/1982-QD-UBND-2017.txt")
}

// BenchmarkOpenFormatted opens a workbook whose columns somebody formatted to
// the very last row.
func BenchmarkOpenFormatted(b *testing.B) {
	data := formattedColumns(b)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if book, _ := Open("x", data); book == nil {
			b.Fatal("no book")
		}
	}
}

func benchmarkOpen(b *testing.B, name string) {
	data := sample(b, name)
	b.ReportAllocs()
	for b.Loop() {
		if book, _ := Open(name, data); book == nil {
			b.Fatal("no book")
		}
	}
}

// manyCells are rows with more cells than are read.
func manyCells() string {
	var b strings.Builder
	for r := range maxCells/maxCols + 1 {
		b.WriteString("<row>")
		for c := range maxCols {
			b.WriteString("<c><v>" + strconv.Itoa((r*7919+c*104729)%1000003) + "</v></c>")
		}
		b.WriteString("</row>")
	}
	return b.String()
}

// formattedColumns is a workbook of a million empty rows below one with text.
func formattedColumns(t testing.TB) []byte {
	var b strings.Builder
	b.WriteString(`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>`)
	for r := 2; r <= 1_048_576; r++ {
		b.WriteString(`<row r="` + strconv.Itoa(r) + `" s="1"/>`)
	}
	b.WriteString(`</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>`)
	return workbookOf(t, b.String())
}
