package form

import (
	"slices"

	"baocao/pipeline/sheet"
)

// table is a table of answers found in a sheet.
type table struct {
	sheet   *sheet.Sheet
	layout  *layout
	columns map[Column]int     // 1-based column of each meaning
	titles  map[Column]string  // what its head says
	rivals  map[Column][]rival // columns that may mean the same, the one taken first
	top     int                // index in sheet.Rows of the first row that introduces the table
	head    int                // index of the head's first row
	first   int                // index of the first row below the head
	end     int                // index of the row after the last
	again   map[int]bool       // numbers of the rows that repeat the head, as on each page
	told    []int              // columns that are not read, and of which a finding says why
	hidden  []hiddenColumn     // columns of answers that are not read because nobody sees them
	marks   marks              // columns in which a mark says the status; nil where it is written out
	below   bool               // another table stands above it in the sheet
	goesOn  bool               // it has no head: it continues the table of the sheet before
	score   int
}

// findTables finds the tables of a sheet from top to bottom. A head that says
// what the one above it says is repeated, as on each page of a print; any other
// head begins a table with its own columns.
func (d *dictionary) findTables(s *sheet.Sheet) []*table {
	g := newLayout(s)
	last := d.firstHead(g)
	if last == nil {
		return nil
	}
	all := []*table{last}
	for i := last.first; i < len(s.Rows); i++ {
		if last.repeats(s.Rows[i]) {
			last.again[s.Rows[i].Number] = true
			continue
		}
		next := d.headBelow(g, i, last)
		switch {
		case next == nil:
			continue
		case next.sameHead(last):
			for _, row := range next.headRows() {
				last.again[row.Number] = true
			}
		default:
			last.end, next.below = i, true
			next.top = introduced(last, i)
			all = append(all, next)
			last = next
		}
		i = next.first - 1
	}
	last.end = len(s.Rows)
	for _, t := range all {
		t.adoptCodes()
	}
	return all
}

// introduced is the index of the first of the rows that stand between the last
// full row of t and the head at i: they speak of the table below.
func introduced(t *table, i int) int {
	top := i
	for top > t.first && len(t.sheet.Rows[top-1].Cells) < 3 {
		top--
	}
	return top
}

// adoptCodes takes a column without a title for that of the codes when the head
// names none and codes of activities are what it holds.
func (t *table) adoptCodes() {
	if t.has(colCode) || t.has(colNumber) && t.holdsCodes(t.columns[colNumber]) {
		return
	}
	used := map[int]bool{}
	for _, col := range t.columns {
		used[col] = true
	}
	for col := 1; col <= max(t.columns[colName], t.columns[colNumber])+1; col++ {
		if !used[col] && !t.marks.has(col) && t.holdsCodes(col) {
			t.columns[colCode], t.titles[colCode] = col, headTitle(t.layout, t.headRows(), col)
			return
		}
	}
}

// holdsCodes reports whether activities' codes stand in the column, and hardly
// anything else does.
func (t *table) holdsCodes(col int) bool {
	codes, others := 0, 0
	for _, row := range t.rows() {
		text := row.Cell(col).Text
		if text == "" {
			continue
		}
		switch _, kind, _ := parseCode(text); kind {
		case activityCode:
			codes++
		case noCode:
			others++
		}
	}
	return codes > others
}

// repeats reports whether a row says again what the head says, or a part of it.
func (t *table) repeats(row sheet.Row) bool {
	same := 0
	for c, col := range t.columns {
		text := row.Cell(col).Text
		if text == "" {
			continue
		}
		if len(text) > longestTitle || !hasWords(plain(t.titles[c]), plain(text)) {
			return false
		}
		same++
	}
	return same >= 2
}

// rows are the rows below the head.
func (t *table) rows() []sheet.Row { return t.sheet.Rows[t.first:t.end] }

// headRows are the rows of the head.
func (t *table) headRows() []sheet.Row { return slices.Clip(t.sheet.Rows[t.head:t.first]) }

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
	if m, ok := t.layout.mergeAt(row.Number, col); ok && m.FirstCol == col && m.FirstRow < row.Number {
		return t.sheet.Row(m.FirstRow).Cell(col)
	}
	return own
}

// sharedColumns are those whose merged cells hold for every row they cover.
var sharedColumns = []Column{colStatus, colPercent, colText, colDifficulty, colProposal, colEvidence, colDoneOn}

// labelColumn is the column that tells which activity a row is about.
func (t *table) labelColumn() Column {
	for _, c := range []Column{colCode, colNumber, colName} {
		if t.has(c) {
			return c
		}
	}
	return colName
}

// any is the first of the columns that the table has.
func (t *table) any(columns ...Column) Column {
	for _, c := range columns {
		if t.has(c) {
			return c
		}
	}
	return ""
}

// headRow is the number of the row that stands for the head in a finding: the
// head's first, or the first of all in a table that has none.
func (t *table) headRow() int {
	if t.head < len(t.sheet.Rows) {
		return t.sheet.Rows[t.head].Number
	}
	return 1
}
