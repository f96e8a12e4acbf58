package form

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

// said is what was read of each row: code, status, percentage, money, and whether
// it waits.
func said(s Submission) []string {
	var all []string
	for _, e := range s.Entries {
		line := string(e.Activity) + " " + e.figures(map[Progress]string{Done: "done", InProgress: "in_progress", NotStarted: "not_started"})
		if e.Held {
			line += " held"
		}
		all = append(all, line)
	}
	return all
}

func at(s Submission, code string) (found finding.Finding) {
	for _, f := range s.Findings {
		if f.Code == code {
			return f
		}
	}
	return found
}

func TestHiddenColumnIsNotRead(t *testing.T) {
	const two = `
SỞ NỘI VỤ
Báo cáo quý I năm 2018
Mã|Nội dung|Tình trạng|Tỷ lệ (%)|Tỷ lệ (%)
1.1.3||Đang thực hiện|88|30
`
	for _, tt := range []struct {
		name   string
		hidden sheet.Columns
		want   []string
		level  finding.Level
		cell   string
	}{
		{"the left one", sheet.Columns{First: 4, Last: 4}, []string{"1.1.3 in_progress, 30%"}, finding.Note, "D3"},
		{"the right one", sheet.Columns{First: 5, Last: 5}, []string{"1.1.3 in_progress, 88%"}, finding.Note, "E3"},
		{"both", sheet.Columns{First: 4, Last: 5}, []string{"1.1.3 in_progress"}, finding.Warning, "D3"},
		{"the code", sheet.Columns{First: 1, Last: 1}, []string{"1.1.3 in_progress held"}, "", ""},
	} {
		book := grid(two)
		book.Sheets[0].HiddenCols = []sheet.Columns{tt.hidden}
		s := readBook(t, book)
		f := at(s, "column-hidden")
		if f.Level != tt.level || f.Place.Cell != tt.cell {
			t.Errorf("%s: column-hidden %s at %q, want %s at %q", tt.name, f.Level, f.Place.Cell, tt.level, tt.cell)
		}
		if tt.cell == "" {
			if !slices.Contains(codes(s), "column-unclear E3") || len(s.Entries) != 1 {
				t.Errorf("%s: %v, %v", tt.name, said(s), codes(s))
			}
			continue
		}
		if diff := cmp.Diff(tt.want, said(s)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestHiddenRowsOfOthers(t *testing.T) {
	book := grid(head + "1|1.1.1||Xong|Hoàn thành|100|14,5|\n2|6.1.1||Xong|Hoàn thành|100|3|\n3|6.1.2||Xong|Hoàn thành|100|4|\n4|6.1.2||||||")
	for i := 6; i < 10; i++ {
		book.Sheets[0].Rows[i].Hidden = true
	}
	s := readBook(t, book)
	if diff := cmp.Diff([]string{"1.1.1 done, 100%, 14,5"}, said(s)); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
	if f := at(s, "rows-hidden-unused"); f.Got != "2" || f.Want != "6.1.1, 6.1.2" || f.Place.Cell != "B8" {
		t.Errorf("rows-hidden-unused %+v, want 2 rows from B8 on", f)
	}
	var set []string
	for _, row := range s.SetAside {
		set = append(set, string(row.Reason)+" "+sayDong(*cmpOr(row.Spent)))
	}
	if diff := cmp.Diff([]string{"hidden-row 3", "hidden-row 4", "unfilled 0"}, set); diff != "" {
		t.Errorf("set aside (-want +got):\n%s", diff)
	}
}

// cmpOr is d, or 0.
func cmpOr(d *plan.Dong) *plan.Dong {
	if d == nil {
		return new(plan.Dong)
	}
	return d
}

func TestStruckThrough(t *testing.T) {
	book := grid(head + "1|1.1.1||Xong|Hoàn thành|100|14,5|\n2|1.1.3||Đang họp|Đang thực hiện|30|2|\n3|1.1.4||Đang họp|Đang thực hiện|30||")
	rows := book.Sheets[0].Rows
	rows[6].Cells[5].Struck = sheet.Partly // money
	rows[7].Cells[4].Struck = sheet.Wholly // percentage
	rows[7].Cells[5].Struck = sheet.Wholly // money
	rows[8].Cells[3].Struck = sheet.Wholly // status
	s := readBook(t, book)
	if diff := cmp.Diff([]string{"1.1.1 done, 100%, 14,5", "1.1.3 in_progress", "1.1.4 in_progress, 30% held"}, said(s)); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
	want := []string{"cell-struck F8", "cell-struck G8", "cell-struck E9", "text-struck G7"}
	if diff := cmp.Diff(want, codes(s)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func TestAsAbove(t *testing.T) {
	const rows = "1|1.1.1||Đã họp|Đang thực hiện|40||\n2|1.1.3||nt|-nt-|30||\n3|1.1.4||Đã làm|″|20||\n4|1.3.3||Đã làm|Như trên|20||\n\n5|1.5.1||Đã làm|nt|20||\n"
	s := readGrid(t, head+rows)
	want := []string{"1.1.1 in_progress, 40%", "1.1.3 in_progress, 30%", "1.1.4 in_progress, 20%", "1.3.3 in_progress, 20%", "1.5.1 20% held"}
	if diff := cmp.Diff(want, said(s)); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
	if got := s.Entries[1].Text; got != "Đã họp" {
		t.Errorf("text %q, want that of the row above", got)
	}
	if got := codes(s); !slices.Contains(got, "as-above E8") || !slices.Contains(got, "status-unclear E12") {
		t.Errorf("findings %v", got)
	}
}

func TestWhatComesNextIsNotRead(t *testing.T) {
	const results = head + "1|1.1.1||Xong|Hoàn thành|100|14,5|\n2|1.1.3||Đã họp|Đang thực hiện|30||\n"
	for _, tt := range []struct {
		name, rest string
		want       int
		left       string // the heading's cell
	}{
		{"the next quarter", "\nII. NHIỆM VỤ TRỌNG TÂM QUÝ II NĂM 2018\n1|1.1.4||Dự kiến xong|Hoàn thành|100||", 2, "A10"},
		{"a time to come", "\nPhương hướng thời gian tới\n1|1.1.4||Dự kiến xong|Hoàn thành|100||", 2, "A10"},
		{"the same activities", "\nNhiệm vụ trọng tâm\n1|1.1.3||Dự kiến xong|Hoàn thành|100||", 2, "A10"},
		{"another head", "\nKẾ HOẠCH QUÝ II\nMã|Nội dung|Tình trạng\n1.1.4||Hoàn thành", 2, "A10"},
		{"a group of the results", "\nNhiệm vụ trọng tâm\n1|1.1.4||Xong|Hoàn thành|100||", 3, ""},
		{"the period itself", "\nKẾT QUẢ QUÝ I NĂM 2018 (tiếp)\n1|1.1.4||Xong|Hoàn thành|100||", 3, ""},
		{"a closing remark", "\nPhương hướng quý II: tiếp tục thực hiện Kế hoạch.", 2, ""},
	} {
		s := readGrid(t, results+tt.rest)
		if len(s.Entries) != tt.want || slices.ContainsFunc(s.Entries, func(e Entry) bool { return e.Held }) {
			t.Errorf("%s: %v, want %d", tt.name, said(s), tt.want)
		}
		if f := at(s, "next-period-left-out"); f.Place.Cell != tt.left {
			t.Errorf("%s: left out from %q, want %q", tt.name, f.Place.Cell, tt.left)
		}
	}
}

func TestOneColumnForAll(t *testing.T) {
	const one = `
SỞ NỘI VỤ
Báo cáo quý I năm 2018
Mã|Nội dung|Kết quả, tiến độ thực hiện
`
	for _, tt := range []struct{ text, want, finding string }{
		{"Trong quý đã đăng tải 08 tin, bài. Đang thực hiện, đạt 25%, đã chi 3,5 triệu đồng.", "1.1.3 in_progress, 25%", "money-in-text C4"},
		{"Đã niêm yết số điện thoại tại trụ sở theo Văn bản số 82/UBND-KSTT. Đã hoàn thành, đạt 100%.", "1.1.3 done, 100%", ""},
		{"Đã niêm yết tại trụ sở và trên trang. Đã hoàn thành dự thảo, trình ký ban hành.", "1.1.3  held", "status-unclear C4"},
		{"Đã hoàn thành. Các xã còn lại sẽ niêm yết trong tháng sau theo kế hoạch.", "1.1.3  held", "status-unclear C4"},
		{"Đang thực hiện; 80% hồ sơ đúng hạn, 95% hồ sơ được số hóa tại bộ phận.", "1.1.3 in_progress", "percent-in-text C4"},
		{"Đang thực hiện các bước theo kế hoạch, dự kiến đạt 60% vào cuối năm.", "1.1.3 in_progress", "percent-in-text C4"},
	} {
		s := readGrid(t, one+"1.1.3||"+tt.text)
		if got := strings.Join(said(s), "; "); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
		if got := strings.Join(codes(s), " "); got != tt.finding {
			t.Errorf("%q: findings %q, want %q", tt.text, got, tt.finding)
		}
	}
}

func TestLegend(t *testing.T) {
	const rows = "1|1.1.1||Xong|1|100||\n2|1.1.3||Đang họp|2|30||\n3|1.1.4||Chờ|3|0||\n4|1.3.3||Chờ|4|||\n"
	s := readGrid(t, head+rows+"Ghi chú: Tình trạng: 1 - Đã hoàn thành; 2 - Đang thực hiện; 3 - Chưa thực hiện")
	want := []string{"1.1.1 done, 100%", "1.1.3 in_progress, 30%", "1.1.4 not_started, 0%", "1.3.3  held"}
	if diff := cmp.Diff(want, said(s)); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
	for _, legend := range []string{
		"1 - Đã hoàn thành; 2 - Đã hoàn thành; 3 - Chưa thực hiện", "1 - Đã hoàn thành; 1 - Đang thực hiện", "1 - Đã hoàn thành; 2 - Tốt",
		"1 - Đã hoàn thành; 2 - Đang thực hiện\n|x\n2 - Đã hoàn thành; 1 - Đang thực hiện",
	} {
		s := readGrid(t, head+"1|1.1.1||Xong|1|||\n"+legend)
		if len(s.Entries) != 1 || !s.Entries[0].Held {
			t.Errorf("%q: %v, want the row held", legend, said(s))
		}
	}
}

func TestOneFaultOfAColumnIsToldOnce(t *testing.T) {
	var rows strings.Builder
	codesUsed := []string{"1.1.1", "1.1.3", "1.1.4", "1.3.3", "1.5.1", "4.1.1", "4.1.3"}
	for _, c := range codesUsed {
		rows.WriteString("1|" + c + "||Đã làm|Tốt|||\n")
	}
	s := readGrid(t, head+rows.String())
	if diff := cmp.Diff([]string{"status-unclear E7", "the-same-in-column E7"}, codes(s)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if f := at(s, "the-same-in-column"); f.Got != "6" || !strings.HasPrefix(f.Want, "E8 (1.1.3: “Tốt”), E9 (1.1.4") || f.Level != finding.Error {
		t.Errorf("%+v, want the six other cells", f)
	}
	s = readGrid(t, head+strings.Join(strings.SplitAfter(rows.String(), "\n")[:5], ""))
	if got := codes(s); len(got) != 5 {
		t.Errorf("findings %v, want one for each of five cells", got)
	}
}
