package form

import (
	"cmp"
	"errors"
	"regexp"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
	"baocao/pipeline/viet"
)

// inUnit finds the unit in a heading or in a line above the table.
var inUnit = regexp.MustCompile(`(?i)(?:\(|đơn vị(?: tính)?\s*:|đvt\s*:)\s*([^()]{1,30})`)

// budgetUnit is the unit of the budget column: of its heading, else of a line
// above the table. A table that names none is in triệu đồng, which is said.
func (r *planReader) budgetUnit() viet.Unit {
	heading := r.head.headings[planBudget]
	if heading == "" {
		return viet.Million
	}
	texts := []string{heading}
	for _, row := range r.sheet.Rows[max(r.head.first-5, 0):r.head.first] {
		for _, c := range row.Cells {
			texts = append(texts, strings.Split(c.Text, "\n")...)
		}
	}
	for _, text := range texts {
		for _, m := range inUnit.FindAllStringSubmatch(text, -1) {
			if unit := unitNamed(strings.Trim(m[1], " .;")); unit != viet.NoUnit {
				return unit
			}
		}
	}
	at := r.place(r.sheet.Rows[r.head.first].Number, r.head.column(planBudget).first)
	r.find("unit-assumed", finding.Warning, at, "", heading, "")
	return viet.Million
}

// unitNamed is the unit of money that a text names, also as "1.000 đồng".
func unitNamed(s string) viet.Unit {
	if n, err := viet.ParseNumber(s); err == nil && n.Unit == viet.DongUnit {
		switch {
		case n.Value.Equal(decimal.New(1, 3)):
			return viet.Thousand
		case n.Value.Equal(decimal.New(1, 6)):
			return viet.Million
		}
		return viet.NoUnit
	}
	n, err := viet.ParseNumber("1 " + s)
	if _, money := n.Unit.InDong(); err != nil || !money || !n.Value.Equal(decimal.New(1, 0)) {
		return viet.NoUnit
	}
	return n.Unit
}

// budget is the amount in the row's budget cell; nil when the cell is empty or
// says no number.
func (r *planReader) budget(it *planItem, unit viet.Unit) *plan.Dong {
	c := it.cells[planBudget]
	at := r.at(it, planBudget)
	if c.Text == "" || strings.Trim(c.Text, "-–— ") == "" {
		return nil
	}
	n, err := cellNumber(c)
	if errors.Is(err, viet.ErrNoNumber) {
		r.find("budget-in-words", finding.Warning, at, it.code, c.Text, "")
		return nil
	}
	amount, ok := inDong(n, unit, c)
	if err != nil || !ok || amount < 0 {
		r.find("budget-unreadable", finding.Error, at, it.code, c.Text, "")
		return nil
	}
	if n.Other != nil && cmp.Or(n.Unit, unit) == viet.Million {
		r.find("budget-two-readings", finding.Warning, at, it.code, c.Text, viet.FormatNumber(amount.Millions()))
	}
	return &amount
}

// inDong is the amount of n in whole đồng. Of two readings, 15.000 in triệu đồng
// is fifteen thousand, as points part thousands in Vietnamese; 15,000 is
// neither for certain.
func inDong(n viet.Number, unit viet.Unit, c sheet.Cell) (plan.Dong, bool) {
	factor, ok := cmp.Or(n.Unit, unit).InDong()
	if !ok || n.Other != nil && strings.Contains(c.Text, ",") {
		return 0, false
	}
	d, err := plan.DongOf(n.Value.Mul(factor).Div(decimal.New(1, 6)))
	return d, err == nil
}

// The ways in which months are written, made plain.
var (
	oneMonth   = regexp.MustCompile(`^(?:thang ?|t ?)?(\d{1,2})(?: (?:nam )?(\d{4}))?$`)
	dayMonth   = regexp.MustCompile(`^(?:ngay )?\d{1,2}(?: thang)? (\d{1,2}) (?:nam )?(\d{4})$`)
	oneQuarter = regexp.MustCompile(`^(?:quy|qui) (iv|iii|ii|i|[1-4])(?: (?:nam )?(\d{4}))?$`)
	wholeYear  = regexp.MustCompile(`^(?:ca|trong) nam(?: (\d{4}))?$`)
	twoMonths  = regexp.MustCompile(`^(?:tu )?(?:thang |t ?)?(\d{1,2})(?: (\d{4}))? (?:den |toi )?(?:thang |t ?)?(\d{1,2})(?: (?:nam )?(\d{4}))?$`)
)

