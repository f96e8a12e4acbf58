package schedule

import (
	"fmt"
	"slices"
	"strings"
	"time"

	robfig "github.com/robfig/cron/v3"
)

// cron is a line of crontab(5) in the office's zone: the minutes, hours and
// days at which a job is due.
type cron struct {
	line robfig.Schedule
	in   *time.Location
}

// parser reads the five fields of a line and nothing else: no seconds, no
// "@daily".
var parser = robfig.NewParser(robfig.Minute | robfig.Hour | robfig.Dom | robfig.Month | robfig.Dow)

// fields are the fields of a line, in order.
var fields = []struct {
	name     string
	min, max int
}{
	{"minute", 0, 59}, {"hour", 0, 23}, {"day of the month", 1, 31}, {"month", 1, 12}, {"day of the week", 0, 6},
}

// parseCron reads the five fields of a line: "*", "5", "1-5", "*/15", "8-17/3",
// and lists of these. A line that is never due is an error.
func parseCron(s string, in *time.Location) (*cron, error) {
	// A zone before the fields would be taken, and the office has one already.
	parts := strings.Fields(s)
	if len(parts) != len(fields) {
		return nil, fmt.Errorf(`want minute, hour, day of the month, month and day of the week, such as "30 7 * * 1-5", got %d fields in %q`, len(parts), s)
	}
	for i, f := range fields { // each alone, so that the one that is wrong is named
		alone := slices.Repeat([]string{"*"}, len(fields))
		alone[i] = parts[i]
		_, err := parser.Parse(strings.Join(alone, " "))
		if err != nil || slices.Contains(strings.Split(parts[i], ","), "") {
			return nil, fmt.Errorf("%s: want numbers from %d to %d as *, 5, 1-5 or */15, got %q", f.name, f.min, f.max, parts[i])
		}
	}
	line, err := parser.Parse(s)
	if err != nil {
		return nil, err
	}
	c := &cron{line: line, in: in}
	// The library looks five years ahead; the year after this day is a leap year.
	if c.next(time.Date(2095, 3, 1, 0, 0, 0, 0, in)).IsZero() {
		return nil, fmt.Errorf("%q is never due: no such month has such a day", s)
	}
	return c, nil
}

// next is the first time after t at which the line is due; the zero time when
// there is none.
func (c *cron) next(t time.Time) time.Time { return c.line.Next(t.In(c.in)) }
