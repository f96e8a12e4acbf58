package collect

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// indochina is the time of Việt Nam: UTC+7 without daylight saving since 1975.
var indochina = time.FixedZone("ICT", 7*60*60)

// folderArrival is noon, in Việt Nam, of the day folder that name lies in, the
// innermost if there are several. Noon, because nobody knows the hour: the
// day's beginning would make a report look earlier than it can have been, its
// end later than the day. The day may also be written as people do, 15-3-2018.
func folderArrival(name string) (time.Time, Basis) {
	folders := strings.Split(name, "/")
	for _, folder := range slices.Backward(folders[:len(folders)-1]) {
		for _, form := range []string{time.DateOnly, "2006-1-2", "2-1-2006", "2.1.2006"} {
			if day, err := time.ParseInLocation(form, folder, indochina); err == nil {
				return day.Add(12 * time.Hour).UTC(), Folder
			}
		}
	}
	return time.Time{}, ""
}

// receivedArrival is the moment in the topmost of a mail's Received fields,
// which is the one that our own server wrote (RFC 5321 §4.4: each server puts
// its own before the others).
func receivedArrival(received []string) (time.Time, Basis) {
	if len(received) == 0 {
		return time.Time{}, ""
	}
	top := cut(received[0], maxField)
	if i := strings.LastIndexByte(top, ';'); i >= 0 {
		if t := parseDate(top[i:]); !t.IsZero() {
			return t, Received
		}
	}
	if t := parseDate(top); !t.IsZero() {
		return t, Received
	}
	return time.Time{}, ""
}

// dateForm finds the date and time of RFC 5322 §3.3 and its near misses: no
// weekday, hyphens, a year of two digits, no seconds, a zone by name or none.
var dateForm = regexp.MustCompile(`(?i)\b(\d{1,2})[\s-]+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\s.-]+` +
	`(\d{4}|\d{2})[\s,]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([+-]\d{4}|[a-z]{1,5}\b)?`)

// parseDate is the last date in s, zero when there is none. A date without a
// zone was written by a clock of this country.
func parseDate(s string) time.Time {
	all := dateForm.FindAllStringSubmatch(s, -1)
	if len(all) == 0 {
		return time.Time{}
	}
	m := all[len(all)-1]
	month, err := time.Parse("Jan", m[2])
	if err != nil {
		return time.Time{}
	}
	year := number(m[3])
	if len(m[3]) == 2 {
		year += 2000
	}
	day, hour, minute, second := number(m[1]), number(m[4]), number(m[5]), number(m[6])
	if hour > 23 || minute > 59 || second > 60 {
		return time.Time{}
	}
	t := time.Date(year, month.Month(), day, hour, minute, second, 0, zone(m[7]))
	if t.Day() != day && second < 60 {
		return time.Time{} // there is no such day
	}
	return t.UTC()
}

// zone is the zone that a mail's date names. RFC 5322 §4.3 asks to take names
// that one does not know for UTC.
func zone(s string) *time.Location {
	switch strings.ToUpper(s) {
	case "", "ICT":
		return indochina
	}
	if len(s) != 5 || s[0] != '+' && s[0] != '-' {
		return time.UTC
	}
	offset := number(s[1:3])*60*60 + number(s[3:5])*60
	if s[0] == '-' {
		offset = -offset
	}
	return time.FixedZone(s, offset)
}

// number is the value of a short run of digits, 0 for none.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
