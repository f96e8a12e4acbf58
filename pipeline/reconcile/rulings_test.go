package reconcile_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// ruled are inputs with rulings of the period, numbered in their order.
func ruled(t testing.TB, subs []form.Submission, rulings ...reconcile.Ruling) reconcile.Inputs {
	t.Helper()
	in := inputs(t, subs...)
	for i := range rulings {
		r := &rulings[i]
		r.ID, r.Period = "r"+string(rune('1'+i)), in.Term.Period
		if r.At.IsZero() {
			r.At = at(19)
		}
	}
	in.Rulings = rulings
	return in
}

// row is an entry at a row of its own.
func row(n int, code plan.Code, p form.Progress, spent *plan.Dong, held bool) form.Entry {
	e := entry(code, p, spent)
	e.Place = finding.Place{File: "f.xlsx", Sheet: "S", Cell: "B9", Row: n}
	e.Held = held
	return e
}

func reasons(s *reconcile.Statement) map[form.Reason]int {
	n := map[form.Reason]int{}
	for _, a := range s.Control.SetAside {
		n[a.Reason]++
	}
	return n
}

func TestReleaseADocument(t *testing.T) {
	held := form.Submission{
		SHA256: "d1", Agency: "snv", Arrived: at(14), Outcome: form.Review,
		Entries: []form.Entry{row(9, "1.1.1", form.Done, million(3), false), row(10, "1.1.2", form.Done, nil, true)},
		Findings: []finding.Finding{
			{Code: "sender-unknown", Level: finding.Error},
			{Code: "status-unclear", Level: finding.Error, Activity: "1.1.2", Place: finding.Place{Sheet: "S", Row: 10}},
		},
	}
	s := statement(t, ruled(t, []form.Submission{held}, reconcile.Ruling{Kind: reconcile.Release, SHA256: "d1"}))
	a := s.Lines[0].Answers[0]
	if a.Status != form.Done || !slices.Equal(a.Rulings, []string{"r1"}) || s.Agencies[0].State != reconcile.StateAccepted {
		t.Errorf("answer %+v of an agency that is %s, want done by r1, accepted", a, s.Agencies[0].State)
	}
	if diff := cmp.Diff(map[form.Reason]int{reconcile.HeldRow: 1}, reasons(s)); diff != "" {
		t.Errorf("set aside (-want +got):\n%s", diff)
	}
	if find(s, "sender-unknown") != nil || find(s, "status-unclear") == nil {
		t.Errorf("findings %+v, want that of the row that still waits", s.Findings)
	}
	if len(s.Waived) != 1 || s.Waived[0].Code != "sender-unknown" || s.Waived[0].Ruling != "r1" {
		t.Errorf("settled %+v, want what held the document, by r1", s.Waived)
	}
	if held.Outcome != form.Review {
		t.Error("a ruling changed what was read")
	}
}

// TestChooseBetweenRows has a document that says two things of one activity.
func TestChooseBetweenRows(t *testing.T) {
	doc := form.Submission{
		SHA256: "d1", Agency: "snv", Arrived: at(14),
		Entries: []form.Entry{row(9, "1.1.1", form.Done, million(3), true), row(12, "1.1.1", form.InProgress, million(5), true)},
		Findings: []finding.Finding{
			{Code: "duplicate-conflict", Level: finding.Error, Activity: "1.1.1", Place: finding.Place{Sheet: "S", Row: 12}},
		},
	}
	waits := statement(t, ruled(t, []form.Submission{doc})).Lines[0].Answers[0]
	if !waits.Waiting || waits.Source != nil {
		t.Errorf("without a ruling: %+v, want one that waits", waits)
	}
	s := statement(t, ruled(t, []form.Submission{doc}, reconcile.Ruling{Kind: reconcile.Release, SHA256: "d1", Sheet: "S", Row: 9}))
	if a := s.Lines[0].Answers[0]; a.Status != form.Done || *a.Spent != *million(3) || !slices.Equal(a.Rulings, []string{"r1"}) {
		t.Errorf("answer %+v, want row 9 by r1", a)
	}
	if diff := cmp.Diff(map[form.Reason]int{reconcile.Ruled: 1}, reasons(s)); diff != "" {
		t.Errorf("set aside (-want +got):\n%s", diff)
	}
	if find(s, "duplicate-conflict") != nil || len(s.Waived) != 1 {
		t.Errorf("findings %+v, settled %+v, want the conflict settled", s.Findings, s.Waived)
	}
}

