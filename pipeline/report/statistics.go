package report

import (
	"strings"

	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/viet"
)

// statisticsAnnex is the sums of the fields, in figures and as bars, and beside
// those of earlier periods.
func (w *writer) statisticsAnnex() Annex {
	t := w.StatisticsTable
	annex := w.annex(t.Table, w.withTotal(w.Statement.Fields, func(s reconcile.Sum) map[string]Cell {
		row := sumCells(s)
		row["name"] = textCell(w.fieldName(s.Code))
		return row
	}))
	annex.Body = append(annex.Body, w.charts()...)
	for _, c := range w.compared() {
		annex.Body = append(annex.Body, w.part(t.Comparison, w.comparedFacts(c), w.changes(c))...)
		annex.Body = append(annex.Body, w.comparedChart(c)...)
	}
	return annex
}

// withTotal are sums and the total of all of them.
func (w *writer) withTotal(sums []reconcile.Sum, cells func(reconcile.Sum) map[string]Cell) []entry {
	var rows []entry
	var all []int
	for i, s := range sums {
		rows = append(rows, entry{cells: cells(s)})
		all = append(all, i)
	}
	if len(rows) == 0 {
		return nil
	}
	return append(rows, totalEntry(w.StatisticsTable.Total, sumCells(w.Statement.Total), all))
}

// totalEntry is a row whose figures are the sums of other rows.
func totalEntry(label string, cells map[string]Cell, rows []int) entry {
	for key, c := range cells {
		if c.Number != nil {
			c.Sum = rows
			cells[key] = c
		}
	}
	cells["name"] = textCell(label)
	return entry{kind: Totals, cells: cells}
}

// sumCells are the cells of a sum.
func sumCells(s reconcile.Sum) map[string]Cell {
	return map[string]Cell{
		"code":         textCell(string(s.Code)),
		"activities":   CountCell(s.Activities),
		"done":         CountCell(s.Done),
		"in_progress":  CountCell(s.InProgress),
		"not_started":  CountCell(s.NotStarted),
		"paused":       CountCell(s.Paused),
		"not_reported": CountCell(s.NotReported),
		"overdue":      CountCell(s.Overdue),
		"budget":       amountCell(s.Budget),
		"spent":        amountCell(s.Spent),
		"used":         amountCell(s.Used),
	}
}

// fieldName is a field's name in a sentence; the plan writes it in capitals.
func (w *writer) fieldName(code plan.Code) string {
	for _, f := range w.Inputs.Plan.Fields {
		if f.Code == code {
			return viet.Sentence(strings.ToLower(f.Name))
		}
	}
	return string(code)
}

// resultsAnnex is the sums of the results.
func (w *writer) resultsAnnex() Annex {
	names := map[plan.Code]string{}
	for _, f := range w.Inputs.Plan.Fields {
		for _, r := range f.Results {
			names[r.Code] = r.Name
		}
	}
	a := w.annex(w.ResultsTable, w.withTotal(w.Statement.Results, func(s reconcile.Sum) map[string]Cell {
		row := sumCells(s)
		row["name"] = textCell(names[s.Code])
		return row
	}))
	a.Landscape, a.Workbook = true, true
	return a
}

// leadsAnnex is what each agency was asked and answered. There is no total: an
// activity counts for each agency that leads it.
func (w *writer) leadsAnnex() Annex {
	var rows []entry
	for i, s := range w.Statement.Leads {
		row := sumCells(s.Sum)
		row["number"], row["name"] = CountCell(i+1), textCell(w.name(s.Agency))
		rows = append(rows, entry{cells: row})
	}
	a := w.annex(w.LeadsTable, rows)
	a.Landscape, a.Workbook = true, true
	return a
}

// compared are the earlier periods worth comparing with: those in which somebody
// reported.
func (w *writer) compared() []reconcile.Comparison {
	var all []reconcile.Comparison
	for _, c := range w.Statement.Compared {
		if c.Total.Then.NotReported < c.Total.Then.Activities {
			all = append(all, c)
		}
	}
	return all
}

// comparedFacts are the names that the texts about a comparison may use.
type comparedFacts struct {
	Kind                      reconcile.Compared
	Period                    string
	Revision                  int // 0: it was not issued
	Done, InProgress, Overdue trend
	UsedThen, Used            string
}

// trend is a count then and now; More or Fewer is how far they are apart.
type trend struct{ Then, Now, More, Fewer int }

func trendOf(then, now int) trend {
	return trend{then, now, max(0, now-then), max(0, then-now)}
}

func (w *writer) comparedFacts(c reconcile.Comparison) comparedFacts {
	then, now := c.Total.Then, c.Total.Now
	return comparedFacts{
		Kind: c.Kind, Period: w.period(c.Period), Revision: c.Revision,
		Done: trendOf(then.Done, now.Done), InProgress: trendOf(then.InProgress, now.InProgress), Overdue: trendOf(then.Overdue, now.Overdue),
		UsedThen: money(then.Used), Used: money(now.Used),
	}
}

// changes are the fields, or only the whole, then and now.
func (w *writer) changes(c reconcile.Comparison) []entry {
	var rows []entry
	var all []int
	for i, f := range c.Fields {
		cells := changeCells(f)
		cells["code"], cells["name"] = textCell(string(f.Now.Code)), textCell(w.fieldName(f.Now.Code))
		rows = append(rows, entry{cells: cells})
		all = append(all, i)
	}
	return append(rows, totalEntry(w.StatisticsTable.Total, changeCells(c.Total), all))
}

func changeCells(c reconcile.Change) map[string]Cell {
	cells := map[string]Cell{}
	for when, s := range map[string]reconcile.Sum{"_then": c.Then, "_now": c.Now} {
		for key, cell := range sumCells(s) {
			cells[key+when] = cell
		}
	}
	return cells
}
