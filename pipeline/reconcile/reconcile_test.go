package reconcile_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// directory has three agencies, two of which form a group.
func directory(t testing.TB) *agency.Directory {
	t.Helper()
	d, err := threeAgencies()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

var threeAgencies = sync.OnceValues(func() (*agency.Directory, error) {
	return agency.New(agency.Data{
		Agencies: []agency.Agency{named("snv", "Sở Nội vụ"), named("stp", "Sở Tư pháp"), named("syt", "Sở Y tế")},
		Groups: []agency.Group{
			{ID: "g-sbn", Name: "các sở", Members: []agency.Member{{ID: "stp"}, {ID: "syt"}}},
			{ID: "g-open", Name: "các cơ quan liên quan"},
		},
	})
})

func named(id agency.ID, name string) agency.Agency {
	return agency.Agency{ID: id, Names: []agency.Name{{Name: name, Short: name}}}
}

func million(n float64) *plan.Dong {
	d := plan.Dong(n * float64(plan.Million))
	return &d
}

// thePlan has one activity of one agency, one of a group, one of nobody.
func thePlan() *plan.Plan {
	return &plan.Plan{Year: 2018, Fields: []plan.Field{
		{Code: "I", Results: []plan.Result{{Code: "1.1", Activities: []plan.Activity{
			{Code: "1.1.1", Leads: []agency.ID{"snv"}, Partners: []agency.ID{"g-sbn"}, Start: 1, End: 2, Budget: million(15)},
			{Code: "1.1.2", Leads: []agency.ID{"g-sbn"}, Start: 1, End: 12},
		}}}},
		{Code: "II", Results: []plan.Result{{Code: "2.1", Activities: []plan.Activity{
			{Code: "2.1.1", Leads: []agency.ID{"g-open"}, LeadText: "các cơ quan liên quan", Start: 10, End: 12},
		}}}},
	}}
}

func term(t testing.TB) plan.Term {
	t.Helper()
	day := func(m time.Month, d int) agency.Day { return agency.NewDay(2018, m, d) }
	return plan.Term{
		Period: plan.Period{Year: 2018, Part: plan.Q1}, From: agency.NewDay(2017, 12, 15),
		Closes: day(3, 14), Due: day(3, 15), Grace: day(3, 20), Lock: day(3, 20), Whole: true,
	}
}

func inputs(t testing.TB, subs ...form.Submission) reconcile.Inputs {
	t.Helper()
	for i := range subs {
		s := &subs[i]
		if s.SHA256 == "" {
			s.SHA256 = fmt.Sprintf("%064d", i)
		}
		if s.Outcome == "" {
			s.Outcome = form.Accept
		}
		s.RowsRead = len(s.Entries) + len(s.SetAside)
	}
	return reconcile.Inputs{
		Plan: thePlan(), PlanVersion: reconcile.PlanVersion{Version: 1}, Directory: directory(t),
		Term: term(t), Submissions: subs, AsOf: time.Date(2018, 3, 20, 16, 59, 59, 0, time.UTC),
	}
}

func at(d int) time.Time { return time.Date(2018, 3, d, 5, 0, 0, 0, time.UTC) }

func entry(code plan.Code, p form.Progress, spent *plan.Dong) form.Entry {
	return form.Entry{Activity: code, Status: p, Spent: spent, Place: finding.Place{Sheet: "S", Cell: "B9", Row: 9}}
}

func statement(t testing.TB, in reconcile.Inputs) *reconcile.Statement {
	t.Helper()
	s := reconcile.Reconcile(in)
	if err := s.Control.Check(); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEveryActivityHasALine(t *testing.T) {
	s := statement(t, inputs(t))
	var got []string
	for _, l := range s.Lines {
		got = append(got, fmt.Sprintf("%s %q %s %d", l.Activity.Code, l.Progress, l.Timing, len(l.Answers)))
	}
	want := []string{`1.1.1 "" overdue 1`, `1.1.2 "" running 2`, `2.1.1 "" not_due 0`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	if s.Total.NotReported != 3 || s.Total.Overdue != 1 {
		t.Errorf("total %+v, want 3 not reported and 1 overdue", s.Total)
	}
	for _, a := range s.Agencies {
		if a.State != reconcile.StateMissing || a.DaysLate != 5 {
			t.Errorf("%s is %s, %d days late, want missing for 5 days", a.Agency, a.State, a.DaysLate)
		}
	}
}

func TestNewestValidAnswerWins(t *testing.T) {
	old := form.Submission{Agency: "snv", Arrived: at(14), Entries: []form.Entry{entry("1.1.1", form.InProgress, million(10))}}
	amended := form.Submission{Agency: "snv", Arrived: at(16), Entries: []form.Entry{entry("1.1.1", form.Done, million(14.5))}}
	broken := form.Submission{Agency: "snv", Arrived: at(19), Outcome: form.Reject, Entries: []form.Entry{entry("1.1.1", form.NotStarted, million(1))}}
	for _, order := range [][]form.Submission{{old, amended, broken}, {broken, old, amended}, {amended, broken, old}} {
		for i := range order {
			order[i].SHA256 = order[i].Arrived.String()
		}
		s := statement(t, inputs(t, order...))
		l := s.Lines[0]
		if l.Progress != form.Done || *l.Spent != *million(14.5) {
			t.Errorf("line %s, spent %s, want the amended done, 14.5", l.Progress, l.Spent)
		}
		if a := s.Agencies[0]; a.State != reconcile.StateAccepted || a.Version != 2 || a.Late || !a.Received.Equal(at(14)) {
			t.Errorf("agency %+v, want version 2, received in time by the first valid document", a)
		}
		reasons := map[form.Reason]int{}
		for _, a := range s.Control.SetAside {
			reasons[a.Reason]++
		}
		if reasons[reconcile.Superseded] != 1 || reasons[reconcile.Rejected] != 1 {
			t.Errorf("set aside %v, want one superseded and one of a rejected document", reasons)
		}
	}
}

func TestGroupAnswersTogether(t *testing.T) {
	one := form.Submission{Agency: "stp", Arrived: at(14), Entries: []form.Entry{entry("1.1.2", form.Done, million(2))}}
	two := form.Submission{Agency: "syt", Arrived: at(14), Entries: []form.Entry{entry("1.1.2", form.Done, million(3))}}

	half := statement(t, inputs(t, one)).Lines[1]
	if diff := cmp.Diff(&reconcile.Collective{Done: 1, Answered: 1, Expected: 2}, half.Collective); diff != "" || half.Progress != form.InProgress {
		t.Errorf("one of two done: %s %s", half.Progress, diff)
	}
	whole := statement(t, inputs(t, one, two)).Lines[1]
	if whole.Progress != form.Done || *whole.Spent != *million(5) {
		t.Errorf("both done: %s, spent %s, want done, 5", whole.Progress, whole.Spent)
	}
	nothing := form.Submission{Agency: "syt", Arrived: at(14), Nothing: true}
	l := statement(t, inputs(t, one, nothing))
	if l.Lines[1].Progress != form.Done || l.Lines[1].Collective.Answered != 2 {
		t.Errorf("one done, one nil: %s, %+v, want done with two answers", l.Lines[1].Progress, l.Lines[1].Collective)
	}
	if l.Agencies[2].State != reconcile.StateNothing {
		t.Errorf("an agency with nothing to report is %s", l.Agencies[2].State)
	}
}

func TestPartnerNeverCounts(t *testing.T) {
	partner := form.Submission{Agency: "stp", Arrived: at(14), Entries: []form.Entry{
		entry("1.1.1", form.Done, million(7)), entry("2.1.1", form.Done, million(1)),
	}}
	s := statement(t, inputs(t, partner))
	l := s.Lines[0]
	if l.Progress != "" || l.Spent != nil {
		t.Errorf("a partner's word made the line %s, spent %s", l.Progress, l.Spent)
	}
	if n := len(l.Answers); n != 2 || l.Answers[1].Role != reconcile.Partner || *l.Answers[1].Spent != *million(7) {
		t.Errorf("answers %+v, want the partner's kept beside", l.Answers)
	}
	if s.Control.Spent.SetAside != *million(8) || s.Control.Spent.Used != 0 {
		t.Errorf("control %+v, want 8 set aside", s.Control.Spent)
	}
	var codes []string
	for _, f := range s.Findings {
		codes = append(codes, f.Code)
	}
	if diff := cmp.Diff([]string{"nobody-expected", "not-expected"}, codes); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func TestBlankIsNotZero(t *testing.T) {
	zero := plan.Dong(0)
	blank := form.Submission{Agency: "snv", Arrived: at(14), Entries: []form.Entry{entry("1.1.1", form.Done, nil)}}
	none := form.Submission{Agency: "snv", Arrived: at(14), Entries: []form.Entry{entry("1.1.1", form.Done, &zero)}}
	if s := statement(t, inputs(t, blank)); s.Lines[0].Spent != nil || s.Total.Spent != nil {
		t.Errorf("blank became %s, total %s", s.Lines[0].Spent, s.Total.Spent)
	}
	if s := statement(t, inputs(t, none)); s.Lines[0].Spent == nil || *s.Lines[0].Spent != 0 {
		t.Errorf("0 became %v", s.Lines[0].Spent)
	}
}

func TestUsedTakesEachAgencysBestFigure(t *testing.T) {
	both := entry("1.1.2", form.Done, million(4))
	both.SpentTotal = million(9)
	s := statement(t, inputs(t,
		form.Submission{Agency: "stp", Arrived: at(14), Entries: []form.Entry{both}},
		form.Submission{Agency: "syt", Arrived: at(14), Entries: []form.Entry{entry("1.1.2", form.Done, million(3))}},
	))
	if got := s.Lines[1].Used; got == nil || *got != *million(12) {
		t.Errorf("used %s, want 9 cumulative and 3 of a term that begins with the year", got)
	}
}

func TestTiming(t *testing.T) {
	done := func(m time.Month, d int) form.Entry {
		e := entry("1.1.1", form.Done, nil)
		e.DoneOn = agency.NewDay(2018, m, d)
		return e
	}
	for _, c := range []struct {
		entry  form.Entry
		closes agency.Day
		want   reconcile.Timing
	}{
		{done(1, 31), agency.NewDay(2018, 3, 14), reconcile.Early},
		{done(2, 1), agency.NewDay(2018, 3, 14), reconcile.OnTime},
		{done(2, 28), agency.NewDay(2018, 3, 14), reconcile.OnTime},
		{done(3, 1), agency.NewDay(2018, 3, 14), reconcile.Late},
		{entry("1.1.1", form.Done, nil), agency.NewDay(2018, 2, 14), reconcile.OnTime},
		{entry("1.1.1", form.Done, nil), agency.NewDay(2018, 3, 14), ""}, // nobody can tell
		{entry("1.1.1", form.InProgress, nil), agency.NewDay(2018, 2, 28), reconcile.Running},
		{entry("1.1.1", form.InProgress, nil), agency.NewDay(2018, 3, 1), reconcile.Overdue},
		{entry("1.1.1", form.Nil, nil), agency.NewDay(2018, 3, 1), ""},
	} {
		in := inputs(t, form.Submission{Agency: "snv", Arrived: at(14), Entries: []form.Entry{c.entry}})
		in.Term.Closes = c.closes
		if got := reconcile.Reconcile(in).Lines[0].Timing; got != c.want {
			t.Errorf("%s on %q, closed %s: %s, want %s", c.entry.Status, c.entry.DoneOn, c.closes, got, c.want)
		}
	}
}

func TestControlRefusesALoss(t *testing.T) {
	in := inputs(t, form.Submission{Agency: "snv", Arrived: at(14), Entries: []form.Entry{entry("1.1.1", form.Done, million(1))}})
	in.Submissions[0].RowsRead++
	if err := reconcile.Reconcile(in).Control.Check(); err == nil {
		t.Error("a row that is neither used nor set aside passes the control")
	}
}
