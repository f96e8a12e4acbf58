package report

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

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
}

// day is a day that a text can print whole, or ask for its year.
type day struct{ agency.Day }

// String is the day as official documents write it (NĐ 30/2020/NĐ-CP, PL I):
// two digits for the day, and for January and February.
func (d day) String() string {
	month := fmt.Sprint(int(d.Month))
	if d.Month < 3 {
		month = "0" + month
	}
	return fmt.Sprintf("%02d/%s/%d", d.Day.Day, month, d.Year)
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
		DonePercent: share(int64(s.Total.Done), int64(s.Total.Activities)),
		Budget:      money(s.Total.Budget), Spent: money(s.Total.Used), SpentPlanned: money(s.Total.UsedPlanned), SpentInTerm: money(s.Total.Spent),
		Findings: len(w.review),
	}
	if s.Total.UsedPlanned != nil && s.Total.Budget != nil {
		f.SpentPercent = share(int64(*s.Total.UsedPlanned), int64(*s.Total.Budget))
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

// fieldFacts are the names that the text about one field may use.
type fieldFacts struct {
	Number                                                                 int
	Code                                                                   plan.Code
	Name                                                                   string
	Activities, Done, InProgress, NotStarted, Paused, NotReported, Overdue int
	Budget, Spent, SpentPlanned                                            string
	DoneList, OverdueList                                                  []plan.Code
}

func (w *writer) fieldFacts(i int) fieldFacts {
	s := w.Statement.Fields[i]
	f := fieldFacts{
		Number: i + 1, Code: s.Code, Name: w.Inputs.Plan.Fields[i].Name,
		Activities: s.Activities, Done: s.Done, InProgress: s.InProgress, NotStarted: s.NotStarted,
		Paused: s.Paused, NotReported: s.NotReported, Overdue: s.Overdue,
		Budget: money(s.Budget), Spent: money(s.Used), SpentPlanned: money(s.UsedPlanned),
	}
	for _, l := range w.Statement.Lines {
		if l.Field != i {
			continue
		}
		if l.Progress == form.Done {
			f.DoneList = append(f.DoneList, l.Activity.Code)
		}
		if l.Timing == reconcile.Overdue {
			f.OverdueList = append(f.OverdueList, l.Activity.Code)
		}
	}
	return f
}

// money is an amount in million đồng, empty when none is said.
func money(d *plan.Dong) string {
	if d == nil {
		return ""
	}
	return viet.FormatNumber(d.Millions())
}

// share is part of whole in per cent, to one decimal.
func share(part, whole int64) string {
	if whole == 0 {
		return ""
	}
	return viet.FormatNumber(decimal.NewFromInt(part*100).DivRound(decimal.NewFromInt(whole), 1))
}
