package reconcile

import (
	"testing"

	"baocao/pipeline/agency"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

func TestTarget(t *testing.T) {
	march, later := agency.NewDay(2018, 3, 14), agency.NewDay(2018, 12, 14)
	of := func(role Role, status form.Progress, p ...float64) Answer {
		a := Answer{Role: role, Status: status}
		if len(p) > 0 {
			a.Percent = percent(p[0])
		}
		return a
	}
	for _, c := range []struct {
		name      string
		indicator string
		closes    agency.Day
		answers   []Answer
		want      Met
	}{
		{"one reaches it", "80% trở lên", march, []Answer{of(Lead, form.Done, 80)}, TargetMet},
		{"one is above", "80% công chức", march, []Answer{of(Lead, form.InProgress, 95)}, TargetMet},
		{"one is below", "80% trở lên", march, []Answer{of(Lead, form.Done, 79.99)}, TargetNotMet},
		{"one is below and goes on", "80% trở lên", march, []Answer{of(Lead, form.InProgress, 79.99)}, NotMeasurable},
		{"one gives no percentage", "80% trở lên", march, []Answer{of(Lead, form.Done)}, NotMeasurable},
		{"one is silent", "80% trở lên", march, []Answer{of(Lead, "")}, NotMeasurable},
		{"nothing occurred to the one", "80% trở lên", march, []Answer{of(Lead, form.Nil)}, NotMeasurable},
		{"0 is a percentage", "80% trở lên", later, []Answer{of(Lead, form.NotStarted, 0)}, TargetNotMet},
		{"a partner does not count", "80% trở lên", later, []Answer{of(Lead, form.InProgress, 50), of(Partner, form.Done, 100)}, TargetNotMet},
		{"no number", "Bộ máy tinh gọn", march, []Answer{of(Lead, form.Done, 100)}, ""},
		{"nobody is expected", "100% TTHC", march, nil, NotMeasurable},

		{"all reach it", "100% TTHC", march, []Answer{of(Member, form.Done, 100), of(Member, form.InProgress, 100)}, TargetMet},
		{"one of the group is nil", "100% TTHC", march, []Answer{of(Member, form.Done, 100), of(Member, form.Nil)}, TargetMet},
		{"all of the group are nil", "100% TTHC", march, []Answer{of(Member, form.Nil), of(Member, form.Nil)}, NotMeasurable},
		{"one of the group is silent", "100% TTHC", march, []Answer{of(Member, form.Done, 100), of(Member, "")}, NotMeasurable},
		{"below while it runs", "100% TTHC", march, []Answer{of(Member, form.Done, 100), of(Member, form.InProgress, 60)}, NotMeasurable},
		{"below and over", "100% TTHC", later, []Answer{of(Member, ""), of(Member, form.InProgress, 60)}, TargetNotMet},
		{"below and done", "100% TTHC", march, []Answer{of(Member, ""), of(Member, form.Done, 60)}, TargetNotMet},
	} {
		thePlan := &plan.Plan{Year: 2018, Fields: []plan.Field{{Results: []plan.Result{{}}}}}
		r := &reckoning{Inputs: Inputs{Plan: thePlan, Term: plan.Term{Closes: c.closes}}}
		l := &Line{Activity: &plan.Activity{Indicator: c.indicator, Start: 1, End: 9}, Answers: c.answers}
		if target, got := r.target(l); got != c.want || (target == nil) != (c.want == "") {
			t.Errorf("%s: %q against %v, want %q", c.name, got, target, c.want)
		}
	}
}

func TestTargetOfTheResult(t *testing.T) {
	thePlan := &plan.Plan{Year: 2018, Fields: []plan.Field{{Results: []plan.Result{{Indicator: "Chỉ số: 50% trở lên CBCC"}}}}}
	r := &reckoning{Inputs: Inputs{Plan: thePlan, Term: plan.Term{Closes: agency.NewDay(2018, 3, 14)}}}
	for indicator, want := range map[string]bool{"": true, " \n": true, "Bộ máy tinh gọn": false} {
		target, _ := r.target(&Line{Activity: &plan.Activity{Indicator: indicator}})
		if got := target != nil; got != want {
			t.Errorf("an activity with the indicator %q has a number: %t, want %t", indicator, got, want)
		}
	}
}
