package form

import (
	"slices"
	"testing"
	"time"

	"baocao/pipeline/finding"
)

// A table that counts something else may stand above that of the activities.
func TestTableBelowOneLeftOut(t *testing.T) {
	book := grid(`
TT|Tỷ lệ hoàn thành (%)|Tình trạng thực hiện|Khó khăn vướng mắc
1|10|Đang thực hiện|x
2|20|Đang thực hiện|x
3|20|Đang thực hiện|x
4|20|Đang thực hiện|x
5|20|Đang thực hiện|x
Mã hoạt động|Nội dung nhiệm vụ|Tình trạng thực hiện|Kết quả thực hiện
1.1.1||Đã hoàn thành|y
`)
	s := shippedReader(t).ReadSubmission(book, Origin{Name: "a.xlsx", Arrived: time.Date(2018, 3, 15, 0, 0, 0, 0, time.UTC)})
	if len(s.Entries) != 1 || s.Entries[0].Activity != "1.1.1" {
		t.Errorf("got entries %+v, want 1.1.1 alone", s.Entries)
	}
	if !slices.ContainsFunc(s.Findings, func(f finding.Finding) bool { return f.Code == "table-left-out" }) {
		t.Errorf("got %+v, want the other table told", s.Findings)
	}
}
