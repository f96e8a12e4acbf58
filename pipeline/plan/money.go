package plan

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Dong is an amount of money in whole đồng. The plan's tables are written in
// triệu đồng (million đồng), which are at most six decimals.
type Dong int64

// Million is the number of đồng in a triệu.
const Million Dong = 1_000_000

var (
	million = decimal.New(1, 6)

	// most is the largest amount that is read: 100.000 tỷ đồng, more than any
	// province has, and so little that the sum of a plan's 60,000 rows fits.
	most = decimal.New(1, 14)
)

// ParseDong reads an amount of million đồng in machine form, such as "14.5".
// An amount finer than one đồng or beyond 100.000 tỷ đồng is an error.
func ParseDong(s string) (Dong, error) {
	d, err := decimal.NewFromString(s)
	if err != nil {
		return 0, fmt.Errorf("amount %q: %w", s, err)
	}
	return DongOf(d)
}

// DongOf is the amount of d million đồng, under the conditions of [ParseDong].
func DongOf(d decimal.Decimal) (Dong, error) {
	d = d.Mul(million)
	if !d.IsInteger() {
		return 0, fmt.Errorf("amount %s triệu đồng: finer than one đồng", d.Div(million))
	}
	if d.Abs().GreaterThan(most) {
		return 0, fmt.Errorf("amount %s triệu đồng: more than can be meant", d.Div(million))
	}
	return Dong(d.IntPart()), nil
}

// Millions is d in million đồng.
func (d Dong) Millions() decimal.Decimal { return decimal.New(int64(d), -6) }

// String is d in million đồng in machine form: "14.5", "720".
func (d Dong) String() string { return trimmed(d.Millions()) }

// MarshalText is [Dong.String], so that JSON holds "14.5" and never a float.
func (d Dong) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText is [ParseDong].
func (d *Dong) UnmarshalText(text []byte) error {
	v, err := ParseDong(string(text))
	*d = v
	return err
}

// Percent is a share in hundredths of one per cent: 8050 is 80,5 %.
type Percent int64

// PercentOf is d per cent, rounded to hundredths, half away from zero.
func PercentOf(d decimal.Decimal) Percent {
	return Percent(d.Round(2).Shift(2).IntPart())
}

// Decimal is p in per cent.
func (p Percent) Decimal() decimal.Decimal { return decimal.New(int64(p), -2) }

// String is p in per cent in machine form: "80.5".
func (p Percent) String() string { return trimmed(p.Decimal()) }

// MarshalJSON writes p as a JSON number of per cent.
func (p Percent) MarshalJSON() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalJSON reads a JSON number of per cent.
func (p *Percent) UnmarshalJSON(data []byte) error {
	d, err := decimal.NewFromString(string(data))
	if err != nil {
		return fmt.Errorf("percent %q: %w", data, err)
	}
	*p = PercentOf(d)
	return nil
}

func trimmed(d decimal.Decimal) string {
	s := d.String()
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// String is the month's number, "" when none was said.
func (m Month) String() string {
	if m == 0 {
		return ""
	}
	return strconv.Itoa(int(m))
}
