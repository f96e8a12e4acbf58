package form

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
)

// serious are the findings that a person must act on.
func serious(findings []finding.Finding) []string {
	return planFindings(slices.DeleteFunc(slices.Clone(findings), func(f finding.Finding) bool {
		return f.Level == finding.Note
	}))
}

func TestReadPlanVariants(t *testing.T) {
	for _, tt := range []struct {
		file       string
		activities int
		year       int
		total      string
		want       []string
	}{
		{"total-351.xlsx", 12, 2018, "350", []string{
			`error total-mismatch @E55 I: "351" → "350"`,
		}},
		{"split-page.docx", 12, 2018, "350", nil},
		{"codes-only-2019.xlsx", 14, 2019, "350", []string{
			`warning code-gap @A55 VI: "VI" → "II"`,
		}},
		{"columns-apart.xlsx", 3, 2018, "27.5005", nil},
		{"fewer-columns.docx", 4, 2018, "", []string{
			`warning grand-total-missing @0 : "" → "120"`,
			`warning code-gap @A34 IV: "IV" → "I"`,
		}},
	} {
		t.Run(tt.file, func(t *testing.T) {
			p, findings := readPlan(t, tt.file, planFile(t, "testdata/plan/"+tt.file))
			if diff := cmp.Diff(tt.want, serious(findings)); diff != "" {
				t.Error(diff)
			}
			n := 0
			for a := range p.Activities() {
				if n++; len(a.Leads) == 0 {
					t.Errorf("%s: got no lead", a.Code)
				}
			}
			if n != tt.activities || p.Year != tt.year {
				t.Errorf("got %d activities of %d, want %d of %d", n, p.Year, tt.activities, tt.year)
			}
			total := ""
			if p.Total != nil {
				total = p.Total.String()
			}
			if total != tt.total {
				t.Errorf("total: got %q, want %q", total, tt.total)
			}
		})
	}
}

func TestReadPlanSplitRow(t *testing.T) {
	p, findings := readPlan(t, "split-page.docx", planFile(t, "testdata/plan/split-page.docx"))
	a := p.Activity("1.1.1")
	if want := "- Chủ trì: Sở Nội vụ\n- Phối hợp: Văn phòng UBND tỉnh"; a.Responsibility != want {
		t.Errorf("responsibility: got %q, want %q", a.Responsibility, want)
	}
	if !strings.HasSuffix(a.Name, "\n(tiếp theo của trang trước)") {
		t.Errorf("name: got %q, want it to go on", a.Name)
	}
	if diff := cmp.Diff([]agency.ID{"vpubnd"}, a.Partners); diff != "" {
		t.Error(diff)
	}
	if !slices.ContainsFunc(findings, func(f finding.Finding) bool { return f.Code == "row-continued" && f.Activity == "1.1.1" }) {
		t.Error("got no finding row-continued")
	}
}

func TestReadPlanColumnsApart(t *testing.T) {
	p, _ := readPlan(t, "columns-apart.xlsx", planFile(t, "testdata/plan/columns-apart.xlsx"))
	dong := func(n plan.Dong) *plan.Dong { return &n }
	want := []plan.Activity{
		{Code: "1.1.1", Label: "1.1.1", Name: "Tổ chức Hội nghị tổng kết", Evidence: "Báo cáo", BudgetText: "15000",
			Responsibility: "Đơn vị chủ trì: Sở Nội vụ\nĐơn vị phối hợp: Văn phòng UBND tỉnh", StartText: "Tháng 1 - 2",
			Budget: dong(15_000_000), LeadText: "Sở Nội vụ", PartnerText: "Văn phòng UBND tỉnh",
			Leads: []agency.ID{"snv"}, Partners: []agency.ID{"vpubnd"}, Start: 1, End: 2},
		{Code: "1.1.2", Label: "1.1.2", Name: "Tổ chức Hội nghị sơ kết", Evidence: "Báo cáo", BudgetText: "12500.5",
			Responsibility: "Đơn vị chủ trì: Sở Nội vụ", StartText: "Quý III",
			Budget: dong(12_500_500), LeadText: "Sở Nội vụ", Leads: []agency.ID{"snv"}, Start: 7, End: 9},
		{Code: "1.1.3", Label: "1.1.3", Name: "Họp Ban chỉ đạo",
			Responsibility: "Đơn vị chủ trì: Sở Tư pháp\nĐơn vị phối hợp: Các Sở, ban, ngành", StartText: "Cả năm", Note: "lồng ghép",
			LeadText: "Sở Tư pháp", PartnerText: "Các Sở, ban, ngành",
			Leads: []agency.ID{"stp"}, Partners: []agency.ID{"g-sbn"}, Start: 1, End: 12},
	}
	if diff := cmp.Diff(want, p.Fields[0].Results[0].Activities); diff != "" {
		t.Error(diff)
	}
}

