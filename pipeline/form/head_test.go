package form

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/finding"
	"baocao/pipeline/sheet"
)

// merged is a workbook like grid's with merged cells: "F3:G3".
func merged(text string, ranges ...string) *sheet.Book {
	book := grid(text)
	for _, s := range ranges {
		var r sheet.Range
		var first, last byte
		if _, err := fmt.Sscanf(s, "%c%d:%c%d", &first, &r.FirstRow, &last, &r.LastRow); err != nil {
			panic(err)
		}
		r.FirstCol, r.LastCol = int(first-'A')+1, int(last-'A')+1
		book.Sheets[0].Merges = append(book.Sheets[0].Merges, r)
	}
	return book
}

// saidOf are the entries of s as "code status percent spent/total".
func saidOf(s Submission) []string {
	var all []string
	for _, e := range s.Entries {
		line := string(e.Activity) + " " + string(e.Status)
		if e.Percent != nil {
			line += " " + e.Percent.String() + "%"
		}
		if e.Spent != nil {
			line += " " + e.Spent.String()
		}
		if e.SpentTotal != nil {
			line += "/" + e.SpentTotal.String()
		}
		if e.Held {
			line += " held"
		}
		all = append(all, line)
	}
	return all
}

const title = "SỞ NỘI VỤ\nBáo cáo quý I năm 2018\n"

