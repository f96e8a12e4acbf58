package form

import (
	"slices"
	"testing"
)

func TestMoneyAboveTheWholePlanIsNotBelieved(t *testing.T) {
	r := shippedReader(t)
	year := r.plans[2018][0].Plan
	sum, _ := year.Sum()
	var code string
	for a := range year.Activities() {
		if a.Budget == nil || *a.Budget == 0 {
			code = string(a.Code)
			break
		}
	}
	for factor, held := range map[string]bool{"1": false, "8000": true} {
		s := readGrid(t, title+"Mã|Nội dung|Tình trạng|Kinh phí đã thực hiện (triệu đồng)\n"+code+"||Đang thực hiện|"+factor+" triệu")
		if got := slices.Contains(codes(s), "money-beyond-plan D4"); got != held {
			t.Errorf("%s triệu for %s under a plan of %s: findings %v", factor, code, sum, codes(s))
		}
	}
}
