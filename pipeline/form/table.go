package form

import (
	"cmp"
	"slices"
	"strings"

	"baocao/pipeline/sheet"
)

// A head stands within this many filled rows of a sheet's top, or there is no
// table; letterheads and titles take about fifteen.
const headWithin = 60

// longestTitle is how long a column's heading may be, in bytes; longer ones are
// sentences.
const longestTitle = 300

// table is a table of answers found in a sheet.
type table struct {
	sheet   *sheet.Sheet
	columns map[Column]int    // 1-based column of each meaning
	titles  map[Column]string // what its head says
	first   int               // index in sheet.Rows of the first row below the head
	head    int               // index in sheet.Rows of the head's first row
	marks   marks             // columns in which a mark says the status; nil where it is written out
	score   int
}

// findTable looks for a head by its words, wherever it stands, over one or two
// rows and with its columns in any order.
func (d *dictionary) findTable(s *sheet.Sheet) *table {
	var best *table
	for i := range min(len(s.Rows), headWithin) {
		if isDataRow(s.Rows[i]) {
			if best != nil {
				break // its rows have begun
			}
			continue
		}
		for height := 1; height <= 2 && i+height <= len(s.Rows); height++ {
			t := d.readHead(s, i, height)
			if t == nil {
				continue
			}
			if best == nil || t.score > best.score {
				best = t
			}
		}
	}
	return best
}

// readHead takes the rows i to i+height-1 as a head; nil if they are none.
func (d *dictionary) readHead(s *sheet.Sheet, i, height int) *table {
	rows := s.Rows[i : i+height]
	for _, row := range rows[1:] {
		if row.Number != rows[0].Number+1 || isDataRow(row) {
			return nil
		}
	}
	t := &table{sheet: s, columns: map[Column]int{}, titles: map[Column]string{}, head: i, first: i + height}
	type claim struct {
		col   int
		title string
		pattern[Column]
	}
	t.marks = d.markColumns(s, rows)
	t.score = 10 * len(t.marks) // more than a status column over all of them
	var claims []claim
	for _, col := range columnsOf(rows) {
		title := headTitle(s, rows, col)
		if len(title) > longestTitle || t.marks.has(col) {
			continue
		}
		text := plain(title)
		for _, p := range d.columns {
			if p.in(text) {
				score := p.score
				if len(p.parts) == 1 && text == p.parts[0] {
					score += 2 // the whole title, not a word of it
				}
				claims = append(claims, claim{col, title, pattern[Column]{p.means, p.parts, score}})
			}
		}
	}
	slices.SortStableFunc(claims, func(a, b claim) int { return cmp.Compare(b.score, a.score) })
	taken := map[int]bool{}
	for _, c := range claims {
		if _, ok := t.columns[c.means]; ok || taken[c.col] {
			continue
		}
		taken[c.col] = true
		t.columns[c.means], t.titles[c.means] = c.col, c.title
		t.score += c.score
	}
	if !t.usable() {
		return nil
	}
	return t
}

// usable reports whether the head tells which activity a row is about, and
// has room for an answer.
func (t *table) usable() bool {
	return len(t.columns)+len(t.marks) >= 3 &&
		(t.has(colCode) || t.has(colNumber) || t.has(colName)) &&
		(len(t.marks) > 0 || t.has(colStatus) || t.has(colPercent) || t.has(colText) || t.has(colSpent) || t.has(colSpentTotal))
}

func (t *table) has(c Column) bool { return t.columns[c] != 0 }

// cell is the cell of row under the column c; an empty cell when the table has
// no such column. A cell merged over several rows holds for each of them, except
// money, which would be counted more than once, and what tells the activity.
func (t *table) cell(row sheet.Row, c Column) sheet.Cell {
	if !t.has(c) {
		return sheet.Cell{}
	}
	col := t.columns[c]
	own := row.Cell(col)
	if own.Text != "" || own.Stale || !slices.Contains(sharedColumns, c) {
		return own
	}
	for _, m := range t.sheet.Merges {
		if m.Contains(row.Number, col) && m.FirstCol == col && m.FirstRow < row.Number {
			return t.sheet.Row(m.FirstRow).Cell(col)
		}
	}
	return own
}

// sharedColumns are those whose merged cells hold for every row they cover.
var sharedColumns = []Column{colStatus, colPercent, colText, colDifficulty, colProposal, colEvidence, colDoneOn}

// isDataRow reports whether a row names an activity, and so is no head.
func isDataRow(row sheet.Row) bool {
	for _, c := range row.Cells[:min(2, len(row.Cells))] {
		if _, kind, _ := parseCode(c.Text); kind == activityCode {
			return true
		}
	}
	return false
}

// columnsOf are the columns that any of the rows fills, ascending.
func columnsOf(rows []sheet.Row) []int {
	var cols []int
	for _, row := range rows {
		for _, c := range row.Cells {
			cols = append(cols, c.Col)
		}
	}
	slices.Sort(cols)
	return slices.Compact(cols)
}

// headTitle is what the head says over the column col: the merged cell above
// it and its own, each once.
func headTitle(s *sheet.Sheet, rows []sheet.Row, col int) string {
	var parts []string
	for i, row := range rows {
		text := mergedText(s, row.Number, col)
		if text == "" && i+1 < len(rows) {
			text = spannedText(rows[i], rows[i+1], col)
		}
		if text != "" && !slices.Contains(parts, text) {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, " ")
}

// mergedText is the text of the cell at row, col, or of the merged cell that
// covers it.
func mergedText(s *sheet.Sheet, row, col int) string {
	for _, m := range s.Merges {
		if m.Contains(row, col) {
			row, col = m.FirstRow, m.FirstCol
			break
		}
	}
	return s.Row(row).Cell(col).Text
}

// spannedText is the heading to the left that stands over several columns
// without being merged: its cell is filled, the ones to its right are empty,
// and all have a sub-heading.
func spannedText(upper, lower sheet.Row, col int) string {
	for c := col; c > 0 && lower.Cell(c).Text != ""; c-- {
		if text := upper.Cell(c).Text; text != "" {
			return text
		}
	}
	return ""
}
