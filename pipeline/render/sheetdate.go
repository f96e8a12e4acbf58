package render

import "time"

// dateForm is how a date is written; the zero dateForm: the cell is no date.
type dateForm int

// Day and month have two digits, a month after February as many as it needs:
// NĐ 30/2020/NĐ-CP, PL I, mục II.
const (
	twoDigits dateForm = iota + 1
	longMonth
)

var dateFormats = [...]string{twoDigits: "dd/mm/yyyy", longMonth: "dd/m/yyyy"}

func formOf(month time.Month) dateForm {
	if month > time.February {
		return longMonth
	}
	return twoDigits
}

// serialDay is a day as workbooks count it (ECMA-376 Part 1, 18.17.4.1): from 30
// December 1899, which is right from March 1900 on.
func serialDay(year int, month time.Month, day int) float64 {
	const hours = 24
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Sub(time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)).Hours() / hours
}

// figure tells whether the cell can be reckoned with.
func (c cellStyle) figure() bool { return c.number || c.date != 0 }