// planChanges are changes to the decision, and what must be found then.
var planChanges = []struct {
	name     string
	old, new string
	want     []string
}{
	{"field total", "\t350\n", "\t351\n", []string{`error total-mismatch @287 I: "351" → "350"`}},
	{"grand total", "\t720\n", "\t719\n", []string{
		`error grand-total-mismatch @874 : "719" → "720"`,
		`error words-mismatch @880 : "Bảy trăm hai mươi triệu đồng" → "Bảy trăm mười chín triệu đồng"`,
	}},
	{"words", "Bảy trăm hai mươi triệu", "Bảy trăm hai mươi mốt triệu", []string{
		`error words-mismatch @880 : "Bảy trăm hai mươi mốt triệu đồng" → "Bảy trăm hai mươi triệu đồng"`,
	}},
	{"budget", "\t120\n\t- Chủ trì: Đài", "\t12o\n\t- Chủ trì: Đài", []string{
		`error budget-unreadable @199 1.3.1: "12o" → ""`,
		`error total-mismatch @287 I: "350" → "230"`,
		`error grand-total-mismatch @874 : "720" → "600"`,
	}},
	{"budget with its unit", "\t120\n\t- Chủ trì: Đài", "\t120.000.000 đồng\n\t- Chủ trì: Đài", nil},
	{"budget that may be two", "\t120\n\t- Chủ trì: Đài", "\t120,000\n\t- Chủ trì: Đài", []string{
		`error budget-unreadable @199 1.3.1: "120,000" → ""`,
		`error total-mismatch @287 I: "350" → "230"`,
		`error grand-total-mismatch @874 : "720" → "600"`,
	}},
	{"budget in words", "\t\n\t- Chủ trì: Báo", "\tlồng ghép\n\t- Chủ trì: Báo", []string{
		`warning budget-in-words @213 1.3.2: "lồng ghép" → ""`,
	}},
	{"code twice", "Hoạt động 1.1.2", "Hoạt động 1.1.1", []string{
		`error duplicate-code @120 1.1.1: "Hoạt động 1.1.1" → "1.1.1"`,
		`warning code-gap @120 1.1.1: "1.1.1" → "1.1.2"`,
		`warning code-gap @132 1.1.3: "1.1.3" → "1.1.2"`,
	}},
	{"code of another result", "Hoạt động 1.4.1", "Hoạt động 1.5.2", []string{
		`error code-out-of-place @252 1.5.2: "1.5.2" → "1.4"`,
	}},
	{"code of another field", "Kết quả 2.3\n", "Kết quả 3.3\n", []string{
		`error code-out-of-place @364 3.3: "3.3" → "II"`,
		`error code-out-of-place @368 2.3.1: "2.3.1" → "3.3"`,
		`error code-out-of-place @380 2.3.2: "2.3.2" → "3.3"`,
		`error duplicate-code @434 3.3: "Kết quả 3.3" → "3.3"`,
	}},
	{"code that is none", "Hoạt động 1.4.1", "Hoạt động 1.4.x", []string{
		`error code-unreadable @252 : "Hoạt động 1.4.x" → ""`,
		`error total-mismatch @287 I: "350" → "300"`,
		`error grand-total-mismatch @874 : "720" → "670"`,
	}},
	{"code lost", "\tHoạt động 1.4.1\n\tThành lập", "\t\n\tThành lập", []string{
		`error code-missing @252 : "Thành lập Đoàn kiểm tra liên ngành kiểm tra công tác cải…" → ""`,
		`error total-mismatch @287 I: "350" → "300"`,
		`error grand-total-mismatch @874 : "720" → "670"`,
	}},
	{"cell lost", "\tHoạt động 1.4.1\n\tThành lập Đoàn", "\tHoạt động 1.4.1 Đoàn", []string{
		`error code-unreadable @252 : "Hoạt động 1.4.1 Đoàn kiểm tra liên ngành kiểm tra công tác…" → ""`,
		`error total-mismatch @286 I: "350" → "300"`,
		`error grand-total-mismatch @873 : "720" → "670"`,
	}},
	{"cell joined", "\n\t- Chủ trì: Đài Phát", " - Chủ trì: Đài Phát", []string{
		`error row-too-short @195 1.3.1: "8" → "9"`,
		`error budget-unreadable @199 1.3.1: "120 - Chủ trì: Đài Phát thanh - Truyền hình tỉnh\n- Phối hợp: Các cơ quan, đơn vị trên địa bàn tỉnh" → ""`,
		`error lead-unknown @202 1.3.1: "Tháng 1" → ""`,
		`error total-mismatch @286 I: "350" → "230"`,
		`error grand-total-mismatch @873 : "720" → "600"`,
	}},
	{"unknown lead", "- Chủ trì: Báo Đắk Nông", "- Chủ trì: Sở Vũ trụ", []string{
		`error lead-unknown @214 1.3.2: "Sở Vũ trụ" → ""`,
	}},
	{"no lead", "- Chủ trì: Báo Đắk Nông\n", "- Chủ trì:\n", []string{
		`error no-lead @214 1.3.2: "- Chủ trì: - Phối hợp: Các cơ quan, đơn vị trên địa bàn tỉnh" → ""`,
	}},
	{"unknown partner", "- Phối hợp: UBND cấp huyện\n\tTháng 1\n\tTháng 9", "- Phối hợp: UBND cấp vùng\n\tTháng 1\n\tTháng 9", []string{
		`warning partner-unknown @226 1.3.3: "UBND cấp vùng" → ""`,
	}},
	{"months the wrong way", "\tTháng 1\n\tTháng 6", "\tTháng 6\n\tTháng 1", []string{
		`warning months-reversed @406 3.1.1: "6" → "1"`,
	}},
	{"no year", " NĂM 2018", "", []string{
		`error year-unknown @0 : "KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH TỈNH ĐẮK NÔNG" → ""`,
	}},
	{"no number", "1982/QĐ-UBND", "", []string{`warning number-unknown @0 : "" → ""`}},
	{"no unit", "Kinh phí (triệu đồng)", "Kinh phí", []string{
		`warning unit-assumed @76 : "Kinh phí" → ""`,
	}},
	{"no grand total", "\tTổng cộng\n\t\n\t\n\t720\n\t\n\t\n\t\n\t\n", "", []string{
		`warning grand-total-missing @0 : "" → "720"`,
	}},
	{"head again on the next page", "\tHoạt động 1.1.3\n", "\tStt\n\tNội dung\n\tChỉ số\n\tPhương tiện xác minh\n\tKinh phí (triệu đồng)\n\tTrách nhiệm thực hiện\n\tThời gian thực hiện\n\tGhi chú\n\n" +
		"\t\n\t\n\t\n\t\n\t\n\t\n\tBắt đầu\n\tKết thúc\n\t\n\n\t(1)\n\t(2)\n\t(3)\n\t(4)\n\t(5)\n\t(6)\n\t(7)\n\t(8)\n\t(9)\n\n" +
		"\t\n\tcủa tỉnh\n\t\n\t\n\t\n\t\n\t\n\t\n\t\n\n\tHoạt động 1.1.3\n", nil},
	{"no budget column", "Kinh phí (triệu đồng)", "Nguồn", []string{
		`warning no-budget-column @72 : "" → ""`,
	}},
}

// Each change is seen, where it was made.
func TestReadPlanChanges(t *testing.T) {
	for _, tt := range planChanges {
		t.Run(tt.name, func(t *testing.T) {
			text := string(planFile(t, decision))
			if tt.name == "no year" { // it stands in front of the plan as well
				text = strings.ReplaceAll(text, " năm 2018.", ".")
				text = strings.Replace(text, tt.old, tt.new, 1)
			}
			if !strings.Contains(text, tt.old) {
				t.Fatalf("the decision has no %q", tt.old)
			}
			n := 1
			if tt.name == "no number" {
				n = -1
			}
			_, findings := readPlan(t, "qd.txt", []byte(strings.Replace(text, tt.old, tt.new, n)))
			if diff := cmp.Diff(tt.want, serious(findings)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
