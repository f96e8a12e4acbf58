package form

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
	"baocao/pipeline/viet"
)

// status is the progress that a text names; the longest phrase of the
// dictionary decides, so that "chưa hoàn thành" is not done. What is said to be
// done must be so beyond doubt: "sẽ hoàn thành" and "hoàn thành 50%" name no
// status.
func (d *dictionary) status(text string) (Progress, bool) {
	text = plain(text)
	for _, p := range d.statuses {
		if !p.in(text) {
			continue
		}
		rest := text
		for _, part := range p.parts {
			rest = strings.Replace(" "+rest+" ", " "+part+" ", " ", 1)
		}
		if p.means == Done && (hasAny(strings.TrimSpace(rest), d.doubts) || !isWhole(rest)) {
			return "", false
		}
		return p.means, true
	}
	return "", false
}

var (
	figure  = regexp.MustCompile(`\d+`)
	anyDate = regexp.MustCompile(`\b(?:ngay|thang|quy|nam|so|bc|qd|kh|cv)\b`)
)

// isWhole reports whether the figures beside "hoàn thành" leave it whole: none,
// 100, or those of a date or a document's number.
func isWhole(rest string) bool {
	for _, n := range figure.FindAllString(rest, -1) {
		if n != "100" && !anyDate.MatchString(rest) {
			return false
		}
	}
	return true
}

// percent reads the percentage of a row, nil when none is said.
func (r *rowReader) percent(t *table, row sheet.Row, a *plan.Activity, status Progress) *plan.Percent {
	c := t.cell(row, colPercent)
	if c.Text == "" {
		return nil
	}
	at := r.place(t, row, colPercent)
	if c.Stale || c.Kind == sheet.Failed {
		r.find("formula-without-value", finding.Error, a, at, c.Text, "")
		return nil
	}
	p, ok := percentOf(c, status)
	if shown, err := cellNumber(c); ok && err == nil && !isPercentFormat(c.Format) && !shown.Value.Equal(p.Decimal()) {
		r.find("percent-scaled", finding.Note, a, at, c.Text, viet.FormatNumber(p.Decimal()))
	}
	switch {
	case !ok:
		r.find("percent-unreadable", finding.Error, a, at, c.Text, "")
		return nil
	case p < 0 || p > 100_00:
		r.find("percent-out-of-range", finding.Error, a, at, c.Text, "")
		return nil
	}
	return &p
}

// percentOf is the percentage in a cell. A workbook stores 80 % as 0.8 with a
// percent format; without the format a fraction below one is a share, and 1 is
// 100 % where the activity is done.
func percentOf(c sheet.Cell, status Progress) (plan.Percent, bool) {
	n, err := cellNumber(c)
	if err != nil || n.Other != nil {
		return 0, false
	}
	v := n.Value
	if v.Abs().GreaterThan(decimal.New(1, 6)) {
		return 0, false
	}
	one := decimal.NewFromInt(1)
	switch {
	case n.Unit == viet.PercentUnit:
	case n.Unit != viet.NoUnit:
		return 0, false
	case isPercentFormat(c.Format),
		v.IsPositive() && v.LessThan(one),
		v.Equal(one) && status == Done:
		v = v.Shift(2)
	case v.Equal(one) && c.Format == "" && status == "":
		return 0, false // 1 % or the whole?
	}
	return plan.PercentOf(v), true
}

// isPercentFormat reports whether a number format multiplies by a hundred: a
// percent sign outside quotes.
func isPercentFormat(format string) bool {
	quoted := false
	for i, c := range format {
		switch {
		case c == '"':
			quoted = !quoted
		case c == '%' && !quoted && (i == 0 || format[i-1] != '\\'):
			return true
		}
	}
	return false
}

// cellNumber is the number in a cell: the stored one, or the one written.
func cellNumber(c sheet.Cell) (viet.Number, error) {
	if c.Kind == sheet.Number {
		d, err := decimal.NewFromString(c.Raw)
		if err != nil {
			return viet.Number{}, err
		}
		return viet.Number{Value: d.Round(9)}, nil // 14.500000000000002 is 14.5
	}
	return viet.ParseNumber(c.Text)
}

// beyondPlan is how many times its budget an activity may be said to have spent,
// or one without a budget how many times the plan's, before the unit is doubted.
const beyondPlan = 10

// mostUnplanned is the most, in đồng, that is believed of an activity under a
// plan without any budget: 100 tỷ.
const mostUnplanned plan.Dong = 100_000 * plan.Million

