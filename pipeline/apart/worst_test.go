package apart

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestWorstFiles reads the files that cost most within the limits, each in a child
// of its own, and prints what they cost:
//
//	BAOCAO_LONG=1 go test -run TestWorstFiles -v ./pipeline/apart
//
// None may take more than a document is given. One that comes near is stopped by
// the child's limits, and says so.
func TestWorstFiles(t *testing.T) {
	if os.Getenv("BAOCAO_LONG") == "" {
		t.Skip("takes minutes; set BAOCAO_LONG=1")
	}
	t.Logf("%-44s %8s %8s %9s  %s", "file", "size", "time", "peak RSS", "outcome")
	for _, f := range worstFiles(t) {
		data := f.make()
		outcome, took, peak := readWatched(t, data)
		t.Logf("%-44s %5.1f MB %6.2f s %6d MB  %s", f.name, float64(len(data))/(1<<20), took.Seconds(), peak>>10, outcome)
		if took > maxTime+5*time.Second || peak<<10 > maxMemory {
			t.Errorf("%s took %v and %d KB, more than a document may", f.name, took, peak)
		}
	}
}

// readWatched reads data in a new child; peak is its largest resident memory in
// KB, 0 where the system does not tell.
func readWatched(t *testing.T, data []byte) (outcome string, took time.Duration, peak int) {
	c, err := start("", nil)
	if err != nil {
		t.Fatal(err)
	}
	stop, peaks := make(chan struct{}), make(chan int)
	go func() {
		most := 0
		for {
			select {
			case <-stop:
				peaks <- most
				return
			case <-time.After(2 * time.Millisecond):
				most = max(most, residentPeak(c.cmd.Process.Pid))
			}
		}
	}()
	began := time.Now()
	a, err := c.read(request{"x", data})
	took = time.Since(began)
	close(stop)
	peak = <-peaks
	switch {
	case err != nil:
		c.kill()
		outcome = c.fault()
	default:
		peak = max(peak, residentPeak(c.cmd.Process.Pid))
		cells := 0
		if a.Book != nil {
			for _, s := range a.Book.Sheets {
				for _, row := range s.Rows {
					cells += len(row.Cells)
				}
			}
			outcome = strconv.Itoa(cells) + " cells"
		}
		for i, f := range a.Findings {
			if i == 3 {
				outcome += " …"
				break
			}
			outcome += " " + f.Code + " " + f.Place.Cell
		}
	}
	if err := c.close(); err != nil {
		t.Error(err)
	}
	return outcome, took, peak
}

// residentPeak is VmHWM of a process on Linux, in KB.
func residentPeak(pid int) int {
	status, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		return 0
	}
	_, rest, _ := bytes.Cut(status, []byte("VmHWM:"))
	fields := bytes.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	n, _ := strconv.Atoi(string(fields[0]))
	return n
}

type worstFile struct {
	name string
	make func() []byte
}

// Sizes just below the limits of package sheet.
const (
	sent     = 20<<20 - 100_000
	unpacked = 63 << 20
	cells    = 600_000
)

