package schedule

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"baocao/pipeline/plan"
)

// Schedule is an office's rules over its calendar.
type Schedule struct {
	rules    []rule
	calendar *plan.Calendar
	zone     *time.Location
}

// Entry is one time at which a job is due.
type Entry struct {
	Job    string
	Period plan.Period // zero: the job is about none
	Step   string      // which of the job's times in the period: "due-2w"; by cron, the time itself
	At     time.Time   // in Việt Nam's time
	Key    string      // by what it is remembered that it was done: job, period and step

	CatchUp CatchUp
	Until   time.Time // the end of its window, see [Rule.Within]
}

// New reads the rules; jobs are those that the program has. A rule that cannot
// be used is a [*RuleError].
func New(rules []Rule, jobs map[string]About, calendar *plan.Calendar) (*Schedule, error) {
	in, err := zone()
	if err != nil {
		return nil, err
	}
	s := &Schedule{calendar: calendar, zone: in}
	steps := map[string]bool{}
	for i, r := range rules {
		p, err := parseRule(i, r, jobs, in)
		if err != nil {
			return nil, err
		}
		if p.event != nil {
			step := p.job + " " + p.event.step()
			if steps[step] {
				return nil, &RuleError{i, "when", errTwice}
			}
			steps[step] = true
		}
		s.rules = append(s.rules, p)
	}
	return s, nil
}

var errTwice = errors.New("an earlier line has this job on the same day")

// Due is what became due after from and not after to, by time. Of a cron line it
// is the last time for each period alone, and only within its window before to.
func (s *Schedule) Due(from, to time.Time) ([]Entry, error) {
	terms, err := s.terms(from, to)
	if err != nil {
		return nil, err
	}
	var due []Entry
	for _, r := range s.rules {
		if r.event != nil {
			due = append(due, s.events(r, terms, from, to)...)
			continue
		}
		begin := from
		if earliest := to.Add(-max(r.within, Tolerance)); earliest.After(begin) {
			begin = earliest
		}
		last := map[plan.Period]Entry{}
		for at := r.cron.next(begin); !at.IsZero() && !at.After(to); at = r.cron.next(at) {
			for _, p := range r.periods(terms, at) {
				last[p] = s.entry(r, p, at)
			}
		}
		for _, e := range last {
			due = append(due, e)
		}
	}
	return tidy(due), nil
}

// Next is the next n entries after now.
func (s *Schedule) Next(now time.Time, n int) ([]Entry, error) {
	// A year mostly holds enough; a job of 29 February needs more.
	var all []Entry
	for years := 0; years < 10 && len(all) < n; years++ {
		from, to := now.AddDate(years, 0, 0), now.AddDate(years+1, 0, 0)
		terms, err := s.terms(from, to)
		if err != nil {
			return nil, err
		}
		for _, r := range s.rules {
			all = append(all, s.between(r, terms, from, to, n)...)
		}
		all = tidy(all)
	}
	return all[:min(n, len(all))], nil
}

// events is a rule's entries after from and not after to, one a term.
func (s *Schedule) events(r rule, terms []plan.Term, from, to time.Time) []Entry {
	var all []Entry
	for _, t := range terms {
		if at := r.event.at(t, s.calendar); at.After(from) && !at.After(to) {
			all = append(all, s.entry(r, t.Period, at))
		}
	}
	return all
}

// between is a rule's first n entries after from and not after to.
func (s *Schedule) between(r rule, terms []plan.Term, from, to time.Time, n int) []Entry {
	if r.event != nil {
		return s.events(r, terms, from, to)
	}
	var all []Entry
	for at := r.cron.next(from); len(all) < n && !at.IsZero() && !at.After(to); at = r.cron.next(at) {
		for _, p := range r.periods(terms, at) {
			all = append(all, s.entry(r, p, at))
		}
	}
	return all
}

// periods are those that a cron line's job is done for: the zero one, or those
// that gather reports at that moment.
func (r rule) periods(terms []plan.Term, at time.Time) []plan.Period {
	if r.about == AboutOffice {
		return []plan.Period{{}}
	}
	var open []plan.Period
	for _, t := range terms {
		if !at.Before(t.Closes.End()) && at.Before(t.Lock.End()) {
			open = append(open, t.Period)
		}
	}
	return open
}

func (s *Schedule) entry(r rule, p plan.Period, at time.Time) Entry {
	e := Entry{Job: r.job, Period: p, At: at, CatchUp: r.catchUp, Until: at.Add(r.within)}
	if r.event != nil {
		e.Step = r.event.step()
	} else {
		e.Step = at.Format("2006-01-02T15:04")
	}
	e.Key = r.job + "/" + p.String() + "/" + e.Step
	return e
}

// terms are the reported terms whose events may lie between the two moments.
func (s *Schedule) terms(from, to time.Time) ([]plan.Term, error) {
	var all []plan.Term
	for year := from.In(s.zone).Year() - 1; year <= to.In(s.zone).Year()+1; year++ {
		terms, err := s.calendar.Terms(year)
		if err != nil {
			return nil, err
		}
		all = append(all, terms...)
	}
	return all, nil
}

// tidy is the entries by time, each key once.
func tidy(all []Entry) []Entry {
	slices.SortStableFunc(all, func(a, b Entry) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Key, b.Key))
	})
	seen := map[string]bool{}
	return slices.DeleteFunc(all, func(e Entry) bool {
		again := seen[e.Key]
		seen[e.Key] = true
		return again
	})
}
