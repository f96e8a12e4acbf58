package form

import (
	"strings"

	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

// marks are columns headed with a status each, in which an agency puts a mark
// instead of writing the status out.
type marks map[Progress]int

// markColumns are the columns of a head whose own title is a status and nothing
// else. One such column alone is no choice to be marked.
func (d *dictionary) markColumns(g *layout, rows []sheet.Row) marks {
	found, over := marks{}, map[string]bool{}
	for _, col := range columnsOf(rows) {
		levels := titleLevels(g, rows, col)
		if len(levels) == 0 {
			continue
		}
		own := len(levels) - 1
		title := plain(levels[own])
		for _, p := range d.statuses {
			if len(p.parts) == 1 && title == p.parts[0] {
				if _, twice := found[p.means]; !twice {
					found[p.means] = col
					over[strings.Join(levels[:own], " ")] = true
				}
			}
		}
	}
	if len(found) < 2 || len(over) > 1 {
		return nil
	}
	return found
}

func (m marks) has(col int) bool {
	for _, c := range m {
		if c == col {
			return true
		}
	}
	return false
}

// marked is the status whose column has a mark. Several marks in a row, and what may
// be a mark or none, are told: they are for its sender to mend.
func (r *rowReader) marked(t *table, row sheet.Row, a *plan.Activity) (status Progress, address string, told bool) {
	var found []Progress
	for _, p := range []Progress{Done, InProgress, NotStarted, Paused, Nil} {
		col := t.marks[p]
		if col == 0 {
			continue
		}
		text := row.Cell(col).Text
		switch tickIn(text) {
		case ticked:
			found = append(found, p)
		case tickUnclear:
			r.find("status-unclear", finding.Error, a, r.book.Place(t.sheet, row.Number, col), text, "")
			told = true
		}
	}
	if told {
		return "", "", true
	}
	if len(found) == 0 {
		return "", "", false
	}
	col := t.marks[found[0]]
	at := r.book.Place(t.sheet, row.Number, col)
	if len(found) > 1 {
		r.find("status-several", finding.Error, a, at, sayColumn(t, col), sayColumn(t, t.marks[found[1]]))
		return "", "", true
	}
	return found[0], at.Cell, false
}

// sayColumn is the letter of a column and its own title.
func sayColumn(t *table, col int) string {
	levels := titleLevels(t.layout, t.headRows(), col)
	if len(levels) == 0 {
		return sheet.Column(col)
	}
	return sheet.Column(col) + " – " + levels[len(levels)-1]
}
