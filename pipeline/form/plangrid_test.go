package form

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

// gridBook is a workbook of one sheet with the given rows.
func gridBook(rows [][]string, merges ...sheet.Range) *sheet.Book {
	s := sheet.Sheet{Name: "KH", Grid: true, Merges: merges}
	for i, texts := range rows {
		row := sheet.Row{Number: i + 1}
		for j, text := range texts {
			if text != "" {
				row.Cells = append(row.Cells, sheet.Cell{Col: j + 1, Kind: sheet.String, Text: text, Raw: text})
			}
		}
		if len(row.Cells) > 0 {
			s.Rows = append(s.Rows, row)
		}
	}
	return &sheet.Book{Name: "kh.xlsx", Format: sheet.XLSX, Sheets: []sheet.Sheet{s}}
}

var (
	gridTitle = []string{"KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH NĂM 2020 Số: 7/KH-UBND"}
	gridHead  = []string{"TT", "Nội dung", "Kinh phí (triệu đồng)", "Đơn vị thực hiện", "Thời gian", "Ghi chú"}
)

// outline is a plan as lines: code, name, and what was understood.
func outline(p *plan.Plan) []string {
	var lines []string
	say := func(d *plan.Dong) string {
		if d == nil {
			return "-"
		}
		return d.String()
	}
	for _, f := range p.Fields {
		lines = append(lines, string(f.Code)+" "+f.Name+" "+say(f.Total))
		for _, r := range f.Results {
			lines = append(lines, string(r.Code)+" "+r.Name)
			for _, a := range r.Activities {
				line := string(a.Code) + " " + a.Name + " " + say(a.Budget) + " " + a.Start.String() + "-" + a.End.String()
				for _, id := range a.Leads {
					line += " " + string(id)
				}
				lines = append(lines, line)
			}
		}
	}
	return append(lines, say(p.Total))
}

