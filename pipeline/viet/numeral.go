package viet

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Limits on what is still a figure of a report and not a way to use up memory.
const (
	maxDigits   = 40
	maxExponent = 30
)

// numeral is a number without its unit; spaces part thousands only in groups of
// three.
var numeral = regexp.MustCompile(`^([+-]?)([0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)*|[.,][0-9]+)(?:e([+-]?[0-9]{1,3}))?`)

// scanNumeral reads a number from the beginning of text.
func scanNumeral(text string) (n Number, rest string, ok bool) {
	m := numeral.FindStringSubmatch(text)
	if m == nil || len(m[2]) > maxDigits {
		return Number{}, text, false
	}
	rest = text[len(m[0]):]
	if goesOn(rest) {
		return Number{}, text, false
	}
	if m[3] != "" {
		n, ok = machineNumber(m[2], m[3])
	} else {
		n, ok = groupedNumber(m[2])
	}
	if m[1] == "-" {
		n.scale(decimal.NewFromInt(-1))
	}
	return n, rest, ok
}

// goesOn reports whether the number that ended before rest was no whole number
// after all, as in "1 2345".
func goesOn(rest string) bool {
	rest = strings.TrimLeft(rest, ".,")
	return rest != "" && rest[0] >= '0' && rest[0] <= '9'
}

// machineNumber reads mantissa × 10^exponent. Its only separator is the decimal
// one, in either style: programs do not group a mantissa.
func machineNumber(mantissa, exponent string) (Number, bool) {
	e, err := strconv.Atoi(exponent)
	if err != nil || e > maxExponent || e < -maxExponent || strings.ContainsAny(mantissa, " ") {
		return Number{}, false
	}
	d, err := decimal.NewFromString(strings.Replace(mantissa, ",", ".", 1))
	if err != nil {
		return Number{}, false
	}
	return Number{Value: withoutNoise(d).Shift(int32(e))}, true
}

// groupedNumber reads digits parted by points, commas or spaces. The last
// separator parts the decimals, unless it occurs several times and so parts
// thousands; standing alone before three digits it may do either.
func groupedNumber(s string) (Number, bool) {
	spaced := strings.Contains(s, " ")
	s = strings.ReplaceAll(s, " ", "")
	last := strings.LastIndexAny(s, ".,")
	if last < 0 {
		return readDigits(s, "")
	}
	mark := s[last : last+1]
	whole, fraction := s[:last], s[last+1:]
	switch {
	case strings.Count(s, mark) > 1:
		return readDigits(s, mark)
	case strings.ContainsAny(whole, ".,"):
		n, ok := readDigits(whole, otherMark(mark))
		n.Value = withFraction(n.Value, fraction)
		return n, ok
	}
	n := Number{Value: withFraction(decimalOf(whole), fraction)}
	if !spaced && isGrouped(s, mark) {
		other := n.Value
		n = Number{Value: decimalOf(whole + fraction), Other: &other}
	}
	return n, true
}

func otherMark(mark string) string {
	if mark == "." {
		return ","
	}
	return "."
}

// readDigits reads digits in groups parted by mark; "" for no groups.
func readDigits(s, mark string) (Number, bool) {
	if mark != "" && !isGrouped(s, mark) {
		return Number{}, false
	}
	return Number{Value: decimalOf(strings.ReplaceAll(s, mark, ""))}, true
}

// isGrouped reports whether mark parts s as thousands are parted: one to three
// digits that do not begin with 0, then groups of exactly three.
func isGrouped(s, mark string) bool {
	groups := strings.Split(s, mark)
	if len(groups[0]) < 1 || len(groups[0]) > 3 || groups[0][0] == '0' {
		return false
	}
	for _, g := range groups[1:] {
		if len(g) != 3 || strings.ContainsAny(g, ".,") {
			return false
		}
	}
	return true
}

// decimalOf is the number that the digits s make; "" is 0.
func decimalOf(s string) decimal.Decimal {
	d, _ := decimal.NewFromString("0" + s)
	return d
}

func withFraction(whole decimal.Decimal, fraction string) decimal.Decimal {
	d := decimalOf(fraction)
	return withoutNoise(whole.Add(d.Shift(-int32(len(fraction)))))
}

// withoutNoise rounds what a program printed of a float64, such as
// 14.500000000000002, to the 15 digits that Excel shows. Ten decimals tell such
// a number: an amount to the đồng has at most nine, in tỷ.
func withoutNoise(d decimal.Decimal) decimal.Decimal {
	if d.Exponent() > -10 {
		return d
	}
	places := int32(15 - d.NumDigits() - int(d.Exponent()))
	return d.Round(max(places, 0))
}
