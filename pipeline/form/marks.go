package form

import (
	"slices"

	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

// marks are columns headed with a status each, in which an agency puts a mark
// instead of writing the status out.
type marks map[Progress]int

// markColumns are the columns of a head whose own title is a status and nothing
// else. One such column alone is no choice to be marked.
func (d *dictionary) markColumns(s *sheet.Sheet, rows []sheet.Row) marks {
	last := rows[len(rows)-1]
	found := marks{}
	for _, col := range columnsOf(rows) {
		title := plain(mergedText(s, last.Number, col))
		for _, p := range d.statuses {
			if len(p.parts) == 1 && title == p.parts[0] {
				if _, twice := found[p.means]; !twice {
					found[p.means] = col
				}
			}
		}
	}
	if len(found) < 2 {
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

// marked is the status whose column has a mark. Several marks in a row are for
// its sender to mend.
func (r *rowReader) marked(t *table, row sheet.Row, a *plan.Activity) (status Progress, address string) {
	var found []Progress
	for _, p := range []Progress{Done, InProgress, NotStarted, Paused, Nil} {
		if col := t.marks[p]; col > 0 && row.Cell(col).Text != "" {
			found = append(found, p)
		}
	}
	if len(found) == 0 {
		return "", ""
	}
	col := t.marks[found[0]]
	at := r.book.Place(t.sheet, row.Number, col)
	if len(found) > 1 {
		r.find("status-several", finding.Error, a, at, headTitle(t.sheet, t.headRows(), col), headTitle(t.sheet, t.headRows(), t.marks[found[1]]))
		return "", ""
	}
	return found[0], at.Cell
}

// headRows are the rows of the head.
func (t *table) headRows() []sheet.Row { return slices.Clip(t.sheet.Rows[t.head:t.first]) }