func TestReadPlanGrids(t *testing.T) {
	for _, tt := range []struct {
		name     string
		rows     [][]string
		merges   []sheet.Range
		want     []string
		findings []string
	}{
		{"code and name in one merged cell, one lead for two rows",
			[][]string{gridTitle, gridHead,
				{"I. Cải cách thể chế"},
				{"Kết quả 1.1: Ban hành kịp thời"},
				{"1.1.1", "A", "5", "Sở Tư pháp", "Tháng 1 - 3"},
				{"1.1.2", "B", "", "", "T6"},
				{"Tổng cộng", "", "5"}, {"(Bằng chữ: Năm triệu đồng)"}, {"", "", "", "", "GIÁM ĐỐC"}},
			[]sheet.Range{{FirstRow: 3, FirstCol: 1, LastRow: 3, LastCol: 6}, {FirstRow: 5, FirstCol: 4, LastRow: 6, LastCol: 4}, {FirstRow: 5, FirstCol: 3, LastRow: 6, LastCol: 3}},
			[]string{"I Cải cách thể chế -", "1.1 Ban hành kịp thời", "1.1.1 A 5 1-3 stp", "1.1.2 B - 6-6 stp", "5"}, nil},
		{"totals in the fields' rows and on top",
			[][]string{gridTitle, gridHead,
				{"", "Tổng cộng", "12"},
				{"I", "Một", "5"}, {"1.1", "R"}, {"1.1.1", "A", "5", "Sở Tư pháp", "Quý IV"},
				{"II", "Hai", "7"}, {"2.1", "R"}, {"2.1.1", "B", "7", "Sở Tư pháp", "Cả năm"}},
			nil,
			[]string{"I Một 5", "1.1 R", "1.1.1 A 5 10-12 stp", "II Hai 7", "2.1 R", "2.1.1 B 7 1-12 stp", "12"}, nil},
		{"every field's total called grand",
			[][]string{gridTitle, gridHead,
				{"I", "Một"}, {"1.1", "R"}, {"1.1.1", "A", "5", "Sở Tư pháp", "Tháng Sáu"}, {"Tổng cộng", "", "5"},
				{"II", "Hai"}, {"2.1", "R"}, {"2.1.1", "B", "7", "Sở Tư pháp", "06/2020"}, {"Cộng", "", "7"}, {"Tổng cộng (I+II)", "", "12"}},
			nil,
			[]string{"I Một 5", "1.1 R", "1.1.1 A 5 6-6 stp", "II Hai 7", "2.1 R", "2.1.1 B 7 6-6 stp", "12"}, nil},
		{"numbered rows with the code beside the name",
			[][]string{gridTitle, gridHead,
				{"", "I. Một"}, {"", "Kết quả 1.1. R"}, {"1", "Hoạt động 1.1.1: A", "5", "Sở Tư pháp", "12"}, {"Tổng cộng", "", "5"}},
			nil,
			[]string{"I Một -", "1.1 R", "1.1.1 A 5 12-12 stp", "5"}, nil},
		{"no field above a result",
			[][]string{gridTitle, gridHead, {"1.1", "R"}, {"1.1.1", "A", "", "Sở Tư pháp", "6"}, {"Tổng cộng", "", ""}},
			nil,
			[]string{"I  -", "1.1 R", "1.1.1 A - 6-6 stp", "-"},
			[]string{`error code-out-of-place @A3 1.1: "1.1" → "I"`}},
		{"budget of a result, cell beside the table",
			[][]string{gridTitle, gridHead, {"I", "Một"}, {"1.1", "R", "5"}, {"1.1.1", "A", "5", "Sở Tư pháp", "6", "", "thừa"}, {"Tổng cộng", "", "5"}},
			nil,
			[]string{"I Một -", "1.1 R", "1.1.1 A 5 6-6 stp", "5"},
			[]string{`warning result-with-budget @C4 1.1: "5" → ""`, `warning cell-outside-table @G5 : "thừa" → ""`}},
		{"no code column, no activity",
			[][]string{gridTitle, {"Nội dung", "Kinh phí (triệu đồng)", "Đơn vị thực hiện", "Thời gian"}, {"A", "5", "Sở Tư pháp", "6"}},
			nil,
			[]string{"-"},
			[]string{`error code-missing @A3 : "A" → ""`, `error no-code-column @2 : "" → ""`, `error no-table @2 : "" → ""`, `warning grand-total-missing @0 : "" → "0"`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, findings := ReadPlan(gridBook(tt.rows, tt.merges...), planDirectory(t))
			if p == nil {
				t.Fatal(findings)
			}
			if diff := cmp.Diff(tt.want, outline(p)); diff != "" {
				t.Error(diff)
			}
			want := append([]string{`warning day-unknown @0 : "" → ""`, `warning number-unknown @0 : "" → ""`}, tt.findings...)
			got := serious(findings)
			sortedDiff(t, want, got)
		})
	}
}

// sortedDiff compares findings whatever their order.
func sortedDiff(t *testing.T, want, got []string) {
	t.Helper()
	count := map[string]int{}
	for _, s := range want {
		count[s]++
	}
	for _, s := range got {
		count[s]--
	}
	for s, n := range count {
		if n != 0 {
			t.Errorf("finding %s: got %d more than wanted", s, -n)
		}
	}
}

func TestReadPlanWithoutTable(t *testing.T) {
	for _, rows := range [][][]string{nil, {{"Kính gửi"}}, {gridTitle, {"TT", "Họ tên", "Đơn vị thực hiện", "Ghi chú"}, {"1", "A", "B", "C"}}} {
		p, findings := ReadPlan(gridBook(rows), planDirectory(t))
		if p != nil || len(findings) != 1 || findings[0].Code != "no-table" {
			t.Errorf("%v: got %v, %v, want no-table", rows, p, findings)
		}
	}
}

func TestReadPlanFormulas(t *testing.T) {
	book := gridBook([][]string{gridTitle, gridHead, {"I", "Một"}, {"1.1", "R"}, {"1.1.1", "A", "5", "Sở Tư pháp", "6"}})
	s := &book.Sheets[0]
	s.Rows = append(s.Rows, sheet.Row{Number: 6, Hidden: true, Cells: []sheet.Cell{
		{Col: 1, Kind: sheet.String, Text: "Tổng cộng"},
		{Col: 3, Formula: true, Stale: true},
	}})
	_, findings := ReadPlan(book, planDirectory(t))
	sortedDiff(t, []string{
		`error formula-without-value @C6 : "" → ""`,
		`warning row-hidden @A6 : "Tổng cộng" → ""`,
		`warning day-unknown @0 : "" → ""`,
		`warning number-unknown @0 : "" → ""`,
	}, serious(findings))
}

