package sheet

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHTML(t *testing.T) {
	first := func(facts []sheetFacts) []sheetFacts { return facts[:1] }
	wantReport(t, "testdata/html/excel.htm", HTML, first)
	wantReport(t, "testdata/html/archive.mht", HTML, first)
	wantReport(t, "testdata/html/portal.xls", HTML, func(facts []sheetFacts) []sheetFacts { return textOnly(facts, "portal") })
}

// LibreOffice leaves out hidden rows and sheets, and how a value was computed.
func TestHTMLOfLibreOffice(t *testing.T) {
	wantReport(t, "testdata/html/office.html", HTML, func(facts []sheetFacts) []sheetFacts {
		s := &facts[0]
		maps.DeleteFunc(s.Cells, func(at string, _ cellFact) bool { p, _ := parseRef(at); return p.row == 9 })
		shiftRows(s, 10, -1)
		change(facts, func(at string, c cellFact) cellFact {
			c.Formula = false
			switch at {
			case "B6":
				c.Text = strings.ReplaceAll(c.Text, "  ", " ")
				c.Raw = c.Text
			case "B10":
				c = cellFact{Kind: Number, Text: "1", Raw: "1"} // TRUE
			}
			return c
		})
		s.Name, s.HiddenRows = "office", []int{}
		s.Merges = append(s.Merges, "H1:L8") // below the text box
		return facts[:1]
	})
}

// Gnumeric writes the sheets below each other, with their names above them.
func TestHTMLOfGnumeric(t *testing.T) {
	book := mustOpen(t, "testdata/html/gnumeric.html")
	want := reportFacts(t)
	shiftRows(&want[0], 1, 1)
	texts := map[string]string{"A1": "Báo cáo quý I", "A17": "Ẩn", "A18": "x"}
	for at, c := range want[0].Cells {
		c.Text = strings.ReplaceAll(c.Text, "  ", " ")
		if c.Kind == Number {
			c.Text = strings.Replace(c.Text, "-", "\u2212", 1)
		}
		texts[at] = c.Text
	}
	got := map[string]string{}
	for at, c := range factsOf(book)[0].Cells {
		got[at] = c.Text
	}
	if diff := cmp.Diff(texts, got); diff != "" {
		t.Error(diff)
	}
}

