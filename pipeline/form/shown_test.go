package form

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

// numberIn is a cell that stores raw and of which text is seen.
func numberIn(col int, raw, format, text string) sheet.Cell {
	return sheet.Cell{Col: col, Kind: sheet.Number, Raw: raw, Format: format, Text: text}
}

// readBy is readBook by a reader that is there already.
func readBy(r *Reader, book *sheet.Book) Submission {
	return r.ReadSubmission(book, Origin{Name: book.Name, Arrived: time.Date(2018, 3, 15, 5, 0, 0, 0, time.UTC)})
}

// readWith reads a row about 1.1.1 with the cell put in its column.
func readWith(r *Reader, c sheet.Cell) Submission {
	book := grid(head + "1|1.1.1|x|Đang làm|Đang thực hiện|50|1|02/02/2018")
	cells := book.Sheets[0].Rows[6].Cells
	cells[2] = sheet.Cell{Col: 3}
	cells[c.Col-1] = c
	return readBy(r, book)
}

func TestMoneyIsAsItsFormatShowsIt(t *testing.T) {
	r := shippedReader(t)
	for _, tt := range []struct {
		raw, format, text string
		want              string // of the money, in triệu đồng
		findings          []string
	}{
		{"0.0145", `0.0000" tỷ"`, "0.0145 tỷ", "14.5", nil},
		{"14500", `#,##0" nghìn"`, "14,500 nghìn", "14.5", nil},
		{"14500000", `[$₫-42A]#,##0`, "₫14,500,000", "14.5", nil},
		{"14500000", `#,##0.0,," tr"`, "14.5 tr", "14.5", nil},
		{"14500", "#,##0.0,", "14.5", "14.5", nil},
		{"50", "[>=1000]#,##0,;#,##0", "50", "50", nil},
		{"50", "#,##0_,", "50", "50", nil},
		{"50", `0\,`, "50,", "50", nil},
		{"15", `0"0"`, "150", "", []string{"figure-differs G7"}},
		{"15", `#,##0",000"`, "15,000", "", []string{"figure-differs G7"}},
		{"15", "(#,##0)", "(15)", "", []string{"figure-differs G7"}},
		{"99", "", "2", "", []string{"figure-differs G7"}},
		{"15", ";;;", "", "", []string{"value-hidden G7"}},
		{"0", "0;-0;;@", "", "", nil},
		{"2", "[$$-409]#,##0", "$2", "", []string{"money-unreadable G7"}},
		{"2", `0" USD"`, "2 USD", "", []string{"money-unreadable G7"}},
	} {
		s := readWith(r, numberIn(7, tt.raw, tt.format, tt.text))
		got := ""
		if d := s.Entries[0].Spent; d != nil {
			got = d.Millions().String()
		}
		if got != tt.want {
			t.Errorf("%s as %q: got %s, want %s", tt.raw, tt.text, got, tt.want)
		}
		if diff := cmp.Diff(tt.findings, codes(s)); diff != "" {
			t.Errorf("%s as %q: findings (-want +got):\n%s", tt.raw, tt.text, diff)
		}
	}
}

func TestPercentIsAsItsFormatShowsIt(t *testing.T) {
	r := shippedReader(t)
	for _, tt := range []struct {
		raw, format, text string
		want              plan.Percent
		findings          []string
	}{
		{"0.8", "0%", "80%", 80_00, nil},
		{"0.28571", "0%", "29%", 28_57, nil},
		{"0.8", "", "80%", 80_00, nil},
		{"80", `0\%`, "80%", 80_00, nil},
		{"80", "[<=1]0%;0", "80", 80_00, nil},
		{"80", "0;-0;0%", "80", 80_00, nil},
		{"15", `"99%"`, "99%", 0, []string{"figure-differs F7"}},
		{"0.5", "0%", "20%", 0, []string{"figure-differs F7"}},
		{"15", ";;;", "", 0, []string{"value-hidden F7"}},
	} {
		s := readWith(r, numberIn(6, tt.raw, tt.format, tt.text))
		var got plan.Percent
		if p := s.Entries[0].Percent; p != nil {
			got = *p
		}
		if got != tt.want {
			t.Errorf("%s as %q: got %d, want %d", tt.raw, tt.text, got, tt.want)
		}
		if diff := cmp.Diff(tt.findings, codes(s)); diff != "" {
			t.Errorf("%s as %q: findings (-want +got):\n%s", tt.raw, tt.text, diff)
		}
	}
}