func worstFiles(t *testing.T) []worstFile {
	book := func(sheet, strings, styles string) []byte { return packed(t, sheet, strings, styles) }
	fill := func(unit string, size int) string { return strings.Repeat(unit, size/len(unit)) }
	rows := func(row string, size int) string {
		return "<worksheet>" + tight(size) + "<sheetData>" + fill(row, size-2_000_000) + "</sheetData></worksheet>"
	}
	wide := func(c string) string { return "<row>" + strings.Repeat(c, 100) + "</row>" }
	return []worstFile{
		{"xlsx: a million styled empty rows", func() []byte {
			var b strings.Builder
			for r := range 1 << 20 {
				fmt.Fprintf(&b, `<row r="%d" s="1" customFormat="1" ht="15.75"/>`, r+1)
			}
			return book("<worksheet><sheetData>"+b.String()+"</sheetData></worksheet>", "<sst/>", "<styleSheet/>")
		}},
		{"xlsx: empty styled cells", func() []byte { return book(rows(wide(`<c s="1"/>`), unpacked), "<sst/>", "<styleSheet/>") }},
		{"xlsx: empty elements", func() []byte { return book(rows(`<a/>`, unpacked), "<sst/>", "<styleSheet/>") }},
		{"xlsx: end tags and texts", func() []byte { return book(rows(`<a>x</a>`, unpacked), "<sst/>", "<styleSheet/>") }},
		{"xlsx: attributes", func() []byte {
			return book(rows(`<a `+strings.Repeat(`a="" `, 1_000_000)+`/>`, unpacked), "<sst/>", "<styleSheet/>")
		}},
		{"xlsx: 600,000 numbers", func() []byte {
			return book("<worksheet><sheetData>"+numbers(6_000)+"</sheetData></worksheet>", "<sst/>", "<styleSheet/>")
		}},
		{"xlsx: 600,000 texts of their own", func() []byte {
			return book("<worksheet><sheetData>"+strings.ReplaceAll(numbers(6_000), "<c>", `<c t="str">`)+"</sheetData></worksheet>", "<sst/>", "<styleSheet/>")
		}},
		{"xlsx: too many numbers", func() []byte {
			return book("<worksheet><sheetData>"+numbers(6_001)+"</sheetData></worksheet>", "<sst/>", "<styleSheet/>")
		}},
		{"xlsx: 600,000 long formats of numbers", func() []byte {
			return book("<worksheet><sheetData>"+strings.ReplaceAll(numbers(6_000), "<c>", `<c s="0">`)+"</sheetData></worksheet>", "<sst/>",
				`<styleSheet><numFmts><numFmt numFmtId="200" formatCode="`+strings.Repeat("h-m-", 12)+`&quot;`+strings.Repeat("x", 90)+`&quot;"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>`)
		}},
		{"xlsx: a million shared strings", func() []byte {
			return book("<worksheet/>", "<sst>"+tight(unpacked)+fill("<si><t>"+strings.Repeat("ộ", 13)+"</t></si>", unpacked-2_000_000)+"</sst>", "<styleSheet/>")
		}},
		{"xlsx: shared strings in many fonts", func() []byte {
			one := "<si>" + strings.Repeat(`<r><rPr><rFont val=".VnTime"/></rPr><t>µ</t></r><r><t>a</t></r>`, 5_000) + "</si>"
			return book(`<worksheet><sheetData>`+strings.Repeat(`<row>`+strings.Repeat(`<c t="s"><v>7</v></c>`, 40)+`</row>`, 200)+`</sheetData></worksheet>`, "<sst>"+tight(unpacked)+fill(one, unpacked-4_000_000)+"</sst>",
				`<styleSheet><fonts><font><name val=".VnTime"/></font></fonts><cellXfs><xf fontId="0"/></cellXfs></styleSheet>`)
		}},
		{"xlsx: 60 MB of text in TCVN3", func() []byte {
			word := "Së Néi vô tØnh §¾k N«ng b¸o c¸o kÕt qu¶ c¶i c¸ch hµnh chÝnh "
			return book(rows(wide(`<c t="str"><v>`+word+`</v></c>`), unpacked), "<sst/>", "<styleSheet/>")
		}},
		{"xlsx: 60 MB of letters and marks apart", func() []byte {
			return book(rows(wide(`<c t="str"><v>`+strings.Repeat("o\u0302\u0323\u0301", 15)+`</v></c>`), unpacked), "<sst/>", "<styleSheet/>")
		}},
		{"xlsx: styles", func() []byte {
			return book("<worksheet/>", "<sst/>", "<styleSheet>"+tight(unpacked)+"<fonts>"+strings.Repeat(`<font><name val=".VnTime"/></font>`, 90_000)+"</fonts><cellXfs>"+strings.Repeat(`<xf numFmtId="7" fontId="9"/>`, 99_000)+"</cellXfs>"+fill(`<dxf/>`, 40<<20)+"</styleSheet>")
		}},
		{"xls: numbers", func() []byte {
			return xls("", fill(record(0xBD, "\x00\x00\x00\x00"+strings.Repeat("\x00\x00\x06\x00\x00\x00", 100)+"\x63\x00"), sent))
		}},
		{"xls: rows by turns", func() []byte {
			return xls("", fill(record(0x27E, "\x00\x00\x00\x00\x00\x00\x06\x00\x00\x00")+record(0x27E, "\x01\x00\x00\x00\x00\x00\x06\x00\x00\x00"), 14*cells))
		}},
		{"xls: shared strings", func() []byte { return xls(sst(fill("\x10\x00\x00abcdefghijklmnop", sent)), "") }},
		{"xls: texts of their own", func() []byte {
			return xls("", fill(record(0x204, "\x00\x00\x00\x00\x00\x00\x10\x00\x00abcdefghijklmnop"), sent))
		}},
		{"ods: rows that are repeated", func() []byte {
			return flat(`<table:table><table:table-row table:number-rows-repeated="6000"><table:table-cell table:number-columns-repeated="100"><text:p>` + strings.Repeat("ộ", 20) + `</text:p></table:table-cell></table:table-row></table:table>`)
		}},
		{"ods: paragraphs and spans", func() []byte {
			return flat(fill(`<table:table><table:table-row>`+strings.Repeat(`<table:table-cell><text:p><text:span>a</text:span></text:p></table:table-cell>`, 100)+`</table:table-row></table:table>`, sent))
		}},
		{"ods: styles", func() []byte {
			return []byte(strings.Replace(string(flat("")), "<office:body>", "<office:automatic-styles>"+fill(`<style:style style:name="a" style:family="table-cell"/>`, sent)+"</office:automatic-styles><office:body>", 1))
		}},
		{"html: cells", func() []byte {
			return []byte("<html><table>" + fill("<tr>"+strings.Repeat("<td>a", 100), sent) + "</table>")
		}},
		{"html: cells that reach down", func() []byte {
			return []byte("<html><table>" + fill("<tr>"+strings.Repeat("<td rowspan=9>", 50), sent) + "</table>")
		}},
		{"html: fonts", func() []byte {
			return []byte("<html><table><tr><td>" + fill("<font face=.VnTime>a<p>", sent) + "</table>")
		}},
		{"html: tables within tables", func() []byte {
			return []byte("<html>" + fill(strings.Repeat("<table><tr><td>a<td>", 20)+strings.Repeat("</table>", 20), sent) + "<p>")
		}},
		{"xml 2003: cells", func() []byte {
			return []byte(`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table>` + fill(`<Row>`+strings.Repeat(`<Cell><Data>a</Data></Cell>`, 100)+`</Row>`, sent) + `</Table></Worksheet></Workbook>`)
		}},
		{"csv: cells", func() []byte { return []byte(fill(strings.Repeat("1;", 99)+"1\n", sent)) }},
		{"csv: 59,000 rows of 10", func() []byte { return []byte(strings.Repeat(strings.Repeat("Đã hoàn thành;", 9)+"1\n", 59_000)) }},
		{"csv: quotation marks", func() []byte { return []byte(fill(`"a""b";"""";"`+"\n", sent)) }},
		{"text: lines", func() []byte { return []byte(fill("\ta\n", sent)) }},
		{"text: one line", func() []byte { return []byte(fill("ộ ", sent)) }},
		{"docx: cells", func() []byte {
			return document(t, tight(unpacked)+fill("<tbl>"+strings.Repeat("<tr>"+strings.Repeat("<tc><p><r><t>a</t></r></p></tc>", 100)+"</tr>", 10)+"</tbl>", unpacked-2_000_000))
		}},
		{"noise that says it is a zip", func() []byte { return []byte("PK\x03\x04" + fill("PK\x01\x02", sent)) }},
		{"noise that says it is an old workbook", func() []byte { return []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + fill("\x01\x00\x00\x00", sent)) }},
	}
}

