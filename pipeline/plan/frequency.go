package plan

import (
	"fmt"
	"slices"

	"baocao/pipeline/agency"
)

// Frequency says that some answers are asked in some parts of the year only.
// Without an agency it holds for all, without an activity for all activities;
// the first one that fits decides.
type Frequency struct {
	Agencies   []agency.ID `yaml:"agencies" json:"agencies,omitempty"` // and groups: their members on the period's last day
	Activities []Code      `yaml:"activities" json:"activities,omitempty"`
	Parts      []Part      `yaml:"parts" json:"parts"`         // empty: never
	Year       int         `yaml:"year" json:"year,omitempty"` // of this year's plan only, whose codes Activities are; 0: of every year's
}

// AskedNow reports whether an agency's answer on an activity is asked in the
// term: always, unless all has a line that fits and does not name the term's part.
func AskedNow(all []Frequency, dir *agency.Directory, id agency.ID, activity Code, t Term) bool {
	for _, f := range all {
		if f.in(t.Period.Year) && f.about(dir, id, t.Closes) && (len(f.Activities) == 0 || slices.Contains(f.Activities, activity)) {
			return slices.Contains(f.Parts, t.Period.Part)
		}
	}
	return true
}

// in reports whether f speaks of the plan of the year.
func (f *Frequency) in(year int) bool { return f.Year == 0 || f.Year == year }

// about reports whether f speaks of the agency, itself or as a member of a group.
func (f *Frequency) about(dir *agency.Directory, id agency.ID, on agency.Day) bool {
	if len(f.Agencies) == 0 || slices.Contains(f.Agencies, id) {
		return true
	}
	return slices.ContainsFunc(f.Agencies, func(group agency.ID) bool {
		_, ok := dir.Group(group)
		return ok && slices.Contains(dir.Members(group, on), id)
	})
}

// check reports what is wrong with f, the n-th of the calendar, by itself.
func (f *Frequency) check(n int, dir *agency.Directory) []error {
	var problems []error
	note := func(format string, args ...any) {
		problems = append(problems, fmt.Errorf("calendar, frequency %d: %w", n, fmt.Errorf(format, args...)))
	}
	for _, id := range f.Agencies {
		_, isAgency := dir.Agency(id)
		if _, isGroup := dir.Group(id); !isAgency && !isGroup {
			note("agency %q is not in the directory", id)
		}
	}
	for _, p := range f.Parts {
		if !slices.Contains(parts, p) {
			note("part %q: known parts are %v", p, parts)
		}
	}
	if len(f.Agencies)+len(f.Activities) == 0 {
		note("names neither agencies nor activities; a part that nobody reports has reports: false under terms")
	}
	return problems
}