func TestTextThatIsTurnedIsHeld(t *testing.T) {
	r := shippedReader(t)
	for _, tt := range []struct {
		col        int
		text, want string
		held       bool
	}{
		{2, "1.1.1", "text-direction B7", true},
		{5, "Đang thực hiện", "text-direction E7", true},
		{6, "51", "text-direction F7", false},
		{7, "51", "text-direction G7", false},
		{4, "Đã làm", "", false},
	} {
		s := readWith(r, sheet.Cell{Col: tt.col, Kind: sheet.String, Text: tt.text, Raw: tt.text, Turned: true})
		var want []string
		if tt.want != "" {
			want = []string{tt.want}
		}
		if diff := cmp.Diff(want, codes(s)); diff != "" {
			t.Errorf("column %d: findings (-want +got):\n%s", tt.col, diff)
		}
		if e := s.Entries[0]; e.Held != tt.held || tt.col == 6 && e.Percent != nil || tt.col == 7 && e.Spent != nil {
			t.Errorf("column %d: read as %+v, want held %t and the figure left out", tt.col, e, tt.held)
		}
	}
}

func TestMoneyBesideAHeading(t *testing.T) {
	r := shippedReader(t)
	name := r.plans[2018][0].Plan.Activity("1.1.3").Name
	for _, tt := range []struct {
		about, rows string
		want        []string
	}{
		{"an activity under the code of its result", "1|1.1|" + name + "||||3|", []string{"status-missing E7", "code-corrected B7"}},
		{"an activity under the code of its field", "1|I|" + name + "||||3|", []string{"status-missing E7", "code-corrected B7"}},
		{"the sum of its rows", "|1.1|Kết quả||||3|\n1|1.1.1||Đã làm|Đang thực hiện|50|3|", nil},
		{"no sum of its rows", "|1.1|Kết quả||||5|\n1|1.1.1||Đã làm|Đang thực hiện|50|3|", []string{"own-total-wrong G7"}},
		{"a day alone", "1|1.1.1||Đã làm|Đang thực hiện|50|3|\n|1.1|Kết quả|||||02/02/2018", []string{"unknown-activity B8"}},
	} {
		if diff := cmp.Diff(tt.want, codes(readBy(r, grid(head+tt.rows)))); diff != "" {
			t.Errorf("%s: findings (-want +got):\n%s", tt.about, diff)
		}
	}
}

func TestRowsAboutOneActivity(t *testing.T) {
	r := shippedReader(t)
	name := r.plans[2018][0].Plan.Activity("1.1.1").Name
	row := func(code, money string) string {
		return "1|" + code + "|" + name + "|Đã làm|Đang thực hiện|50|" + money + "|\n"
	}
	for _, tt := range []struct {
		about, rows string
		want        string
		held        []bool
	}{
		{"the same twice", row("1.1.1", "3") + row("1.1.1", "3"), "duplicate-same B8", []bool{false}},
		{"parts with money", row("1.1.1a", "3") + row("1.1.1b", "3"), "activity-in-parts B8", []bool{true, true}},
		{"parts without", row("1.1.1a", "") + row("1.1.1b", ""), "duplicate-same B8", []bool{false}},
		{"a third beside two that differ", row("1.1.1", "3") + row("1.1.1", "4") + row("1.1.1", "5"), "duplicate-conflict B8", []bool{true, true, true}},
	} {
		s := readBy(r, grid(head+tt.rows))
		var held []bool
		for _, e := range s.Entries {
			held = append(held, e.Held)
		}
		if diff := cmp.Diff(tt.held, held); diff != "" {
			t.Errorf("%s: held (-want +got):\n%s", tt.about, diff)
		}
		if got := codes(s); !slices.Contains(got, tt.want) {
			t.Errorf("%s: findings %v, want %s", tt.about, got, tt.want)
		}
	}
}

func TestRowInOneCell(t *testing.T) {
	s := readGrid(t, head+"1|1.1.1||Đã làm|Đang thực hiện|50|3|\n2,1.1.3,Nội dung,Đã làm,Đang thực hiện,20%,2,2\nGhi chú: a, b, c, d, e")
	if diff := cmp.Diff([]string{"row-not-parted A8"}, codes(s)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func TestBrokenNumbersAreUnclear(t *testing.T) {
	for text, want := range map[string]string{
		"2\n000": "", "1.000\n,5": "", "1\r\n500": "", "12\n\n345": "", "12\u2028345": "",
		"1 triệu\n500 nghìn": "1.5", "15\n": "15", "15\ntriệu đồng": "15", "14,5": "14.5",
	} {
		book := grid(head + "1|1.1.1||Đã làm|Đang thực hiện||X")
		cells := book.Sheets[0].Rows[len(book.Sheets[0].Rows)-1].Cells
		cells[len(cells)-1].Text = text
		s := readBook(t, book)
		got := ""
		if len(s.Entries) == 1 && s.Entries[0].Spent != nil {
			got = s.Entries[0].Spent.String()
		}
		if got != want {
			t.Errorf("%q read as %q, want %q; findings %v", text, got, want, codes(s))
		}
		if told := len(s.Findings) > 0; want == "" && !told {
			t.Errorf("%q: nothing is told", text)
		}
	}
}
