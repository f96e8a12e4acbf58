package form

import (
	"fmt"
	"slices"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

// codeFromDate is the code that Excel turned into a date: 1.2.3 becomes 1
// February 2003 where dates begin with the day, and 2 January 2003 where they
// begin with the month. The row's text must agree with one of the two;
// otherwise no code is read.
func (r *rowReader) codeFromDate(t *table, row sheet.Row, name string, at finding.Place) plan.Code {
	cell := t.cell(row, t.labelColumn())
	day, ok := readDay(cell)
	if !ok {
		return ""
	}
	said := r.texts.bag(name)
	var found *plan.Activity
	for _, code := range datedCodes(day) {
		a := r.texts.activity(code)
		if a == nil || a.Activity == found || said.alike(a.bag) < alikeEnough {
			continue
		}
		if found != nil {
			return "" // both would do
		}
		found = a.Activity
	}
	if found == nil {
		return ""
	}
	r.find("code-from-date", finding.Note, found, at, cell.Text, string(found.Code))
	return found.Code
}

// datedIn are the plan's codes that may have become the date in a cell.
func (r *rowReader) datedIn(c sheet.Cell) []string {
	var all []string
	if day, ok := readDay(c); ok {
		for _, code := range datedCodes(day) {
			if r.texts.activity(code) != nil && !slices.Contains(all, string(code)) {
				all = append(all, string(code))
			}
		}
	}
	return all
}

// datedCodes are the codes that may have become the day.
func datedCodes(day agency.Day) []plan.Code {
	year := day.Year % 100
	return []plan.Code{
		plan.Code(fmt.Sprintf("%d.%d.%d", day.Day, day.Month, year)),
		plan.Code(fmt.Sprintf("%d.%d.%d", day.Month, day.Day, year)),
	}
}

// planCells tells which of the plan's own cells the agency's table has changed.
// Budget, months and indicator are compared; they are shown and never taken.
func (r *rowReader) planCells(t *table, row sheet.Row, a *plan.Activity) {
	if c := t.cell(row, colBudget); c.Text != "" && !c.Stale {
		if all, err := r.readings(c, r.units[colBudget]); err == nil && !means(all, a.Budget) {
			r.changed(t, row, colBudget, a, c.Text, a.BudgetText)
		}
	}
	if c := t.cell(row, colIndicator); c.Text != "" && a.Indicator != "" && !r.sameText(c.Text, a.Indicator) {
		r.changed(t, row, colIndicator, a, c.Text, a.Indicator)
	}
	for _, month := range []struct {
		column Column
		plan   plan.Month
		text   string
	}{{colStart, a.Start, a.StartText}, {colEnd, a.End, a.EndText}} {
		c := t.cell(row, month.column)
		if got, last, ok := monthsOf(c, r.plan.Year); ok && got == last && month.plan != 0 && got != month.plan {
			r.changed(t, row, month.column, a, c.Text, month.text)
		}
	}
}

// sameText reports whether two texts say the same in other spelling: all figures
// are the same, and all but the same words.
func (r *rowReader) sameText(a, b string) bool {
	if plain(a) == plain(b) {
		return true
	}
	if !slices.Equal(figure.FindAllString(a, -1), figure.FindAllString(b, -1)) {
		return false
	}
	return dice(r.texts.split(a), r.texts.split(b)) >= alikeCertain
}

// dice is how many words two texts share, from 0 to 1.
func dice(a, b []string) float64 {
	left := map[string]int{}
	for _, w := range a {
		left[w]++
	}
	shared := 0
	for _, w := range b {
		if left[w] > 0 {
			left[w]--
			shared++
		}
	}
	return float64(2*shared) / float64(max(1, len(a)+len(b)))
}

func (r *rowReader) changed(t *table, row sheet.Row, c Column, a *plan.Activity, got, want string) {
	r.find("plan-cell-changed", finding.Warning, a, r.place(t, row, c), short(got), short(want))
}

// means reports whether one of the readings is the plan's amount; no amount in
// the plan is not 0.
func means(readings []plan.Dong, budget *plan.Dong) bool {
	for _, d := range readings {
		if budget != nil && d == *budget || budget == nil && d == 0 {
			return true
		}
	}
	return false
}
