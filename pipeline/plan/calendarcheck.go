package plan

import (
	"errors"
	"fmt"
	"slices"

	"baocao/pipeline/agency"
)

// parts are all parts of a year.
var parts = []Part{Q1, Q2, Half, Q3, Nine, Q4, Year}

// Check reports everything that is wrong with the calendar: rules and holidays
// by themselves, agencies that the directory does not have, and the terms of the
// years for which holidays are listed. What depends on a year's plan is checked
// by [Calendar.CheckYear].
func (c *Calendar) Check(dir *agency.Directory) error {
	problems := c.checkRules()
	var years []int
	for _, h := range c.Holidays {
		switch {
		case h.From.IsZero() || h.Until.IsZero():
			problems = append(problems, fmt.Errorf("holiday %q: want from and until as YYYY-MM-DD", h.Name))
		case h.Until.Before(h.From):
			problems = append(problems, fmt.Errorf("holiday %q: until %s lies before from %s", h.Name, h.Until, h.From))
		default:
			years = append(years, h.From.Year, h.Until.Year)
		}
	}
	for i, f := range c.Frequency {
		problems = append(problems, f.check(i+1, dir)...)
	}
	if len(problems) > 0 {
		return errors.Join(problems...) // terms by rules that cannot be read only say it again
	}
	slices.Sort(years)
	for _, year := range slices.Compact(years) {
		problems = append(problems, c.checkTerms(year)...)
	}
	return errors.Join(problems...)
}

// CheckYear reports what is wrong with the calendar in a year that has the given
// plans: terms that cannot be, and activities under frequency that no version of
// the year's plan has.
func (c *Calendar) CheckYear(year int, plans Versions) error {
	problems := c.checkTerms(year)
	for i, f := range c.Frequency {
		for _, code := range f.Activities {
			has := func(v Version) bool { return v.Plan.Activity(code) != nil }
			if f.in(year) && !slices.ContainsFunc(plans, has) {
				problems = append(problems, fmt.Errorf("calendar, frequency %d: activity %q is in no plan of %d", i+1, code, year))
			}
		}
	}
	return errors.Join(problems...)
}

// checkRules are the rules that stand twice or cannot be read in every year.
func (c *Calendar) checkRules() []error {
	var problems []error
	for i, r := range c.Rules {
		note := func(format string, args ...any) {
			problems = append(problems, fmt.Errorf("calendar, part %s: %w", r.Part, fmt.Errorf(format, args...)))
		}
		if !slices.Contains(parts, r.Part) {
			note("known parts are %v", parts)
		}
		if slices.ContainsFunc(c.Rules[:i], func(other Rule) bool { return other.Part == r.Part }) {
			note("stands twice")
		}
		for _, s := range []string{r.From, r.Closes, r.Lock} {
			if _, err := agency.ParseDay("2001-" + s); err != nil { // no leap year: a term must be in every year
				note("want month and day as MM-DD, got %q", s)
			}
		}
		if r.DueAfter < 0 || r.GraceDays < 0 {
			note("due_after %d and grace_days %d must not be negative", r.DueAfter, r.GraceDays)
		}
	}
	return problems
}

func (c *Calendar) checkTerms(year int) []error {
	var problems []error
	for _, r := range c.Rules {
		if _, err := c.term(r, Period{year, r.Part}); err != nil {
			problems = append(problems, err)
		}
	}
	return problems
}
