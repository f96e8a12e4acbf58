package plan

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Period is a kỳ báo cáo: a part of a year, or the whole of it. Which of them
// an office reports, and when, is said by its [Calendar].
type Period struct {
	Year int
	Part Part
}

// Part says which part of the year.
type Part string

// The parts of a year that offices report on. The 6-month, 9-month and year
// reports are cumulative from the beginning of the reporting year.
const (
	Q1   Part = "Q1"
	Q2   Part = "Q2"
	Half Part = "6M" // 6 tháng đầu năm
	Q3   Part = "Q3"
	Nine Part = "9M" // 9 tháng
	Q4   Part = "Q4"
	Year Part = "Y" // cả năm
)

var periodForm = regexp.MustCompile(`^(\d{4})(?:-(Q1|Q2|6M|Q3|9M|Q4|H1|Y))?$`)

// ParsePeriod reads "2018-Q1", "2018-6M", "2018" and their like; "2018-H1" is
// 2018-6M, "2018-Y" is 2018.
func ParsePeriod(s string) (Period, error) {
	m := periodForm.FindStringSubmatch(strings.ToUpper(s))
	if m == nil {
		return Period{}, fmt.Errorf("period %q: want YEAR-Q1, -Q2, -6M, -Q3, -9M, -Q4 or YEAR alone", s)
	}
	year, _ := strconv.Atoi(m[1])
	part := Part(m[2])
	switch part {
	case "":
		part = Year
	case "H1":
		part = Half
	}
	return Period{year, part}, nil
}

// IsZero reports whether no period was said.
func (p Period) IsZero() bool { return p == Period{} }

// String is the name used on disk and on the command line: "2018-Q1", "2018".
func (p Period) String() string {
	switch {
	case p.IsZero():
		return ""
	case p.Part == Year:
		return strconv.Itoa(p.Year)
	}
	return fmt.Sprintf("%d-%s", p.Year, p.Part)
}

// MarshalText is [Period.String].
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText is [ParsePeriod]; empty text is the zero Period.
func (p *Period) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*p = Period{}
		return nil
	}
	v, err := ParsePeriod(string(text))
	*p = v
	return err
}
