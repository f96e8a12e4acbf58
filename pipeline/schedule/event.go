package schedule

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"baocao/pipeline/plan"
)

// event is a time of day on a day that is counted from an event of a term.
type event struct {
	name         string
	days         int
	working      bool
	hour, minute int
	in           *time.Location
}

var eventForm = regexp.MustCompile(`^(\w+)(?: ([+-]) ?(\d{1,2})( working)? days?)? at (\d{2}):(\d{2})$`)

// events are the names of what a rule counts from.
var events = []string{"opens", "closes", "due", "grace", "lock", "issue"}

func parseEvent(s string, in *time.Location) (*event, error) {
	m := eventForm.FindStringSubmatch(strings.Join(strings.Fields(s), " "))
	if m == nil {
		return nil, fmt.Errorf(`want such as "due -2 working days at 08:00" or "opens at 08:00", got %q`, s)
	}
	e := &event{name: m[1], working: m[4] != "", in: in}
	if !slices.Contains(events, m[1]) {
		return nil, fmt.Errorf("want one of %s, got %q", strings.Join(events, ", "), m[1])
	}
	if m[3] != "" {
		e.days, _ = strconv.Atoi(m[2] + m[3])
	}
	e.hour, _ = strconv.Atoi(m[5])
	e.minute, _ = strconv.Atoi(m[6])
	if e.hour > 23 || e.minute > 59 {
		return nil, fmt.Errorf("want a time from 00:00 to 23:59, got %s:%s", m[5], m[6])
	}
	return e, nil
}

// step names the event in the key of an entry. The time of day is not in it: an
// office that moves it does not have the job done a second time.
func (e *event) step() string {
	unit := "d"
	if e.working {
		unit = "w"
	}
	return fmt.Sprintf("%s%+d%s", e.name, e.days, unit)
}

// at is the event's time in a term.
func (e *event) at(t plan.Term, c *plan.Calendar) time.Time {
	day := t.Due
	switch e.name {
	case "opens":
		day = t.Closes.AddDays(1)
	case "closes":
		day = t.Closes
	case "grace":
		day = t.Grace
	case "lock":
		day = t.Lock
	case "issue":
		day = shift(t.Lock, c.Works, 1, true)
	}
	day = shift(day, c.Works, e.days, e.working)
	return time.Date(day.Year, day.Month, day.Day, e.hour, e.minute, 0, 0, e.in)
}

// shift is the day n days after the given one, or n working days; of 0 working
// days, the first one on which offices work from that day on.
func shift[Day interface{ AddDays(int) Day }](day Day, works func(Day) bool, n int, working bool) Day {
	if !working {
		return day.AddDays(n)
	}
	if n == 0 {
		for !works(day) {
			day = day.AddDays(1)
		}
		return day
	}
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		day = day.AddDays(step)
		if works(day) {
			n--
		}
	}
	return day
}
