package report

import (
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
)

// entry is one row of a table whose columns the outline names: a cell a key, or
// a label over all columns.
type entry struct {
	kind  RowKind
	label string
	name  string // see [Row.Name]
	cells map[string]Cell
}

// annex is an annex that begins with one table.
func (w *writer) annex(t plainTable, entries []entry) Annex {
	a := Annex{Label: t.Label, Title: w.say(t.Title, w.facts), Reference: w.say(t.Reference, w.facts), Sheet: t.Sheet}
	if intro := w.say(t.Intro, w.facts); intro != "" {
		a.Body = append(a.Body, Block{Paragraph: intro})
	}
	if len(entries) == 0 {
		a.Body = append(a.Body, Block{Paragraph: w.say(t.None, w.facts)})
		return a
	}
	table := w.table(t.Columns, entries)
	table.Filter = true
	a.Body = append(a.Body, Block{Table: table})
	return a
}

// part is a paragraph about what is said and a table under it; without rows it is
// what the outline says then, or nothing.
func (w *writer) part(t innerTable, said any, entries []entry) []Block {
	if len(entries) == 0 {
		return paragraphs(w.say(t.None, said))
	}
	return append(paragraphs(w.say(t.Intro, said)), Block{Table: w.table(t.Columns, entries)})
}

func paragraphs(texts ...string) []Block {
	var blocks []Block
	for _, s := range texts {
		if s != "" {
			blocks = append(blocks, Block{Paragraph: s})
		}
	}
	return blocks
}

func (w *writer) table(columns []outlineColumn, entries []entry) *Table {
	columns = slices.DeleteFunc(slices.Clone(columns), func(c outlineColumn) bool { return !w.shown(c) })
	t := &Table{}
	for _, c := range columns {
		t.Columns = append(t.Columns, Column{Group: c.Group, Title: c.Title, Width: c.Width, Align: c.Align})
	}
	for _, e := range entries {
		if e.label != "" {
			t.Rows = append(t.Rows, Row{Kind: e.kind, Cells: []Cell{{Text: e.label, Span: len(columns), Align: new(Left)}}})
			continue
		}
		cells := make([]Cell, len(columns))
		for i, c := range columns {
			cells[i] = e.cells[c.Key]
			if c.Align == Right && cells[i].Number == nil {
				cells[i].Align = new(Left) // words among figures
			}
		}
		t.Rows = append(t.Rows, Row{Kind: e.kind, Cells: cells, Name: e.name})
	}
	return t
}

// shown reports whether the column stands in the reports of this part of the
// year.
func (w *writer) shown(c outlineColumn) bool {
	return len(c.Only) == 0 || slices.Contains(c.Only, w.Statement.Period.Part)
}

func textCell(s string) Cell { return Cell{Text: s} }

// CountCell is a number of things.
func CountCell(n int) Cell {
	d := decimal.NewFromInt(int64(n))
	return Cell{Text: fmt.Sprint(n), Number: &d}
}

// DayCell is a day as official documents write it (NĐ 30/2020/NĐ-CP, PL I), empty for
// the zero day.
func DayCell(d agency.Day) Cell {
	if d.IsZero() {
		return Cell{}
	}
	return Cell{Text: day{d}.String(), Date: d}
}

// pointsCell is empty where the points cannot be told.
func pointsCell(n *int) Cell {
	if n == nil {
		return Cell{}
	}
	return CountCell(*n)
}

// momentFacts are the names that the text of a moment may use.
type momentFacts struct{ Hour, Minute, Day string }

// moment is a moment in words, in the office's zone; empty for the zero time.
func (w *writer) moment(t time.Time) string { return w.say(w.Moment, momentOf(t)) }

func momentOf(t time.Time) momentFacts {
	if t.IsZero() {
		return momentFacts{}
	}
	local := t.In(agency.Zone)
	return momentFacts{local.Format("15"), local.Format("04"), day{agency.DayOf(t)}.String()}
}

// period is a period in words: "quý I năm 2018".
func (w *writer) period(p plan.Period) string {
	return w.say(w.Periods[p.Part], facts{Year: p.Year})
}

func (w *writer) dayText(d agency.Day) string {
	if d.IsZero() {
		return ""
	}
	return day{d}.String()
}
