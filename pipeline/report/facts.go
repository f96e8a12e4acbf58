package report

import (
	"fmt"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/viet"
)

// facts are the names that the outline's texts may use.
type facts struct {
	Period, AsOf, PlanNumber, Data, Status string
	Year                                   int
	From, Closes, Due                      day

	Activities, Done, InProgress, NotStarted, Paused, NotReported, Overdue int
	DonePercent, Budget, Spent, SpentPlanned, SpentInTerm, SpentPercent    string
	SpentCarried                                                           string // the part of Spent that was told in an earlier period

	Expected, Received, Missing, Late int
	MissingNames                      string
	Findings                          int

	Edition               string // the status also of what is issued
	Revision, PlanVersion int
	PlanSigned, PlanFrom  day
	Prepared, PreparedAt  string // empty in a draft
	Approved, ApprovedAt  string // empty where one person issues
	Reason                string // for which the period was opened again
	Lock                  day
	Rulings, Waived       int

	Issuer, Superior, Symbol string // who reports, to whom, and "BC-SNV"
	Agency                   string // whose own report it is; empty: the province's
	NextPeriod               string // which the office reports after this one; empty: none
	NextCloses               day
	Counts                   string // of all activities, see fieldFacts
	Early                    int    // activities done before their last month
	EarlyList                []plan.Code
	PartlyList               []plan.Code // led by several, of whom not all have reported
}

// day is a day that a text can print whole, or ask for its year.
type day struct{ agency.Day }

// String is the day as official documents write it (NĐ 30/2020/NĐ-CP, PL I):
// two digits for the day, and for January and February.
func (d day) String() string {
	return fmt.Sprintf("%02d/%s/%d", d.Day.Day, d.MonthNumber(), d.Year)
}

// MonthNumber is the month in such a day.
func (d day) MonthNumber() string {
	if d.Month < 3 {
		return fmt.Sprintf("%02d", int(d.Month))
	}
	return fmt.Sprint(int(d.Month))
}

func (w *writer) names() {
	s, in := w.Statement, w.Inputs
	f := facts{
		PlanNumber: in.Plan.Number, Year: s.Period.Year,
		From: day{s.Term.From}, Closes: day{s.Term.Closes}, Due: day{s.Term.Due},
		AsOf:       day{agency.DayOf(s.AsOf)}.String(),
		Data:       w.Data[:min(8, len(w.Data))],
		Activities: s.Total.Activities, Done: s.Total.Done, InProgress: s.Total.InProgress,
		NotStarted: s.Total.NotStarted, Paused: s.Total.Paused, NotReported: s.Total.NotReported,
		Overdue:     s.Total.Overdue,
		DonePercent: percentCell(s.Total.DonePercent()).Text, SpentPercent: percentCell(s.Total.UsedPercent()).Text,
		Early:  s.Total.Timings.Early,
		Budget: money(s.Total.Budget), Spent: money(s.Total.Used), SpentPlanned: money(s.Total.UsedPlanned), SpentInTerm: money(s.Total.Spent),
		SpentCarried: money(s.Total.UsedCarried),
		Findings:     len(w.review),
	}
	f.Issuer, f.Superior, f.Symbol = w.Issuer.Name, w.Issuer.Superior, w.Issuer.Symbol
	if w.Agency != "" {
		f.Agency = w.name(w.Agency)
	}
	if w.Next != nil {
		f.NextPeriod, f.NextCloses = w.period(w.Next.Period), day{w.Next.Closes}
	}
	for _, l := range s.Lines {
		if l.Timing == reconcile.Early {
			f.EarlyList = append(f.EarlyList, l.Activity.Code)
		}
		if c := l.Collective; c != nil && 0 < c.Answered && c.Answered < c.Expected {
			f.PartlyList = append(f.PartlyList, l.Activity.Code)
		}
	}
	var missing []string
	for _, a := range s.Agencies {
		if a.State != reconcile.StateAccepted && a.State != reconcile.StateNothing {
			missing = append(missing, w.name(a.Agency))
		}
	}
	f.Expected, f.Received, f.Late, f.Missing = s.Reporting.Expected, s.Reporting.Received, s.Reporting.Late, s.Reporting.Missing
	f.MissingNames = strings.Join(missing, "; ")
	if w.Edition.Draft {
		f.Status = w.say(w.DraftMark, f)
	}
	f.Period = w.say(w.Periods[s.Period.Part], f)
	f.Counts = w.counts(s.Total)
	w.editionFacts(&f)
	w.facts = f
}

