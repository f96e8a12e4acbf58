package form

import (
	"slices"
	"strings"

	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

// isHeading reports whether a row with the code of a field or a result says
// nothing of an activity. Its money is then the sum of the rows below it.
func (r *rowReader) isHeading(t *table, row sheet.Row, name string) bool {
	for _, c := range []Column{colStatus, colPercent, colText, colDoneOn} {
		if t.cell(row, c).Text != "" {
			return false
		}
	}
	if !hasMoney(t, row) {
		return true
	}
	_, kind, _, ok := splitCode(name)
	return !(ok && kind == activityCode) && r.byText(name) == nil
}

// hasMoney reports whether anything stands under the columns of money.
func hasMoney(t *table, row sheet.Row) bool {
	return slices.ContainsFunc(spentColumns[:], func(c Column) bool { return t.cell(row, c).Text != "" })
}

// checkHeadings tells which money beside a heading is not the sum of the rows
// under it, and so is perhaps that of a row which names no activity.
func (l *ledger) checkHeadings(r *rowReader) {
	for i, line := range l.lines {
		if line.kind != fieldLine && line.kind != resultLine {
			continue
		}
		for c, m := range line.money {
			if len(m.readings) == 0 {
				continue
			}
			if sum, known := l.under(i, c); known && !near(m.readings, sum) {
				r.find("own-total-wrong", finding.Warning, nil, m.at, m.cell.Text, sayDong(sum))
			}
		}
	}
}

// under is the money of the rows under the heading at i, as far as it is known.
func (l *ledger) under(i, c int) (sum plan.Dong, known bool) {
	for _, line := range l.lines[i+1:] {
		switch m := line.money[c]; {
		case line.kind == tableLine, line.kind == fieldLine, line.kind == resultLine && l.lines[i].kind == resultLine:
			return sum, true
		case line.kind != moneyLine:
		case m.unknown:
			return 0, false
		case len(m.readings) > 0:
			sum += m.readings[0]
		}
	}
	return sum, true
}

// near reports whether one of the readings is the sum, as exactly as it is shown.
func near(readings []plan.Dong, sum plan.Dong) bool {
	return slices.ContainsFunc(readings, func(d plan.Dong) bool { return -tolerance <= d-sum && d-sum <= tolerance })
}

// unparted sets aside, and tells, a row of which the one cell holds a whole row of
// a table: an activity's code at its beginning, and separators behind.
func (r *rowReader) unparted(t *table, row sheet.Row) bool {
	if len(row.Cells) != 1 || len(row.Cells[0].Text) > mostUnparted {
		return false
	}
	text := row.Cells[0].Text
	for _, separator := range []string{";", ",", "|", "\t"} {
		parts := strings.Split(text, separator)
		if len(parts) < leastParts {
			continue
		}
		for _, part := range parts[:2] {
			code, kind, ok := parseCode(strings.Trim(part, `" `))
			a := r.known(code)
			if !ok || kind != activityCode || a == nil {
				continue
			}
			r.seen[a.Code] = true // told here already: it is not missing as well
			r.aside(t, row, Unknown)
			r.find("row-not-parted", finding.Error, a, r.book.Place(t.sheet, row.Number, row.Cells[0].Col), short(text), "")
			return true
		}
	}
	return false
}

// leastParts is of how many cells a row consists at the least that stands in one,
// and mostUnparted how long it is at the most, in bytes.
const (
	leastParts   = 5
	mostUnparted = 4000
)
