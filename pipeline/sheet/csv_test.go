package sheet

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/finding"
)

func TestCSV(t *testing.T) {
	for _, file := range []string{"python.csv", "excel-utf8.csv", "excel-1258.csv", "excel-unicode.txt", "utf-16be.txt", "ragged.csv", "office.csv"} {
		name := "testdata/csv/" + file
		wantReport(t, name, CSV, func(facts []sheetFacts) []sheetFacts {
			facts = textOnly(facts, baseName(name))
			facts[0].Merges, facts[0].HiddenRows = []string{}, []int{}
			return facts
		})
	}
	// Gnumeric writes what is stored.
	wantReport(t, "testdata/csv/gnumeric.csv", CSV, func(facts []sheetFacts) []sheetFacts {
		shown := map[string]string{
			"F6": "2018/02/28", "F8": "2018/06/15", "F9": "2017/12/31", "F10": "2018/06/15",
			"D11": "2018/06/05 14:07:09",
		}
		change(facts, func(ref string, c cellFact) cellFact {
			switch {
			case shown[ref] != "":
				c.Text = shown[ref]
			case c.Kind == Number:
				c.Text = c.Raw
			}
			return c
		})
		facts = textOnly(facts, "gnumeric")
		facts[0].Merges, facts[0].HiddenRows = []string{}, []int{}
		return facts
	})
}

func TestCSVForms(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     []string
	}{
		{"comma", "Mã,Tên,Số\n1.1,a,2\n", []string{"A1=Mã B1=Tên C1=Số", "A2=1.1 B2=a C2=2"}},
		{"two columns", "Mã;Tên\n1.1;a\n", []string{"A1=Mã B1=Tên", "A2=1.1 B2=a"}},
		{"decimal commas", "Mã;Số;Tỷ lệ\n1.1;14,5;80,5\n1.2;15,5;90,5\n", []string{"A1=Mã B1=Số C1=Tỷ lệ", "A2=1.1 B2=14,5 C2=80,5", "A3=1.2 B3=15,5 C3=90,5"}},
		{"commas within", "Mã\tNội dung\tSố\n1.1\ta, b, c\t2\n1.2\td, e, f\t3\n", []string{"A1=Mã B1=Nội dung C1=Số", "A2=1.1 B2=a, b, c C2=2", "A3=1.2 B3=d, e, f C3=3"}},
		{"bars", "| Mã | Tên |\n| 1 | a |\n", []string{"B1=Mã C1=Tên", "B2=1 C2=a"}},
		{"empty first cells and blank lines", "\t\tBÁO CÁO\n\nMã\tTên\tSố\n\ta\t\n", []string{"C1=BÁO CÁO", "A3=Mã B3=Tên C3=Số", "B4=a"}},
		{"quotation marks", "a,\"b \"\"x\"\", c\",d\n\"e\n f\",g \"h\",\"i\" j\n", []string{`A1=a B1=b "x", c C1=d`, `A2=e¶f B2=g "h" C2=i j`}},
		{"a mark without its fellow", "a,b,c\n1,\"x,2\n3,y,4\n", []string{"A1=a B1=b C1=c", `A2=1 B2="x C2=2`, "A3=3 B3=y C3=4"}},
		{"line ends of three kinds", "a,b,c\r1,2,3\r\n4,5,6\n\r7,8,9", []string{"A1=a B1=b C1=c", "A2=1 B2=2 C2=3", "A3=4 B3=5 C3=6", "A5=7 B5=8 C5=9"}},
		{"separator said", "sep=|\r\na|b\r\n", []string{"A1=a B1=b"}},
		{"separator said in quotes, and prose", "\"Sep=,\"\nmột, hai\n", []string{"A1=một B1=hai"}},
		{"a constant", "a;b;c\n=\"1.1.1\";\"=\"\"1.1.2\"\"\";=A1&\"x\"\n", []string{"A1=a B1=b C1=c", `A2=1.1.1 B2=1.1.2 C2==A1&"x"`}},
		{"formulas are text", "a,b,c\n=1+1,@x,-2\n", []string{"A1=a B1=b C1=c", "A2==1+1 B2=@x C2=-2"}},
		{"ragged", "a,b,c,d\n1,2\n3,4,5,6\n7\n8,9,10\n", []string{"A1=a B1=b C1=c D1=d", "A2=1 B2=2", "A3=3 B3=4 C3=5 D3=6", "A4=7", "A5=8 B5=9 C5=10"}},
		{"letterhead in sentences", "Kính gửi: Sở Nội vụ, tỉnh\nThực hiện Kế hoạch, đơn vị báo cáo, như sau:\nMã;Tên;Số\n1;a;2\n3;b;4\n",
			[]string{"A1=Kính gửi: Sở Nội vụ, tỉnh", "A2=Thực hiện Kế hoạch, đơn vị báo cáo, như sau:", "A3=Mã B3=Tên C3=Số", "A4=1 B4=a C4=2", "A5=3 B5=b C5=4"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			book, findings := openSheet(t, []byte(tt.in))
			if diff := cmp.Diff(tt.want, shown(book, &book.Sheets[0])); diff != "" || len(findings) > 0 || book.Format != CSV {
				t.Errorf("format %q, findings %v\n%s", book.Format, findings, diff)
			}
		})
	}
}

