package reconcile

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

func dong(million float64) *plan.Dong {
	d := plan.Dong(million * float64(plan.Million))
	return &d
}

func percent(p float64) *plan.Percent {
	v := plan.Percent(p * 100)
	return &v
}

var cells = form.Cells{Status: "D9", Percent: "E9", Spent: "F9", SpentTotal: "G9", Text: "H9"}

// told are the facts of an answer in a term that closes on 14 March 2018, about
// an activity of January and February with a budget of 15 million đồng.
func told(a Answer, past *PastAnswer, more ...func(*facts)) facts {
	a.Agency, a.Role = "snv", Lead
	a.Source = &Source{SHA256: "a", File: "a.xlsx", Sheet: "S", Cell: "B9", Cells: cells}
	f := facts{
		activity: &plan.Activity{Code: "1.1.1", Start: 1, End: 2, Budget: dong(15), Evidence: "Báo cáo kết quả"},
		answer:   a, past: past, year: 2018,
		term: plan.Term{Period: plan.Period{Year: 2018, Part: plan.Q1}, Closes: agency.NewDay(2018, 3, 14), Whole: true},
	}
	for _, change := range more {
		change(&f)
	}
	return f
}

// ruleCase is an answer and what the rule must find: nil where it is kept.
type ruleCase struct {
	name  string
	facts facts
	want  *broken
}

