package sheet

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// shift1904 is how many days the serial numbers of a workbook in the 1904
// system lie behind those of the 1900 system.
const shift1904 = 1462

// isoFormat shows a date that the workbook stores as text of ISO 8601.
var isoFormat = parseFormat("dd/mm/yyyy")

// serialTime is the moment of a serial number in the 1900 system, to the
// second. That system has a 29 February 1900, as day 60.
func serialTime(serial float64) (time.Time, bool) {
	if serial < 0 || serial >= 2958466 { // after the year 9999
		return time.Time{}, false
	}
	days, fraction := math.Modf(serial)
	if days < 60 {
		days++
	}
	start := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	return start.AddDate(0, 0, int(days)).Add(time.Duration(math.Round(fraction*86400)) * time.Second), true
}

// parseISO is the serial number of a date such as "2018-06-15" or
// "2018-06-15T08:30:00".
func parseISO(s string) (serial string, ok bool) {
	for _, layout := range []string{time.DateOnly, "2006-01-02T15:04:05", time.RFC3339} {
		t, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		days := t.Sub(time.Date(1899, time.December, 30, 0, 0, 0, 0, t.Location())).Hours() / 24
		if days < 61 {
			return "", false
		}
		return strconv.FormatFloat(days, 'f', -1, 64), true
	}
	return "", false
}

// from1904 is a serial number of the 1904 system in the 1900 system.
func from1904(serial string) string {
	x, err := strconv.ParseFloat(serial, 64)
	if err != nil {
		return serial
	}
	return strconv.FormatFloat(x+shift1904, 'f', -1, 64)
}

// showDate is the date or time of day of a serial number; the number itself if
// it is no date.
func (s section) showDate(serial float64) string {
	t, ok := serialTime(serial)
	if !ok {
		return strconv.FormatFloat(serial, 'f', -1, 64)
	}
	halves := false
	for _, part := range s.parts {
		halves = halves || part == "am/pm"
	}
	var b strings.Builder
	for i, part := range s.parts {
		if text, ok := strings.CutPrefix(part, `"`); ok {
			b.WriteString(text)
			continue
		}
		if part[0] == 'm' && s.isMinute(i) {
			fmt.Fprintf(&b, "%0*d", min(len(part), 2), t.Minute())
			continue
		}
		b.WriteString(datePart(t, part, halves))
	}
	return strings.TrimSpace(b.String())
}

// isMinute reports whether the m at parts[i] means minutes: it follows hours
// or stands before seconds.
func (s section) isMinute(i int) bool {
	for j := i - 1; j >= 0; j-- {
		if c := s.parts[j][0]; c != '"' {
			if c == 'h' {
				return true
			}
			break
		}
	}
	for _, part := range s.parts[i+1:] {
		if part[0] != '"' {
			return part[0] == 's'
		}
	}
	return false
}

func datePart(t time.Time, part string, halves bool) string {
	switch {
	case part == "am/pm":
		return t.Format("PM")
	case part[0] == 'y' && len(part) <= 2:
		return t.Format("06")
	case part[0] == 'y', part[0] == 'e':
		return t.Format("2006")
	case part == "mmm":
		return t.Format("Jan")
	case len(part) > 3 && part[0] == 'm':
		return t.Format("January")
	case part == "ddd":
		return t.Format("Mon")
	case len(part) > 3 && part[0] == 'd':
		return t.Format("Monday")
	}
	value := map[byte]int{'m': int(t.Month()), 'd': t.Day(), 'h': t.Hour(), 's': t.Second()}[part[0]]
	if part[0] == 'h' && halves {
		value = (value+11)%12 + 1
	}
	return fmt.Sprintf("%0*d", min(len(part), 2), value)
}
