package reconcile_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

func period(part plan.Part) plan.Period { return plan.Period{Year: 2018, Part: part} }

// secondQuarter follows term and does not begin with the year.
func secondQuarter() plan.Term {
	day := func(m time.Month, d int) agency.Day { return agency.NewDay(2018, m, d) }
	return plan.Term{
		Period: period(plan.Q2), From: day(3, 15), Closes: day(6, 14), Due: day(6, 15), Grace: day(6, 20), Lock: day(6, 20),
	}
}

// figures of the first quarter, in which snv had spent 4 on 1.1.1.
func figures(t *testing.T, used *plan.Dong) reconcile.Figures {
	return reconcile.Figures{
		Kind: reconcile.Previous, Term: term(t), Revision: 2,
		Answers: []reconcile.PastAnswer{{
			Agency: "snv", Activity: "1.1.1", Status: form.InProgress, Used: used, SHA256: "aa", File: "q1.xlsx", Period: period(plan.Q1),
		}},
	}
}

func TestUsed(t *testing.T) {
	said := func(spent, total *plan.Dong) *form.Entry {
		e := entry("1.1.1", form.InProgress, spent)
		e.SpentTotal = total
		return &e
	}
	zero := plan.Dong(0)
	gap := func(in *reconcile.Inputs) { in.Earlier[0].Term.Closes = agency.NewDay(2018, 3, 13) }
	whole := func(in *reconcile.Inputs) { in.Term.Whole = true }
	lastYear := func(in *reconcile.Inputs) { in.Earlier[0].Term.Period.Year = 2017 }
	none := func(in *reconcile.Inputs) { in.Earlier = nil }
	for _, c := range []struct {
		what    string
		entry   *form.Entry // nil: the agency is silent
		past    *plan.Dong
		change  func(*reconcile.Inputs)
		want    *plan.Dong
		carried bool
	}{
		{"the cumulative figure as told", said(million(1), million(9)), million(4), nil, million(9), false},
		{"a cumulative figure below the last one", said(nil, million(3)), million(4), nil, million(3), false},
		{"the period's added to the last", said(million(2), nil), million(4), nil, million(6), false},
		{"0 in the period", said(&zero, nil), million(4), nil, million(4), false},
		{"the period's where nothing was told before", said(million(2), nil), nil, nil, nil, false},
		{"the period's where the terms do not adjoin", said(million(2), nil), million(4), gap, nil, false},
		{"the period's without an earlier period", said(million(2), nil), nil, none, nil, false},
		{"the period's in a term that begins with the year", said(million(2), nil), million(4), whole, million(2), false},
		{"a blank", said(nil, nil), million(4), nil, million(4), true},
		{"a blank in a term that begins with the year", said(nil, nil), million(4), whole, million(4), true},
		{"silence", nil, million(4), nil, million(4), true},
		{"silence over a gap", nil, million(4), gap, million(4), true},
		{"silence, and nothing before", nil, nil, nil, nil, false},
		{"silence in a new year", nil, million(4), lastYear, nil, false},
		{"0 carried over", nil, &zero, nil, &zero, true},
	} {
		t.Run(c.what, func(t *testing.T) {
			var subs []form.Submission
			if c.entry != nil {
				subs = append(subs, form.Submission{Agency: "snv", Arrived: at(14), Entries: []form.Entry{*c.entry}})
			}
			in := inputs(t, subs...)
			in.Term, in.Earlier = secondQuarter(), []reconcile.Figures{figures(t, c.past)}
			if c.change != nil {
				c.change(&in)
			}
			s := statement(t, in)
			l := s.Lines[0]
			a := l.Answers[0]
			for what, got := range map[string]*plan.Dong{"answer": a.Used, "line": l.Used, "field": s.Fields[0].Used, "planned": s.Total.UsedPlanned, "agency": s.Leads[0].Used} {
				if diff := cmp.Diff(c.want, got); diff != "" {
					t.Errorf("used by the %s (-want +got):\n%s", what, diff)
				}
			}
			if got := a.Carried != nil; got != c.carried || c.carried && *a.Carried != period(plan.Q1) {
				t.Errorf("carried %v, want %t, from 2018-Q1", a.Carried, c.carried)
			}
		})
	}
}

func TestNothingToReportCarriesMoneyOver(t *testing.T) {
	in := inputs(t, form.Submission{Agency: "snv", Arrived: at(14), Nothing: true})
	in.Term, in.Earlier = secondQuarter(), []reconcile.Figures{figures(t, million(4))}
	a := statement(t, in).Lines[0].Answers[0]
	if a.Status != form.Nil || a.Used == nil || *a.Used != *million(4) || a.Carried == nil {
		t.Errorf("answer %+v, want nil that carries 4", a)
	}
}

