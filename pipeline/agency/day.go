package agency

import (
	"fmt"
	"time"
)

// Zone is the time zone of every date an office writes. Việt Nam has kept
// UTC+7 without daylight saving since 1975, so a fixed zone needs no tzdata.
var Zone = time.FixedZone("Asia/Ho_Chi_Minh", 7*60*60)

// Day is a calendar day in Việt Nam. The zero Day means "not said".
type Day struct {
	Year  int
	Month time.Month
	Day   int
}

// DayOf is the day that t falls on in Việt Nam; the zero time has no day.
func DayOf(t time.Time) Day {
	if t.IsZero() {
		return Day{}
	}
	y, m, d := t.In(Zone).Date()
	return Day{y, m, d}
}

// NewDay is the day y-m-d, normalised as time.Date does: NewDay(2018, 2, 29)
// is 1 March 2018.
func NewDay(y int, m time.Month, d int) Day {
	return DayOf(time.Date(y, m, d, 12, 0, 0, 0, Zone))
}

// ParseDay reads the form YYYY-MM-DD.
func ParseDay(s string) (Day, error) {
	t, err := time.ParseInLocation(time.DateOnly, s, Zone)
	if err != nil {
		return Day{}, fmt.Errorf("day %q: want YYYY-MM-DD", s)
	}
	return DayOf(t), nil
}

// IsZero reports whether no day was said.
func (d Day) IsZero() bool { return d == Day{} }

// Start is the first moment of d in Việt Nam.
func (d Day) Start() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, Zone)
}

// End is the first moment after d.
func (d Day) End() time.Time { return d.AddDays(1).Start() }

// AddDays is the day n days after d, before it when n is negative.
func (d Day) AddDays(n int) Day { return NewDay(d.Year, d.Month, d.Day+n) }

// Before reports whether d is an earlier day than other.
func (d Day) Before(other Day) bool { return d.Compare(other) < 0 }

// After reports whether d is a later day than other.
func (d Day) After(other Day) bool { return d.Compare(other) > 0 }

// Compare is -1, 0 or +1 as d is before, at or after other.
func (d Day) Compare(other Day) int {
	return d.Start().Compare(other.Start())
}

// DaysUntil is the number of days from d to other, negative when other is
// earlier.
func (d Day) DaysUntil(other Day) int {
	return int(other.Start().Sub(d.Start()).Hours() / 24)
}

// Weekday is the day of the week.
func (d Day) Weekday() time.Weekday { return d.Start().Weekday() }

// String is the form YYYY-MM-DD, "" for the zero Day.
func (d Day) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// MarshalText is [Day.String].
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText is [ParseDay]; empty text is the zero Day.
func (d *Day) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Day{}
		return nil
	}
	day, err := ParseDay(string(text))
	if err != nil {
		return err
	}
	*d = day
	return nil
}