// Prose, and the decision's own way of writing a table, are no CSV.
func TestNotCSV(t *testing.T) {
	for name, text := range map[string]string{
		"decision":           string(sample(t, "../../templates/plan/1982-QD-UBND-2017.txt")),
		"cells of the plan":  "\tStt\n\tNội dung\n\n\t1\n\tA\n",
		"sentences":          "Kính gửi: Sở Nội vụ, tỉnh Đắk Nông\nThực hiện Kế hoạch, đơn vị báo cáo, như sau:\n1. Đã họp, sơ kết, tổng kết\n2. Đã in, cấp, phát tài liệu\n",
		"lists":              "- Sở Nội vụ;\n- Sở Tài chính;\n- Sở Y tế;\n",
		"lists in lines":     "Nơi nhận: Sở Nội vụ; Sở Tài chính; lưu\nKT: Giám đốc; Phó Giám đốc; ký\n",
		"a letterhead":       "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI\nTỈNH ĐẮK NÔNG\tĐộc lập\nKhông phát sinh nội dung báo cáo.\n",
		"numbers":            "Kinh phí 14,5\nTỷ lệ 80\n",
		"one line":           "a;b;c;d\n",
		"paragraphs indent":  "\tMột\n\tHai\n\tBa\n",
		"a sentence per row": "Không có\n",
	} {
		book, findings := Open("x.csv", []byte(text))
		if book == nil || book.Format != Text || len(findings) > 0 {
			t.Errorf("%s: got %v, findings %v, want text", name, book, findings)
		}
	}
}

func utf16Bytes(s string, high int) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		pair := [2]byte{byte(u), byte(u >> 8)}
		b = append(b, pair[high], pair[1-high])
	}
	return b
}

func TestTextCharsets(t *testing.T) {
	const text = "Sở Nội vụ, không phát sinh\n"
	for name, data := range map[string][]byte{
		"UTF-8":                         []byte(text),
		"UTF-8 with a mark":             []byte("\ufeff" + text),
		"UTF-16":                        utf16Bytes("\ufeff"+text, 0),
		"UTF-16, high byte first":       utf16Bytes("\ufeff"+text, 1),
		"UTF-16 unmarked":               utf16Bytes(text, 0),
		"UTF-16 unmarked, high first":   utf16Bytes(text, 1),
		"Windows-1258":                  []byte("S\xf5\xd2 N\xf4\xf2i vu\xf2, kh\xf4ng ph\xe1t sinh\n"),
		"Windows-1258 with other marks": []byte("S\xf5\xd2 N\xf4\xf2i vu\xf2, kh\xf4ng pha\xect sinh\n"),
	} {
		book, findings := Open("x.txt", data)
		if book == nil || book.Format != Text || len(findings) > 0 {
			t.Errorf("%s: got %v, findings %v", name, book, findings)
			continue
		}
		if got := book.Sheets[0].Row(1).Cell(1).Text; got+"\n" != text {
			t.Errorf("%s: got %q, want %q", name, got, text)
		}
	}
}

