package form

import (
	"slices"
	"testing"
)

func TestHeadsThatSayOtherwiseAreNotRead(t *testing.T) {
	for _, tt := range []struct {
		head, cell string
		want       string // the entry
		unread     bool
	}{
		{"Kinh phí dự kiến thực hiện quý tới", "3", "1.1.1 in_progress", true},
		{"Kinh phí chưa thực hiện", "3", "1.1.1 in_progress", true},
		{"Kinh phí còn lại sau khi đã chi", "3", "1.1.1 in_progress", true},
		{"Kinh phí cùng kỳ năm trước", "3", "1.1.1 in_progress", true},
		{"Tỷ lệ chưa hoàn thành (%)", "30", "1.1.1 in_progress", true},
		{"Tỷ lệ hoàn thành dự kiến (%)", "30", "1.1.1 in_progress", true},
		{"Tỷ lệ (‰)", "30", "1.1.1 in_progress", true},
		{"Kinh phí đã thực hiện (nếu chưa có, ghi 0)", "3", "1.1.1 in_progress 3", false},
		{"Tỷ lệ hoàn thành (%)", "30", "1.1.1 in_progress 30%", false},
	} {
		s := readGrid(t, title+"Mã|Nội dung|Tình trạng|"+tt.head+"\n1.1.1||Đang thực hiện|"+tt.cell)
		if got := saidOf(s); !slices.Equal(got, []string{tt.want}) {
			t.Errorf("%s: entries %v, want %s", tt.head, got, tt.want)
		}
		if slices.Contains(codes(s), "column-unread D3") != tt.unread {
			t.Errorf("%s: findings %v, want column-unread %t", tt.head, codes(s), tt.unread)
		}
	}
	s := readGrid(t, title+"Mã|Nội dung|Tình trạng kỳ trước|Tình trạng (đã hoàn thành/chưa hoàn thành)|Kết quả\n1.1.1||Đã hoàn thành|Đang thực hiện|x")
	if got := saidOf(s); !slices.Equal(got, []string{"1.1.1 in_progress"}) {
		t.Errorf("two columns of statuses: entries %v, findings %v", got, codes(s))
	}
	s = readGrid(t, title+"Mã|Nội dung|Tình trạng kỳ trước|Kết quả\n1.1.1||Đã hoàn thành|Đã họp")
	if got := saidOf(s); !slices.Equal(got, []string{"1.1.1  held"}) {
		t.Errorf("the status of the period before: entries %v, findings %v", got, codes(s))
	}
}