func testRule(t *testing.T, check func(facts) *broken, cases []ruleCase) {
	t.Helper()
	for _, c := range cases {
		if diff := cmp.Diff(c.want, check(c.facts), cmp.AllowUnexported(broken{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestCumulativeFell(t *testing.T) {
	before := &PastAnswer{Used: dong(10)}
	q1 := plan.Period{Year: 2018, Part: plan.Q1}
	passes := func(f *facts) { f.rule.Beyond = dong(1) }
	testRule(t, cumulativeFell, []ruleCase{
		{"fell", told(Answer{SpentTotal: dong(9.5), Used: dong(9.5)}, before), &broken{"G9", "9,5", "10"}},
		{"fell to 0", told(Answer{SpentTotal: dong(0), Used: dong(0)}, before), &broken{"G9", "0", "10"}},
		{"fell, told of the whole term", told(Answer{Spent: dong(9), Used: dong(9)}, before), &broken{"F9", "9", "10"}},
		{"the same", told(Answer{SpentTotal: dong(10), Used: dong(10)}, before), nil},
		{"rose", told(Answer{SpentTotal: dong(11), Used: dong(11)}, before), nil},
		{"blank", told(Answer{}, before), nil},
		{"carried over", told(Answer{Used: dong(9), Carried: &q1}, before), nil},
		{"nothing known before", told(Answer{SpentTotal: dong(1), Used: dong(1)}, nil), nil},
		{"no money before", told(Answer{SpentTotal: dong(1), Used: dong(1)}, &PastAnswer{Status: form.Done}), nil},
		{"as much as is let pass", told(Answer{SpentTotal: dong(9), Used: dong(9)}, before, passes), nil},
		{"more than is let pass", told(Answer{SpentTotal: dong(8.999999), Used: dong(8.999999)}, before, passes), &broken{"G9", "8,999999", "10"}},
	})
}

func TestUnitSlip(t *testing.T) {
	unplanned := func(f *facts) { f.activity.Budget = nil }
	later := func(f *facts) { f.term.Whole = false }
	ten, ofBudget := &PastAnswer{Used: dong(10)}, &broken{"F9", "14000", "15"}
	testRule(t, unitSlip, []ruleCase{
		{"a thousand times the budget", told(Answer{Spent: dong(14_000)}, nil), ofBudget},
		{"a tenth of a thousand times the budget", told(Answer{Spent: dong(1_500)}, nil), &broken{"F9", "1500", "15"}},
		{"ninety times the budget", told(Answer{Spent: dong(1_350)}, nil), nil},
		{"a million times the budget", told(Answer{SpentTotal: dong(15_000_000)}, nil), &broken{"G9", "15000000", "15"}},
		{"a thousand times before", told(Answer{SpentTotal: dong(12_000)}, ten, unplanned), &broken{"G9", "12000", "10"}},
		{"half of a thousand times before", told(Answer{SpentTotal: dong(5_000)}, ten, unplanned), &broken{"G9", "5000", "10"}},
		{"four hundred times before", told(Answer{SpentTotal: dong(4_000)}, ten, unplanned), nil},
		{"a thousandth of before", told(Answer{SpentTotal: dong(0.012)}, ten), &broken{"G9", "0,012", "10"}},
		{"little in a later term", told(Answer{Spent: dong(0.01)}, ten, later), nil},
		{"grown within the budget", told(Answer{SpentTotal: dong(14)}, &PastAnswer{Used: dong(0.015)}), nil},
		{"as planned", told(Answer{Spent: dong(14.5), SpentTotal: dong(14.5)}, ten), nil},
		{"blank", told(Answer{}, ten), nil},
		{"0", told(Answer{Spent: dong(0)}, ten), nil},
		{"0 before, no budget", told(Answer{Spent: dong(14_000)}, &PastAnswer{Used: dong(0)}, unplanned), nil},
	})
}

func TestUndone(t *testing.T) {
	before := &PastAnswer{Status: form.Done, File: "old.xlsx"}
	found := &broken{cell: "D9"}
	testRule(t, undone, []ruleCase{
		{"in progress", told(Answer{Status: form.InProgress}, before), found},
		{"not started", told(Answer{Status: form.NotStarted}, before), found},
		{"paused", told(Answer{Status: form.Paused}, before), found},
		{"done", told(Answer{Status: form.Done}, before), nil},
		{"nil", told(Answer{Status: form.Nil}, before), nil},
		{"silent", told(Answer{}, before), nil},
		{"done after the cut-off", told(Answer{Status: form.InProgress, AfterClose: true}, before), nil},
		{"not done before", told(Answer{Status: form.NotStarted}, &PastAnswer{Status: form.InProgress}), nil},
		{"nothing known before", told(Answer{Status: form.NotStarted}, nil), nil},
	})
}

func TestPercentAgainstStatus(t *testing.T) {
	testRule(t, percentAgainstStatus, []ruleCase{
		{"done below 100", told(Answer{Status: form.Done, Percent: percent(99.5)}, nil), &broken{"E9", "99,5", "100"}},
		{"done at 100", told(Answer{Status: form.Done, Percent: percent(100)}, nil), nil},
		{"not started above 0", told(Answer{Status: form.NotStarted, Percent: percent(5)}, nil), &broken{"E9", "5", "0"}},
		{"not started at 0", told(Answer{Status: form.NotStarted, Percent: percent(0)}, nil), nil},
		{"in progress at 100", told(Answer{Status: form.InProgress, Percent: percent(100)}, nil), &broken{"E9", "100", "< 100"}},
		{"in progress below", told(Answer{Status: form.InProgress, Percent: percent(99.99)}, nil), nil},
		{"done at 100 after the cut-off", told(Answer{Status: form.InProgress, AfterClose: true, Percent: percent(100)}, nil), nil},
		{"blank", told(Answer{Status: form.Done}, nil), nil},
		{"paused", told(Answer{Status: form.Paused, Percent: percent(40)}, nil), nil},
	})
}

func TestDoneAfterClose(t *testing.T) {
	testRule(t, doneAfterClose, []ruleCase{
		{"after", told(Answer{Status: form.InProgress, AfterClose: true, DoneOn: agency.NewDay(2018, 3, 15)}, nil), &broken{"", "15/3/2018", "14/3/2018"}},
		{"on the last day", told(Answer{Status: form.Done, DoneOn: agency.NewDay(2018, 3, 14)}, nil), nil},
		{"no day", told(Answer{Status: form.Done}, nil), nil},
	})
}

func TestOverdueWithoutReason(t *testing.T) {
	found := &broken{cell: "D9", want: "28/2/2018"}
	testRule(t, overdueWithoutReason, []ruleCase{
		{"overdue", told(Answer{Status: form.InProgress, Timing: Overdue}, nil), found},
		{"spaces", told(Answer{Status: form.Paused, Timing: Overdue, Difficulty: " \n"}, nil), found},
		{"a reason", told(Answer{Status: form.InProgress, Timing: Overdue, Difficulty: "thiếu kinh phí"}, nil), nil},
		{"running", told(Answer{Status: form.InProgress, Timing: Running}, nil), nil},
		{"done late", told(Answer{Status: form.Done, Timing: Late}, nil), nil},
		{"silent", told(Answer{Timing: Overdue}, nil), nil},
	})
}

func TestNotBegun(t *testing.T) {
	starts := func(m plan.Month) func(*facts) { return func(f *facts) { f.activity.Start, f.activity.End = m, 12 } }
	closes := func(d agency.Day) func(*facts) { return func(f *facts) { f.term.Closes = d } }
	idle := Answer{Status: form.NotStarted}
	testRule(t, notBegun, []ruleCase{
		{"two months ago", told(idle, nil, starts(1)), &broken{cell: "D9", want: "1"}},
		{"this month", told(idle, nil, starts(3)), nil},
		{"on the month's last day", told(idle, nil, starts(2), closes(agency.NewDay(2018, 2, 28))), nil},
		{"on the day after", told(idle, nil, starts(2), closes(agency.NewDay(2018, 3, 1))), &broken{cell: "D9", want: "2"}},
		{"December", told(idle, nil, starts(12), closes(agency.NewDay(2018, 12, 31))), nil},
		{"no months", told(idle, nil, starts(0)), nil},
		{"begun", told(Answer{Status: form.InProgress}, nil, starts(1)), nil},
		{"nil", told(Answer{Status: form.Nil}, nil, starts(1)), nil},
		{"silent", told(Answer{}, nil, starts(1)), nil},
	})
}

func TestDoneWithoutProof(t *testing.T) {
	withProof := func(f *facts) { f.proved = true }
	testRule(t, doneWithoutEvidence, []ruleCase{
		{"none", told(Answer{Status: form.Done}, nil), &broken{cell: "D9", want: "Báo cáo kết quả"}},
		{"named", told(Answer{Status: form.Done, Evidence: "12/BC-SNV"}, nil), nil},
		{"sent along", told(Answer{Status: form.Done}, nil, withProof), nil},
		{"not done", told(Answer{Status: form.InProgress}, nil), nil},
		{"nil", told(Answer{Status: form.Nil}, nil), nil},
	})
	testRule(t, doneWithoutDate, []ruleCase{
		{"none", told(Answer{Status: form.Done}, nil), &broken{cell: "D9", want: "28/2/2018"}},
		{"no deadline", told(Answer{Status: form.Done}, nil, func(f *facts) { f.activity.End = 0 }), &broken{cell: "D9"}},
		{"a day", told(Answer{Status: form.Done, DoneOn: agency.NewDay(2018, 2, 2)}, nil), nil},
		{"not done", told(Answer{Status: form.InProgress}, nil), nil},
	})
}

func TestSameAsBefore(t *testing.T) {
	before := &PastAnswer{Status: form.InProgress, Text: "Đang  thực hiện\nkế hoạch"}
	found := &broken{cell: "H9"}
	testRule(t, sameAsBefore, []ruleCase{
		{"the same", told(Answer{Status: form.InProgress, Text: "Đang thực hiện kế hoạch"}, before), found},
		{"the same, now done", told(Answer{Status: form.Done, Text: "Đang thực hiện kế hoạch"}, before), found},
		{"other words", told(Answer{Status: form.InProgress, Text: "Đã ban hành kế hoạch"}, before), nil},
		{"blank both times", told(Answer{Status: form.InProgress}, &PastAnswer{Status: form.InProgress}), nil},
		{"nil", told(Answer{Status: form.Nil, Text: "Đang thực hiện kế hoạch"}, before), nil},
		{"nil before", told(Answer{Status: form.InProgress, Text: "Không"}, &PastAnswer{Status: form.Nil, Text: "Không"}), nil},
		{"done both times", told(Answer{Status: form.Done, Text: "Xong"}, &PastAnswer{Status: form.Done, Text: "Xong"}), nil},
		{"nothing known before", told(Answer{Status: form.InProgress, Text: "Đang thực hiện"}, nil), nil},
	})
}

func TestProved(t *testing.T) {
	for _, c := range []struct {
		attachment form.Attachment
		want       bool
	}{
		{form.Attachment{Kind: form.Evidence, Activity: "1.1.1"}, true},
		{form.Attachment{Kind: form.Evidence}, true},
		{form.Attachment{Kind: form.Evidence, Activity: "1.1.2"}, false},
		{form.Attachment{Kind: form.Signed}, false},
	} {
		s := form.Submission{Attachments: []form.Attachment{c.attachment}}
		if got := proved(&s, "1.1.1"); got != c.want {
			t.Errorf("%+v proves it: %t, want %t", c.attachment, got, c.want)
		}
	}
}

func TestRulesCheck(t *testing.T) {
	good := Ranking{Timeliness: 30, Completeness: 30, Completion: 40, InGrace: 50, Grades: []Grade{{"Tốt", 80}, {"Yếu", 0}}}
	ranking := func(change func(*Ranking)) Rules {
		r := good
		r.Grades = append([]Grade(nil), good.Grades...)
		change(&r)
		return Rules{Ranking: r}
	}
	rules := func(all ...Rule) Rules { return Rules{Findings: all, Ranking: good} }
	for _, c := range []struct {
		rules Rules
		want  string // path of the fault
	}{
		{rules(), ""},
		{Rules{Findings: DefaultRules(), Ranking: good}, ""},
		{rules(Rule{Code: "undone", Action: Hold}, Rule{Code: "not-begun", Action: Off}), ""},
		{rules(Rule{Code: "spent-over-budget", Action: Fault, Share: 10, Beyond: dong(1)}), ""},
		{rules(Rule{Code: "undone", Action: Warn}, Rule{Code: "un-done", Action: Warn}), "rules[1].code"},
		{rules(Rule{Code: "undone", Action: Warn}, Rule{Code: "undone", Action: Off}), "rules[1].code"},
		{rules(Rule{Code: "undone"}), "rules[0].action"},
		{rules(Rule{Code: "undone", Action: "block"}), "rules[0].action"},
		{rules(Rule{Code: "nobody-expected", Action: Hold}), "rules[0].action"},
		{rules(Rule{Code: "spent-over-budget", Action: Hold}), "rules[0].action"},
		{rules(Rule{Code: "undone", Action: Warn, Beyond: dong(1)}), "rules[0].beyond"},
		{rules(Rule{Code: "cumulative-fell", Action: Warn, Beyond: dong(-1)}), "rules[0].beyond"},
		{rules(Rule{Code: "cumulative-fell", Action: Warn, Share: 5}), "rules[0].share"},
		{rules(Rule{Code: "spent-over-budget", Action: Warn, Share: -5}), "rules[0].share"},
		{ranking(func(r *Ranking) { r.Completion = 41 }), "ranking.timeliness"},
		{ranking(func(r *Ranking) { r.Timeliness, r.Completion = -10, 80 }), "ranking.timeliness"},
		{ranking(func(r *Ranking) { r.InGrace = 101 }), "ranking.in_grace"},
		{ranking(func(r *Ranking) { r.AfterGrace = 60 }), "ranking.after_grace"},
		{ranking(func(r *Ranking) { r.Grades = nil }), "ranking.grades"},
		{ranking(func(r *Ranking) { r.Grades[1].From = 10 }), "ranking.grades[1].from"},
		{ranking(func(r *Ranking) { r.Grades[0].From = 0 }), "ranking.grades[1].from"},
		{ranking(func(r *Ranking) { r.Grades[0].Name = "" }), "ranking.grades[0].name"},
	} {
		got := ""
		if err := c.rules.Check(); err != nil {
			got = err.(*RulesFault).Path
		}
		if got != c.want {
			t.Errorf("fault at %q, want %q in %+v", got, c.want, c.rules)
		}
	}
}
