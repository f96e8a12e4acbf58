package viet

import (
	"strings"

	"github.com/shopspring/decimal"
)

// FormatNumber is d in the Vietnamese form, 1.234.567,89, exact and without
// trailing zeros.
func FormatNumber(d decimal.Decimal) string {
	whole, fraction, _ := strings.Cut(d.Abs().String(), ".")
	var b strings.Builder
	if d.IsNegative() {
		b.WriteByte('-')
	}
	for i, digit := range []byte(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte('.')
		}
		b.WriteByte(digit)
	}
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		b.WriteByte(',')
		b.WriteString(fraction)
	}
	return b.String()
}