func TestHeads(t *testing.T) {
	for _, c := range []struct {
		name   string
		text   string
		merges []string
		want   []string
	}{
		{"three rows", title + "STT|Mã|Nội dung|Kết quả thực hiện||||\n|||Tình trạng|Tỷ lệ|Kinh phí (triệu đồng)||\n|||||Kế hoạch|Kỳ này|Lũy kế\n(1)|(2)|(3)|(4)|(5)|(6)|(7)|(8)\n1|1.1.1||Đang thực hiện|50|15|3|5",
			[]string{"A3:A5", "B3:B5", "C3:C5", "D3:H3", "D4:D5", "E4:E5", "F4:H4"}, []string{"1.1.1 in_progress 50% 3/5"}},
		{"planned and done under one cell", title + "Mã|Nội dung|Tình trạng|Kinh phí (triệu đồng)||Tỷ lệ (%)|\n|||KH|TH|KH|TH\n1.1.1||Đang thực hiện|15|3|40|50",
			[]string{"D3:E3", "F3:G3", "A3:A4", "B3:B4", "C3:C4"}, []string{"1.1.1 in_progress 50% 3"}},
		{"the same without merged cells", title + "Mã|Nội dung|Tình trạng|Kinh phí (triệu đồng)||Tỷ lệ (%)|\n|||KH|TH|KH|TH\n1.1.1||Đang thực hiện|15|3|40|50",
			nil, []string{"1.1.1 in_progress 50% 3"}},
		{"this period and since January", title + "Mã|Nội dung|Tình trạng|Kinh phí đã thực hiện (triệu đồng)|\n|||Số kỳ này|Lũy kế\n1.1.1||Đang thực hiện|3|5",
			[]string{"D3:E3"}, []string{"1.1.1 in_progress 3/5"}},
		{"columns of two periods", title + "Mã|Nội dung|Tình trạng|Tỷ lệ hoàn thành (%)|\n|||Quý IV/2017|Quý I/2018\n1.1.1||Đang thực hiện|90|30",
			[]string{"D3:E3"}, []string{"1.1.1 in_progress 30%"}},
		{"capitals, line breaks, odd spaces", title + "M\u00c3\u00a0S\u1ed0|N\u1ed8I\u200b DUNG|T\u00ccNH\u00a0 TR\u1ea0NG|T\u1ef6 L\u1ec6 (%)\n1.1.1||Đang thực hiện|50", nil, []string{"1.1.1 in_progress 50%"}},
		{"plain column numbers", title + "Stt|Mã|Nội dung|Tình trạng|Tỷ lệ (%)\n1|2|3|4|5\n1|1.1.1||Đang thực hiện|50", nil, []string{"1.1.1 in_progress 50%"}},
		{"the head again with its columns in another order",
			title + "Mã|Nội dung|Tình trạng|Tỷ lệ (%)|Kinh phí đã thực hiện (triệu đồng)\n1.1.1||Đang thực hiện|50|3\nMã|Kinh phí đã thực hiện (triệu đồng)|Tỷ lệ (%)|Tình trạng|Nội dung\n1.1.3|4|60|Đang thực hiện|",
			nil, []string{"1.1.1 in_progress 50% 3", "1.1.3 in_progress 60% 4"}},
		{"the head on each page", title + "Mã|Nội dung|Tình trạng|Tỷ lệ (%)\n1.1.1||Đang thực hiện|50\nMã|Nội dung|Tình trạng|Tỷ lệ (%)\n1.1.3||Đang thực hiện|60",
			nil, []string{"1.1.1 in_progress 50%", "1.1.3 in_progress 60%"}},
		{"codes in a column without a title", title + "TT||Nội dung|Tình trạng\n1|1.1.1||Đang thực hiện\n2|1.1.3||Đang thực hiện",
			nil, []string{"1.1.1 in_progress", "1.1.3 in_progress"}},
		{"codes before the text", title + "TT|Nội dung|Tình trạng\n1|1.1.1. Tổ chức Hội nghị tổng kết công tác CCHC năm 2017 và triển khai nhiệm vụ Kế hoạch CCHC tỉnh năm 2018|Đang thực hiện",
			nil, []string{"1.1.1 in_progress"}},
		{"the unit in a row of its own", title + "Mã|Nội dung|Tình trạng|Kinh phí đã thực hiện\n|||đồng\n1.1.1||Đang thực hiện|14.500.000", nil, []string{"1.1.1 in_progress 14.5"}},
		{"giải ngân is no ngàn", title + "Mã|Nội dung|Tình trạng|Kinh phí giải ngân, đồng\n1.1.1||Đang thực hiện|14500000", nil, []string{"1.1.1 in_progress 14.5"}},
		{"thousands as a number", title + "ĐVT: 1.000đ\nMã|Nội dung|Tình trạng|Kinh phí giải ngân\n1.1.1||Đang thực hiện|14500", nil, []string{"1.1.1 in_progress 14.5"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := readBook(t, merged(c.text, c.merges...))
			if diff := cmp.Diff(c.want, saidOf(s)); diff != "" {
				t.Errorf("entries (-want +got):\n%s\nfindings %v", diff, codes(s))
			}
		})
	}
}

func TestHeadBelowALongText(t *testing.T) {
	s := readGrid(t, title+strings.Repeat("Một đoạn của báo cáo.\n", 300)+"Mã|Nội dung|Tình trạng\n1.1.1||Đang thực hiện")
	if diff := cmp.Diff([]string{"1.1.1 in_progress"}, saidOf(s)); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
}

func TestColumnsThatMayMeanTheSameAreNotGuessed(t *testing.T) {
	for _, head := range []string{
		"Mã|Nội dung|Tình trạng|Kinh phí (triệu đồng)|Kinh phí (triệu đồng)",
		"Mã|Nội dung|Tình trạng|Kinh phí đã thực hiện|Kinh phí đã sử dụng",
		"Mã|Nội dung|Tình trạng|Tỷ lệ (%)|Tỷ lệ (%)",
	} {
		s := readGrid(t, title+head+"\n1.1.1||Đang thực hiện|15|3")
		if !slices.Contains(codes(s), "column-unclear E3") || s.Outcome != Review {
			t.Errorf("%s: %s, findings %v; want column-unclear at E3 and a clerk", head, s.Outcome, codes(s))
		}
		if diff := cmp.Diff([]string{"1.1.1 in_progress"}, saidOf(s)); diff != "" {
			t.Errorf("%s: entries (-want +got):\n%s", head, diff)
		}
	}
}