func TestHTMLTables(t *testing.T) {
	const (
		inner = `<table><tr><td>1</td><td>a</td></tr><tr><td>2</td><td>b</td></tr></table>`
	)
	for _, tt := range []struct {
		name, in string
		want     []string
		merges   []string
	}{
		{"plain", `<table><tr><th>Mã<th>Tên<tr><td>1<td>a</table>`, []string{"A1=Mã B1=Tên", "A2=1 B2=a"}, nil},
		{"spans", `<table><tr><td rowspan=2>a</td><td colspan="2">b</td></tr><tr><td>c</td><td rowspan="3">d</td></tr><tr><td colspan=2 rowspan=2>e</td></tr><tr></tr><tr><td>f</td></tr></table>`,
			[]string{"A1=a B1=b", "B2=c C2=d", "A3=e", "A5=f"}, []string{"A1:A2", "A3:B4", "B1:C1", "C2:C4"}},
		{"spans beyond the table", `<table><tr><td rowspan=99>a<td>b<tr><td>c</table><table><tr><td>d</table>`,
			[]string{"A1=a B1=b", "B2=c", "A3=d"}, []string{"A1:A2"}},
		{"spans to the end", `<table><tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d</table>`, []string{"A1=a B1=b", "B2=c", "B3=d"}, []string{"A1:A3"}},
		{"odd spans", `<table><tr><td colspan=-1 rowspan=x>a<td colspan="99999999999999999999">b<td>c</table>`, []string{"A1=a B1=b C1=c"}, nil},
		{"spaces and lines", "<table><tr><td>\n  a  b\n c<br>d<p>e</p>\n<div>f</div><ul><li>g<li>h</ul>&nbsp;</td><td>&nbsp;</td><td><b>i</b><i> j</i></table>",
			[]string{"A1=a b c¶d¶e¶f¶g¶h C1=i j"}, nil},
		{"entities", `<table><tr><td>&lt;b&gt; &amp; &#7897; &#x1ED9; &agrave; &unknown; S&#259;</table>`, []string{"A1=<b> & ộ ộ à &unknown; Să"}, nil},
		{"text around", `<p>UBND <b>tỉnh</b></p><h1>BÁO CÁO</h1>Số 45<br>quý I<table><caption>Bảng 1</caption><tr><td>1</td></tr></table>Nơi nhận:<ul><li>VT</ul>`,
			[]string{"A1=UBND tỉnh", "A2=BÁO CÁO", "A3=Số 45", "A4=quý I", "A5=Bảng 1", "A6=1", "A7=Nơi nhận:", "A8=VT"}, nil},
		{"text between cells", `<table>x<tr>y<td>1</td>z</tr></table>`, []string{"A1=x", "A2=1", "A3=yz"}, nil},
		{"what is not shown", `<head><title>no</title><style>.an{display:none} td.hien{color:red} @media print{.in{display:none}}</style></head><script>var x = "<table><tr><td>no";</script><table>` +
			`<tr><td>a<script>no</script><span hidden>no</span><span class="an x">no</span><span class=in>b</span><!-- no --><textarea>c</textarea><select><option>no</option><option selected>d</option><option>no</option></select><object>no</object></td>` +
			`<td style="display : none">no</td><td>e<span style="display:none">no<td>f</td></tr></table>` +
			`<div style="display:none"><table><tr><td>no</td><td>no</td></tr></table>no</div>`,
			[]string{"A1=abcd B1=e C1=f"}, nil},
		{"hidden rows", `<table><tr style="DISPLAY:none"><td>a</td></tr><tbody hidden><tr><td>b</td></tr></tbody><tbody><tr><td>c</td></tr></tbody></table><table style='display:none'><tr><td>d<table><tr><td>e<td>f</table></td></tr></table>`,
			[]string{"A1=a (hidden)", "A2=b (hidden)", "A3=c", "A4=d (hidden)", "A5=e B5=f (hidden)"}, nil},
		{"laid out by a table", `<table><tr><td>menu</td><td>` + inner + `sau</td></tr><tr><td colspan=2>cuối</td></tr></table>`,
			[]string{"A1=menu", "A2=1 B2=a", "A3=2 B3=b", "A4=sau", "A5=cuối"}, []string{"A5:B5"}},
		{"laid out by tables", `<table><tr><td><table><tr><td>đầu<tr><td>` + inner + `</table></table>`, []string{"A1=đầu", "A2=1 B2=a", "A3=2 B3=b"}, nil},
		{"spans in a table within", `<table><tr><td>x<tr><td><table><tr><td colspan=2>1<tr><td>2<td>3</table></table>`, []string{"A1=x", "A2=1", "A3=2 B3=3"}, []string{"A2:B2"}},
		{"a table in a cell", `<table><tr><td>1.1</td><td>tên</td><td>trước<table><tr><td>một</td><td>1</td></tr><tr><td>hai</td><td>2</td></tr></table>sau</td><td>xong</td></tr></table>`,
			[]string{"A1=1.1 B1=tên C1=trước¶một 1¶hai 2¶sau D1=xong"}, nil},
		{"a table for looks in a cell", `<table><tr><td>1</td><td><table><tr><td>tên</td></tr></table></td></tr></table>`, []string{"A1=1 B1=tên"}, nil},
		{"a table where none can stand", `<table><tr><td>1</td></tr><tr><table><tr><td>2</td></tr></table>`, []string{"A1=1", "A3=2"}, nil},
		{"tags without order", `</table></td><td>x</td><tr>y<table><tbody><td>1</td></tbody><thead><td>2</thead></table></tr>`, []string{"A1=xy", "A2=1", "A3=2"}, nil},
		{"capital letters", `<TABLE><TR><TD COLSPAN=2>a</TD></TR></TABLE>`, []string{"A1=a"}, []string{"A1:B1"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			book, findings := openSheet(t, []byte("<html>"+tt.in))
			s := &book.Sheets[0]
			got := shown(book, s)
			for i, row := range s.Rows {
				if row.Hidden {
					got[i] += " (hidden)"
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" || len(findings) > 0 || book.Format != HTML || s.Name != "bao-cao" {
				t.Errorf("format %q, sheet %q, findings %v\n%s", book.Format, s.Name, findings, diff)
			}
			if tt.merges != nil {
				if diff := cmp.Diff(tt.merges, factsOf(book)[0].Merges); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

func TestHTMLValues(t *testing.T) {
	const page = `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style><!--
.a, td.b {mso-number-format:"0\.0%"} .c{mso-number-format:Short\ Date;} .d{mso-number-format:'\#\,\#\#0\0022 \0111\0022'; color:red} .e {mso-number-format:"\@"}
--></style></head><table><tr>`
	for _, tt := range []struct{ cell, want string }{
		{`<td>14,5`, "A1 string 14,5"},
		{`<td x:num>14.5`, "A1 number 14.5"},
		{`<td x:num="0.805" class=a>80.5%`, "A1 number 80.5% = 0.805 as 0.0%"},
		{`<td x:num="0.805" class="x b">80,5%`, "A1 number 80,5% = 0.805 as 0.0%"},
		{`<td x:num="43266" class=c>15/06/2018`, "A1 date 15/06/2018 = 43266 as dd/mm/yyyy"},
		{`<td x:num="35200000" class=d>35.200.000 đ`, `A1 number 35.200.000 đ = 35200000 as #,##0" đ"`},
		{`<td class=e>1.10`, "A1 string 1.10"},
		{`<td style="mso-number-format:'0%';color:red" x:num="1" class=a>100%`, "A1 number 100% = 1 as 0%"},
		{`<td style='mso-number-format:"\0022a\0022 0' x:num>7`, `A1 number 7 as "a" 0`},
		{`<td style='mso-number-format:' x:num>7`, `A1 number 7`},
		{`<td sdval="0.25" sdnum="1033;1066;0%">25%`, "A1 number 25% = 0.25 as 0%"},
		{`<td sdval="1" sdnum="1033;0;BOOLEAN">TRUE`, "A1 bool TRUE = 1 as "},
		{`<td sdval="0" sdnum="1033;">#REF!`, "A1 error #REF!"},
		{`<td x:num="1e999">nhiều`, "A1 string nhiều"},
		{`<td x:num="5">`, ""},
		{`<td x:num="99">2`, "A1 string 2"},
		{`<td x:num="1.5">15`, "A1 string 15"},
		{`<td x:num="1234567.891">1.234.568`, "A1 number 1.234.568 = 1234567.891"},
		{`<td x:num="-0.125">-12,5%`, "A1 number -12,5% = -0.125"},
		{`<td x:bool="FALSE">FALSE`, "A1 bool FALSE = 0"},
		{`<td x:err="#N/A" x:fmla="=A2">#N/A`, "A1 error #N/A formula"},
		{`<td x:fmla="=A2">#REF!`, "A1 error #REF! formula"},
		{`<td x:fmla="=A2" x:num>3`, "A1 number 3 formula"},
	} {
		book, _ := openSheet(t, []byte(page+tt.cell+`<tr><td>.</table>`))
		var got string
		if lines := cellLines(book); len(lines) == 2 {
			got = lines[0]
		}
		if want := strings.TrimSuffix(tt.want, " as "); got != want {
			t.Errorf("%s: got %q, want %q", tt.cell, got, want)
		}
	}
}

func TestHTMLCharsets(t *testing.T) {
	const want = "Số còn lại: ộ"
	for name, page := range map[string]string{
		"UTF-8":                        `<table><tr><td>Số còn lại: ộ</table>`,
		"UTF-8 that declares another":  `<meta charset="windows-1252"><table><tr><td>Số còn lại: ộ</table>`,
		"UTF-8 with a mark":            "\ufeff\r\n<table><tr><td>Số còn lại: ộ</table>",
		"windows-1258 declared":        "<html><META http-equiv=Content-Type content='text/html; charset=windows-1258'><table><tr><td>S\xf4\xec co\xccn la\xf2i: \xf4\xf2</table>",
		"windows-1258 undeclared":      "<table><tr><td>S\xf4\xec co\xccn la\xf2i: \xf4\xf2</table>",
		"windows-1252 with references": "<html><meta charset=windows-1252><table><tr><td>S&#7889; c\xf2n l&#7841;i: &#7897;</table>",
		"UTF-16":                       string(utf16Bytes("\ufeff<meta charset=utf-16><table><tr><td>Số còn lại: ộ</table>", 0)),
	} {
		book, _ := openSheet(t, []byte(page))
		if got := book.Sheets[0].Row(1).Cell(1).Text; got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestHTMLRefused(t *testing.T) {
	const row = `<tr><td>a</td></tr>`
	for _, tt := range []struct{ name, code, page string }{
		{"no table", "format-html", `<html><body>Không tìm thấy</body></html>`},
		{"empty table", "format-html", `<table><tr><td>&nbsp;</td></tr></table>`},
		{"frames", "format-html", `<html><frameset><frame src="sheet001.htm"></frameset></html>`},
		{"other XML", "format-html", `<?xml version="1.0"?><rss><channel/></rss>`},
		{"table without end", "file-corrupt", `<html><table>` + row},
		{"cut within a tag", "file-corrupt", `<html><table>` + row + `<tr><td cla`},
		{"cut within a script", "file-corrupt", `<html><table>` + row + `<tr><td><script>`},
		{"tables too deep", "nested-too-deep", strings.Repeat("<table><tr><td>", maxTables+1)},
		{"long tag", "text-too-long", `<table><tr><td title="` + strings.Repeat("x", maxTag) + `">a</table>`},
		{"too many rows", "too-many-rows-of-sheet", `<table>` + strings.Repeat(row, maxRows+1) + `</table>`},
		{"too many lines", "too-many-rows-of-sheet", `<table>` + row + `</table>` + strings.Repeat("<p>a", maxRows+1)},
		{"too many cells", "too-many-cells", `<table>` + strings.Repeat("<tr>"+strings.Repeat("<td>a", maxCols), maxCells/maxCols+1) + `</table>`},
		{"half declared", "text-not-utf8", "<html><meta charset=utf-8><table><tr><td>S\xf4\xb5</table>"},
		{"mail", "format-html", "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\n<table>" + row + "</table>\n--x--\n"},
		{"archive without pages", "format-html", "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: image/png\n\nx\n--x--\n"},
		{"archive cut", "file-corrupt", "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n<table>" + row + "</table>\n"},
		{"archive without head", "file-corrupt", "MIME-Version: 1.0\n" + strings.Repeat("x", 100)},
		{"archive without boundary", "file-corrupt", "MIME-Version: 1.0\nContent-Type: multipart/related\n\n--x\n"},
		{"doctype alone", "file-corrupt", "<!DOCTYPE html"},
	} {
		if got := refusal(t, []byte(tt.page)); got != tt.code {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.code)
		}
	}
}

func TestHTMLBeyondColumns(t *testing.T) {
	book, findings := openSheet(t, []byte(`<table><tr>`+strings.Repeat("<td>a", maxCols+20)+`<tr><td colspan=200>b<td>c<tr><td>d</table>`))
	if diff := cmp.Diff([]string{"cells-left-out CW1"}, findings); diff != "" {
		t.Error(diff)
	}
	want := []Range{{2, 1, 2, maxCols}}
	if diff := cmp.Diff(want, book.Sheets[0].Merges); diff != "" {
		t.Error(diff)
	}
}

func TestWebArchive(t *testing.T) {
	part := func(head, page string) string { return "--x\r\nContent-Type: " + head + "\r\n\r\n" + page + "\r\n" }
	archive := "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n" +
		part("text/html", "<html><xml><x:Name>Một</x:Name><x:Name>Hai &amp; ba</x:Name></xml></html>") +
		part("text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64", "PHRhYmxlPjx0cj48\r\ndGQ+YTwvdGFibGU+") +
		part("text/html; charset=windows-1252", "<table><tr><td>b</table>") +
		part("text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable", "<table><tr><td>=C4=91=\r\n</table>") +
		"--x--\r\n"
	book, findings := Open("a.mht", []byte(archive))
	if book == nil || len(findings) > 0 {
		t.Fatal(findings)
	}
	var got []string
	for i := range book.Sheets {
		got = append(got, book.Sheets[i].Name+": "+strings.Join(shown(book, &book.Sheets[i]), " "))
	}
	if diff := cmp.Diff([]string{"Một: A1=a", "Hai & ba: A1=b", "a: A1=đ"}, got); diff != "" {
		t.Error(diff)
	}
	single := "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<table><tr><td>x</table>"
	if book, _ := openSheet(t, []byte(single)); !slices.Equal(shown(book, &book.Sheets[0]), []string{"A1=x"}) {
		t.Errorf("a single page: got %v", shown(book, &book.Sheets[0]))
	}
}

func TestHTMLDamaged(t *testing.T) {
	for name, end := range map[string]string{"excel.htm": "</table>", "portal.xls": "</table>\n</td>", "archive.mht": "--\r\n"} {
		mutate(t, "testdata/html/"+name, end)
	}
}

func FuzzHTML(f *testing.F) {
	f.Add(`<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c</table>`)
	f.Add(`<table><tr><td>x<table><tr><td>1<td>2</table>y</table><p>z`)
	f.Add(`<style>.a{mso-number-format:"0\.0%"}</style><table><tr style="display:none"><td class=a x:num="1">1<select><option selected>b</select></table>`)
	f.Add("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n<table><tr><td>a</table>\n--x--\n")
	f.Fuzz(func(t *testing.T, page string) {
		for _, data := range []string{page, "<html>" + page + "</table></table></table>"} {
			if book, _ := safely(t, []byte(data)); book != nil {
				for i := range book.Sheets {
					checkSheet(t, book, &book.Sheets[i])
				}
			}
		}
	})
}

func BenchmarkOpenHTML(b *testing.B) {
	var page strings.Builder
	page.WriteString(`<html><meta charset=utf-8><table border=1>`)
	for i := range 1000 {
		fmt.Fprintf(&page, "<tr><td class=xl24>1.%d.%d</td><td>Tổ chức hội nghị<br>phổ biến kế hoạch</td><td>Đã hoàn thành</td><td x:num=\"0.805\" style='mso-number-format:\"0\\.0%%\"'>80.5%%</td><td>14,5</td></tr>\n", i/100, i%100)
	}
	page.WriteString(`</table></html>`)
	data := []byte(page.String())
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if book, _ := Open("x.xls", data); book == nil {
			b.Fatal("no book")
		}
	}
}
