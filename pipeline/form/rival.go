package form

import (
	"maps"
	"slices"

	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

// rival is one of several columns that may have the same meaning.
type rival struct {
	col   int
	title string
}

// figureColumns are the meanings of which a table has one column, or it must be
// known which one counts: a wrong figure is worse than a question.
var figureColumns = []Column{colSpent, colSpentTotal, colPercent, colStatus}

// rivalsOf are the columns left over whose best claim is a meaning that another
// column was taken for.
func rivalsOf(t *table, claims []claim, taken map[int]bool) map[Column][]rival {
	rivals := map[Column][]rival{}
	told := map[int]bool{}
	for _, c := range claims {
		if taken[c.col] || told[c.col] || c.score < 4 {
			continue
		}
		told[c.col] = true // its best claim decides
		col, ok := t.columns[c.means]
		same := plain(c.title) == plain(t.titles[c.means])
		switch {
		case !ok:
		case slices.Contains(figureColumns, c.means), c.means == colText,
			c.means == colBudget && !t.has(colSpent) && (same || c.weak):
			if len(rivals[c.means]) == 0 {
				rivals[c.means] = []rival{{col, t.titles[c.means]}}
			}
			rivals[c.means] = append(rivals[c.means], rival{c.col, c.title})
		}
	}
	return rivals
}

// settleRivals chooses between columns that may have the same meaning: a column
// for another period is none, and the one for the period that is reported counts.
// Of figures that may stand in either column none is read.
func (r *rowReader) settleRivals(t *table) {
	for _, means := range slices.Sorted(maps.Keys(t.rivals)) {
		all := t.rivals[means]
		var said, open []rival
		for _, c := range all {
			switch periods := periodsIn(c.title); {
			case slices.ContainsFunc(periods, func(p plan.Period) bool { return agree(p, r.sub.Period) }):
				said = append(said, c)
			case len(periods) == 0 && !hasAny(plain(c.title), r.words.otherPeriod):
				open = append(open, c)
			}
		}
		left := open
		if len(said) > 0 {
			left = said
		}
		switch {
		case len(left) == 1:
			t.columns[means], t.titles[means] = left[0].col, left[0].title
		case means == colText:
		default:
			second := all[1]
			r.sub.hold("column-unclear", r.book.Place(t.sheet, t.headRow(), second.col), short(second.title), short(all[0].title))
			delete(t.columns, means)
		}
	}
}

// unreadColumns tells the columns that hold numbers and have a title which is not
// understood, so that no figure is lost in silence.
func (r *rowReader) unreadColumns(t *table) {
	known := map[int]bool{}
	for _, col := range t.columns {
		known[col] = true
	}
	for _, col := range t.told {
		known[col] = true
	}
	for _, rivals := range t.rivals {
		for _, c := range rivals {
			known[c.col] = true
		}
	}
	for _, col := range columnsOf(t.headRows()) {
		title := headTitle(t.layout, t.headRows(), col)
		if known[col] || t.marks.has(col) || t.sheet.HiddenCol(col) || title == "" || plain(title) == "" {
			continue
		}
		numbers, others := 0, 0
		for _, row := range t.rows() {
			c := row.Cell(col)
			if c.Text == "" || t.again[row.Number] || isNumberRow(row) {
				continue
			}
			if _, err := cellNumber(c); err == nil && c.Kind != sheet.Date {
				numbers++
			} else {
				others++
			}
		}
		if numbers > others {
			r.find("column-unread", finding.Warning, nil, r.book.Place(t.sheet, t.headRow(), col), short(title), "")
		}
	}
}
