package reconcile_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// sure is an entry that breaks no rule: done in January, with a proof and money
// within the budget.
func sure(code plan.Code) form.Entry {
	e := entry(code, form.Done, million(14))
	e.SpentTotal, e.Evidence, e.DoneOn = million(14), "12/BC-SNV", agency.NewDay(2018, 1, 20)
	e.Cells = form.Cells{Status: "D9", Percent: "E9", Spent: "F9", SpentTotal: "G9", Text: "H9"}
	return e
}

// without is sure with one change.
func without(code plan.Code, change func(*form.Entry)) form.Entry {
	e := sure(code)
	change(&e)
	return e
}

func noDate(e *form.Entry) { e.DoneOn = agency.Day{} }

func from(id agency.ID, entries ...form.Entry) form.Submission {
	for i := range entries {
		entries[i].Place.File = string(id) + ".xlsx"
	}
	return form.Submission{SHA256: "of " + string(id), File: string(id) + ".xlsx", Agency: id, Arrived: at(14), Entries: entries}
}

// said are the findings of a statement, without those that the plan of these
// tests has always.
func said(findings []reconcile.Noted) []string {
	var all []string
	for _, f := range findings {
		if f.Code != "nobody-expected" {
			all = append(all, fmt.Sprintf("%s %s %s %s %s|%s", f.Level, f.Code, f.Agency, f.Place, f.Got, f.Want))
		}
	}
	return all
}

func waived(s *reconcile.Statement) []string {
	var all []string
	for _, w := range s.Waived {
		all = append(all, fmt.Sprintf("%s %s %s %s", w.Ruling, w.Level, w.Code, w.Agency))
	}
	return all
}