func TestSplitDuty(t *testing.T) {
	type part = planPart
	for _, tt := range []struct {
		in   string
		want []part
	}{
		{"- Chủ trì: Sở Nội vụ\n- Phối hợp: Báo", []part{
			{true, "Chủ trì", true, true, " Sở Nội vụ\n- "}, {false, "Phối hợp", true, true, " Báo"}}},
		{"Chủ trì: Sở Nội vụ - Phối hợp: Báo", []part{
			{true, "Chủ trì", false, true, " Sở Nội vụ - "}, {false, "Phối hợp", true, true, " Báo"}}},
		{"Chủ trì: Sở Nội vụ. Phối hợp: Báo", []part{
			{true, "Chủ trì", false, true, " Sở Nội vụ. "}, {false, "Phối hợp", false, true, " Báo"}}},
		{"Chủ trì: Sở Nội vụ Phối hợp: Báo", []part{
			{true, "Chủ trì", false, true, " Sở Nội vụ "}, {false, "Phối hợp", false, false, " Báo"}}},
		{"Chủ trì thực hiện: Sở Nội vụ", []part{{true, "Chủ trì thực hiện", false, true, " Sở Nội vụ"}}},
		{"CƠ QUAN CHỦ TRÌ : Sở Nội vụ", []part{{true, "CƠ QUAN CHỦ TRÌ", false, true, " Sở Nội vụ"}}},
		{"- Chủ trì Sở Nội vụ", []part{{true, "Chủ trì", true, true, "Sở Nội vụ"}}},
		{"Tổ tư vấn CCHC", []part{{true, "", false, true, "Tổ tư vấn CCHC"}}},
		{"Sở Nội vụ\nPhối hợp: Báo", []part{{true, "", false, true, "Sở Nội vụ\n"}, {false, "Phối hợp", false, true, " Báo"}}},
		{" - ", nil},
		{"", nil},
	} {
		got := splitDuty(tt.in)
		if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(planPart{})); diff != "" {
			t.Errorf("splitDuty(%q):\n%s", tt.in, diff)
		}
	}
}

func TestMonthsOf(t *testing.T) {
	text := func(s string) sheet.Cell { return sheet.Cell{Kind: sheet.String, Text: s} }
	for _, tt := range []struct {
		cell        sheet.Cell
		first, last plan.Month
		ok          bool
	}{
		{text("Tháng 1"), 1, 1, true},
		{text("Tháng\n12"), 12, 12, true},
		{text("tháng 01"), 1, 1, true},
		{text("THANG 7"), 7, 7, true},
		{text("T6"), 6, 6, true},
		{text("T6/2018"), 6, 6, true},
		{text("06/2018"), 6, 6, true},
		{text("Tháng 6 năm 2018"), 6, 6, true},
		{text("Tháng Sáu"), 6, 6, true},
		{text("Tháng Mười hai"), 12, 12, true},
		{text("tháng Giêng"), 1, 1, true},
		{text("15/6/2018"), 6, 6, true},
		{text("Quý II"), 4, 6, true},
		{text("quý 4/2018"), 10, 12, true},
		{text("Cả năm"), 1, 12, true},
		{text("6"), 6, 6, true},
		{sheet.Cell{Kind: sheet.Date, Text: "Jun-18", Raw: "43252"}, 6, 6, true},
		{sheet.Cell{Kind: sheet.Date, Text: "Jun-17", Raw: "42887"}, 6, 6, false},
		{text("06/2019"), 0, 0, false},
		{text("Tháng 13"), 0, 0, false},
		{text("0"), 0, 0, false},
		{text("Theo quy định của Bộ Nội vụ"), 0, 0, false},
		{text("Thường xuyên"), 0, 0, false},
		{text("Tháng 1 - 12"), 0, 0, false},
	} {
		first, last, ok := monthsOf(tt.cell, 2018)
		if ok != tt.ok || ok && (first != tt.first || last != tt.last) {
			t.Errorf("monthsOf(%q): got %d, %d, %t, want %d, %d, %t", tt.cell.Text, first, last, ok, tt.first, tt.last, tt.ok)
		}
	}
	for _, s := range []string{"Tháng 1 - 12", "Tháng 1 - Tháng 12", "T1-T12", "Từ tháng 1 đến tháng 12", "01-12/2018", "1/2018 - 12/2018", "Tháng 01\nđến tháng 12"} {
		if first, last, ok := spanOf(text(s), 2018); !ok || first != 1 || last != 12 {
			t.Errorf("spanOf(%q): got %d, %d, %t, want 1, 12", s, first, last, ok)
		}
	}
}

