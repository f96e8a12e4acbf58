package form

import (
	"slices"
	"testing"
)

func TestUnitsThatAreNotCertainAreAsked(t *testing.T) {
	for _, tt := range []struct {
		unit string
		want string // the entry
	}{
		{"(trăm triệu đồng)", "1.1.1 in_progress"}, {"(chục triệu đồng)", "1.1.1 in_progress"}, {"(trăm nghìn đồng)", "1.1.1 in_progress"},
		{"(10.000 đồng)", "1.1.1 in_progress"}, {"(10^3 đồng)", "1.1.1 in_progress"}, {"(10^9 đồng)", "1.1.1 in_progress"},
		{"(USD)", "1.1.1 in_progress"}, {"(nghìn USD)", "1.1.1 in_progress"}, {"(triệu kíp)", "1.1.1 in_progress"}, {"($)", "1.1.1 in_progress"},
		{"(triệu đồng/nghìn đồng)", "1.1.1 in_progress"}, {"(nghìn tỷ đồng)", "1.1.1 in_progress"}, {"trăm triệu đồng", "1.1.1 in_progress"},

		{"(triệu đồng)", "1.1.1 in_progress 15"}, {"(tr.đ)", "1.1.1 in_progress 15"}, {"(ĐVT: triệu đồng)", "1.1.1 in_progress 15"},
		{"(10^6 đồng)", "1.1.1 in_progress 15"}, {"(1.000.000 đồng)", "1.1.1 in_progress 15"}, {"năm 2018 (triệu đồng)", "1.1.1 in_progress 15"},
		{"từ ngân sách tỉnh (triệu đồng)", "1.1.1 in_progress 15"}, {"hỗ trợ lao động (triệu đồng)", "1.1.1 in_progress 15"}, {"", "1.1.1 in_progress 15"},
	} {
		s := readGrid(t, title+"Mã|Nội dung|Tình trạng|Kinh phí đã thực hiện "+tt.unit+"\n1.1.1||Đang thực hiện|15")
		if got := saidOf(s); !slices.Equal(got, []string{tt.want}) {
			t.Errorf("%q: entries %v, want %s", tt.unit, got, tt.want)
		}
		asked := tt.want == "1.1.1 in_progress"
		if slices.Contains(codes(s), "unit-unclear D3") != asked || (s.Outcome == Review) != asked {
			t.Errorf("%q: %s, findings %v", tt.unit, s.Outcome, codes(s))
		}
	}
	s := readGrid(t, title+"ĐVT: trăm triệu đồng\nMã|Nội dung|Tình trạng|Kinh phí đã thực hiện\n1.1.1||Đang thực hiện|15")
	if !slices.Contains(codes(s), "unit-unclear D4") || s.Outcome != Review {
		t.Errorf("above the table: %s, findings %v, want unit-unclear at D4", s.Outcome, codes(s))
	}
}
