package report

import (
	"strings"

	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// activitiesAnnex is the activities with every figure in a cell of its own, to
// sort and filter: the table of the decision joins some of them.
func (w *writer) activitiesAnnex() Annex {
	var rows []entry
	for i := range w.Statement.Lines {
		rows = append(rows, entry{cells: w.activityCells(&w.Statement.Lines[i])})
	}
	a := w.annex(w.ActivitiesTable, rows)
	a.Landscape, a.Workbook = true, true
	return a
}

func (w *writer) activityCells(l *reconcile.Line) map[string]Cell {
	a := l.Activity
	field := &w.Inputs.Plan.Fields[l.Field]
	cells := map[string]Cell{
		"field":  textCell(string(field.Code)),
		"result": textCell(string(field.Results[l.Result].Code)),
		"code":   textCell(string(a.Code)),
		"name":   textCell(strings.TrimRight(oneLine(a.Name), " .;,")),
		"leads":  textCell(strings.TrimRight(oneLine(a.LeadText), " .;,")),
		"start":  monthCell(a.Start), "end": monthCell(a.End),
		"budget": amountCell(a.Budget),
	}
	for _, key := range []string{"progress", "percent", "spent", "used", "timing", "target"} {
		c := w.resultCell(key, l)
		if key == "timing" {
			c = textCell(w.Timing[l.Timing])
		}
		c.Link.Row = sourceName(a.Code, sourceOf(key))
		cells[key] = c
	}
	if c := l.Collective; c != nil {
		cells["done"], cells["answered"], cells["expected"] = CountCell(c.Done), CountCell(c.Answered), CountCell(c.Expected)
	}
	return cells
}

// monthCell is empty where the plan names no month.
func monthCell(m plan.Month) Cell {
	if m == 0 {
		return Cell{}
	}
	return CountCell(int(m))
}
