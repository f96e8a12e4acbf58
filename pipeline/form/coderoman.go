package form

import "strings"

var romanDigits = []struct {
	value  int
	letter string
}{{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}}

// roman is n, 1 to 39, as a Roman numeral.
func roman(n int) string {
	if n < 1 || n > 39 {
		return ""
	}
	var b strings.Builder
	for _, d := range romanDigits {
		for n >= d.value {
			b.WriteString(d.letter)
			n -= d.value
		}
	}
	return b.String()
}

// parseRoman is the value of a well-formed numeral up to XXXIX, else 0.
func parseRoman(s string, anyCase bool) int {
	if anyCase {
		s = strings.ToUpper(s)
	}
	if s == "" || len(s) > len("XXXVIII") {
		return 0
	}
	n, rest := 0, s
	for _, d := range romanDigits {
		for strings.HasPrefix(rest, d.letter) {
			n += d.value
			rest = rest[len(d.letter):]
		}
	}
	if rest != "" || roman(n) != s {
		return 0
	}
	return n
}