// editionFacts are those about the edition and the plan's version.
func (w *writer) editionFacts(f *facts) {
	e, p := w.Edition, w.Inputs.Plan
	f.Edition, f.Revision, f.Reason = f.Status, e.Revision, e.Reason
	if !e.Draft {
		f.Edition = w.say(w.Issued, *f)
	}
	f.PlanVersion, f.PlanSigned, f.PlanFrom = w.Statement.PlanVersion.Version, day{p.Signed}, day{p.Effective}
	if p.Effective.IsZero() {
		f.PlanFrom = f.PlanSigned
	}
	f.Prepared, f.PreparedAt = e.Prepared.Name, w.moment(e.Prepared.At)
	if e.Approved.Name != e.Prepared.Name {
		f.Approved, f.ApprovedAt = e.Approved.Name, w.moment(e.Approved.At)
	}
	f.Lock = day{w.Statement.Term.Lock}
	f.Rulings, f.Waived = len(w.tookPart()), len(w.Statement.Waived)
}

// fieldFacts are the names that the texts about one field may use.
type fieldFacts struct {
	Number                                                                 int // among those with a heading
	Code                                                                   plan.Code
	Name                                                                   string
	Closes                                                                 day
	Activities, Done, InProgress, NotStarted, Paused, NotReported, Overdue int
	Counts                                                                 string // "đã hoàn thành 01 hoạt động, đang thực hiện 07"
	DoneNames, OverdueNames                                                string // "Tên (1.1.1); Tên (1.1.2)"
	Budget, Spent, SpentPlanned, SpentPercent                              string
	SpentInTerm                                                            string
	Before                                                                 string // the period before; empty: it is not compared with this field
	DoneTrend                                                              trend
	DoneList, OverdueList                                                  []plan.Code
}

func (w *writer) fieldFacts(i int) fieldFacts {
	s := w.Statement.Fields[i]
	f := fieldFacts{
		Number: i + 1, Code: s.Code, Name: w.Inputs.Plan.Fields[i].Name, Closes: w.facts.Closes,
		Activities: s.Activities, Done: s.Done, InProgress: s.InProgress, NotStarted: s.NotStarted,
		Paused: s.Paused, NotReported: s.NotReported, Overdue: s.Overdue, Counts: w.counts(s),
		Budget: money(s.Budget), Spent: money(s.Used), SpentPlanned: money(s.UsedPlanned), SpentInTerm: money(s.Spent),
		SpentPercent: percentCell(s.UsedPercent()).Text,
	}
	var done, overdue []*reconcile.Line
	for j := range w.Statement.Lines {
		l := &w.Statement.Lines[j]
		if l.Field != i {
			continue
		}
		if l.Progress == form.Done {
			done, f.DoneList = append(done, l), append(f.DoneList, l.Activity.Code)
		}
		if l.Timing == reconcile.Overdue {
			overdue, f.OverdueList = append(overdue, l), append(f.OverdueList, l.Activity.Code)
		}
	}
	f.DoneNames, f.OverdueNames = w.named(done), w.named(overdue)
	for _, c := range w.compared() {
		if c.Kind == reconcile.Previous && i < len(c.Fields) {
			f.Before, f.DoneTrend = w.period(c.Period), trendOf(c.Fields[i].Then.Done, s.Done)
		}
	}
	return f
}

// countFacts are the names that a part of a sentence that counts may use.
type countFacts struct {
	N     int
	All   bool // all of more than one
	First bool // the first part of its sentence
}

// counts are the numbers of activities by progress, without those that are 0.
func (w *writer) counts(s reconcile.Sum) string {
	t := w.Field.Counts
	var parts []string
	for _, c := range []struct {
		text text
		n    int
	}{{t.Done, s.Done}, {t.InProgress, s.InProgress}, {t.NotStarted, s.NotStarted}, {t.Paused, s.Paused}, {t.NotReported, s.NotReported}} {
		if c.n > 0 {
			parts = append(parts, w.say(c.text, countFacts{c.n, c.n > 1 && c.n == s.Activities, len(parts) == 0}))
		}
	}
	return strings.Join(parts, ", ")
}

// money is an amount in million đồng, empty when none is said.
func money(d *plan.Dong) string {
	if d == nil {
		return ""
	}
	return viet.FormatNumber(d.Millions())
}