func TestPlanRoleOf(t *testing.T) {
	for heading, want := range map[string]planRole{
		"Stt": planCode, "TT": planCode, "Số TT": planCode, "Mã số": planCode,
		"Nội dung": planName, "NỘI DUNG CÔNG VIỆC": planName, "Nhiệm vụ, hoạt động": planName,
		"Chỉ số": planIndicator, "Phương tiện xác minh": planEvidence, "Tài liệu kiểm chứng": planEvidence,
		"Kinh phí (triệu đồng)": planBudget, "Dự kiến kinh phí": planBudget, "Nguồn kinh phí": planNone,
		"Trách nhiệm thực hiện": planDuty, "Cơ quan chủ trì": planLead, "Chủ trì, phối hợp": planDuty,
		"Đơn vị phối hợp": planPartner, "Thời gian thực hiện": planTime, "Thời gian bắt đầu": planStart,
		"Thời gian hoàn thành": planEnd, "Bắt đầu": planStart, "Kết thúc": planEnd, "Ghi chú": planNote,
		"": planNone, "Tổng": planNone, "- Chủ trì: Sở Nội vụ\n- Phối hợp: Văn phòng UBND tỉnh; các Sở, ban, ngành": planNone,
	} {
		if got := planRoleOf(heading); got != want {
			t.Errorf("planRoleOf(%q): got %d, want %d", heading, got, want)
		}
	}
}

func TestTotalLabels(t *testing.T) {
	for label, want := range map[string][2]bool{ // a total, the grand total
		"Tổng": {true, false}, "TỔNG CỘNG": {true, true}, "Cộng": {true, false}, "Tổng cộng (I+II+III)": {true, true},
		"Tổng lĩnh vực I": {true, false}, "Tổng cộng lĩnh vực II": {true, false}, "Tổng kinh phí": {true, true},
		"Tổng kết công tác": {false, false}, "Cộng tác viên": {false, false}, "": {false, false},
	} {
		if got := [2]bool{isTotalLabel(label), isGrandTotal(label)}; got != want {
			t.Errorf("%q: got %v, want %v", label, got, want)
		}
	}
}

func TestUnitNamed(t *testing.T) {
	for s, want := range map[string]string{
		"triệu đồng": "million", "Triệu đồng": "million", "trđ": "million", "nghìn đồng": "thousand", "ngàn đồng": "thousand",
		"1.000 đồng": "thousand", "1.000.000 đồng": "million", "đồng": "dong", "tỷ đồng": "billion",
		"nếu có": "", "": "", "%": "", "500 đồng": "",
	} {
		if got := unitNamed(s); string(got) != want {
			t.Errorf("unitNamed(%q): got %q, want %q", s, got, want)
		}
	}
}

func TestTitleAndDate(t *testing.T) {
	text := "UBND TỈNH\nSố: 12a/QĐ-UBND   X, ngày 5 tháng 3 năm 2019\n\nKẾ HOẠCH\nCẢI CÁCH HÀNH CHÍNH TỈNH X\nNĂM 2020\n(Kèm theo Quyết định số: 12a/QĐ-UBND ngày 05/3/2019)\n" +
		"\tStt\n\tNội dung\n\tKinh phí (triệu đồng)\n\tChủ trì\n\n\tI\n\tA\n"
	p, _ := readPlan(t, "x.txt", []byte(text))
	want := &plan.Plan{Number: "12a/QĐ-UBND", Signed: agency.Day{Year: 2019, Month: 3, Day: 5}, Year: 2020, Title: "KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH TỈNH X NĂM 2020"}
	got := &plan.Plan{Number: p.Number, Signed: p.Signed, Year: p.Year, Title: p.Title}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
