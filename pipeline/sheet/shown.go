package sheet

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"
)

// Shown is what the number format of a cell makes of the number that it stores.
type Shown struct {
	// Scale are the powers of ten by which the reader sees a larger number: 2 for
	// a percentage, -3 for each thousand that is left out.
	Scale int32
	// Nothing reports that the number is there and the reader sees none.
	Nothing bool
	// Another reports that text of the format makes another number of it:
	// 15 is 150 as 0"0", and 99% as "99%".
	Another bool
}

// Shown is the zero Shown for a cell that stores no number. A format is applied
// only where the reader sees what it makes of the number; a document that tells
// its text beside the value may show what it likes.
func (c Cell) Shown() Shown {
	if c.Kind != Number || !isNumber(c.Raw) {
		return Shown{}
	}
	d, err := decimal.NewFromString(c.Raw)
	if err != nil {
		return Shown{}
	}
	s, signed := parseFormat(c.Format).section(d)
	shown := Shown{Scale: s.scale, Nothing: c.Text == "" && !d.IsZero()}
	switch s.kind {
	case textSection:
		shown.Another = !shown.Nothing && !d.IsZero() || hasDigit(s.prefix)
	case numberSection, generalSection:
		shown.Another = hasDigit(s.prefix) || hasDigit(s.suffix) || !d.IsZero() && s.turnsSign(d, signed)
	}
	return shown
}

// turnsSign reports whether the reader sees the number with the other sign.
func (s section) turnsSign(d decimal.Decimal, signed bool) bool {
	minus := strings.ContainsAny(s.prefix, "-−–") || strings.Contains(s.prefix, "(") && strings.Contains(s.suffix, ")")
	return minus != (d.IsNegative() && !signed)
}

func hasDigit(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) }

// condition is when a section of a format holds, such as [>=1000].
type condition struct {
	sign  string // empty: no condition
	limit decimal.Decimal
}

// longestLimit is how long the number of a condition is that is read.
const longestLimit = 20

// parseCondition reads what stands between the brackets.
func parseCondition(text string) (condition, bool) {
	number := strings.TrimLeft(text, "<>=")
	sign := text[:len(text)-len(number)]
	number = strings.TrimSpace(number)
	if sign == "" || len(sign) > 2 || len(number) > longestLimit || !isNumber(number) {
		return condition{}, false
	}
	x, err := strconv.ParseFloat(number, 64)
	return condition{sign, decimal.NewFromFloat(x)}, err == nil
}

func (c condition) holds(d decimal.Decimal) bool {
	switch order := d.Cmp(c.limit); c.sign {
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	case ">=":
		return order >= 0
	case "=":
		return order == 0
	default:
		return order != 0
	}
}

// conditional is the section of f, which has conditions, for d.
func (f numberFormat) conditional(d decimal.Decimal) (s section, signed bool) {
	first := f.sections[0]
	if first.when.sign == "" && d.IsPositive() || first.when.sign != "" && first.when.holds(d) {
		return first, true
	}
	if len(f.sections) == 1 {
		return section{}, true // a row of number signs, which says nothing
	}
	second := f.sections[1]
	switch {
	case second.when.sign != "" && second.when.holds(d):
		return second, true
	case second.when.sign == "" && len(f.sections) == 2:
		return second, true
	case second.when.sign == "" && d.IsNegative():
		return second, false
	case len(f.sections) >= 3:
		return f.sections[2], true
	}
	return section{}, true
}
