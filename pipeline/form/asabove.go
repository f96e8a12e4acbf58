package form

import (
	"slices"
	"strings"

	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

// above is what the row says that was read last, so that the one right below it
// can point to it.
type above struct {
	row    int // 0: there is none
	status sheet.Cell
	text   string
	held   bool
}

// longestPointer is how long a text that points to the row above is at the most, in
// bytes.
const longestPointer = 40

// isAsAbove reports whether a text says no more than that it is the same as above:
// "-nt-", "như trên" or ditto marks.
func (d *dictionary) isAsAbove(text string) bool {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > longestPointer {
		return false
	}
	if words := plain(text); words != "" {
		return slices.Contains(d.asAbove, words)
	}
	rest := strings.Trim(text, " -–—.")
	return rest != "" && strings.Trim(rest, "\"'″”“〃´`’‘ ") == ""
}

// saidStatus is the cell that says the status of a row: the one above when it only
// points there and that one is beyond doubt.
func (r *rowReader) saidStatus(t *table, row sheet.Row) sheet.Cell {
	c := t.cell(row, colStatus)
	if r.pointsUp(row, c.Text) {
		return r.above.status
	}
	return c
}

// pointsUp reports whether a cell of the row points to the row above, which can
// be taken for it.
func (r *rowReader) pointsUp(row sheet.Row, text string) bool {
	return r.words.isAsAbove(text) && r.above.row > 0 && r.above.row == row.Number-1 && !r.above.held
}

// fromAbove tells that a cell was taken to say what the one above says.
func (r *rowReader) fromAbove(t *table, row sheet.Row, c Column, a *plan.Activity, says string) {
	r.find("as-above", finding.Note, a, r.place(t, row, c), t.cell(row, c).Text, short(says))
}