// tight is a comment that cannot be packed, so long that a part of the given size
// is packed not too tightly.
func tight(size int) string {
	var b strings.Builder
	b.WriteString("<!--")
	random := rand.New(rand.NewPCG(1, 2))
	for b.Len() < size/35 { // hexadecimal digits are packed to half of it
		fmt.Fprintf(&b, "%016x", random.Uint64())
	}
	b.WriteString("-->")
	return b.String()
}

// numbers are rows of 100 different numbers.
func numbers(rows int) string {
	var b strings.Builder
	for r := range rows {
		b.WriteString("<row>")
		for c := range 100 {
			fmt.Fprintf(&b, "<c><v>%d.%d</v></c>", (r*7919+c*104729)%1000003, c)
		}
		b.WriteString("</row>")
	}
	return b.String()
}

func packed(t testing.TB, sheet, sharedStrings, styles string) []byte {
	const relation = `<Relationship Id="%s" Type="x/%s" Target="%s.xml"/>`
	return zipOf(t, [][2]string{
		{"[Content_Types].xml", `<Types/>`},
		{"xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="S" r:id="a"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships>` + fmt.Sprintf(relation, "a", "worksheet", "sheet1") +
			fmt.Sprintf(relation, "b", "sharedStrings", "strings") + fmt.Sprintf(relation, "c", "styles", "styles") + `</Relationships>`},
		{"xl/sheet1.xml", sheet}, {"xl/strings.xml", sharedStrings}, {"xl/styles.xml", styles},
	})
}

func document(t testing.TB, body string) []byte {
	return zipOf(t, [][2]string{{"word/document.xml", "<document><body>" + body + "</body></document>"}})
}

func zipOf(t testing.TB, parts [][2]string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		f, err := w.Create(p[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, p[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func flat(tables string) []byte {
	return []byte(`<?xml version="1.0"?><office:document xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>` +
		tables + `</office:spreadsheet></office:body></office:document>`)
}

// record is one record of an old workbook.
func record(id int, content string) string {
	head := binary.LittleEndian.AppendUint16(nil, uint16(id))
	return string(binary.LittleEndian.AppendUint16(head, uint16(len(content)))) + content
}

// sst is the record of shared strings, continued as often as they need.
func sst(strings string) string {
	all := "\x00\x00\x00\x00\xff\xff\xff\x7f" + strings
	var b bytes.Buffer
	n := 8 + 19*400
	for id := 0xFC; len(all) > 0; id = 0x3C {
		n = min(len(all), n)
		b.WriteString(record(id, all[:n]))
		all, n = all[n:], 19*400
	}
	return b.String()
}

// xls is an old workbook without its container, with one sheet.
func xls(globals, cells string) []byte {
	begin := record(0x809, "\x00\x06\x05\x00")
	end := record(0x0A, "")
	list := func(at int) string {
		return record(0x85, string(binary.LittleEndian.AppendUint32(nil, uint32(at)))+"\x00\x00\x01\x00S")
	}
	at := len(begin) + len(globals) + len(list(0)) + len(end)
	return []byte(begin + globals + list(at) + end + record(0x809, "\x00\x06\x10\x00") + cells + end)
}
