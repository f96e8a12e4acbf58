package form

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

const decision = "../../templates/plan/1982-QD-UBND-2017.txt"

func planFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// planDirectory is the directory that ships.
func planDirectory(t testing.TB) *agency.Directory {
	t.Helper()
	var data agency.Data
	if err := yaml.UnmarshalWithOptions(planFile(t, "../../templates/agencies.yaml"), &data, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	dir, err := agency.New(data)
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func readPlan(t testing.TB, name string, data []byte) (*plan.Plan, []finding.Finding) {
	t.Helper()
	book, findings := sheet.Open(filepath.Base(name), data)
	if book == nil {
		t.Fatalf("open %s: %v", name, findings)
	}
	return ReadPlan(book, planDirectory(t))
}

// The table of activities was read by eye from the decision; money in triệu
// đồng.
func TestReadPlanActivities(t *testing.T) {
	p, _ := readPlan(t, decision, planFile(t, decision))
	var got []string
	for a := range p.Activities() {
		ids := make([]string, len(a.Leads))
		for i, id := range a.Leads {
			ids[i] = string(id)
		}
		budget := "-"
		if a.Budget != nil {
			budget = a.Budget.String()
		}
		month := func(m plan.Month) string {
			if m == 0 {
				return "-"
			}
			return m.String()
		}
		got = append(got, strings.Join([]string{
			string(a.Code), strings.Join(ids, ","), month(a.Start), month(a.End), budget, a.LeadText,
		}, "\t"))
	}
	var want []string
	for line := range strings.Lines(string(planFile(t, "testdata/plan/activities.tsv"))) {
		if f := strings.Split(strings.TrimSpace(line), "\t"); !strings.HasPrefix(line, "#") {
			want = append(want, strings.Join(append(f[:5:5], f[6]), "\t"))
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// The texts are held against a plain cut of the file at its tabs.
func TestReadPlanTexts(t *testing.T) {
	data := planFile(t, decision)
	p, _ := readPlan(t, decision, data)
	_, table, _ := strings.Cut(string(data), "\n2. Nhiệm vụ\n")
	blank := regexp.MustCompile(`\n\n+`)
	want := map[string][]string{}
	for block := range strings.SplitSeq(strings.TrimRight(table, "\n"), "\n\n\t") {
		cells := strings.Split(block, "\n\t")
		for i := range cells {
			cells[i] = strings.TrimSpace(blank.ReplaceAllString(cells[i], "\n"))
		}
		want[cells[0]] = cells
	}
	check := func(label string, got ...string) {
		t.Helper()
		if diff := cmp.Diff(want[label][:len(got)], got); diff != "" {
			t.Errorf("%s:\n%s", label, diff)
		}
	}
	for _, f := range p.Fields {
		check(f.Label, f.Label, f.Name)
		for _, r := range f.Results {
			check(r.Label, r.Label, r.Name, r.Indicator)
			for _, a := range r.Activities {
				if n := len(want[a.Label]); n != 9 {
					t.Fatalf("%s: the plain cut has %d cells, want 9", a.Label, n)
				}
				check(a.Label, a.Label, a.Name, a.Indicator, a.Evidence, a.BudgetText, a.Responsibility, a.StartText, a.EndText, a.Note)
			}
		}
	}
}

func TestReadPlanFrame(t *testing.T) {
	p, _ := readPlan(t, decision, planFile(t, decision))
	million := func(n int64) *plan.Dong {
		d := plan.Dong(n) * plan.Million
		return &d
	}
	type field struct {
		Code                plan.Code
		Label, Name         string
		Results, Activities int
		Total               *plan.Dong
		TotalText           string
		HasTotal            bool
	}
	var got []field
	for _, f := range p.Fields {
		n := 0
		for _, r := range f.Results {
			n += len(r.Activities)
		}
		got = append(got, field{f.Code, f.Label, f.Name, len(f.Results), n, f.Total, f.TotalText, f.HasTotal})
	}
	want := []field{
		{"I", "LĨNH VỰC I", "CÔNG TÁC CHỈ ĐẠO ĐIỀU HÀNH CẢI CÁCH HÀNH CHÍNH", 5, 12, million(350), "350", true},
		{"II", "LĨNH VỰC II", "CẢI CÁCH THỂ CHẾ", 3, 7, million(0), "0", true},
		{"III", "LĨNH VỰC III", "CẢI CÁCH THỦ TỤC HÀNH CHÍNH", 6, 10, million(100), "100", true},
		{"IV", "LĨNH VỰC IV", "CẢI CÁCH TỔ CHỨC BỘ MÁY", 2, 4, million(120), "120", true},
		{"V", "LĨNH VỰC V", "CẢI CÁCH CÔNG VỤ, CÔNG CHỨC (XÂY DỰNG VÀ NÂNG CAO CHẤT LƯỢNG ĐỘI NGŨ CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC)", 4, 9, million(150), "150", true},
		{"VI", "LĨNH VỰC VI", "CẢI CÁCH TÀI CHÍNH CÔNG", 1, 2, nil, "", false},
		{"VII", "LĨNH VỰC VII", "HIỆN ĐẠI HÓA NỀN HÀNH CHÍNH", 3, 8, nil, "", false},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	p.Fields = nil
	frame := &plan.Plan{
		Number: "1982/QĐ-UBND", Signed: agency.Day{Year: 2017, Month: 12, Day: 18}, Year: 2018,
		Title: "KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH TỈNH ĐẮK NÔNG NĂM 2018",
		Total: million(720), TotalText: "720", TotalWords: "Bảy trăm hai mươi triệu đồng",
		Unit: plan.Million,
		Columns: plan.Columns{
			Code: "Stt", Name: "Nội dung", Indicator: "Chỉ số", Evidence: "Phương tiện xác minh",
			Budget: "Kinh phí (triệu đồng)", Responsibility: "Trách nhiệm thực hiện",
			Time: "Thời gian thực hiện", Start: "Bắt đầu", End: "Kết thúc", Note: "Ghi chú",
		},
	}
	if diff := cmp.Diff(frame, p); diff != "" {
		t.Error(diff)
	}
}

// How often each agency leads and takes part, counted by eye.
func TestReadPlanRoles(t *testing.T) {
	p, _ := readPlan(t, decision, planFile(t, decision))
	leads, partners := map[agency.ID]int{}, map[agency.ID]int{}
	for a := range p.Activities() {
		for _, id := range a.Leads {
			leads[id]++
		}
		for _, id := range a.Partners {
			partners[id]++
		}
	}
	wantLeads := map[agency.ID]int{
		"snv": 17, "vpubnd": 8, "stp": 8, "stc": 2, "stttt": 2, "ptth": 1, "baodn": 1, "totuvan": 1,
		"g-sbn": 10, "g-huyen": 12, "g-xa": 4,
	}
	if diff := cmp.Diff(wantLeads, leads); diff != "" {
		t.Errorf("leads:\n%s", diff)
	}
	wantPartners := map[agency.ID]int{
		"vpubnd": 4, "stp": 1, "g-sbn": 34, "g-huyen": 34, "g-xa": 6, "g-coquan": 4, "g-lienquan": 2, "g-dvsn": 1,
	}
	if diff := cmp.Diff(wantPartners, partners); diff != "" {
		t.Errorf("partners:\n%s", diff)
	}
}

// A Word file and a workbook of the same table, made by other programs, are the
// same plan.
func TestReadPlanFromAnyFormat(t *testing.T) {
	want, _ := readPlan(t, decision, planFile(t, decision))
	for _, name := range []string{"testdata/plan/1982.docx", "testdata/plan/1982.xlsx"} {
		got, findings := readPlan(t, name, planFile(t, name))
		if finding.AnyError(findings) {
			t.Errorf("%s: got %v, want no error", name, findings)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

// Every irregularity of the decision that a reader should know, and no other.
func TestReadPlanFindings(t *testing.T) {
	_, findings := readPlan(t, decision, planFile(t, decision))
	got := planFindings(findings)
	want := strings.TrimSpace(string(planFile(t, "testdata/plan/1982.findings.txt")))
	if diff := cmp.Diff(strings.Split(want, "\n"), got); diff != "" {
		t.Error(diff)
	}
}

// planFindings are findings as lines: level, code, place, activity, got → want.
func planFindings(findings []finding.Finding) []string {
	var lines []string
	for _, f := range findings {
		place := f.Place.Cell
		if place == "" {
			place = fmt.Sprint(f.Place.Row)
		}
		line := fmt.Sprintf("%s %s @%s %s: %q → %q", f.Level, f.Code, place, f.Activity, f.Got, f.Want)
		lines = append(lines, strings.ReplaceAll(line, "  ", " "))
	}
	return lines
}

func FuzzReadPlan(f *testing.F) {
	text := string(planFile(f, decision))
	f.Add(text[:9000])
	f.Add("\tStt\n\tNội dung\n\tKinh phí\n\tChủ trì\n\tThời gian\n\n\tLĨNH VỰC I. A\n\n\t1.1.1\n\tB\n\t15 triệu\n\tSở Nội vụ\n\tTháng 1 - 2\n\n\tTổng\n\t\n\t15\n\t\n\t\n\n(Bằng chữ: mười lăm triệu đồng)")
	f.Add("\tTổng cộng\n\tNội dung\n\tTrách nhiệm\n\tStt\n\tGhi chú\n\n\tTổng cộng\n")
	dir := planDirectory(f)
	f.Fuzz(func(t *testing.T, text string) {
		book, _ := sheet.Open("x.txt", []byte(text))
		if book == nil {
			return
		}
		for _, grid := range []bool{false, true} {
			book.Sheets[0].Grid = grid
			p, findings := ReadPlan(book, dir)
			if p == nil {
				if !finding.AnyError(findings) {
					t.Fatal("no plan and no error")
				}
				continue
			}
			seen := map[plan.Code]bool{}
			for a := range p.Activities() {
				if seen[a.Code] && !finding.AnyError(findings) {
					t.Errorf("%s twice without an error", a.Code)
				}
				seen[a.Code] = true
				if len(a.Leads) == 0 && !finding.AnyError(findings) {
					t.Errorf("%s without lead and without an error", a.Code)
				}
			}
		}
	})
}

func BenchmarkReadPlan(b *testing.B) {
	book, _ := sheet.Open("1982.xlsx", planFile(b, "testdata/plan/1982.xlsx"))
	dir := planDirectory(b)
	b.ReportAllocs()
	for b.Loop() {
		if p, _ := ReadPlan(book, dir); p == nil {
			b.Fatal("no plan")
		}
	}
}

func TestReadPlanInForceFrom(t *testing.T) {
	text := string(planFile(t, decision))
	for line, want := range map[string]string{
		"": "",
		"Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày 01 tháng 7 năm 2018.": "2018-07-01",
		"Quyết định này có hiệu lực từ ngày 15/8/2018./.":                             "2018-08-15",
		"Điều 2. Quyết định này có hiệu lực kể từ ngày ký.":                           "",
		"Căn cứ Luật Tổ chức chính quyền địa phương có hiệu lực từ ngày 01/01/2016;":  "",
	} {
		p, _ := readPlan(t, "qd.txt", []byte(strings.Replace(text, "\nKẾ HOẠCH\n", "\n"+line+"\nKẾ HOẠCH\n", 1)))
		if got := p.Effective.String(); got != want {
			t.Errorf("%q: in force from %q, want %q", line, got, want)
		}
	}
}