func expect(t *testing.T, name string, got, want []string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func TestNothingIsFoundInAGoodReport(t *testing.T) {
	s := statement(t, inputs(t, from("snv", sure("1.1.1")), from("stp", sure("1.1.1"), sure("1.1.2"))))
	expect(t, "findings", said(s.Findings), nil)
}

func TestRulesByTheOfficesTable(t *testing.T) {
	sub := from("snv", without("1.1.1", noDate))
	for action, want := range map[reconcile.Action][]string{
		"":               {"note done-without-date snv snv.xlsx!S!D9 |28/2/2018"},
		reconcile.Off:    nil,
		reconcile.Noting: {"note done-without-date snv snv.xlsx!S!D9 |28/2/2018"},
		reconcile.Warn:   {"warning done-without-date snv snv.xlsx!S!D9 |28/2/2018"},
		reconcile.Fault:  {"error done-without-date snv snv.xlsx!S!D9 |28/2/2018"},
	} {
		in := inputs(t, sub)
		if action != "" {
			in.Rules.Findings = []reconcile.Rule{{Code: "done-without-date", Action: action}}
		}
		s := statement(t, in)
		expect(t, string(action), said(s.Findings), want)
		if s.Lines[0].Progress != form.Done {
			t.Errorf("under %q the answer counts as %q", action, s.Lines[0].Progress)
		}
	}
}

func TestARuleHoldsAnAnswer(t *testing.T) {
	held := []string{"error done-without-date snv snv.xlsx!S!D9 |28/2/2018"}
	hold := func(rulings ...reconcile.Ruling) reconcile.Inputs {
		in := inputs(t, from("snv", without("1.1.1", noDate)), from("stp", without("1.1.1", noDate)))
		in.Rules.Findings = []reconcile.Rule{{Code: "done-without-date", Action: reconcile.Hold}}
		in.Rulings = rulings
		return in
	}
	s := statement(t, hold())
	expect(t, "findings", said(s.Findings), held)
	l := s.Lines[0]
	if l.Progress != "" || !l.Answers[0].Waiting || l.Used != nil {
		t.Errorf("the held answer counts: %q, waiting %t, used %s", l.Progress, l.Answers[0].Waiting, l.Used)
	}
	if n := s.Control.ByReason()[reconcile.HeldByRule]; n.Rows != 1 {
		t.Errorf("%d rows held by a rule, want 1", n.Rows)
	}
	if len(l.Answers) != 2 {
		t.Errorf("%d answers, want the partner's kept beside, which no rule holds", len(l.Answers))
	}

	s = statement(t, hold(reconcile.Ruling{ID: "r1", Kind: reconcile.Release, SHA256: "of snv", Sheet: "S", Row: 9}))
	expect(t, "findings when released", said(s.Findings), nil)
	expect(t, "waived when released", waived(s), []string{"r1 error done-without-date snv"})
	if s.Lines[0].Progress != form.Done {
		t.Errorf("the released answer counts as %q", s.Lines[0].Progress)
	}

	s = statement(t, hold(reconcile.Ruling{ID: "r2", Kind: reconcile.WaiveRule, Rule: "done-without-date", Agency: "snv"}))
	expect(t, "waived", waived(s), []string{"r2 error done-without-date snv"})
	if s.Lines[0].Progress != form.Done {
		t.Errorf("under a waiver the answer counts as %q", s.Lines[0].Progress)
	}
}

func TestWaiveRule(t *testing.T) {
	rule := func(change func(*reconcile.Ruling)) reconcile.Ruling {
		r := reconcile.Ruling{ID: "r7", Kind: reconcile.WaiveRule, Rule: "done-without-date", Agency: "snv"}
		change(&r)
		return r
	}
	for _, c := range []struct {
		name   string
		ruling reconcile.Ruling
		waives bool
	}{
		{"of the agency", rule(func(*reconcile.Ruling) {}), true},
		{"of the activity", rule(func(r *reconcile.Ruling) { r.Agency, r.Activity = "", "1.1.1" }), true},
		{"of both", rule(func(r *reconcile.Ruling) { r.Activity = "1.1.1" }), true},
		{"until the cut-off", rule(func(r *reconcile.Ruling) { r.Until = agency.NewDay(2018, 3, 14) }), true},
		{"until the day before", rule(func(r *reconcile.Ruling) { r.Until = agency.NewDay(2018, 3, 13) }), false},
		{"of another agency", rule(func(r *reconcile.Ruling) { r.Agency = "stp" }), false},
		{"of another activity", rule(func(r *reconcile.Ruling) { r.Activity = "1.1.2" }), false},
		{"of another rule", rule(func(r *reconcile.Ruling) { r.Rule = "undone" }), false},
		{"of another period", rule(func(r *reconcile.Ruling) { r.Period = plan.Period{Year: 2018, Part: plan.Half} }), false},
		{"of nothing", rule(func(r *reconcile.Ruling) { r.Agency = "" }), false},
		{"of another kind", rule(func(r *reconcile.Ruling) { r.Kind = reconcile.WaiveGap }), false},
	} {
		in := inputs(t, from("snv", without("1.1.1", noDate)))
		in.Rulings = []reconcile.Ruling{c.ruling}
		s := statement(t, in)
		want := []string{"r7 note done-without-date snv"}
		if !c.waives {
			want = nil
		}
		expect(t, c.name, waived(s), want)
		found := 0
		for _, f := range s.Findings {
			if f.Code == "done-without-date" {
				found++
			}
		}
		if (found == 0) != c.waives {
			t.Errorf("%s: %d findings besides", c.name, found)
		}
	}
}

func TestSpentOverBudget(t *testing.T) {
	dear := func(n float64) form.Entry {
		return without("1.1.1", func(e *form.Entry) { e.Spent, e.SpentTotal = million(n), million(n) })
	}
	for _, c := range []struct {
		spent float64
		rule  reconcile.Rule
		found bool
	}{
		{15, reconcile.Rule{}, false},
		{15.000001, reconcile.Rule{}, true},
		{16.5, reconcile.Rule{Share: 10}, false},
		{16.6, reconcile.Rule{Share: 10}, true},
		{17, reconcile.Rule{Beyond: million(2)}, false},
		{17.1, reconcile.Rule{Beyond: million(2)}, true},
		{17, reconcile.Rule{Share: 10, Beyond: million(2)}, false},
	} {
		in := inputs(t, from("snv", dear(c.spent)))
		c.rule.Code, c.rule.Action = "spent-over-budget", reconcile.Warn
		in.Rules.Findings = []reconcile.Rule{c.rule}
		var want []string
		if c.found {
			got := million(c.spent).String()
			want = []string{"warning spent-over-budget  snv.xlsx!S!G9 " + comma(got) + "|15"}
		}
		expect(t, fmt.Sprint(c.spent), said(statement(t, in).Findings), want)
	}
	in := inputs(t, from("snv", dear(20)))
	in.Rulings = []reconcile.Ruling{{ID: "r1", Kind: reconcile.WaiveRule, Rule: "spent-over-budget", Agency: "snv"}}
	s := statement(t, in)
	expect(t, "findings", said(s.Findings), nil)
	expect(t, "waived of the one who leads", waived(s), []string{"r1 warning spent-over-budget "})
}

func comma(s string) string {
	for i := range s {
		if s[i] == '.' {
			return s[:i] + "," + s[i+1:]
		}
	}
	return s
}

// TestGroupAndPartnerDisagree holds that a partner disagrees with a group only
// where nobody of the group says the same.
func TestGroupAndPartnerDisagree(t *testing.T) {
	status := func(p form.Progress) form.Entry {
		return without("1.1.2", func(e *form.Entry) {
			if e.Status = p; p != form.Done {
				e.DoneOn, e.Spent, e.SpentTotal = agency.Day{}, million(5), million(5)
			}
		})
	}
	for _, c := range []struct {
		one, other, partner form.Progress
		want                int
	}{
		{form.Done, form.Done, form.InProgress, 1},
		{form.Done, form.InProgress, form.InProgress, 0},
		{form.InProgress, form.InProgress, form.Done, 1},
		{form.InProgress, form.Nil, form.Done, 1},
		{form.Done, form.InProgress, form.Done, 0},
		{form.Nil, form.Nil, form.Done, 0},
	} {
		in := inputs(t, from("stp", status(c.one)), from("syt", status(c.other)), from("snv", status(c.partner)))
		in.Plan.Fields[0].Results[0].Activities[1].Partners = []agency.ID{"snv"}
		in.Plan.Fields[0].Results[0].Activities[1].LeadText = "các sở"
		got := 0
		for _, f := range statement(t, in).Findings {
			if f.Code == "lead-partner-disagree" || f.Code == "lead-partner-money" {
				got++
			}
		}
		if got != c.want {
			t.Errorf("group %s and %s, partner %s: %d findings, want %d", c.one, c.other, c.partner, got, c.want)
		}
	}
}

func TestLeadAndPartnerDisagree(t *testing.T) {
	status := func(p form.Progress) form.Entry {
		return without("1.1.1", func(e *form.Entry) {
			e.Status, e.DoneOn, e.Spent, e.SpentTotal, e.Difficulty = p, agency.Day{}, nil, nil, "thiếu người"
			if p == form.Done {
				e.DoneOn = agency.NewDay(2018, 1, 20)
			}
		})
	}
	money := func(spent, total *plan.Dong) form.Entry {
		return without("1.1.1", func(e *form.Entry) { e.Spent, e.SpentTotal = spent, total })
	}
	for _, c := range []struct {
		name          string
		lead, partner form.Entry
		want          []string
	}{
		{"the same", status(form.Done), status(form.Done), nil},
		{"partner done", status(form.InProgress), status(form.Done), []string{"warning lead-partner-disagree stp stp.xlsx!S!D9 Sở Tư pháp|Sở Nội vụ"}},
		{"lead done", status(form.Done), status(form.Paused), []string{"warning lead-partner-disagree stp stp.xlsx!S!D9 Sở Nội vụ|Sở Tư pháp"}},
		{"neither done", status(form.Paused), status(form.InProgress), nil},
		{"partner nil", status(form.Done), status(form.Nil), nil},
		{"other money", money(million(14), nil), money(million(7.5), nil), []string{"warning lead-partner-money stp stp.xlsx!S!F9 Sở Tư pháp 7,5|Sở Nội vụ 14"}},
		{"other sum", money(nil, million(14)), money(million(1), million(13)), []string{"warning lead-partner-money stp stp.xlsx!S!G9 Sở Tư pháp 13|Sở Nội vụ 14"}},
		{"money of one only", money(million(14), nil), money(nil, nil), nil},
		{"money of different times", money(million(14), nil), money(nil, million(13)), nil},
		{"0 is an amount", money(million(14), nil), money(million(0), nil), []string{"warning lead-partner-money stp stp.xlsx!S!F9 Sở Tư pháp 0|Sở Nội vụ 14"}},
	} {
		expect(t, c.name, said(statement(t, inputs(t, from("snv", c.lead), from("stp", c.partner))).Findings), c.want)
	}
	expect(t, "partner alone", said(statement(t, inputs(t, from("stp", status(form.Done)))).Findings), nil)

	in := inputs(t, from("snv", money(million(14), nil)), from("stp", money(million(13), nil)))
	in.Rules.Findings = []reconcile.Rule{{Code: "lead-partner-disagree", Action: reconcile.Warn, Beyond: million(1)}}
	expect(t, "let pass", said(statement(t, in).Findings), nil)
	in.Rules.Findings[0] = reconcile.Rule{Code: "lead-partner-disagree", Action: reconcile.Off}
	expect(t, "off", said(statement(t, in).Findings), nil)
	in.Rules.Findings, in.Rulings = nil, []reconcile.Ruling{{ID: "r3", Kind: reconcile.WaiveRule, Rule: "lead-partner-money", Agency: "stp"}}
	expect(t, "waived by the finding's own code", waived(statement(t, in)), []string{"r3 warning lead-partner-money stp"})
}

// TestDocumentsFindingsUnderTheRules holds that what was found while a document
// was read has the level of the office's table, and that what a rule judges from
// the figures used is told once.
func TestDocumentsFindingsUnderTheRules(t *testing.T) {
	changed := finding.Finding{Code: "plan-cell-changed", Level: finding.Warning, Activity: "1.1.1", Got: "20", Want: "15"}
	below := finding.Finding{Code: "done-below-100", Level: finding.Warning, Activity: "1.1.1", Got: "80", Want: "100"}
	other := finding.Finding{Code: "date-unclear", Level: finding.Warning, Activity: "1.1.1", Got: "x"}
	sub := from("snv", without("1.1.1", func(e *form.Entry) { p := plan.Percent(80_00); e.Percent = &p }))
	sub.Findings = []finding.Finding{changed, below, other}
	partner := from("stp", without("1.1.1", func(e *form.Entry) { p := plan.Percent(80_00); e.Percent = &p }))
	partner.Findings = []finding.Finding{below}

	anew := "warning percent-against-status snv snv.xlsx!S!E9 80|100"
	s := statement(t, inputs(t, sub, partner))
	expect(t, "by default", said(s.Findings), []string{
		"warning date-unclear snv  x|", "warning done-below-100 stp  80|100", "warning plan-cell-changed snv  20|15", anew,
	})
	in := inputs(t, sub, partner)
	in.Rules.Findings = []reconcile.Rule{
		{Code: "plan-cell-changed", Action: reconcile.Noting}, {Code: "percent-against-status", Action: reconcile.Off},
	}
	expect(t, "by the table", said(statement(t, in).Findings), []string{"warning date-unclear snv  x|", "note plan-cell-changed snv  20|15"})
	in.Rules.Findings = []reconcile.Rule{{Code: "percent-against-status", Action: reconcile.Hold}}
	expect(t, "held", said(statement(t, in).Findings), []string{
		"error percent-against-status snv snv.xlsx!S!E9 80|100",
		"warning date-unclear snv  x|", "warning done-below-100 stp  80|100", "warning plan-cell-changed snv  20|15",
	})
	in.Rules.Findings = []reconcile.Rule{{Code: "plan-cell-changed", Action: reconcile.Off}}
	in.Rulings = []reconcile.Ruling{{ID: "r1", Kind: reconcile.WaiveRule, Rule: "percent-against-status", Activity: "1.1.1"}}
	s = statement(t, in)
	expect(t, "waived", said(s.Findings), []string{"warning date-unclear snv  x|"})
	expect(t, "waived", waived(s), []string{"r1 warning done-below-100 stp", "r1 warning percent-against-status snv"})
	if diff := cmp.Diff([]finding.Finding{changed, below, other}, sub.Findings); diff != "" {
		t.Errorf("the document's findings were changed:\n%s", diff)
	}
}

func TestNobodyExpectedUnderTheRules(t *testing.T) {
	in := inputs(t)
	count := func() (n int) {
		s := statement(t, in)
		for _, f := range s.Findings {
			if f.Code == "nobody-expected" {
				n++
			}
		}
		return n
	}
	if got := count(); got != 1 {
		t.Fatalf("%d findings by default, want 1", got)
	}
	in.Rules.Findings = []reconcile.Rule{{Code: "nobody-expected", Action: reconcile.Off}}
	if got := count(); got != 0 {
		t.Errorf("%d findings when off", got)
	}
	in.Rules.Findings, in.Rulings = nil, []reconcile.Ruling{{ID: "r1", Kind: reconcile.WaiveRule, Rule: "nobody-expected", Activity: "2.1.1"}}
	if got := count(); got != 0 {
		t.Errorf("%d findings when waived", got)
	}
	expect(t, "waived", waived(statement(t, in)), []string{"r1 warning nobody-expected "})
}

// TestComparedWithThePeriodBefore holds the rules that look back.
func TestComparedWithThePeriodBefore(t *testing.T) {
	q1 := plan.Period{Year: 2018, Part: plan.Q1}
	half := func(e form.Entry) reconcile.Inputs {
		in := inputs(t, from("snv", e))
		in.Earlier = []reconcile.Figures{
			{Kind: reconcile.LastYear, Term: in.Term, Answers: []reconcile.PastAnswer{{Agency: "snv", Activity: "1.1.1", Status: form.Done, Used: million(99)}}},
			{Kind: reconcile.Previous, Term: in.Term, Answers: []reconcile.PastAnswer{
				{Agency: "snv", Activity: "1.1.1", Status: form.InProgress, Used: million(14.5), Text: "Đã họp", Period: q1, File: "q1.xlsx"},
			}},
		}
		in.Term.Period, in.Term.Closes = plan.Period{Year: 2018, Part: plan.Half}, agency.NewDay(2018, 6, 14)
		return in
	}
	expect(t, "fell", said(statement(t, half(sure("1.1.1"))).Findings), []string{"warning cumulative-fell snv snv.xlsx!S!G9 14|14,5"})
	silent := without("1.1.1", func(e *form.Entry) { e.Spent, e.SpentTotal = nil, nil })
	expect(t, "no money told", said(statement(t, half(silent)).Findings), nil)
	same := without("1.1.1", func(e *form.Entry) { e.Spent, e.SpentTotal, e.Text = nil, million(15), "Đã họp" })
	expect(t, "same words", said(statement(t, half(same)).Findings), []string{"note same-as-before snv snv.xlsx!S!H9 |"})
}

func TestTargetsOfLines(t *testing.T) {
	in := inputs(t, from("snv", without("1.1.1", func(e *form.Entry) { p := plan.Percent(100_00); e.Percent = &p })))
	in.Plan.Fields[0].Results[0].Activities[0].Indicator = "80% trở lên người dân"
	s := statement(t, in)
	if diff := cmp.Diff(&plan.Target{Percent: 80_00, AtLeast: true}, s.Lines[0].Target); diff != "" || s.Lines[0].Met != reconcile.TargetMet {
		t.Errorf("%q against %v, want met", s.Lines[0].Met, s.Lines[0].Target)
	}
	if s.Lines[1].Target != nil || s.Lines[1].Met != "" {
		t.Errorf("a line without a number is %q", s.Lines[1].Met)
	}
}
