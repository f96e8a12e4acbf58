package report

import (
	"cmp"

	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/viet"
)

// planColumn is one column of the annex: of the decision, or of results.
type planColumn struct {
	key string
	Column
}

// planColumns are the decision's own columns, headed as it heads them, then
// the columns of results that the outline names for this part of the year. A
// column that the decision does not have is left out.
func (w *writer) planColumns() []planColumn {
	heads := w.Inputs.Plan.Columns
	own := []struct{ key, group, title string }{
		{"code", "", heads.Code}, {"name", "", heads.Name}, {"indicator", "", heads.Indicator},
		{"evidence", "", heads.Evidence}, {"budget", "", heads.Budget},
		{"responsibility", "", heads.Responsibility},
		{"start", heads.Time, heads.Start}, {"end", heads.Time, heads.End}, {"note", "", heads.Note},
	}
	var columns []planColumn
	for _, c := range own {
		if c.title == "" && c.key != "code" && c.key != "name" {
			continue
		}
		set := w.PlanTable.Columns[c.key]
		columns = append(columns, planColumn{c.key, Column{Group: c.group, Title: c.title, Width: set.Width, Align: set.Align}})
	}
	for _, c := range w.PlanTable.Results {
		if !w.shown(c) {
			continue
		}
		columns = append(columns, planColumn{c.Key, Column{Group: c.Group, Title: c.Title, Width: c.Width, Align: c.Align}})
	}
	return columns
}

// planAnnex is the decision's table with what came of it.
func (w *writer) planAnnex() Annex {
	columns := w.planColumns()
	t := &Table{Numbers: true, Filter: true}
	for _, c := range columns {
		t.Columns = append(t.Columns, c.Column)
	}
	p := w.Inputs.Plan
	next := 0
	var all []int // rows of activities
	for i := range p.Fields {
		field := &p.Fields[i]
		t.add(Group, Cell{Text: field.Label}, Cell{Text: field.Name, Span: len(columns) - 1})
		var rows []int
		for _, result := range field.Results {
			t.add(Sub, Cell{Text: result.Label}, Cell{Text: result.Name}, Cell{Text: result.Indicator, Span: len(columns) - 2})
			for range result.Activities {
				rows = append(rows, len(t.Rows))
				t.add(Plain, w.lineCells(columns, &w.Statement.Lines[next])...)
				next++
			}
		}
		if field.HasTotal {
			t.add(Totals, w.totalCells(columns, w.PlanTable.Total, w.Statement.Fields[i], rows, field.Total, field.TotalText)...)
		}
		all = append(all, rows...)
	}
	if p.TotalText != "" {
		t.add(Totals, w.totalCells(columns, w.PlanTable.GrandTotal, w.Statement.Total, all, p.Total, p.TotalText)...)
	}
	if p.TotalWords != "" {
		t.Note = w.say(w.PlanTable.Words, p.TotalWords)
	}
	return Annex{
		Label: w.PlanTable.Label, Title: w.say(w.PlanTable.Title, w.facts), Reference: w.say(w.PlanTable.Reference, w.facts), Sheet: w.PlanTable.Sheet,
		Landscape: true, Body: []Block{{Table: t}},
	}
}

func (t *Table) add(kind RowKind, cells ...Cell) {
	t.Rows = append(t.Rows, Row{Kind: kind, Cells: cells})
}

// lineCells are the cells of one activity: the plan's as written, then what
// was reported.
func (w *writer) lineCells(columns []planColumn, l *reconcile.Line) []Cell {
	a := l.Activity
	cells := make([]Cell, len(columns))
	for i, c := range columns {
		switch c.key {
		case "code":
			cells[i] = Cell{Text: a.Label}
		case "name":
			cells[i] = Cell{Text: a.Name}
		case "indicator":
			cells[i] = Cell{Text: a.Indicator}
		case "evidence":
			cells[i] = Cell{Text: a.Evidence}
		case "budget":
			cells[i] = w.budgetCell(a.Budget, a.BudgetText)
		case "responsibility":
			cells[i] = Cell{Text: a.Responsibility}
		case "start":
			cells[i] = Cell{Text: a.StartText}
		case "end":
			cells[i] = Cell{Text: a.EndText}
		case "note":
			cells[i] = Cell{Text: a.Note}
		default:
			cells[i] = w.resultCell(c.key, l)
			cells[i].Link.Row = sourceName(a.Code, sourceOf(c.key))
		}
	}
	return cells
}

// totalCells are the cells of a Tổng row: the label over code and name, the
// sums of money, and how many activities are done.
func (w *writer) totalCells(columns []planColumn, label string, s reconcile.Sum, rows []int, total *plan.Dong, stated string) []Cell {
	cells := []Cell{{Text: label, Span: 2}}
	for _, c := range columns[2:] {
		var cell Cell
		switch c.key {
		case "budget":
			cell = w.budgetCell(cmp.Or(s.Budget, total), stated) // import has proved that it is the sum
			if cell.Number != nil {
				cell.Sum = rows
			}
		case "spent":
			cell = sumCell(s.Spent, rows)
		case "used":
			cell = sumCell(s.Used, rows)
		case "progress", "standing":
			cell.Text = w.say(w.Together.Sum, s)
		}
		cells = append(cells, cell)
	}
	return cells
}

// budgetCell is an amount of the plan in the unit of its own column, as the plan
// writes it where it does.
func (w *writer) budgetCell(d *plan.Dong, written string) Cell {
	if d == nil {
		return Cell{Text: written}
	}
	n := w.Inputs.Plan.InUnit(*d)
	return Cell{Text: cmp.Or(written, viet.FormatNumber(n)), Number: &n}
}

func amountCell(d *plan.Dong) Cell {
	if d == nil {
		return Cell{}
	}
	n := d.Millions()
	return Cell{Text: viet.FormatNumber(n), Number: &n}
}

func percentCell(p *plan.Percent) Cell {
	if p == nil {
		return Cell{}
	}
	d := p.Decimal()
	return Cell{Text: viet.FormatNumber(d), Number: &d}
}

func sumCell(d *plan.Dong, rows []int) Cell {
	c := amountCell(d)
	if c.Number != nil {
		c.Sum = rows
	}
	return c
}