func TestColumnThatIsNotUnderstoodIsTold(t *testing.T) {
	s := readGrid(t, title+"Mã|Nội dung|Tình trạng|Tiền đã trả\n1.1.1||Đang thực hiện|15")
	if !slices.Contains(codes(s), "column-unread D3") {
		t.Errorf("findings %v, want column-unread at D3", codes(s))
	}
}

func TestSheetsThatGoOn(t *testing.T) {
	first := grid(title + "Mã|Nội dung|Tình trạng\n1.1.1||Đang thực hiện").Sheets[0]
	first.Name = "I"
	second := grid("2.1.1||Đang thực hiện\n2.1.2||Chưa thực hiện").Sheets[0]
	second.Name = "II"
	other := grid("Mua sắm|máy tính|Đang thực hiện\n5.1.1|Cải tạo|trụ sở").Sheets[0]
	other.Name = "Khác"
	s := readBook(t, &sheet.Book{Name: "a.xlsx", Sheets: []sheet.Sheet{first, second, other}})
	if diff := cmp.Diff([]string{"1.1.1 in_progress", "2.1.1 in_progress", "2.1.2 not_started"}, saidOf(s)[:3]); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
	if !slices.ContainsFunc(s.Findings, func(f finding.Finding) bool { return f.Code == "sheet-without-head" && f.Place.Sheet == "II" }) {
		t.Errorf("findings %v, want sheet-without-head of II", codes(s))
	}
}

func TestLinesOfOneActivity(t *testing.T) {
	s := readBook(t, merged(head+"1|1.1.1||- Đã họp|Đang thực hiện|50|3|\n|||- Đã báo cáo||||\n2|1.1.3||- Đã họp|Đã hoàn thành|100||\n|||Đang làm tiếp|Chưa thực hiện|0|2|",
		"A7:A8", "B7:B8", "C7:C8"))
	if diff := cmp.Diff([]string{"1.1.1 in_progress 50% 3", "1.1.3 done 100% held"}, saidOf(s)); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
	if got, want := s.Entries[0].Text, "- Đã họp\n- Đã báo cáo"; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
	if !slices.Contains(codes(s), "row-without-activity B10") {
		t.Errorf("findings %v, want row-without-activity at B10", codes(s))
	}
}

// BenchmarkManyMergedCells reads what a hostile workbook may hold: each merged
// cell must not be looked at for every cell of the table.
func BenchmarkManyMergedCells(b *testing.B) {
	book := bigBook(b, 5000)
	s := &book.Sheets[0]
	for i := range 30_000 {
		s.Merges = append(s.Merges, sheet.Range{FirstRow: 1 + i%5000, FirstCol: 20 + i/5000, LastRow: 5000, LastCol: 20 + i/5000})
	}
	for b.Loop() {
		readBook(b, book)
	}
}

// bigBook is a table of n rows of the plan's activities without codes, each with
// a slip in its text.
func bigBook(t testing.TB, n int) *sheet.Book {
	t.Helper()
	var names []string
	for a := range shippedReader(t).plans[2018][0].Plan.Activities() {
		names = append(names, strings.ReplaceAll(a.Name, "\n", " "))
	}
	var b strings.Builder
	b.WriteString(head)
	for i := range n - 10 {
		name := names[i%len(names)]
		fmt.Fprintf(&b, "%d||%s x%d|Đã làm %d|Đang thực hiện|50|1,5|\n", i+1, name, i, i)
	}
	return grid(b.String())
}

func BenchmarkFiveThousandRows(b *testing.B) {
	r, book := shippedReader(b), bigBook(b, 5000)
	for b.Loop() {
		r.ReadSubmission(book, Origin{Name: "a.xlsx", Arrived: time.Date(2018, 3, 15, 0, 0, 0, 0, time.UTC)})
	}
}
