package report

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/viet"
)

// Source is what a report is written from.
type Source struct {
	Inputs    reconcile.Inputs
	Statement *reconcile.Statement
	Wording   finding.Wording
	Data      string // hash of the Inputs, whose beginning is printed on every page
	Draft     bool   // not issued yet
}

// Write writes the report of a statement. The same source gives the same
// document. The only error is a fault in the outline's own texts.
func (o *Outline) Write(src Source) (*Document, error) {
	w := &writer{Outline: o, Source: src}
	w.review = Review(src.Statement.Findings)
	w.names()
	doc := &Document{
		Kind:      w.say(o.Kind, w.facts),
		Subject:   w.say(o.Subject, w.facts),
		Addressee: w.say(o.Addressee, w.facts),
		Letterhead: Letterhead{
			Parent: w.say(o.Letterhead.Parent, w.facts),
			Issuer: w.say(o.Letterhead.Issuer, w.facts),
			Symbol: w.say(o.Letterhead.Symbol, w.facts),
			Nation: w.say(o.Letterhead.Nation, w.facts),
			Motto:  w.say(o.Letterhead.Motto, w.facts),
			Place:  w.say(o.Letterhead.Place, w.facts),
		},
		Signature: Signature{
			Authority: o.Signature.Authority, Name: o.Signature.Name, Recipients: o.Signature.Recipients,
		},
		Words: Words{
			To: o.Words.To, Recipients: o.Words.Recipients, Page: o.Words.Page,
			Continued: o.Words.Continued, Body: o.Words.Body,
		},
	}
	doc.Meta = Meta{
		Title:    doc.Kind + " " + oneLine(doc.Subject),
		Author:   w.say(o.Author, w.facts),
		Subject:  oneLine(doc.Subject),
		Keywords: w.facts.Data,
		Status:   w.facts.Status,
		Data:     w.facts.Data,
		AsOf:     src.Statement.AsOf,
		Footer:   w.say(o.Footer, w.facts),
	}
	doc.Body = w.body()
	doc.Annexes = []Annex{w.planAnnex(), w.agenciesAnnex(), w.findingsAnnex(), w.sourcesAnnex(), w.controlAnnex()}
	if w.err != nil {
		return nil, fmt.Errorf("write report %s: %w", src.Statement.Period, w.err)
	}
	return doc, nil
}

// oneLine is a title without the breaks that it has on paper.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// writer is the state of one Write. The first fault of a text stops it.
type writer struct {
	*Outline
	Source
	facts  facts
	review []reconcile.Noted // errors and warnings
	err    error
}

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
	if w.Draft {
		f.Status = w.say(w.DraftMark, f)
	}
	f.Period = w.say(w.Periods[s.Period.Part], f)
	w.facts = f
}

// say fills a text; a fault is kept for the end.
func (w *writer) say(t text, data any) string {
	s, err := t.with(data)
	if err != nil && w.err == nil {
		w.err = err
	}
	return s
}

func (w *writer) name(id agency.ID) string {
	return w.Inputs.Directory.Name(id, w.Statement.Term.Closes)
}

func (w *writer) short(id agency.ID) string {
	return w.Inputs.Directory.Short(id, w.Statement.Term.Closes)
}

// body is the main text.
func (w *writer) body() []Block {
	var blocks []Block
	for _, b := range w.Body {
		switch {
		case b.Fields:
			for i := range w.Statement.Fields {
				blocks = append(blocks, Block{Paragraph: w.say(w.Field, w.fieldFacts(i))})
			}
		case b.Heading.source != "":
			blocks = append(blocks, Block{Heading: w.say(b.Heading, w.facts)})
		case b.Item.source != "":
			blocks = append(blocks, Block{Item: w.say(b.Item, w.facts)})
		default:
			blocks = append(blocks, Block{Paragraph: w.say(b.Paragraph, w.facts)})
		}
	}
	return blocks
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
