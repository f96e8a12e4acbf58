package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// controlAnnex prints the proof that nothing was lost, as a whole and of each
// document.
func (w *writer) controlAnnex() Annex {
	c := w.Statement.Control
	t := w.ControlTable
	row := func(what string, l reconcile.Left) entry {
		return entry{cells: map[string]Cell{
			"what": textCell(what), "rows": CountCell(l.Rows),
			"spent": amountCell(&l.Spent), "spent_total": amountCell(&l.SpentTotal),
		}}
	}
	money := func(what string, spent, total plan.Dong) entry {
		return entry{cells: map[string]Cell{
			"what": textCell(what), "spent": amountCell(&spent), "spent_total": amountCell(&total),
		}}
	}
	rows := []entry{
		{cells: map[string]Cell{"what": textCell(t.Documents), "rows": CountCell(c.Documents)}},
		row(t.Read, reconcile.Left{Rows: c.RowsRead, Spent: c.Spent.In, SpentTotal: c.SpentTotal.In}),
		money(t.Corrected, c.Spent.Corrected, c.SpentTotal.Corrected),
		row(t.Used, reconcile.Left{Rows: c.RowsUsed, Spent: c.Spent.Used, SpentTotal: c.SpentTotal.Used}),
	}
	aside := c.ByReason()
	for _, reason := range slices.Sorted(maps.Keys(aside)) {
		rows = append(rows, row(w.say(t.Aside, w.Reason[reason]), aside[reason]))
	}
	a := w.annex(t.Table, rows)
	a.Body = append(a.Body, w.part(t.ByDocument, w.facts, w.controlDocuments())...)
	a.Landscape, a.Workbook = true, true
	return a
}

// controlDocuments are the rows of each document: read = used + set aside.
func (w *writer) controlDocuments() []entry {
	used := map[string]int{}
	for _, l := range w.Statement.Lines {
		for _, a := range l.Answers {
			if a.Source != nil && !a.Source.Whole && a.Role != reconcile.Partner {
				used[a.Source.SHA256]++
			}
		}
	}
	aside := map[string]map[form.Reason]int{}
	for _, row := range w.Statement.Control.SetAside {
		if aside[row.SHA256] == nil {
			aside[row.SHA256] = map[form.Reason]int{}
		}
		aside[row.SHA256][row.Reason]++
	}
	var rows []entry
	for _, s := range w.Inputs.Submissions {
		left := 0
		var reasons []string
		for _, reason := range slices.Sorted(maps.Keys(aside[s.SHA256])) {
			n := aside[s.SHA256][reason]
			left += n
			reasons = append(reasons, fmt.Sprintf("%s: %d", w.Reason[reason], n))
		}
		rows = append(rows, entry{cells: map[string]Cell{
			"file": textCell(s.File), "agency": textCell(w.name(s.Agency)),
			"read": CountCell(s.RowsRead), "used": CountCell(used[s.SHA256]), "aside": CountCell(left),
			"reasons": textCell(strings.Join(reasons, "; ")), "hash": textCell(s.SHA256),
		}})
	}
	return rows
}
