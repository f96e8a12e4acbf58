package plan_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
)

func day(t *testing.T, s string) agency.Day {
	t.Helper()
	d, err := agency.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func calendar(t *testing.T) *plan.Calendar {
	t.Helper()
	rule := func(part plan.Part, from, closes, lock string, reports bool) plan.Rule {
		return plan.Rule{Part: part, From: from, Closes: closes, DueAfter: 1, GraceDays: 3, Lock: lock, Reports: reports}
	}
	return &plan.Calendar{
		Rules: []plan.Rule{
			rule(plan.Q1, "12-15", "03-14", "03-20", true),
			rule(plan.Half, "12-15", "06-14", "06-20", true),
			rule(plan.Q3, "06-15", "09-14", "09-20", true),
			rule(plan.Q4, "09-15", "12-14", "12-20", false),
			rule(plan.Year, "12-15", "12-14", "12-20", true),
		},
		Holidays: []plan.Holiday{{Name: "nghỉ", From: day(t, "2018-06-15"), Until: day(t, "2018-06-15")}},
	}
}

func TestTerm(t *testing.T) {
	cal := calendar(t)
	for _, c := range []struct {
		period                         string
		from, closes, due, grace, lock string
		whole                          bool
	}{
		{"2018-Q1", "2017-12-15", "2018-03-14", "2018-03-15", "2018-03-20", "2018-03-20", true},
		// 15 June is a holiday here, 16 and 17 are a weekend.
		{"2018-6M", "2017-12-15", "2018-06-14", "2018-06-18", "2018-06-21", "2018-06-20", true},
		// 14 September 2018 is a Friday.
		{"2018-Q3", "2018-06-15", "2018-09-14", "2018-09-17", "2018-09-20", "2018-09-20", false},
		{"2018-Q4", "2018-09-15", "2018-12-14", "2018-12-17", "2018-12-20", "2018-12-20", false},
		{"2018", "2017-12-15", "2018-12-14", "2018-12-17", "2018-12-20", "2018-12-20", true},
		// 14 March 2020 is a Saturday.
		{"2020-Q1", "2019-12-15", "2020-03-14", "2020-03-16", "2020-03-19", "2020-03-20", true},
	} {
		period, err := plan.ParsePeriod(c.period)
		if err != nil {
			t.Fatal(err)
		}
		got, err := cal.Term(period)
		if err != nil {
			t.Errorf("Term(%s): %v", c.period, err)
			continue
		}
		want := plan.Term{
			Period: period, From: day(t, c.from), Closes: day(t, c.closes), Due: day(t, c.due),
			Grace: day(t, c.grace), Lock: day(t, c.lock), Whole: c.whole,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Term(%s) (-want +got):\n%s", c.period, diff)
		}
	}
}

func TestTermFaults(t *testing.T) {
	cal := calendar(t)
	if _, err := cal.Term(plan.Period{Year: 2018, Part: plan.Nine}); err == nil {
		t.Error("a part without a rule has a term")
	}
	cal.Rules[0].Closes = "14-03"
	if _, err := cal.Term(plan.Period{Year: 2018, Part: plan.Q1}); err == nil {
		t.Error("a rule with day and month exchanged has a term")
	}
	cal.Rules[1].Lock = "06-14"
	if _, err := cal.Term(plan.Period{Year: 2018, Part: plan.Half}); err == nil {
		t.Error("a rule that locks before reports are due has a term")
	}
}

func TestOpen(t *testing.T) {
	cal := calendar(t)
	for on, want := range map[string]string{
		"2018-03-14": "",        // still closing
		"2018-03-15": "2018-Q1", // the first day after the cut-off
		"2018-03-20": "2018-Q1",
		"2018-03-21": "",
		"2018-12-17": "2018", // Q4 has the same dates and is not reported
	} {
		terms, err := cal.Open(day(t, on))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, term := range terms {
			got += term.Period.String()
		}
		if got != want {
			t.Errorf("Open(%s) = %q, want %q", on, got, want)
		}
	}
}

func TestDayOfIsVietnamese(t *testing.T) {
	late := time.Date(2018, 3, 14, 17, 30, 0, 0, time.UTC) // half past midnight in Đắk Nông
	if got, want := agency.DayOf(late).String(), "2018-03-15"; got != want {
		t.Errorf("DayOf(%s) = %s, want %s", late, got, want)
	}
}
