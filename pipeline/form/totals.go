package form

import (
	"slices"
	"strings"
	"unicode"

	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

// ledger is the money of a document row by row, so that the totals that its
// sender computed can be held against the rows. Totals are never data.
type ledger struct {
	lines []ledgerLine
}

// ledgerLine is one row that holds money, or that parts those which do.
type ledgerLine struct {
	kind  lineKind
	money [2]amount // in the period, since the year began
	label string    // of a total, plain
}

type lineKind int

const (
	moneyLine  lineKind = iota
	tableLine           // a table begins in another sheet
	fieldLine           // the heading of a field
	resultLine          // the heading of a result
	totalLine
)

// amount is the money in one cell: several readings where a separator has two.
type amount struct {
	readings []plan.Dong
	unknown  bool // something is there, and it is not known how much
	cell     sheet.Cell
	at       finding.Place
}

var spentColumns = [2]Column{colSpent, colSpentTotal}

func (l *ledger) begin() { l.lines = append(l.lines, ledgerLine{kind: tableLine}) }

// heading notes the row of a field or a result, with the sum that it may hold.
func (l *ledger) heading(r *rowReader, t *table, row sheet.Row, kind codeKind) {
	line := ledgerLine{kind: fieldLine, money: r.sumsIn(t, row)}
	if kind == resultCode {
		line.kind = resultLine
	}
	l.lines = append(l.lines, line)
}

// entry notes the money that was read from a row.
func (l *ledger) entry(r *rowReader, t *table, row sheet.Row, spent, sum *plan.Dong) {
	line := ledgerLine{kind: moneyLine}
	for i, read := range [2]*plan.Dong{spent, sum} {
		c := t.cell(row, spentColumns[i])
		switch {
		case read != nil:
			line.money[i].readings = []plan.Dong{*read}
		case c.Stale || strings.ContainsFunc(c.Text, unicode.IsDigit):
			line.money[i].unknown = true
		}
	}
	l.lines = append(l.lines, line)
}

// total notes a row of totals.
func (l *ledger) total(r *rowReader, t *table, row sheet.Row, label string) {
	l.lines = append(l.lines, ledgerLine{kind: totalLine, label: label, money: r.sumsIn(t, row)})
}

// sumsIn are the sums that a row of totals or a heading holds.
func (r *rowReader) sumsIn(t *table, row sheet.Row) (money [2]amount) {
	for i, c := range spentColumns {
		cell := t.cell(row, c)
		if cell.Text == "" || cell.Stale {
			continue
		}
		readings, err := r.readings(cell, r.units[c])
		if err == nil {
			money[i] = amount{readings: readings, cell: cell, at: r.place(t, row, c)}
		}
	}
	return money
}

// check tells which totals are not the sum of any rows that they may be meant
// for: of the result, the field, the sheet or the whole document.
func (l *ledger) check(r *rowReader) {
	l.checkHeadings(r)
	if !slices.ContainsFunc(l.lines, func(line ledgerLine) bool { return line.kind == totalLine }) {
		return
	}
	for c := range spentColumns {
		sums := l.runningSums(c)
		for i, line := range l.lines {
			m := line.money[c]
			if line.kind != totalLine || len(m.readings) == 0 {
				continue
			}
			if want, wrong := l.wrong(i, m, sums); wrong {
				r.find("own-total-wrong", finding.Warning, nil, m.at, m.cell.Text, sayDong(want))
			}
		}
	}
}

// runningSum is the money in all lines before one, and how many of the amounts
// in them are not known.
type runningSum struct {
	dong    plan.Dong
	unknown int
}

func (l *ledger) runningSums(c int) []runningSum {
	sums := make([]runningSum, len(l.lines)+1)
	for i, line := range l.lines {
		next := sums[i]
		switch m := line.money[c]; {
		case line.kind != moneyLine:
		case m.unknown:
			next.unknown++
		case len(m.readings) > 0:
			next.dong += m.readings[0]
		}
		sums[i+1] = next
	}
	return sums
}

// wrong reports whether the total in line i is certainly no sum, and which sum it
// should be: of its field, or since the total before it; of the sheet, when it
// says that it is of all.
func (l *ledger) wrong(i int, m amount, sums []runningSum) (want plan.Dong, wrong bool) {
	whole := strings.HasPrefix(l.lines[i].label, "tong cong") || strings.HasPrefix(l.lines[i].label, "tong so")
	chosen := false
	for _, p := range l.parts(i) {
		if sums[p.to].unknown != sums[p.from].unknown {
			return 0, false
		}
		sum := sums[p.to].dong - sums[p.from].dong
		for _, d := range m.readings {
			if diff := d - sum; -tolerance <= diff && diff <= tolerance {
				return 0, false
			}
		}
		if !chosen && p.edge != resultLine && (!whole || p.edge == tableLine) {
			want, chosen = sum, true
		}
	}
	return want, chosen
}

// tolerance is by how much a total may differ from its rows before it is wrong,
// in đồng: what is lost when a thousandth of a triệu is not shown.
const tolerance = 1000

// part is the lines from up to to, which a total may be the sum of; edge is the
// line at which it begins or, below the total, ends.
type part struct {
	from, to int
	edge     lineKind
}

// parts are what the total at i may be the sum of, the nearest first: the lines
// above it, or if no money stands there, those below.
func (l *ledger) parts(i int) []part {
	var parts []part
	money := false
	for k := i - 1; k >= 0; k-- {
		if kind := l.lines[k].kind; kind == moneyLine {
			money = true
		} else if money {
			parts = append(parts, part{k, i, kind})
		}
	}
	if money {
		return append(parts, part{0, len(l.lines), tableLine})
	}
	for k := i + 1; k < len(l.lines); k++ {
		if kind := l.lines[k].kind; kind == moneyLine {
			money = true
		} else if money {
			parts = append(parts, part{i, k, kind})
		}
	}
	return append(parts, part{i, len(l.lines), tableLine})
}
