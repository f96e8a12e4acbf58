package reconcile

import (
	"fmt"

	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// control adds up what the documents hold on one side and what became of it
// on the other. The sides are computed apart: In and RowsRead from the documents,
// Used from the finished lines, SetAside from the rows left out, Corrected from
// the list of corrections as it is printed. A partner's figures are set aside as
// they were read.
func (r *reckoning) control(lines []Line, corrected []Correction) Control {
	c := Control{Documents: len(r.Submissions), SetAside: r.aside}
	for _, s := range r.Submissions {
		c.RowsRead += s.RowsRead
		for _, e := range s.Entries {
			c.Spent.In += amount(e.Spent)
			c.SpentTotal.In += amount(e.SpentTotal)
		}
		for _, row := range s.SetAside {
			c.Spent.In += amount(row.Spent)
			c.SpentTotal.In += amount(row.SpentTotal)
		}
	}
	for _, l := range lines {
		c.Spent.Used += amount(l.Spent)
		c.SpentTotal.Used += amount(l.SpentTotal)
		for _, a := range l.Answers {
			if a.Source != nil && !a.Source.Whole && a.Role != Partner {
				c.RowsUsed++
			}
		}
	}
	for _, by := range corrected {
		switch {
		case r.answers[key{by.Activity, by.Agency}].Role == Partner:
		case by.Figure == FigureSpent:
			c.Spent.Corrected += by.difference()
		case by.Figure == FigureSpentTotal:
			c.SpentTotal.Corrected += by.difference()
		}
	}
	for _, a := range r.aside {
		c.Spent.SetAside += amount(a.Spent)
		c.SpentTotal.SetAside += amount(a.SpentTotal)
	}
	return c
}

// Check is nil when every row read and every amount read is either used or set
// aside with a reason, but for what a clerk corrected. Anything else is a fault of
// this program, and no report may be made of it.
func (c Control) Check() error {
	if c.RowsRead != c.RowsUsed+len(c.SetAside) {
		return fmt.Errorf("control totals: %d rows read, %d used and %d set aside", c.RowsRead, c.RowsUsed, len(c.SetAside))
	}
	for _, b := range []struct {
		column string
		Balance
	}{{"spent", c.Spent}, {"spent_total", c.SpentTotal}} {
		if b.In+b.Corrected != b.Used+b.SetAside {
			return fmt.Errorf("control totals: %s: %s million đồng read and %s corrected, %s used and %s set aside",
				b.column, b.In, b.Corrected, b.Used, b.SetAside)
		}
	}
	return nil
}

// Left is what was left out of the lines for one reason.
type Left struct {
	Rows              int
	Spent, SpentTotal plan.Dong
}

// ByReason adds up what was set aside.
func (c Control) ByReason() map[form.Reason]Left {
	all := map[form.Reason]Left{}
	for _, a := range c.SetAside {
		l := all[a.Reason]
		l.Rows++
		l.Spent += amount(a.Spent)
		l.SpentTotal += amount(a.SpentTotal)
		all[a.Reason] = l
	}
	return all
}

func amount(d *plan.Dong) plan.Dong {
	if d == nil {
		return 0
	}
	return *d
}