// TestARowThatWaitsIsNotSettled leaves out one of two rows that disagree.
func TestARowThatWaitsIsNotSettled(t *testing.T) {
	doc := form.Submission{
		SHA256: "d1", Agency: "snv", Arrived: at(14),
		Entries:  []form.Entry{row(9, "1.1.1", form.Done, nil, true), row(12, "1.1.1", form.InProgress, nil, true)},
		Findings: []finding.Finding{{Code: "duplicate-conflict", Level: finding.Error, Activity: "1.1.1", Place: finding.Place{Sheet: "S", Row: 12}}},
	}
	s := statement(t, ruled(t, []form.Submission{doc}, reconcile.Ruling{Kind: reconcile.SetAside, SHA256: "d1", Sheet: "S", Row: 9}))
	if a := s.Lines[0].Answers[0]; !a.Waiting || find(s, "duplicate-conflict") == nil {
		t.Errorf("answer %+v, findings %+v, want one that waits, and why", a, s.Findings)
	}
}

func TestSetAside(t *testing.T) {
	first := form.Submission{SHA256: "d1", Agency: "snv", Arrived: at(14), Entries: []form.Entry{row(9, "1.1.1", form.InProgress, million(3), false)}}
	second := form.Submission{
		SHA256: "d2", Agency: "snv", Arrived: at(18), Entries: []form.Entry{row(9, "1.1.1", form.Done, million(30), false)},
		SetAside: []form.Row{{Place: finding.Place{Sheet: "S", Row: 10}, Reason: form.Unknown, Spent: million(1)}},
		Findings: []finding.Finding{{Code: "unknown-activity", Level: finding.Error, Place: finding.Place{Sheet: "S", Row: 10}}},
	}
	subs := []form.Submission{first, second}
	for _, c := range []struct {
		what    string
		ruling  reconcile.Ruling
		reasons map[form.Reason]int
		settled int
		version int
	}{
		{"the document", reconcile.Ruling{SHA256: "d2"}, map[form.Reason]int{reconcile.Ruled: 1, form.Unknown: 1}, 1, 1},
		{"the row", reconcile.Ruling{SHA256: "d2", Sheet: "S", Row: 9}, map[form.Reason]int{reconcile.Ruled: 1, form.Unknown: 1}, 0, 2},
	} {
		c.ruling.Kind = reconcile.SetAside
		s := statement(t, ruled(t, subs, c.ruling))
		if l := s.Lines[0]; l.Progress != form.InProgress || *l.Spent != *million(3) {
			t.Errorf("%s: line %s %s, want what the older document says", c.what, l.Progress, l.Spent)
		}
		if diff := cmp.Diff(c.reasons, reasons(s)); diff != "" {
			t.Errorf("%s: set aside (-want +got):\n%s", c.what, diff)
		}
		if len(s.Waived) != c.settled || s.Agencies[0].Version != c.version {
			t.Errorf("%s: settled %+v, version %d, want %d and %d", c.what, s.Waived, s.Agencies[0].Version, c.settled, c.version)
		}
	}
	unread := reconcile.Ruling{Kind: reconcile.SetAside, SHA256: "d2", Sheet: "S", Row: 10}
	s := statement(t, ruled(t, subs, unread))
	if r := reasons(s); r[reconcile.Ruled] != 1 || r[form.Unknown] != 0 || find(s, "unknown-activity") != nil {
		t.Errorf("a row that was not understood: set aside %v, findings %+v, want it ruled and settled", r, s.Findings)
	}
}

