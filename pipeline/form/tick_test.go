package form

import (
	"slices"
	"testing"
)

func TestBoxesAndContradictions(t *testing.T) {
	d := shippedReader(t).words
	for text, want := range map[string]Progress{
		"☐ Đã hoàn thành": "", "[ ] Đã hoàn thành": "", "( ) Đã hoàn thành": "", "○ Đã hoàn thành": "",
		"✗ Đã hoàn thành": "", "Đã hoàn thành ✗": "", "✘ Đã hoàn thành": "", "× Chưa thực hiện": "", "Đã hoàn thành ☐": "",
		"☑ Đã hoàn thành": Done, "Đã hoàn thành ✓": Done, "[x] Đã hoàn thành": Done, "✔ Đang thực hiện": InProgress,
		"☑ Đã hoàn thành ☐ Đang thực hiện ☐ Chưa thực hiện": Done, "☑ Đã hoàn thành ☐ Tạm dừng": Done,
		"☐ Đã hoàn thành\n☑ Đang thực hiện": InProgress, "[x] Đã hoàn thành [ ] Đang thực hiện": Done,
		"☐ Đã hoàn thành ☒ Chưa thực hiện": NotStarted, "☒ Đã hoàn thành": "",
		"Đã hoàn thành ☐ Đang thực hiện ☑": InProgress, "☑ Đã hoàn thành ☑ Đang thực hiện": "", "☐ Đã hoàn thành ☐ Đang thực hiện": "",

		"Đã hoàn thành, Đang thực hiện": "", "Đã hoàn thành\nChưa thực hiện": "", "Đang thực hiện, đã hoàn thành": "",
		"Đã hoàn thành Đang thực hiện": "", "Chưa thực hiện; tạm dừng": "", "Đã hoàn thành 30%, chưa thực hiện 70%": "",
		"Đang thực hiện, chưa có vướng mắc": InProgress, "Chưa thực hiện xong": InProgress, "Hoàn thành, đạt 100%": Done,
		"Đang triển khai, chưa hoàn thành": InProgress,

		"Đã hoàn thành 50% (tháng 3)": "", "Đã hoàn thành số 50%": "", "Đã hoàn thành ½": "", "Hoàn thành 20 tháng": "",
		"Đã hoàn thành 100% (tháng 3)": Done, "Đã hoàn thành tháng 3 năm 2018": Done, "Đã hoàn thành theo kế hoạch số 12": Done,
	} {
		if got, _ := d.status(text); got != want {
			t.Errorf("status(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestDoneInTimesToComeIsAsked(t *testing.T) {
	for text, want := range map[string]Progress{
		"Hoàn thành năm 2019": "", "Đã hoàn thành tháng 12": "", "Đã hoàn thành ngày 30/6": "",
		"Đã hoàn thành tháng 12/2017": Done, "Hoàn thành tháng 3": Done, "Đã hoàn thành ngày 02/3": Done, "Hoàn thành năm 2018": Done,
	} {
		s := readGrid(t, title+"Mã|Nội dung|Tình trạng|Kết quả thực hiện\n1.1.1||"+text+"|Đã họp")
		if e := s.Entries; len(e) != 1 || e[0].Status != want || e[0].Held != (want == "") {
			t.Errorf("%s: entries %v, want %q", text, saidOf(s), want)
		}
		if asked := slices.Contains(codes(s), "status-unclear C4"); asked != (want == "") {
			t.Errorf("%s: findings %v", text, codes(s))
		}
	}
}

func TestOnlyAMarkIsAMark(t *testing.T) {
	for _, tt := range []struct {
		cells string // under đã hoàn thành, đang thực hiện, chưa thực hiện
		want  Progress
		asked bool
	}{
		{"x||", Done, false}, {"X||", Done, false}, {"✓||", Done, false}, {"1|0|0", Done, false}, {"có|không|", Done, false},
		{"đúng|sai|sai", Done, false}, {"☑|☐|☐", Done, false}, {"☒|☐|☐", "", true}, {"[x]|[ ]|[ ]", Done, false}, {"☐|x|", InProgress, false},
		{"chưa|x|", InProgress, false}, {"n/a||x", NotStarted, false}, {"-|x|-", InProgress, false},
		{"✗||", "", true}, {"50%||", "", true}, {"3/5||", "", true}, {"×|x|", "", true}, {"100%||", "", true}, {"N||", "", true},
	} {
		s := readGrid(t, title+"Mã|Nội dung|Đã hoàn thành|Đang thực hiện|Chưa thực hiện|Kinh phí đã thực hiện (triệu đồng)\n1.1.1||"+tt.cells+"|3")
		if e := s.Entries; len(e) != 1 || e[0].Status != tt.want || e[0].Held != (tt.want == "") {
			t.Errorf("%s: entries %v, want %q", tt.cells, saidOf(s), tt.want)
		}
		if asked := slices.Contains(codes(s), "status-unclear C4"); asked != tt.asked {
			t.Errorf("%s: findings %v, want status-unclear %t", tt.cells, codes(s), tt.asked)
		}
	}
	s := readGrid(t, title+"Mã|Nội dung|Đã hoàn thành|Đang thực hiện|Kinh phí đã thực hiện (triệu đồng)\n1.1.1||☐|☐|3")
	if e := s.Entries; len(e) != 1 || e[0].Status != "" || !e[0].Held {
		t.Errorf("empty boxes: entries %v, want none and the row held", saidOf(s))
	}
}
