package form

import (
	"errors"
	"slices"

	"github.com/shopspring/decimal"

	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
	"baocao/pipeline/viet"
)

// beyondPlan is how many times its budget an activity may be said to have spent
// before the unit is doubted. One without a budget may have spent that of the whole plan.
const beyondPlan = 10

// mostUnplanned is the most, in đồng, that is believed of an activity under a
// plan without any budget: 100 tỷ.
const mostUnplanned plan.Dong = 100_000 * plan.Million

// tooLittle is, in đồng, what nobody spends on an activity: the unit is another.
const tooLittle plan.Dong = 50_000

// leastSpent is the least that the smaller of two readings must be to be believed:
// nobody reports 35,000 nghìn đồng to the đồng.
const leastSpent = plan.Million / 10

// money reads an amount, nil when none is said or it is not certain which. An
// amount in doubt is told with what was written and what it may mean.
func (r *rowReader) money(t *table, row sheet.Row, c Column, a *plan.Activity) *plan.Dong {
	cell := t.cell(row, c)
	at := r.place(t, row, c)
	if r.misleads(cell, a, at) || cell.Text == "" && !cell.Stale {
		return nil
	}
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
	if least := readings[0]; least > 0 && least < tooLittle && len(readings) == 1 {
		r.find("money-too-little", finding.Error, a, at, cell.Text, sayDong(least))
		return nil
	}
	var possible []plan.Dong
	for i, d := range readings {
		small := i > 0 && d < leastSpent && readings[0] >= leastSpent
		if d >= 0 && d <= r.believed(a, len(readings) > 1) && !small {
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
	case c.Kind == sheet.Number && u != viet.DongUnit:
		n.Value = n.Value.Shift(c.Shown().Scale) // đồng, shown in the column's unit
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
	if c.Text == "" || c.Stale || c.Turned || isAnother(c) {
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
	return believedOf(r.plan, a, ambiguous)
}

func believedOf(p *plan.Plan, a *plan.Activity, ambiguous bool) plan.Dong {
	if a.Budget != nil && *a.Budget > 0 {
		return beyondPlan * *a.Budget
	}
	if sum, _ := p.Sum(); sum > 0 && !ambiguous {
		return min(beyondPlan*sum, mostUnplanned)
	}
	return mostUnplanned
}
