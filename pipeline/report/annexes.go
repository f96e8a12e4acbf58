package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// annex is an annex with one table, whose cells are looked up by the keys of
// its columns.
func (w *writer) annex(t plainTable, rows []map[string]Cell) Annex {
	a := Annex{Label: t.Label, Title: w.say(t.Title, w.facts), Reference: w.say(t.Reference, w.facts), Sheet: t.Sheet}
	if intro := w.say(t.Intro, w.facts); intro != "" {
		a.Body = append(a.Body, Block{Paragraph: intro})
	}
	if len(rows) == 0 {
		a.Body = append(a.Body, Block{Paragraph: w.say(t.None, w.facts)})
		return a
	}
	table := &Table{Filter: true}
	for _, c := range t.Columns {
		table.Columns = append(table.Columns, Column{Group: c.Group, Title: c.Title, Width: c.Width, Align: c.Align})
	}
	for _, row := range rows {
		cells := make([]Cell, len(t.Columns))
		for i, c := range t.Columns {
			cells[i] = row[c.Key]
			if c.Align == Right && cells[i].Number == nil {
				cells[i].Align = new(Left) // words among figures
			}
		}
		table.add(Plain, cells...)
	}
	a.Body = append(a.Body, Block{Table: table})
	return a
}

func textCell(s string) Cell { return Cell{Text: s} }

func countCell(n int) Cell {
	d := decimal.NewFromInt(int64(n))
	return Cell{Text: fmt.Sprint(n), Number: &d}
}

// agenciesAnnex lists every agency that the plan expects to report, and how
// its reporting stands.
func (w *writer) agenciesAnnex() Annex {
	var rows []map[string]Cell
	for i, a := range w.Statement.Agencies {
		row := map[string]Cell{
			"number":   countCell(i + 1),
			"agency":   textCell(w.name(a.Agency)),
			"state":    textCell(w.State[a.State]),
			"reported": countCell(a.ActivitiesReported),
			"expected": countCell(a.ActivitiesExpected),
		}
		if !a.Received.IsZero() {
			row["received"] = textCell(day{agency.DayOf(a.Received)}.String())
		}
		if a.DaysLate > 0 {
			row["late"] = countCell(a.DaysLate)
		}
		rows = append(rows, row)
	}
	return w.annex(w.AgenciesTable, rows)
}

// findingsAnnex lists what agencies should look at again.
func (w *writer) findingsAnnex() Annex {
	var rows []map[string]Cell
	for i, f := range w.review {
		rows = append(rows, map[string]Cell{
			"number":   countCell(i + 1),
			"level":    textCell(w.Level[f.Level]),
			"activity": textCell(f.Activity),
			"file":     textCell(f.Place.File),
			"agency":   textCell(w.short(f.Agency)),
			"message":  textCell(w.Wording.Say(f.Finding)),
		})
	}
	a := w.annex(w.FindingsTable, rows)
	a.Landscape = true
	return a
}

// sourcesAnnex leads from every answer in the report to the file, sheet and
// cell that it was read from.
func (w *writer) sourcesAnnex() Annex {
	var rows []map[string]Cell
	for i := range w.Statement.Lines {
		l := &w.Statement.Lines[i]
		for _, a := range l.Answers {
			if a.Source != nil {
				rows = append(rows, w.sourceRows(l.Activity.Code, a)...)
			}
		}
	}
	a := w.annex(w.SourcesTable, rows)
	a.Landscape, a.Workbook = true, true
	return a
}

func (w *writer) sourceRows(code plan.Code, a reconcile.Answer) []map[string]Cell {
	figures := []struct {
		what, at string
		value    Cell
	}{
		{"status", a.Source.Cells.Status, textCell(w.Progress[a.Status])},
		{"percent", a.Source.Cells.Percent, percentCell(a.Percent)},
		{"spent", a.Source.Cells.Spent, amountCell(a.Spent)},
		{"spent_total", a.Source.Cells.SpentTotal, amountCell(a.SpentTotal)},
		{"text", a.Source.Cells.Text, textCell(a.Text)},
		{"difficulty", "", textCell(a.Difficulty)},
		{"proposal", "", textCell(a.Proposal)},
		{"evidence", "", textCell(a.Evidence)},
	}
	var rows []map[string]Cell
	for _, f := range figures {
		if f.value.Text == "" {
			continue
		}
		rows = append(rows, map[string]Cell{
			"activity": textCell(string(code)),
			"agency":   textCell(w.name(a.Agency)),
			"role":     textCell(w.Role[a.Role]),
			"what":     textCell(w.Figure[f.what]),
			"value":    f.value,
			"file":     textCell(a.Source.File),
			"sheet":    textCell(a.Source.Sheet),
			"cell":     textCell(cmp.Or(f.at, a.Source.Cell)),
			"hash":     textCell(a.Source.SHA256),
		})
	}
	return rows
}

// controlAnnex prints the proof that nothing was lost.
func (w *writer) controlAnnex() Annex {
	c := w.Statement.Control
	t := w.ControlTable
	row := func(what string, l reconcile.Left) map[string]Cell {
		return map[string]Cell{
			"what": textCell(what), "rows": countCell(l.Rows),
			"spent": amountCell(&l.Spent), "spent_total": amountCell(&l.SpentTotal),
		}
	}
	rows := []map[string]Cell{
		{"what": textCell(t.Documents), "rows": countCell(c.Documents)},
		row(t.Read, reconcile.Left{Rows: c.RowsRead, Spent: c.Spent.In, SpentTotal: c.SpentTotal.In}),
		row(t.Used, reconcile.Left{Rows: c.RowsUsed, Spent: c.Spent.Used, SpentTotal: c.SpentTotal.Used}),
	}
	aside := c.ByReason()
	for _, reason := range slices.Sorted(maps.Keys(aside)) {
		rows = append(rows, row(w.say(t.Aside, w.Reason[reason]), aside[reason]))
	}
	a := w.annex(t.Table, rows)
	a.Workbook = true
	return a
}

// Review are the findings of a statement that a person should look at: errors
// and warnings, without notes.
func Review(findings []reconcile.Noted) []reconcile.Noted {
	return slices.DeleteFunc(slices.Clone(findings), func(f reconcile.Noted) bool { return f.Level == finding.Note })
}
