package plan_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/plan"
)

func TestParseTarget(t *testing.T) {
	exactly := func(p plan.Percent) *plan.Target { return &plan.Target{Percent: p} }
	atLeast := func(p plan.Percent) *plan.Target { return &plan.Target{Percent: p, AtLeast: true} }
	for _, c := range []struct {
		text string
		want *plan.Target
	}{
		{"100% cơ quan, đơn vị triển khai thực hiện", exactly(100_00)},
		{"100 % TTHC", exactly(100_00)},
		{"100\u00a0% TTHC", exactly(100_00)},
		{"Đạt 80 phần trăm", exactly(80_00)},
		{"80% trở lên người dân, tổ chức nắm bắt được", atLeast(80_00)},
		{"Chỉ số: 50% trở lên CBCC,VC được tham gia", atLeast(50_00)},
		{"Chỉ số:\n- Tăng cường công tác thông tin\n\n- 100% nội dung hoàn thành.", exactly(100_00)},
		{"trên 80% hồ sơ", atLeast(80_00)},
		{"Ít nhất 80 % hồ sơ", atLeast(80_00)},
		{"Tối thiểu 95% hồ sơ", atLeast(95_00)},
		{"Đạt từ 80%", atLeast(80_00)},
		{"không dưới 90% hồ sơ", atLeast(90_00)},
		{"tỷ lệ ≥ 90%", atLeast(90_00)},
		{"99,5% hồ sơ", exactly(99_50)},
		{"99.5% hồ sơ", exactly(99_50)},
		{"100% nhiệm vụ hoàn thành; 100% vấn đề được xử lý", exactly(100_00)},
		{"Năm 2018: 100% xã", exactly(100_00)},
		{"Trong năm 2018, 100% xã", exactly(100_00)},
		{"100% dịch vụ công mức độ 3, 4", exactly(100_00)},

		{"", nil},
		{"Bộ máy tinh gọn, hiệu quả", nil},
		{"Lựa chọn 2, 3 đơn vị hành chính cấp huyện", nil},
		{"theo tiêu chuẩn TCVN ISO 9001:2008", nil},
		{"theo tiêu chuẩn TCVN ISO - 9001:2008 được áp dụng", nil},
		{"80% cấp tỉnh, 60% cấp huyện", nil},
		{"70 - 80% hồ sơ", nil},
		{"70%-80% hồ sơ", nil},
		{"từ 70 đến 80% hồ sơ", nil},
		{"giảm 10% thời gian giải quyết", nil},
		{"giảm ít nhất 10% thời gian", nil},
		{"tăng thêm 5% so với năm 2017", nil},
		{"dưới 5% hồ sơ trễ hạn", nil},
		{"không quá 5% hồ sơ", nil},
		{"5% trở xuống", nil},
		{"100% hồ sơ đúng hạn, giảm 10% thời gian", nil},
		{"150% kế hoạch", nil},
		{"0% hồ sơ trễ hạn", nil},
		{"1.000% kế hoạch", nil},
		{"1 000% kế hoạch", nil},
		{"% hồ sơ", nil},
	} {
		if diff := cmp.Diff(c.want, plan.ParseTarget(c.text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.text, diff)
		}
	}
}

// FuzzParseTarget holds that a target is a share that can be reached, and that
// space makes no difference.
func FuzzParseTarget(f *testing.F) {
	for _, s := range []string{"100% TTHC", "80% trở lên", "từ 70 đến 80%", "ISO 9001:2008", "99,5 phần trăm", "1.000%", "≥\xff90％"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := plan.ParseTarget(s)
		if got != nil && (got.Percent <= 0 || got.Percent > 100_00) {
			t.Errorf("%q: %s per cent", s, got.Percent)
		}
		if diff := cmp.Diff(got, plan.ParseTarget(" "+s+"\n")); diff != "" {
			t.Errorf("%q with space round it:\n%s", s, diff)
		}
	})
}
