package sheet

import (
	"strconv"
	"strings"
)

// mostDecimals is how many decimals a page may show of a number.
const mostDecimals = 10

// showsNumber reports whether text may show the number, which has the format f: as
// it is, rounded, as a percentage or in thousands, with the separators of any
// country. Dates are not looked into.
func showsNumber(text, number string, f numberFormat) bool {
	if f.isDate() || f.show(number) == text {
		return true
	}
	x, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return false
	}
	if strings.Contains(text, "%") {
		x *= 100
	}
	shown := digitsOf(text)
	decimals := mostDecimals
	if !strings.ContainsAny(text, ".,") {
		decimals = 0
	}
	scales := []float64{1}
	if strings.Contains(f.code, ",") {
		scales = []float64{1, 1e3, 1e6, 1e9}
	}
	for _, scale := range scales {
		for n := 0; n <= decimals; n++ {
			if digitsOf(strconv.FormatFloat(x/scale, 'f', n, 64)) == shown {
				return true
			}
		}
	}
	return false
}

// digitsOf are the digits of s without the zeros that they begin with.
func digitsOf(s string) string {
	digits := strings.Map(func(c rune) rune {
		if '0' <= c && c <= '9' {
			return c
		}
		return -1
	}, s)
	return strings.TrimLeft(digits, "0")
}