func TestCorrect(t *testing.T) {
	read := row(9, "1.1.1", form.InProgress, million(30), false)
	subs := []form.Submission{{SHA256: "d1", File: "f.xlsx", Agency: "snv", Arrived: at(14), Entries: []form.Entry{read}}}
	correct := func(f reconcile.Figure, value string) reconcile.Ruling {
		return reconcile.Ruling{Kind: reconcile.Correct, Agency: "snv", Activity: "1.1.1", Figure: f, Value: value, Source: "Công văn 12/STP-VP"}
	}
	s := statement(t, ruled(t, subs,
		correct(reconcile.FigureSpent, "10"), correct(reconcile.FigureSpent, "3"), correct(reconcile.FigureStatus, "done"),
		correct(reconcile.FigurePercent, "80.5"), correct(reconcile.FigureDoneOn, "2018-02-02"), correct(reconcile.FigureSpentTotal, "33.5"),
	))
	l := s.Lines[0]
	a := l.Answers[0]
	if a.Status != form.Done || l.Timing != reconcile.OnTime || *l.Spent != *million(3) || *l.Used != *million(33.5) || *a.Percent != 80_50 {
		t.Errorf("line %s %s %s %s, %s %%, want done on time, 3 and 33.5, 80.5 %%", l.Progress, l.Timing, l.Spent, l.Used, a.Percent)
	}
	one := func(id string, f reconcile.Figure, read, used string) reconcile.Correction {
		return reconcile.Correction{Ruling: id, Agency: "snv", Activity: "1.1.1", Figure: f, Read: read, Used: used}
	}
	if diff := cmp.Diff([]reconcile.Correction{
		one("r3", reconcile.FigureStatus, "in_progress", "done"), one("r4", reconcile.FigurePercent, "", "80.5"),
		one("r2", reconcile.FigureSpent, "30", "3"), one("r6", reconcile.FigureSpentTotal, "", "33.5"),
		one("r5", reconcile.FigureDoneOn, "", "2018-02-02"),
	}, s.Corrected); diff != "" {
		t.Errorf("corrections (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"r3", "r4", "r2", "r6", "r5"}, a.Rulings); diff != "" {
		t.Errorf("rulings of the answer (-want +got):\n%s", diff)
	}
	if b := s.Control.Spent; b.In != *million(30) || b.Used != *million(3) || b.Corrected != -*million(27) {
		t.Errorf("control %+v, want 30 read, 3 used, 27 less by correction", b)
	}
	broken := s.Control
	broken.Spent.Corrected = 0
	if broken.Check() == nil {
		t.Error("a difference that no correction explains passes the control")
	}
}

func TestCorrectionEmptiesACell(t *testing.T) {
	subs := []form.Submission{{Agency: "snv", Arrived: at(14), Entries: []form.Entry{row(9, "1.1.1", form.Done, million(30), false)}}}
	s := statement(t, ruled(t, subs, reconcile.Ruling{Kind: reconcile.Correct, Agency: "snv", Activity: "1.1.1", Figure: reconcile.FigureSpent}))
	if s.Lines[0].Spent != nil || s.Total.Used != nil {
		t.Errorf("spent %s, want nothing said", s.Lines[0].Spent)
	}
}

func TestPartnersFigureCorrected(t *testing.T) {
	subs := []form.Submission{{Agency: "stp", Arrived: at(14), Entries: []form.Entry{row(9, "1.1.1", form.Done, million(7), false)}}}
	s := statement(t, ruled(t, subs, reconcile.Ruling{Kind: reconcile.Correct, Agency: "stp", Activity: "1.1.1", Figure: reconcile.FigureSpent, Value: "8"}))
	if a := s.Lines[0].Answers[1]; *a.Spent != *million(8) || s.Control.Spent.Corrected != 0 || s.Control.Spent.SetAside != *million(7) {
		t.Errorf("answer %+v, control %+v, want 8 beside, and 7 set aside as read", a, s.Control.Spent)
	}
}

// TestNewerDocumentOverridesACorrection holds that a correction is of what had
// been sent when it was made.
func TestNewerDocumentOverridesACorrection(t *testing.T) {
	doc := func(sha string, day int, code plan.Code, spent float64) form.Submission {
		return form.Submission{SHA256: sha, File: sha + ".xlsx", Agency: "snv", Arrived: at(day), Entries: []form.Entry{row(9, code, form.Done, million(spent), false)}}
	}
	ruling := reconcile.Ruling{Kind: reconcile.Correct, Agency: "snv", Activity: "1.1.1", Figure: reconcile.FigureSpent, Value: "3", At: at(16)}
	for _, c := range []struct {
		what     string
		newer    form.Submission
		spent    float64
		outdated bool
	}{
		{"another figure", doc("d2", 17, "1.1.1", 5), 5, true},
		{"the corrected figure itself", doc("d2", 17, "1.1.1", 3), 3, false},
		{"nothing of the activity", doc("d2", 17, "1.1.2", 5), 3, false},
		{"another figure, but before the ruling", doc("d2", 15, "1.1.1", 5), 3, false},
	} {
		s := statement(t, ruled(t, []form.Submission{doc("d1", 14, "1.1.1", 30), c.newer}, ruling))
		if *s.Lines[0].Spent != *million(c.spent) {
			t.Errorf("%s: %s, want %v", c.what, s.Lines[0].Spent, c.spent)
		}
		if f := find(s, "correction-outdated"); (f != nil) != c.outdated || f != nil && (f.Got != "r1" || f.Want != "d2.xlsx") {
			t.Errorf("%s: finding %+v, want one: %t", c.what, f, c.outdated)
		}
	}
}

func TestCorrectionOfNothingToReport(t *testing.T) {
	subs := []form.Submission{{SHA256: "d1", Agency: "snv", Arrived: at(14), Nothing: true}}
	s := statement(t, ruled(t, subs,
		reconcile.Ruling{Kind: reconcile.Correct, Agency: "snv", Activity: "1.1.1", Figure: reconcile.FigureStatus, Value: "done"},
		reconcile.Ruling{Kind: reconcile.Correct, Agency: "snv", Activity: "1.1.1", Figure: reconcile.FigureSpent, Value: "2"},
	))
	if l := s.Lines[0]; l.Progress != form.Done || *l.Spent != *million(2) {
		t.Errorf("line %s %s, want done, 2", l.Progress, l.Spent)
	}
}

func TestCorrectionThatCannotBeTaken(t *testing.T) {
	subs := []form.Submission{{Agency: "snv", Arrived: at(14), Entries: []form.Entry{row(9, "1.1.1", form.Done, million(30), false)}}}
	for figure, value := range map[reconcile.Figure]string{
		reconcile.FigureSpent: "ba", reconcile.FigureSpentTotal: "-1", reconcile.FigurePercent: "101",
		reconcile.FigureStatus: "xong", reconcile.FigureDoneOn: "2/2/2018", "colour": "red",
	} {
		if err := figure.Check(value); err == nil {
			t.Errorf("%s %q passes the check", figure, value)
		}
		s := statement(t, ruled(t, subs, reconcile.Ruling{Kind: reconcile.Correct, Agency: "snv", Activity: "1.1.1", Figure: figure, Value: value}))
		code := "correction-unreadable"
		if figure == "colour" {
			code = "ruling-without-object"
		}
		if f := find(s, code); f == nil || len(s.Corrected) != 0 || *s.Lines[0].Spent != *million(30) {
			t.Errorf("%s %q: finding %+v, corrections %v, want what was read", figure, value, f, s.Corrected)
		}
	}
}

func TestExtend(t *testing.T) {
	late := form.Submission{Agency: "snv", Arrived: at(18)}
	for _, c := range []struct {
		until      int
		due, grace int
		days       int
		inGrace    bool
	}{{0, 15, 20, 3, true}, {17, 17, 20, 1, true}, {18, 18, 20, 0, false}, {22, 22, 22, 0, false}, {10, 15, 20, 3, true}} {
		in := ruled(t, []form.Submission{late}, reconcile.Ruling{Kind: reconcile.Extend, Agency: "snv", Until: agency.NewDay(2018, 3, c.until)})
		if c.until == 0 {
			in.Rulings = nil
		}
		s := statement(t, in)
		a := s.Agencies[0]
		if a.Due.Day != c.due || a.Grace.Day != c.grace || a.DaysLate != c.days || a.Late != (c.days > 0) || a.InGrace() != c.inGrace {
			t.Errorf("until %d: due %s, grace %s, %d days late, in grace %t, want %+v", c.until, a.Due, a.Grace, a.DaysLate, a.InGrace(), c)
		}
		if (s.Reporting.Late == 1) != (c.days > 0) || s.Agencies[1].Due.Day != 15 {
			t.Errorf("until %d: %d late, another agency is due on %s", c.until, s.Reporting.Late, s.Agencies[1].Due)
		}
	}
}

func TestWaiveAMissingAgency(t *testing.T) {
	waive := reconcile.Ruling{Kind: reconcile.WaiveGap, Agency: "snv"}
	s := statement(t, ruled(t, nil, waive))
	if a := s.Agencies[0]; a.State != reconcile.StateWaived || s.Reporting.Missing != 3 {
		t.Errorf("agency is %s, %d missing, want waived, 3", a.State, s.Reporting.Missing)
	}
	s = statement(t, ruled(t, []form.Submission{{Agency: "snv", Arrived: at(14)}}, waive))
	if a := s.Agencies[0]; a.State != reconcile.StateAccepted {
		t.Errorf("an agency that reported is %s, want accepted", a.State)
	}
}

func TestRulingWithoutObject(t *testing.T) {
	docs := []form.Submission{
		{SHA256: "d1", Agency: "snv", Arrived: at(14), Outcome: form.Reject, Entries: []form.Entry{row(9, "1.1.1", form.Done, nil, false)}},
	}
	for _, c := range []struct {
		ruling reconcile.Ruling
		want   string // empty: it has its object
	}{
		{reconcile.Ruling{Kind: reconcile.SetAside, SHA256: "3f2a91c0ffff"}, "3f2a91c0"},
		{reconcile.Ruling{Kind: reconcile.Release, SHA256: "d1", Sheet: "S", Row: 18}, "d1:18"},
		{reconcile.Ruling{Kind: reconcile.Release, SHA256: "d1"}, "d1"}, // its sender must mend it
		{reconcile.Ruling{Kind: reconcile.SetAside, SHA256: "d1"}, ""},
		{reconcile.Ruling{Kind: reconcile.Assign, SHA256: "d1", Sheet: "S", Row: 9, Activity: "1.1.1"}, ""},
		{reconcile.Ruling{Kind: reconcile.Correct, Agency: "snv", Activity: "1.1.1", Figure: reconcile.FigureSpent, Value: "1"}, "Sở Nội vụ"},
		{reconcile.Ruling{Kind: reconcile.Extend, Agency: "nobody", Until: agency.NewDay(2018, 3, 30)}, "nobody"},
		{reconcile.Ruling{Kind: reconcile.Extend, Agency: "snv", Until: agency.NewDay(2018, 3, 30)}, ""},
		{reconcile.Ruling{Kind: reconcile.WaiveGap, Agency: "snv"}, ""},
		{reconcile.Ruling{Kind: reconcile.RememberSender, Address: "x@y.example", Agency: "snv"}, ""},
	} {
		in := ruled(t, docs, c.ruling)
		f := find(statement(t, in), "ruling-without-object")
		if got := ""; f != nil {
			got = f.Want
			if got != c.want || f.Got != "r1" || f.Level != finding.Note {
				t.Errorf("%+v: finding %+v, want a note on r1 and %q", c.ruling, f, c.want)
			}
		} else if c.want != "" {
			t.Errorf("%+v: no finding, want one about %q", c.ruling, c.want)
		}
		in.Rulings[0].Period = plan.Period{}
		if f := find(statement(t, in), "ruling-without-object"); f != nil {
			t.Errorf("%+v: remembered, and missed: %+v", c.ruling, f)
		}
	}
}

// TestDoneAfterTheCutOff holds that what was done after it belongs to the next
// period, also when a clerk gives the day.
func TestDoneAfterTheCutOff(t *testing.T) {
	e := row(9, "1.1.1", form.Done, million(3), false)
	e.DoneOn = agency.NewDay(2018, 3, 15)
	subs := []form.Submission{{Agency: "snv", Arrived: at(18), Entries: []form.Entry{e}}}
	s := statement(t, ruled(t, subs))
	a := s.Lines[0].Answers[0]
	if a.Status != form.InProgress || !a.AfterClose || a.DoneOn != e.DoneOn || a.Timing != reconcile.Overdue || *s.Lines[0].Used != *million(3) {
		t.Errorf("answer %+v, want in progress and overdue, with its day and money", a)
	}
	s = statement(t, ruled(t, subs, reconcile.Ruling{Kind: reconcile.Correct, Agency: "snv", Activity: "1.1.1", Figure: reconcile.FigureDoneOn, Value: "2018-03-14"}))
	if a := s.Lines[0].Answers[0]; a.Status != form.Done || a.AfterClose || a.Timing != reconcile.Late {
		t.Errorf("answer %+v, want done and late by the corrected day", a)
	}
	e.DoneOn = agency.NewDay(2017, time.December, 1)
	s = statement(t, ruled(t, []form.Submission{{Agency: "snv", Arrived: at(18), Entries: []form.Entry{e}}}))
	if a := s.Lines[0].Answers[0]; a.Status != form.Done || a.Timing != reconcile.Early {
		t.Errorf("answer %+v, want done before the term", a)
	}
}

// TestARuleHoldsARow holds that a held row waits, what stood before it counts, and
// a clerk may release it.
func TestARuleHoldsARow(t *testing.T) {
	doc := func(sha string, day int, spent float64) form.Submission {
		e := row(9, "1.1.1", form.Done, nil, false)
		e.SpentTotal = million(spent)
		return form.Submission{SHA256: sha, File: sha + ".xlsx", Agency: "snv", Arrived: at(day), Entries: []form.Entry{e}}
	}
	in := ruled(t, []form.Submission{doc("d1", 14, 5), doc("d2", 16, 3)}, reconcile.Ruling{Kind: reconcile.Release, SHA256: "d2", Sheet: "S", Row: 9})
	in.Term, in.Earlier = secondQuarter(), []reconcile.Figures{figures(t, million(4))}
	in.Rulings[0].Period = in.Term.Period
	in.Rules.Findings = []reconcile.Rule{{Code: "cumulative-fell", Action: reconcile.Hold}}
	release := in.Rulings
	in.Rulings = nil
	s := statement(t, in)
	if *s.Lines[0].Used != *million(5) || reasons(s)[reconcile.HeldByRule] != 1 {
		t.Errorf("used %s, set aside %v, want 5 of the older document and the newer one held", s.Lines[0].Used, reasons(s))
	}
	if f := find(s, "cumulative-fell"); f == nil || f.Level != finding.Error {
		t.Errorf("finding %+v, want an error", f)
	}
	in.Rulings = release
	s = statement(t, in)
	if *s.Lines[0].Used != *million(3) || find(s, "cumulative-fell") != nil || len(s.Waived) != 1 {
		t.Errorf("used %s, findings %+v, want 3 and the finding settled", s.Lines[0].Used, s.Findings)
	}
}