// TestFiguresOfAStatementCarryOn goes from the first quarter over a silent one to
// a third: what was told first is known by its document all the way.
func TestFiguresOfAStatementCarryOn(t *testing.T) {
	told := entry("1.1.1", form.InProgress, million(4))
	told.Text = "Đã họp"
	in := inputs(t, form.Submission{SHA256: "aa", File: "q1.xlsx", Agency: "snv", Arrived: at(14), Entries: []form.Entry{told}})
	first := reconcile.FiguresOf(reconcile.Previous, in, statement(t, in), 1, "data")
	want := []reconcile.PastAnswer{{
		Agency: "snv", Activity: "1.1.1", Status: form.InProgress, Used: million(4), Text: "Đã họp",
		SHA256: "aa", File: "q1.xlsx", Period: period(plan.Q1),
	}}
	if diff := cmp.Diff(want, first.Answers); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
	if first.Revision != 1 || first.Data != "data" || *first.Total.Used != *million(4) || len(first.Fields) != 2 {
		t.Errorf("figures %+v, want revision 1, its data, sums of 4", first)
	}

	in = inputs(t)
	in.Term, in.Earlier = secondQuarter(), []reconcile.Figures{first}
	second := reconcile.FiguresOf(reconcile.Previous, in, statement(t, in), 0, "")
	want[0].Status, want[0].Text = "", ""
	if diff := cmp.Diff(want, second.Answers); diff != "" {
		t.Errorf("answers of a silent quarter (-want +got):\n%s", diff)
	}
}

// TestSuccessorTakesMoneyOver merges one member of a group into the other between
// two quarters.
func TestSuccessorTakesMoneyOver(t *testing.T) {
	syt := named("syt", "Sở Y tế")
	syt.Until, syt.Successor = agency.NewDay(2018, 4, 1), "stp"
	dir, err := agency.New(agency.Data{
		Agencies: []agency.Agency{named("snv", "Sở Nội vụ"), named("stp", "Sở Tư pháp"), syt},
		Groups:   []agency.Group{{ID: "g-sbn", Name: "các sở", Members: []agency.Member{{ID: "stp"}, {ID: "syt"}}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	past := figures(t, nil)
	for id, used := range map[agency.ID]*plan.Dong{"stp": million(4), "syt": million(3)} {
		past.Answers = append(past.Answers, reconcile.PastAnswer{Agency: id, Activity: "1.1.2", Used: used, File: string(id)})
	}
	in := inputs(t, form.Submission{Agency: "stp", Arrived: at(14), Entries: []form.Entry{entry("1.1.2", form.InProgress, million(2))}})
	in.Directory, in.Term, in.Earlier = dir, secondQuarter(), []reconcile.Figures{past}
	in.Plan.Fields = in.Plan.Fields[:1]
	l := statement(t, in).Lines[1]
	if len(l.Answers) != 1 || *l.Used != *million(9) {
		t.Errorf("answers %+v, used %s, want one of the successor, 9", l.Answers, l.Used)
	}
}

// TestPartnersMoneyStaysBeside holds that a partner's money is what it tells: it is
// not carried over and is nothing to compare with later.
func TestPartnersMoneyStaysBeside(t *testing.T) {
	in := inputs(t, form.Submission{Agency: "stp", Arrived: at(14), Entries: []form.Entry{entry("1.1.1", form.InProgress, million(2))}})
	past := figures(t, nil)
	past.Answers = []reconcile.PastAnswer{{Agency: "stp", Activity: "1.1.1", Used: million(4)}}
	in.Term, in.Earlier = secondQuarter(), []reconcile.Figures{past}
	s := statement(t, in)
	if a := s.Lines[0].Answers[1]; a.Role != reconcile.Partner || a.Used != nil || s.Lines[0].Used != nil {
		t.Errorf("answer %+v, line %s, want a partner's without a sum", a, s.Lines[0].Used)
	}
	if answers := reconcile.FiguresOf(reconcile.Previous, in, s, 0, "").Answers; len(answers) != 0 {
		t.Errorf("figures for later %+v, want none", answers)
	}
}

// TestLeads holds that a shared activity counts for each of those who lead it, and
// that its budget is nobody's own.
func TestLeads(t *testing.T) {
	in := inputs(t,
		form.Submission{Agency: "stp", Arrived: at(14), Entries: []form.Entry{entry("1.1.2", form.Done, million(2))}},
		form.Submission{Agency: "snv", Arrived: at(14), Entries: []form.Entry{entry("1.1.1", form.InProgress, million(7))}},
	)
	in.Plan.Fields[0].Results[0].Activities[1].Budget = million(50)
	want := []reconcile.AgencySum{
		{Agency: "snv", Sum: reconcile.Sum{Activities: 1, InProgress: 1, Overdue: 1, Budget: million(15), Spent: million(7), Used: million(7), UsedPlanned: million(7)}},
		{Agency: "stp", Sum: reconcile.Sum{Activities: 1, Done: 1, Timings: reconcile.Timings{Early: 1}, Spent: million(2), Used: million(2)}},
		{Agency: "syt", Sum: reconcile.Sum{Activities: 1, NotReported: 1, Timings: reconcile.Timings{Running: 1}}},
	}
	if diff := cmp.Diff(want, statement(t, in).Leads); diff != "" {
		t.Errorf("sums by agency (-want +got):\n%s", diff)
	}
}