var monthWords = map[string]int{
	"gieng": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7,
	"tam": 8, "chin": 9, "muoi": 10, "muoi mot": 11, "muoi hai": 12, "chap": 12,
}

// monthsOf are the first and the last month of the year that text names, such
// as "Tháng 6", "T6/2018", "Tháng Sáu", "Quý II". A month of another year is not
// one of the plan's.
func monthsOf(c sheet.Cell, year int) (first, last plan.Month, ok bool) {
	if c.Kind == sheet.Date {
		day, ok := serialDay(c.Raw)
		return plan.Month(day.Month), plan.Month(day.Month), ok && day.Year == year
	}
	text := plain(c.Text)
	if n, ok := monthWords[strings.TrimPrefix(text, "thang ")]; ok && strings.HasPrefix(text, "thang ") {
		return plan.Month(n), plan.Month(n), true
	}
	if m := oneMonth.FindStringSubmatch(text); m != nil {
		return monthRange(m[1], m[1], m[2], m[2], year)
	}
	if m := dayMonth.FindStringSubmatch(text); m != nil {
		return monthRange(m[1], m[1], m[2], m[2], year)
	}
	if m := oneQuarter.FindStringSubmatch(text); m != nil {
		q := strings.IndexByte("-1234", m[1][0])
		if q < 0 {
			q = parseRoman(m[1], true)
		}
		return monthRange(strconv.Itoa(3*q-2), strconv.Itoa(3*q), m[2], m[2], year)
	}
	if m := wholeYear.FindStringSubmatch(text); m != nil {
		return monthRange("1", "12", m[1], m[1], year)
	}
	return 0, 0, false
}

// spanOf are the months of a cell that holds both: "Tháng 1 - 12", "01-12/2018".
func spanOf(c sheet.Cell, year int) (first, last plan.Month, ok bool) {
	text := plain(c.Text)
	if c.Kind != sheet.Date && (strings.ContainsAny(c.Text, "-–—") || hasWords(text, "den") || hasWords(text, "toi")) {
		if m := twoMonths.FindStringSubmatch(text); m != nil {
			if first, last, ok = monthRange(m[1], m[3], m[2], m[4], year); ok {
				return first, last, true
			}
		}
	}
	return monthsOf(c, year)
}

func monthRange(from, to, fromYear, toYear string, year int) (first, last plan.Month, ok bool) {
	a, _ := strconv.Atoi(from)
	b, _ := strconv.Atoi(to)
	for _, said := range []string{fromYear, toYear} {
		if said != "" && said != strconv.Itoa(year) {
			return 0, 0, false
		}
	}
	if a < 1 || a > 12 || b < 1 || b > 12 {
		return 0, 0, false
	}
	return plan.Month(a), plan.Month(b), true
}

// readMonths fills in when an activity starts and ends.
func (r *planReader) readMonths(it *planItem, a *plan.Activity) {
	year := r.plan.Year
	read := func(role planRole, months func(sheet.Cell, int) (plan.Month, plan.Month, bool)) (first, last plan.Month) {
		c := it.cells[role]
		if c.Text == "" {
			return 0, 0
		}
		first, last, ok := months(c, year)
		if !ok {
			r.find("month-unclear", finding.Note, r.at(it, role), a.Code, c.Text, "")
		} else if strings.Contains(c.Text, "\n") {
			r.find("month-split", finding.Note, r.at(it, role), a.Code, strings.ReplaceAll(c.Text, "\n", " ¶ "), last.String())
		}
		return first, last
	}
	if c := it.cells[planTime]; c.Text != "" {
		a.StartText = c.Text
		a.Start, a.End = read(planTime, spanOf)
	} else {
		a.Start, _ = read(planStart, monthsOf)
		_, a.End = read(planEnd, monthsOf)
	}
	switch {
	case a.Start == 0 && a.End == 0:
		if a.StartText+a.EndText == "" { // what is not understood is told already
			r.find("activity-without-months", finding.Note, r.at(it, planCode), a.Code, "", "")
		}
	case a.End == 0:
		r.find("activity-without-end", finding.Note, r.at(it, planCode), a.Code, a.Start.String(), "")
	case a.Start > a.End:
		r.find("months-reversed", finding.Warning, r.at(it, planCode), a.Code, a.Start.String(), a.End.String())
	}
}