func TestTextRefused(t *testing.T) {
	for _, tt := range []struct {
		name, code string
		data       []byte
	}{
		{"TCVN3", "text-not-utf8", []byte("M\xb7;S\xeb N\xe9i v\xf4\n1;2\n")},
		{"VNI", "text-not-utf8", []byte("So\xe1;No\xe4i vu\xef\n1;2\n")},
		{"half a letter", "text-not-utf8", []byte("M\xc3\xa3,T\xc3\n1,2\n")},
		{"a zero byte", "file-unknown", []byte("a,b,c\n1,\x00,3\n")},
		{"a control character", "file-unknown", []byte("a,b,c\n1,\x1b,3\n")},
		{"UTF-16 with a zero", "file-unknown", utf16Bytes("\ufeffa,b,\x00c", 0)},
		{"UTF-16 blank", "file-empty", utf16Bytes("\ufeff \r\n", 0)},
		{"too many rows", "too-many-rows-of-sheet", []byte(strings.Repeat("a,b,c\n", maxRows+1))},
	} {
		if got := refusal(t, tt.data); got != tt.code {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.code)
		}
	}
}

func TestCSVBeyondColumns(t *testing.T) {
	line := strings.Repeat("x,", maxCols+20) + "end\n"
	book, findings := openSheet(t, []byte(strings.Repeat(line, 2)+strings.Repeat(",", maxCols+2)+"far\n"))
	if diff := cmp.Diff([]string{"cells-left-out CW1"}, findings); diff != "" {
		t.Error(diff)
	}
	if n := len(book.Sheets[0].Rows[0].Cells); n != maxCols || len(book.Sheets[0].Rows) != 2 {
		t.Errorf("got %d cells in %d rows, want %d in 2", n, len(book.Sheets[0].Rows), maxCols)
	}
}

func TestCSVPlace(t *testing.T) {
	for name, want := range map[string]finding.Place{
		"bao-cao.quy 1.csv":  {File: "bao-cao.quy 1.csv", Sheet: "bao-cao.quy 1", Cell: "B2", Row: 2},
		`C:\Users\x\bc.xls`:  {File: `C:\Users\x\bc.xls`, Sheet: "bc", Cell: "B2", Row: 2},
		"../../etc/.profile": {File: "../../etc/.profile", Sheet: ".profile", Cell: "B2", Row: 2},
		"":                   {Cell: "B2", Row: 2},
	} {
		book, _ := Open(name, []byte("a,b,c\n1,2,3\n"))
		if diff := cmp.Diff(want, book.Place(&book.Sheets[0], 2, 2)); diff != "" {
			t.Error(diff)
		}
	}
}

func TestCSVDamaged(t *testing.T) {
	for _, name := range []string{"excel-1258.csv", "excel-unicode.txt", "ragged.csv"} {
		mutate(t, "testdata/csv/"+name, "")
	}
}

func FuzzCSV(f *testing.F) {
	for _, name := range []string{"excel-utf8.csv", "excel-1258.csv", "excel-unicode.txt", "utf-16be.txt", "ragged.csv"} {
		data, err := os.ReadFile("testdata/csv/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("sep=;\na;\"b\"\"\n\";c\n\"d"))
	f.Add([]byte("=\"1\",2,3\r\n4,,\r5,6,7"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if book, _ := safely(t, data); book != nil {
			for i := range book.Sheets {
				checkSheet(t, book, &book.Sheets[i])
			}
		}
		// What is put into records comes out of them, whatever separates them.
		for _, separator := range []byte("\t;,|") {
			p := csvParser{text: string(data), separator: separator}
			for n := 0; p.more(); n++ {
				before := p.pos
				if p.record(); p.pos <= before || len(p.fields) == 0 || p.width < len(p.fields) {
					t.Fatalf("record %d: at %d after %d, %d fields, width %d", n, p.pos, before, len(p.fields), p.width)
				}
			}
		}
	})
}

func BenchmarkOpenCSV(b *testing.B) {
	var data bytes.Buffer
	for i := range 1000 {
		fmt.Fprintf(&data, "1.%d.%d;\"Tổ chức hội nghị; phổ biến kế hoạch\";Đã hoàn thành;80,5%%;14,5;28/02/2018;\r\n", i/100, i%100)
	}
	b.SetBytes(int64(data.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if book, _ := Open("x.csv", data.Bytes()); book == nil || book.Format != CSV {
			b.Fatal("no table")
		}
	}
}
