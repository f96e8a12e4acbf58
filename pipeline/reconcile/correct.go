package reconcile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// correctable are all figures that can be corrected.
var correctable = []Figure{FigureStatus, FigurePercent, FigureSpent, FigureSpentTotal, FigureDoneOn}

// Check is nil when the value can be taken for the figure, see [Ruling].Value.
func (f Figure) Check(value string) error { return f.set(&form.Entry{}, value) }

// of is the figure as it stands in e, written as [Ruling].Value is.
func (f Figure) of(e form.Entry) string {
	text := func(v fmt.Stringer, said bool) string {
		if !said {
			return ""
		}
		return v.String()
	}
	switch f {
	case FigureStatus:
		return string(e.Status)
	case FigurePercent:
		return text(e.Percent, e.Percent != nil)
	case FigureSpent:
		return text(e.Spent, e.Spent != nil)
	case FigureSpentTotal:
		return text(e.SpentTotal, e.SpentTotal != nil)
	default:
		return e.DoneOn.String()
	}
}

// set gives the figure of e another value.
func (f Figure) set(e *form.Entry, value string) error {
	var err error
	switch f {
	case FigureStatus:
		e.Status = form.Progress(value)
		if !slices.Contains([]form.Progress{"", form.Done, form.InProgress, form.NotStarted, form.Paused, form.Nil}, e.Status) {
			err = fmt.Errorf("status %q: want done, in_progress, not_started, paused or nil", value)
		}
	case FigurePercent:
		e.Percent, err = percentOf(value)
	case FigureSpent:
		e.Spent, err = amountOf(value)
	case FigureSpentTotal:
		e.SpentTotal, err = amountOf(value)
	case FigureDoneOn:
		e.DoneOn = agency.Day{}
		if value != "" {
			e.DoneOn, err = agency.ParseDay(value)
		}
	default:
		err = fmt.Errorf("figure %q: want one of %v", f, correctable)
	}
	return err
}

// longestFigure is how many characters a figure is written with at most.
const longestFigure = 24

func percentOf(value string) (*plan.Percent, error) {
	if value == "" {
		return nil, nil
	}
	d, err := decimal.NewFromString(value)
	if err != nil || len(value) > longestFigure || strings.Trim(value, "0123456789.-") != "" {
		return nil, fmt.Errorf("percent %.20q: want digits with a decimal point, such as 12.5", value)
	}
	if d.IsNegative() || d.GreaterThan(decimal.New(100, 0)) {
		return nil, fmt.Errorf("percent %q: want 0 to 100", value)
	}
	p := plan.PercentOf(d)
	return &p, nil
}

func amountOf(value string) (*plan.Dong, error) {
	if value == "" {
		return nil, nil
	}
	d, err := plan.ParseDong(value)
	switch {
	case len(value) > longestFigure || strings.Trim(value, "0123456789.-") != "":
		return nil, fmt.Errorf("amount %.20q: want million đồng in digits with a decimal point, such as 14.5", value)
	case err != nil:
		return nil, err
	case d < 0:
		return nil, fmt.Errorf("amount %q: below 0", value)
	}
	return &d, nil
}

// correction is what clerks' corrections make of an entry.
type correction struct {
	entry    form.Entry
	changed  []Correction
	rulings  []string // IDs of those that took part, also where they change nothing
	outdated []Ruling // the document is newer than they are, and says something else
	refused  []Ruling // their values cannot be taken
}

// correct puts the corrected figures into e.
func (r *reckoning) correct(s form.Submission, e form.Entry) correction {
	c := correction{entry: e}
	if len(r.figures) == 0 {
		return c
	}
	for _, f := range correctable {
		ruling, ok := r.figures[figureKey{key{e.Activity, s.Agency}, f}]
		if !ok {
			continue
		}
		next := c.entry
		if err := f.set(&next, ruling.Value); err != nil {
			c.refused = append(c.refused, ruling)
			continue
		}
		read, used := f.of(c.entry), f.of(next)
		if s.Arrived.After(ruling.At) {
			if read != used {
				c.outdated = append(c.outdated, ruling)
			}
			continue
		}
		c.rulings = append(c.rulings, ruling.ID)
		if read != used {
			c.entry = next
			c.changed = append(c.changed, Correction{
				Ruling: ruling.ID, Agency: s.Agency, Activity: e.Activity, Figure: f, Read: read, Used: used,
			})
		}
	}
	return c
}

// tell keeps what a correction makes of an answer that counts, and what it could
// not make of it.
func (r *reckoning) tell(s form.Submission, c correction) {
	r.corrected = append(r.corrected, c.changed...)
	for _, ruling := range c.outdated {
		r.notice(s, finding.Finding{
			Code: "correction-outdated", Level: finding.Warning, Place: c.entry.Place, Activity: string(c.entry.Activity),
			Got: ruling.ID, Want: s.File,
		})
	}
	for _, ruling := range c.refused {
		r.notice(s, finding.Finding{
			Code: "correction-unreadable", Level: finding.Error, Place: c.entry.Place, Activity: string(c.entry.Activity),
			Got: ruling.Value, Want: ruling.ID,
		})
	}
}

// corrections are in the plan's order, and the agencies of an activity in the
// order of their ids.
func (r *reckoning) corrections() []Correction {
	place := map[plan.Code]int{}
	for a := range r.Plan.Activities() {
		place[a.Code] = len(place)
	}
	slices.SortStableFunc(r.corrected, func(a, b Correction) int {
		return cmp.Or(cmp.Compare(place[a.Activity], place[b.Activity]), cmp.Compare(a.Agency, b.Agency))
	})
	return r.corrected
}

// difference is how much more money is used than was read.
func (c Correction) difference() plan.Dong {
	read, _ := amountOf(c.Read)
	used, _ := amountOf(c.Used)
	return amount(used) - amount(read)
}
