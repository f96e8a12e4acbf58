package reconcile

import (
	"fmt"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
)

// Difference is a figure that two statements of one period give differently.
// Old and New are written as in JSON, empty for what was not said.
type Difference struct {
	Activity plan.Code `json:"activity,omitempty"` // empty: an agency's reporting
	Agency   agency.ID `json:"agency,omitempty"`   // empty: the province's figure
	What     Compare   `json:"what"`
	Old      string    `json:"old"`
	New      string    `json:"new"`
	From     *Source   `json:"from,omitempty"` // where Old was read
	To       *Source   `json:"to,omitempty"`   // where New was read
}

// Compare names what two statements may give differently.
type Compare string

// What is compared.
const (
	CompareProgress   Compare = "progress"
	CompareTiming     Compare = "timing"
	ComparePercent    Compare = "percent"
	CompareSpent      Compare = "spent"
	CompareUsed       Compare = "used"
	CompareBudget     Compare = "budget"
	CompareCollective Compare = "collective"
	CompareDone       Compare = "done_on"
	CompareText       Compare = "text"
	CompareState      Compare = "state" // of an agency's reporting
	CompareActivity   Compare = "activity"
)

// Differences are what stands differently in two statements, in the plan's
// order: of each activity the province's figures, then each agency's, and at
// the end how agencies' reporting stands.
func Differences(old, now *Statement) []Difference {
	var d differences
	was := map[plan.Code]*Line{}
	for i := range old.Lines {
		was[old.Lines[i].Activity.Code] = &old.Lines[i]
	}
	for i := range now.Lines {
		l := &now.Lines[i]
		before, ok := was[l.Activity.Code]
		if !ok {
			d.add(Difference{Activity: l.Activity.Code, What: CompareActivity, New: l.Activity.Name})
			continue
		}
		delete(was, l.Activity.Code)
		d.line(before, l)
	}
	for i := range old.Lines {
		if l := &old.Lines[i]; was[l.Activity.Code] != nil {
			d.add(Difference{Activity: l.Activity.Code, What: CompareActivity, Old: l.Activity.Name})
		}
	}
	d.agencies(old.Agencies, now.Agencies)
	return d
}

type differences []Difference

func (d *differences) add(one Difference) {
	if one.Old != one.New {
		*d = append(*d, one)
	}
}

func (d *differences) line(old, now *Line) {
	of := func(what Compare, a, b string) {
		d.add(Difference{Activity: now.Activity.Code, What: what, Old: a, New: b})
	}
	of(CompareProgress, string(old.Progress), string(now.Progress))
	of(CompareTiming, string(old.Timing), string(now.Timing))
	of(ComparePercent, text(old.Percent), text(now.Percent))
	of(CompareBudget, text(old.Activity.Budget), text(now.Activity.Budget))
	of(CompareSpent, text(old.Spent), text(now.Spent))
	of(CompareUsed, text(old.Used), text(now.Used))
	of(CompareCollective, old.Collective.text(), now.Collective.text())
	was := map[agency.ID]Answer{}
	for _, a := range old.Answers {
		was[a.Agency] = a
	}
	for _, a := range now.Answers {
		d.answer(now.Activity.Code, was[a.Agency], a)
		delete(was, a.Agency)
	}
	for _, a := range old.Answers {
		if _, gone := was[a.Agency]; gone {
			d.answer(now.Activity.Code, a, Answer{Agency: a.Agency})
		}
	}
}

func (d *differences) answer(code plan.Code, old, now Answer) {
	of := func(what Compare, a, b string) {
		d.add(Difference{Activity: code, Agency: now.Agency, What: what, Old: a, New: b, From: old.Source, To: now.Source})
	}
	of(CompareProgress, string(old.Status), string(now.Status))
	of(ComparePercent, text(old.Percent), text(now.Percent))
	of(CompareSpent, text(old.Spent), text(now.Spent))
	of(CompareUsed, text(old.Used), text(now.Used))
	of(CompareDone, old.DoneOn.String(), now.DoneOn.String())
	of(CompareText, old.Text, now.Text)
}

func (d *differences) agencies(old, now []AgencyState) {
	was := map[agency.ID]State{}
	for _, a := range old {
		was[a.Agency] = a.State
	}
	for _, a := range now {
		d.add(Difference{Agency: a.Agency, What: CompareState, Old: string(was[a.Agency]), New: string(a.State)})
		delete(was, a.Agency)
	}
	for _, a := range old {
		if state, gone := was[a.Agency]; gone {
			d.add(Difference{Agency: a.Agency, What: CompareState, Old: string(state)})
		}
	}
}

// text is a figure as in JSON, empty when it was not said.
func text[T interface{ String() string }](v *T) string {
	if v == nil {
		return ""
	}
	return (*v).String()
}

func (c *Collective) text() string {
	if c == nil {
		return ""
	}
	return fmt.Sprintf("%d/%d/%d", c.Done, c.Answered, c.Expected)
}
