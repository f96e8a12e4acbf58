package form

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"baocao/pipeline/agency"
	"baocao/pipeline/sheet"
	"baocao/pipeline/viet"
)

var (
	writtenDay  = regexp.MustCompile(`^(?:ngày\s*)?(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})\.?$`)
	writtenLong = regexp.MustCompile(`^(?:ngày\s*)?(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})\.?$`)
	writtenISO  = regexp.MustCompile(`^(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00:00)?$`)
)

// readDay reads a day from a cell: a date as the workbook stores it, or text
// in the Vietnamese order day, month, year. ok is false for text that is no
// whole date, such as "tháng 2".
func readDay(c sheet.Cell) (day agency.Day, ok bool) {
	if c.Kind == sheet.Date || c.Kind == sheet.Number && !strings.ContainsAny(c.Raw, ".eE") && len(c.Raw) == 5 {
		return serialDay(c.Raw) // a number of five digits is a day that has lost its format
	}
	text := strings.ToLower(strings.TrimSpace(viet.Clean(c.Text)))
	if m := writtenISO.FindStringSubmatch(text); m != nil {
		day = dayFrom(m[1], m[2], m[3])
	} else if m := writtenDay.FindStringSubmatch(text); m != nil {
		if len(m[3]) == 2 {
			m[3] = "20" + m[3]
		}
		day = dayFrom(m[3], m[2], m[1])
	} else if m := writtenLong.FindStringSubmatch(text); m != nil {
		day = dayFrom(m[3], m[2], m[1])
	}
	return day, !day.IsZero()
}

// sayDay is a day as people write it in a table: 15/6/2018.
func sayDay(d agency.Day) string { return fmt.Sprintf("%d/%d/%d", d.Day, d.Month, d.Year) }

// dayFrom is the day of the given numbers, zero if there is no such day.
func dayFrom(year, month, day string) agency.Day {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	got := agency.NewDay(y, time.Month(m), d)
	if (got != agency.Day{Year: y, Month: time.Month(m), Day: d}) {
		return agency.Day{}
	}
	return got
}

// serialDay is the day of a workbook's serial number in the 1900 system, in
// which day 60 is a 29 February that never was.
func serialDay(raw string) (agency.Day, bool) {
	d, err := decimal.NewFromString(raw)
	if err != nil || d.LessThan(decimal.NewFromInt(61)) || d.GreaterThan(decimal.NewFromInt(73051)) {
		return agency.Day{}, false // before March 1900 or after 2100
	}
	return agency.NewDay(1899, time.December, 30).AddDays(int(d.IntPart())), true
}