// money reads an amount, nil when none is said or it is not certain which. An
// amount in doubt is told with what was written and what it may mean.
func (r *rowReader) money(t *table, row sheet.Row, c Column, a *plan.Activity) *plan.Dong {
	cell := t.cell(row, c)
	if cell.Text == "" && !cell.Stale {
		return nil
	}
	at := r.place(t, row, c)
	if cell.Stale || cell.Kind == sheet.Failed {
		r.find("formula-without-value", finding.Error, a, at, cell.Text, "")
		return nil
	}
	readings, err := r.readings(cell, r.units[c])
	switch {
	case errors.Is(err, viet.ErrEmpty):
		return nil
	case errors.Is(err, viet.ErrNoNumber):
		return r.moneyInWords(cell.Text, a, at)
	case err != nil:
		r.find("money-unreadable", finding.Error, a, at, cell.Text, "")
		return nil
	}
	var possible []plan.Dong
	for _, d := range readings {
		if d >= 0 && d <= r.believed(a, len(readings) > 1) {
			possible = append(possible, d)
		}
	}
	switch {
	case len(possible) == 1:
		return &possible[0]
	case len(possible) > 1:
		r.find("money-ambiguous", finding.Error, a, at, cell.Text, sayDong(possible[0])+" / "+sayDong(possible[1]))
	case readings[0] < 0:
		r.find("money-negative", finding.Error, a, at, cell.Text, "")
	default:
		want := ""
		if a.Budget != nil {
			want = sayDong(*a.Budget)
		}
		r.find("money-beyond-plan", finding.Error, a, at, sayDong(readings[0]), want)
	}
	return nil
}

// moneyInWords reads a money cell without digits: nothing was spent, or it was
// paid from elsewhere, which is not 0.
func (r *rowReader) moneyInWords(text string, a *plan.Activity, at finding.Place) *plan.Dong {
	words := plain(text)
	switch {
	case words == "": // a dash
		return nil
	case hasAny(words, r.words.otherFunds):
		r.find("money-other-funds", finding.Note, a, at, text, "")
		return nil
	case slices.Contains(r.words.zeroFunds, words):
		var zero plan.Dong
		return &zero
	}
	r.find("money-unreadable", finding.Error, a, at, text, "")
	return nil
}

// readings are the amounts that a cell may mean; several when the thousands
// mark may be a decimal one.
func (r *rowReader) readings(c sheet.Cell, u viet.Unit) ([]plan.Dong, error) {
	n, err := cellNumber(c)
	if err != nil {
		return nil, err
	}
	switch {
	case n.Unit == viet.PercentUnit:
		return nil, viet.ErrUnclear
	case n.Unit != viet.NoUnit:
		u = n.Unit
	}
	worth, _ := u.InDong()
	values := []decimal.Decimal{n.Value}
	if n.Other != nil && u != viet.DongUnit { // a đồng has no parts
		values = append(values, *n.Other)
	}
	var all []plan.Dong
	for _, v := range values {
		d, err := plan.DongOf(v.Mul(worth).Shift(-6))
		if err != nil {
			continue // finer than one đồng: not what was meant
		}
		all = append(all, d)
	}
	if len(all) == 0 {
		return nil, viet.ErrUnclear
	}
	return all, nil
}

// plainMoney is the amount in a cell of a row that is set aside, when there is
// just one reading that can be believed.
func (r *rowReader) plainMoney(c sheet.Cell, u viet.Unit) *plan.Dong {
	if c.Text == "" || c.Stale {
		return nil
	}
	all, err := r.readings(c, u)
	if err != nil || len(all) != 1 || all[0] < 0 || all[0] > mostUnplanned {
		return nil
	}
	return &all[0]
}

// believed is the most that an activity may be said to have spent: so many times
// its own budget, or if it has none, that of the whole plan. The whole plan does
// not choose between two readings of an ambiguous amount: that is for its sender.
func (r *rowReader) believed(a *plan.Activity, ambiguous bool) plan.Dong {
	if a.Budget != nil && *a.Budget > 0 {
		return beyondPlan * *a.Budget
	}
	if sum, _ := r.plan.Sum(); sum > 0 && !ambiguous {
		return min(beyondPlan*sum, mostUnplanned)
	}
	return mostUnplanned
}

// tableUnits are the units of the money columns: as the head says, else as a
// line above the table does, else triệu đồng as in the plan.
func (r *rowReader) tableUnits(t *table) map[Column]viet.Unit {
	units := map[Column]viet.Unit{}
	above := viet.Million
	for _, row := range t.sheet.Rows[:t.head] {
		for _, c := range row.Cells {
			text := plain(c.Text)
			if hasWords(text, "dvt") || hasWords(text, "don vi tinh") {
				if u, ok := match(r.words.units, text); ok {
					above = u
				}
			}
		}
	}
	for _, c := range []Column{colSpent, colSpentTotal, colBudget} {
		units[c] = above
		if u, ok := match(r.words.units, plain(t.titles[c])); ok {
			units[c] = u
		}
	}
	return units
}
