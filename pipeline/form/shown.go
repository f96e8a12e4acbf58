package form

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"

	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
	"baocao/pipeline/viet"
)

// cellNumber is the number in a cell: the one written, or the one stored with
// the unit that its format shows beside it. A percentage, and an amount with a
// unit, is as its reader sees it: 0.8 under 0% is 80 %.
func cellNumber(c sheet.Cell) (viet.Number, error) {
	if brokenNumber.MatchString(c.Text) {
		return viet.Number{}, viet.ErrUnclear
	}
	if c.Kind != sheet.Number {
		return viet.ParseNumber(c.Text)
	}
	d, err := decimal.NewFromString(c.Raw)
	if err != nil {
		return viet.Number{}, err
	}
	n := viet.Number{Value: d.Round(9)} // 14.500000000000002 is 14.5
	scale := c.Shown().Scale
	seen, err := viet.ParseNumber(dongLast(c.Text))
	switch {
	case err == nil:
		n.Unit = seen.Unit
	case strings.ContainsFunc(c.Text, isWordOrCurrency):
		return viet.Number{}, viet.ErrUnclear
	}
	if scale > 0 {
		n.Unit = viet.PercentUnit
	}
	if n.Unit == viet.PercentUnit && scale == 0 && !isAsSeen(n.Value, seen) && isAsSeen(n.Value.Shift(2), seen) {
		scale = 2 // a page that shows 80% of 0.8 and does not say how
	}
	if n.Unit != viet.NoUnit {
		n.Value = n.Value.Shift(scale)
	}
	return n, nil
}

// brokenNumber is a line break between two digits, "2" over "000": two numbers, or
// one that somebody broke.
var brokenNumber = regexp.MustCompile(`[\d.,]\s*[\n\v\f\r\x{85}\x{2028}\x{2029}]\s*[.,]?\d`)

// isWordOrCurrency reports whether r beside a number says of what it is one.
func isWordOrCurrency(r rune) bool { return unicode.IsLetter(r) || unicode.Is(unicode.Sc, r) }

// dongLast writes the sign of the đồng as programs show it the way people do:
// "₫1,500" as "1,500 đ".
func dongLast(s string) string {
	s = strings.ReplaceAll(s, "₫", "đ")
	for _, sign := range []string{"đ", "VNĐ", "VND"} {
		if rest, ok := strings.CutPrefix(s, sign); ok && strings.IndexFunc(rest, isDigit) >= 0 {
			return strings.TrimSpace(rest) + " đ"
		}
	}
	return s
}

// isAsSeen reports whether what is seen is a reading of v, rounded as it may be.
func isAsSeen(v decimal.Decimal, seen viet.Number) bool {
	readings := []decimal.Decimal{seen.Value}
	if seen.Other != nil {
		readings = append(readings, *seen.Other)
	}
	for _, d := range readings {
		if half := decimal.New(5, d.Exponent()-1); v.Sub(d).Abs().LessThanOrEqual(half) {
			return true
		}
	}
	return false
}

// isAnother reports whether the reader of a cell sees another number than the
// one that it stores.
func isAnother(c sheet.Cell) bool {
	shown := c.Shown()
	if c.Kind != sheet.Number || shown.Another || shown.Nothing {
		return c.Kind == sheet.Number
	}
	seen, err := viet.ParseNumber(dongLast(c.Text))
	if err != nil {
		return false // what it says instead of a number is for others to tell
	}
	d, err := decimal.NewFromString(c.Raw)
	return err == nil && !isAsSeen(d.Shift(shown.Scale), seen) &&
		!(seen.Unit == viet.PercentUnit && isAsSeen(d.Shift(2), seen))
}

// misleads tells that the reader of a cell does not see the figure that it
// stores, or not in the order in which it is stored. Such a figure is not used.
func (r *rowReader) misleads(c sheet.Cell, a *plan.Activity, at finding.Place) bool {
	switch {
	case c.Turned:
		r.find("text-direction", finding.Error, a, at, c.Text, "")
	case c.Kind == sheet.Number && c.Shown().Nothing:
		r.find("value-hidden", finding.Warning, a, at, storedNumber(c), "")
	case isAnother(c):
		r.find("figure-differs", finding.Warning, a, at, c.Text, storedNumber(c))
	default:
		return false
	}
	return true
}

// storedNumber is the number that a cell stores, as people write it.
func storedNumber(c sheet.Cell) string {
	d, err := decimal.NewFromString(c.Raw)
	if err != nil {
		return c.Raw
	}
	return viet.FormatNumber(d.Round(9))
}

// turnedLabel tells that a row's code is shown in another order than it is stored.
func (r *rowReader) turnedLabel(t *table, row sheet.Row, a *plan.Activity, at finding.Place) bool {
	c := t.cell(row, t.labelColumn())
	if !c.Turned || t.labelColumn() == colName {
		return false
	}
	r.find("text-direction", finding.Error, a, at, c.Text, "")
	return true
}
