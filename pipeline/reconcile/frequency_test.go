package reconcile_test

import (
	"testing"

	"baocao/pipeline/agency"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// yearly asks an agency about an activity at the end of the year only.
func yearly(id agency.ID, code plan.Code) []plan.Frequency {
	return []plan.Frequency{{Agencies: []agency.ID{id}, Activities: []plan.Code{code}, Parts: []plan.Part{plan.Year}}}
}

func TestWhoIsNotAskedIsNotMissed(t *testing.T) {
	in := inputs(t, form.Submission{Agency: "stp", Arrived: at(14), Entries: []form.Entry{entry("1.1.2", form.Done, million(2))}})
	in.Frequency = yearly("syt", "1.1.2")
	s := statement(t, in)
	if l := s.Lines[1]; l.Progress != form.Done || l.Collective != nil || len(l.Answers) != 1 {
		t.Errorf("line %s, %+v, %d answers, want done by the only one asked", l.Progress, l.Collective, len(l.Answers))
	}
	for _, a := range s.Agencies {
		if a.Agency == "syt" {
			t.Errorf("an agency that nothing is asked of is %s", a.State)
		}
	}
}

func TestNobodyIsAsked(t *testing.T) {
	in := inputs(t, form.Submission{Agency: "snv", Arrived: at(14), Nothing: true})
	in.Frequency = yearly("snv", "1.1.1")
	s := statement(t, in)
	if l := s.Lines[0]; !l.NotAsked || len(l.Answers)+len(l.Unasked) != 0 || len(l.Findings) != 0 {
		t.Errorf("line %+v, want one that nobody is asked about, and no finding", l)
	}
	if s.Total.NotAsked != 1 || s.Total.NotReported != 3 {
		t.Errorf("total %+v, want 1 of 3 not asked", s.Total)
	}
}

// TestNotAskedAndToldCounts holds that an answer is not lost because it came
// before it was asked for.
func TestNotAskedAndToldCounts(t *testing.T) {
	in := inputs(t, form.Submission{Agency: "snv", Arrived: at(14), Entries: []form.Entry{entry("1.1.1", form.Done, million(2))}})
	in.Frequency = yearly("snv", "1.1.1")
	s := statement(t, in)
	if l := s.Lines[0]; l.NotAsked || l.Progress != form.Done || *l.Used != *million(2) {
		t.Errorf("line %+v, want the answer", l)
	}
	if f := find(s, "not-asked-now"); f == nil || f.Agency != "snv" || f.Activity != "1.1.1" {
		t.Errorf("finding %+v, want that it was not asked", f)
	}
}

func TestNotAskedCarriesMoneyOver(t *testing.T) {
	in := inputs(t)
	in.Frequency = yearly("snv", "1.1.1")
	in.Term, in.Earlier = secondQuarter(), []reconcile.Figures{figures(t, million(4))}
	s := statement(t, in)
	l := s.Lines[0]
	if len(l.Answers) != 0 || len(l.Unasked) != 1 || *l.Used != *million(4) || *s.Total.Used != *million(4) {
		t.Errorf("line %+v, want 4 carried over and no answer", l)
	}
	if s.Leads[0].Agency != "snv" || s.Leads[0].Activities != 0 || *s.Leads[0].Used != *million(4) {
		t.Errorf("the agency's sum %+v, want its money and no activity", s.Leads[0])
	}
	if past := reconcile.FiguresOf(reconcile.Previous, in, s, 0, "").Answers; len(past) != 1 || *past[0].Used != *million(4) {
		t.Errorf("figures for later %+v, want the 4", past)
	}
}

// find is the first finding with the code, nil when there is none.
func find(s *reconcile.Statement, code string) *reconcile.Noted {
	for i := range s.Findings {
		if s.Findings[i].Code == code {
			return &s.Findings[i]
		}
	}
	return nil
}
