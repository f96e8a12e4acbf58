package form

import (
	"cmp"
	"slices"

	"baocao/pipeline/finding"
	"baocao/pipeline/sheet"
)

// hiddenColumn is a column of answers that its sender does not see. What stands
// there may be of an earlier report and is not read.
type hiddenColumn struct {
	col   int
	title string
	alone bool // no column that is seen has its meaning
}

// answerColumns are the meanings of which a hidden column is not read. The code
// and the text of an activity are held against each other wherever they stand.
var answerColumns = []Column{
	colStatus, colPercent, colText, colSpent, colSpentTotal, colDifficulty, colProposal, colEvidence, colDoneOn,
}

// sortClaims puts the strongest claims first, those of hidden columns behind all
// others.
func sortClaims(claims []claim, s *sheet.Sheet) {
	hidden := func(c claim) int {
		if s.HiddenCol(c.col) {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(claims, func(a, b claim) int {
		return cmp.Or(cmp.Compare(hidden(a), hidden(b)), cmp.Compare(b.score, a.score))
	})
}

// hide takes the hidden columns out of those that are read.
func (t *table) hide(claims []claim) {
	if len(t.sheet.HiddenCols) == 0 {
		return
	}
	told := map[int]bool{}
	for _, c := range claims { // the best of each column comes first
		if told[c.col] || !t.sheet.HiddenCol(c.col) {
			continue
		}
		told[c.col] = true
		if !slices.Contains(answerColumns, c.means) {
			continue
		}
		alone := !t.has(c.means) || t.columns[c.means] == c.col
		t.hidden = append(t.hidden, hiddenColumn{c.col, c.title, alone})
	}
	for _, means := range answerColumns {
		if col := t.columns[means]; t.sheet.HiddenCol(col) {
			delete(t.columns, means)
			delete(t.titles, means)
		}
	}
	for means, all := range t.rivals {
		all = slices.DeleteFunc(all, func(c rival) bool { return t.sheet.HiddenCol(c.col) })
		if t.rivals[means] = all; len(all) < 2 {
			delete(t.rivals, means)
		}
	}
}

// hiddenColumns tells which columns were not read because they are hidden. It is
// a warning where nothing that is seen says the same.
func (r *rowReader) hiddenColumns(t *table) {
	for _, c := range t.hidden {
		level := finding.Note
		if c.alone {
			level = finding.Warning
		}
		r.find("column-hidden", level, nil, r.book.Place(t.sheet, t.headRow(), c.col), short(c.title), "")
	}
}
