package pipeline

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
)

// small is a plan of one field and one result.
func small(activities ...plan.Activity) *plan.Plan {
	return &plan.Plan{Year: 2018, Fields: []plan.Field{{
		Code: "I", Name: "Chỉ đạo", Results: []plan.Result{{Code: "1.1", Name: "Nâng cao", Activities: activities}},
	}}}
}

func million(n plan.Dong) *plan.Dong {
	d := n * plan.Million
	return &d
}

func TestDiffPlans(t *testing.T) {
	before := small(
		plan.Activity{Code: "1.1.1", Name: "Hội nghị tổng kết", Budget: million(15), StartText: "Tháng 1", Leads: []agency.ID{"snv"}},
		plan.Activity{Code: "1.1.2", Name: "Họp Ban chỉ đạo", BudgetText: "lồng ghép"},
		plan.Activity{Code: "1.1.3", Name: "Kiểm tra", Budget: million(5)},
		plan.Activity{Code: "1.1.4", Name: "Xếp loại"},
	)
	after := small(
		plan.Activity{Code: "1.1.1", Name: "Hội  nghị\ntổng kết", Budget: million(15), StartText: "Tháng 2", Leads: []agency.ID{"snv", "stc"}},
		plan.Activity{Code: "1.1.2", Name: "Tập huấn", Budget: million(9)},        // new, and under the code of another
		plan.Activity{Code: "1.1.3", Name: "họp ban chỉ đạo", Budget: million(2)}, // the one that was 1.1.2
		plan.Activity{Code: "1.1.4", Name: "Xếp loại năm 2018"},
	)
	after.Fields = append(after.Fields, plan.Field{Code: "II", Name: "Thể chế"})
	got := diffPlans(before, after)
	want := &PlanDiff{
		// What stood under 1.1.2 is 1.1.3 now, so that 1.1.2 is new, and what stood
		// under 1.1.3 is gone.
		Added:   []PlanRow{{"1.1.2", "Tập huấn", million(9)}},
		Dropped: []PlanRow{{"1.1.3", "Kiểm tra", million(5)}},
		Moved:   []PlanMove{{"1.1.2", "1.1.3", "họp ban chỉ đạo"}},
		Changed: []PlanChange{
			{"1.1.1", "leads", "snv", "snv, stc"},
			{"1.1.1", "start", "Tháng 1", "Tháng 2"},
			{"1.1.3", "name", "Họp Ban chỉ đạo", "họp ban chỉ đạo"},
			{"1.1.3", "budget", "lồng ghép", "2"},
			{"1.1.4", "name", "Xếp loại", "Xếp loại năm 2018"},
		},
		Fields: []PlanSum{
			{"I", "Chỉ đạo", PlanSumChange{million(20), million(26)}},
			{"II", "Thể chế", PlanSumChange{}},
		},
		Total: PlanSumChange{million(20), million(26)},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if d := diffPlans(before, before); !d.Same() {
		t.Errorf("a plan against itself: %+v", d)
	}
	if got.Same() {
		t.Error("two plans that differ are the same")
	}
}

// TestExtractsAreTold draws the line between a whole amended table and the rows
// that an amendment changes.
func TestExtractsAreTold(t *testing.T) {
	activity := func(code plan.Code) plan.Activity { return plan.Activity{Code: code, Name: "Việc " + string(code)} }
	before := small(activity("1.1.1"), activity("1.1.2"), activity("1.1.3"), activity("1.1.4"), activity("1.1.5"))
	for _, tt := range []struct {
		name      string
		codes     []plan.Code
		truncated bool
		want      bool
	}{
		{"all but one", []plan.Code{"1.1.1", "1.1.2", "1.1.4", "1.1.5"}, false, false},
		{"half of them, with a gap", []plan.Code{"1.1.1", "1.1.3", "1.1.5"}, false, false},
		{"two that leave a gap", []plan.Code{"1.1.2", "1.1.4"}, false, true},
		{"one alone", []plan.Code{"1.1.3"}, false, true},
		{"a short plan, whole", []plan.Code{"1.1.1", "1.1.2"}, false, false},
		{"the beginning of a plan", []plan.Code{"1.1.1", "1.1.2"}, true, true},
		{"a new field in place of the old one", []plan.Code{"2.1.1"}, false, true},
	} {
		var rows []plan.Activity
		for _, code := range tt.codes {
			rows = append(rows, activity(code))
		}
		after := small(rows...)
		if got := isExtract(before, after, diffPlans(before, after), tt.truncated); got != tt.want {
			t.Errorf("%s: %v taken for an extract %t, want %t", tt.name, tt.codes, got, tt.want)
		}
	}
}

// TestCodesThatMove tells of every activity that an amendment renumbers, because
// periods are compared by code.
func TestCodesThatMove(t *testing.T) {
	before := small(plan.Activity{Code: "1.1.1", Name: "Một"}, plan.Activity{Code: "1.1.2", Name: "Hai"})
	after := small(plan.Activity{Code: "1.1.1", Name: "Mới"}, plan.Activity{Code: "1.1.2", Name: "Một"}, plan.Activity{Code: "1.1.3", Name: "Hai"})
	after.Signed = agency.NewDay(2018, 6, 29)
	m := &ImportedPlan{Plan: after}
	m.amend([]knownPlan{{plan: before}}, "qd.docx", "another", PlanImport{})
	var got []string
	for _, f := range m.Findings {
		got = append(got, f.Code+" "+f.Got+" "+f.Want)
	}
	want := []string{"plan-code-changed 1.1.1 1.1.2", "plan-code-changed 1.1.2 1.1.3"}
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if m.From != after.Signed {
		t.Errorf("in force from %s, want the day of signing", m.From)
	}
	after.Signed = agency.Day{}
	m = &ImportedPlan{Plan: after}
	m.amend([]knownPlan{{plan: before}}, "qd.docx", "another", PlanImport{})
	if !slices.ContainsFunc(m.Findings, func(f finding.Finding) bool { return f.Code == "plan-without-day" && f.Level == finding.Error }) {
		t.Errorf("an amendment without a day: %v", m.Findings)
	}
}
