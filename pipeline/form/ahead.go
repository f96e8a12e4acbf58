package form

import (
	"slices"

	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

// isAhead reports whether row i of the table is the heading of a table about
// another period, mostly of what the agency plans to do next: it stands behind
// answers, and rows about activities follow. A heading that names no period, as
// "nhiệm vụ trọng tâm", is one only when those were answered above.
func (r *rowReader) isAhead(t *table, i int) bool {
	row := t.rows()[i]
	if len(row.Cells) > 2 || len(row.Cells[0].Text) > longestTitle || len(r.sub.Entries) == 0 || isDataRow(row) {
		return false
	}
	text := plain(row.Cells[0].Text)
	sure := hasAny(text, r.words.ahead) || r.namesOtherPeriod(text)
	if !sure && !ahead.MatchString(text) {
		return false
	}
	return slices.ContainsFunc(t.sheet.Rows[t.first+i+1:], func(next sheet.Row) bool {
		code, kind, _ := parseCode(r.label(t, next))
		return kind == activityCode && (sure || r.seen[code])
	})
}

// namesOtherPeriod reports whether a heading names periods, and not the one that is
// reported. A year alone names none.
func (r *rowReader) namesOtherPeriod(text string) bool {
	if r.sub.Period.IsZero() {
		return false
	}
	said := partSaid.FindAllStringSubmatch(text, -1)
	for _, m := range said {
		p := plan.Period{Year: yearOf(m[3], text), Part: partOf(m)}
		if agree(p, r.sub.Period) {
			return false
		}
	}
	return len(said) > 0
}

// endAt stops the reading of the sheet at row i of the table.
func (r *rowReader) endAt(t *table, i int) {
	row := t.rows()[i]
	r.find("next-period-left-out", finding.Note, nil, r.book.Place(t.sheet, row.Number, row.Cells[0].Col), short(row.Cells[0].Text), r.words.sayPeriod(r.sub.Period))
	r.ended = t.sheet
}
