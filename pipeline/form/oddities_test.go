package form

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

func readBook(t testing.TB, book *sheet.Book) Submission {
	t.Helper()
	return shippedReader(t).ReadSubmission(book, Origin{Name: book.Name, Arrived: time.Date(2018, 3, 15, 5, 0, 0, 0, time.UTC)})
}

func TestMarksUnderStatusColumns(t *testing.T) {
	const marked = `
SỞ NỘI VỤ
Báo cáo quý I năm 2018
Mã|Nội dung|Tình trạng|||Kết quả thực hiện
||Đã hoàn thành|Đang thực hiện|Chưa thực hiện|
1.1.1||x|||Đã tổ chức
1.1.3|||X||Đã họp
1.1.4||||✓|
1.3.3||x|x||Đã làm
`
	book := grid(marked)
	book.Sheets[0].Merges = []sheet.Range{{FirstRow: 3, FirstCol: 3, LastRow: 3, LastCol: 5}}
	s := readBook(t, book)
	var got []string
	for _, e := range s.Entries {
		got = append(got, string(e.Activity)+" "+string(e.Status)+" "+e.Cells.Status)
	}
	want := []string{"1.1.1 done C5", "1.1.3 in_progress D6", "1.1.4 not_started E7", "1.3.3  "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
	if !slices.Contains(codes(s), "status-several C8") || !s.Entries[3].Held {
		t.Errorf("findings %v, want status-several at C8 and the row held", codes(s))
	}
}

func TestCodeThatBecameADate(t *testing.T) {
	serial := func(raw, text string) sheet.Cell {
		return sheet.Cell{Col: 2, Kind: sheet.Date, Raw: raw, Text: text, Format: "dd/mm/yyyy"}
	}
	book := grid(head + "1|x|Xây dựng Quy chế phối hợp trong hoạt động kiểm soát thủ tục hành chính trên địa bàn tỉnh Đắk Nông||Đang thực hiện|40||\n" +
		"2|x|Mua sắm máy tính||Đang thực hiện|40||")
	rows := book.Sheets[0].Rows
	rows[6].Cells[1] = serial("36951", "01/03/2001") // 3.1.1 where dates begin with the month
	rows[7].Cells[1] = serial("36892", "01/01/2001") // 1.1.1, which the text is not
	s := readBook(t, book)
	if len(s.Entries) != 1 || s.Entries[0].Activity != "3.1.1" || s.Entries[0].Held {
		t.Errorf("entries %+v, want 3.1.1 alone", s.Entries)
	}
	if got := codes(s); !slices.Contains(got, "code-from-date B7") || !slices.Contains(got, "unknown-activity B8") {
		t.Errorf("findings %v", got)
	}
}

func TestMergedCellsHoldForTheirRowsButMoneyDoesNot(t *testing.T) {
	book := grid(head + "1|1.1.1||Chung|Đang thực hiện|50|5|\n2|1.1.3||||||")
	book.Sheets[0].Merges = []sheet.Range{
		{FirstRow: 7, FirstCol: 4, LastRow: 8, LastCol: 4}, {FirstRow: 7, FirstCol: 5, LastRow: 8, LastCol: 5},
		{FirstRow: 7, FirstCol: 7, LastRow: 8, LastCol: 7},
	}
	s := readBook(t, book)
	if len(s.Entries) != 2 {
		t.Fatalf("%d entries, want 2", len(s.Entries))
	}
	second := s.Entries[1]
	if second.Status != InProgress || second.Text != "Chung" || second.Spent != nil {
		t.Errorf("second row %+v, want status and text of the merged cells and no money", second)
	}
}

func TestSheetsThatAreNotThisReport(t *testing.T) {
	named := func(name string, hidden bool, text string) sheet.Sheet {
		s := grid(text).Sheets[0]
		s.Name, s.Hidden = name, hidden
		return s
	}
	row := func(period string) string {
		return "SỞ NỘI VỤ\nBáo cáo " + period + "\nMã|Nội dung|Tình trạng\n1.1.1||Hoàn thành"
	}
	book := &sheet.Book{Name: "bao-cao.xlsx", Sheets: []sheet.Sheet{
		named("Hướng dẫn", false, row("quý I năm 2018")),
		named("Quý IV-2017", false, row("quý IV năm 2017")),
		named("Quý I-2018", false, row("quý I năm 2018")),
		named("Bản cũ", true, row("quý I năm 2018")),
	}}
	s := readBook(t, book)
	if s.Outcome != Accept || s.Period != (plan.Period{Year: 2018, Part: plan.Q1}) || len(s.Entries) != 1 || s.Entries[0].Place.Sheet != "Quý I-2018" {
		t.Errorf("%s for %s, entries %+v", s.Outcome, s.Period, s.Entries)
	}
	var got []string
	for _, f := range s.Findings {
		if f.Level == finding.Note {
			got = append(got, f.Code+" "+f.Place.Sheet)
		}
	}
	slices.Sort(got)
	want := []string{"sheet-guidance Hướng dẫn", "sheet-hidden Bản cũ", "sheet-other-period Quý IV-2017"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}

func TestPlanCellsThatWereChanged(t *testing.T) {
	const own = `
SỞ NỘI VỤ
Báo cáo quý I năm 2018
Stt|Nội dung|Kinh phí (triệu đồng)|Bắt đầu|Kết thúc|Tình trạng
Hoạt động 1.1.1||20|Tháng 1|Tháng 3|Hoàn thành
Hoạt động 1.1.3||15|Tháng 1|Tháng 12|Đang thực hiện
Hoạt động 1.1.5|||Theo quy định của Bộ Nội vụ||Chưa thực hiện
`
	s := readGrid(t, own)
	var got []string
	for _, f := range s.Findings {
		if f.Code == "plan-cell-changed" {
			got = append(got, strings.Join([]string{f.Place.Cell, f.Got, f.Want}, " "))
		}
	}
	if diff := cmp.Diff([]string{"C4 20 15", "E4 Tháng 3 Tháng 2"}, got); diff != "" {
		t.Errorf("changed cells (-want +got):\n%s", diff)
	}
	if s.Entries[0].Spent != nil {
		t.Errorf("the plan's budget was read as spent: %s", s.Entries[0].Spent)
	}
}

func TestHiddenRowIsTold(t *testing.T) {
	book := grid(head + "1|1.1.1||Xong|Hoàn thành|100|14,5|")
	book.Sheets[0].Rows[6].Hidden = true
	s := readBook(t, book)
	if len(s.Entries) != 1 || !slices.Contains(codes(s), "row-hidden-entry B7") {
		t.Errorf("%d entries, findings %v", len(s.Entries), codes(s))
	}
}
