package schedule

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Rule is a line of the schedule as a person writes it: a job, and either When
// or Cron.
type Rule struct {
	Job string `yaml:"job"`

	// When counts from an event of each period's term: "due -2 working days at
	// 08:00". Events are opens (the day after closes), closes, due, grace, lock
	// and issue (the first working day after lock). "+0 working days" is the day
	// itself, or the next one on which offices work.
	When string `yaml:"when"`

	// Cron is minute, hour, day of the month, month, day of the week (0 is
	// Sunday): "30 7 * * 1-5". As ever, where both kinds of day are given, one of
	// them is enough. A job about a period is then done for each period that
	// gathers reports at that moment.
	Cron string `yaml:"cron"`

	// CatchUp says what becomes of a job whose time passed while the program did
	// not run. Default: once.
	CatchUp CatchUp `yaml:"catch_up"`

	// Within is for how long after its time a job may still be made up for, or
	// wait for what it needs: "5d", "12h", "30m". Default: 3d, of a Cron 1d.
	Within string `yaml:"within"`
}

// CatchUp is a policy for what was missed.
type CatchUp string

// The policies. Of several missed times of one job and period the last one alone
// is made up for.
const (
	Once CatchUp = "once"
	Skip CatchUp = "skip"
)

// Tolerance is how late a job is still on time.
const Tolerance = 15 * time.Minute

// mostWithin keeps what was missed from being made up for in another term.
const mostWithin = 31 * 24 * time.Hour

// About says what a job is about.
type About int

// What jobs are about.
const (
	AboutOffice About = iota // the office's work as a whole
	AboutPeriod              // one period
)

// RuleError is a rule that cannot be used: which, and its key that is wrong.
type RuleError struct {
	Number int // from 0
	Key    string
	Err    error
}

func (e *RuleError) Error() string { return fmt.Sprintf("%s: %v", e.Key, e.Err) }

// Unwrap is the cause.
func (e *RuleError) Unwrap() error { return e.Err }

// rule is a Rule that was understood.
type rule struct {
	job     string
	about   About
	event   *event // nil: by cron
	cron    *cron
	catchUp CatchUp
	within  time.Duration
}

func parseRule(number int, r Rule, jobs map[string]About, in *time.Location) (rule, error) {
	wrong := func(key string, err error) (rule, error) { return rule{}, &RuleError{number, key, err} }
	about, known := jobs[r.Job]
	if !known {
		return wrong("job", fmt.Errorf("%q is no job of this program, which has %s",
			r.Job, strings.Join(slices.Sorted(maps.Keys(jobs)), ", ")))
	}
	p := rule{job: r.Job, about: about, catchUp: r.CatchUp, within: 3 * 24 * time.Hour}
	var err error
	switch {
	case r.When != "" && r.Cron != "":
		return wrong("cron", errors.New("a job has either when or cron; write two lines"))
	case r.When != "":
		if about != AboutPeriod {
			return wrong("when", fmt.Errorf("%s is about no period; write cron instead", r.Job))
		}
		if p.event, err = parseEvent(r.When, in); err != nil {
			return wrong("when", err)
		}
	case r.Cron != "":
		if p.cron, err = parseCron(r.Cron, in); err != nil {
			return wrong("cron", err)
		}
		p.within = 24 * time.Hour
	default:
		return wrong("job", errors.New("it has neither when nor cron"))
	}
	switch p.catchUp {
	case "":
		p.catchUp = Once
	case Once, Skip:
	default:
		return wrong("catch_up", fmt.Errorf("want once or skip, got %q", r.CatchUp))
	}
	if r.Within != "" {
		if p.within, err = parseWithin(r.Within); err != nil {
			return wrong("within", err)
		}
	}
	return p, nil
}

var withinForm = regexp.MustCompile(`^(\d{1,5})([mhd])$`)

func parseWithin(s string) (time.Duration, error) {
	m := withinForm.FindStringSubmatch(s)
	if m == nil {
		return 0, fmt.Errorf("want a number of days, hours or minutes, such as 5d, 12h or 30m, got %q", s)
	}
	n, _ := strconv.Atoi(m[1])
	d := time.Duration(n) * map[string]time.Duration{"m": time.Minute, "h": time.Hour, "d": 24 * time.Hour}[m[2]]
	if d <= 0 || d > mostWithin {
		return 0, fmt.Errorf("want more than nothing and at most %dd, got %q", mostWithin/(24*time.Hour), s)
	}
	return d, nil
}
