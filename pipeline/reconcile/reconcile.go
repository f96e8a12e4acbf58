package reconcile

import (
	"cmp"
	"slices"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// Reconcile holds the plan against the submissions. It does not depend on the
// order of the submissions, and every activity of the plan has its line,
// whether anybody reported on it or not.
//
// The directory is taken as it stood when the period closed.
func Reconcile(in Inputs) *Statement {
	r := &reckoning{
		Inputs:   in,
		on:       in.Term.Closes,
		expected: map[plan.Code][]plan.Expectation{},
		answers:  map[key]Answer{},
		waiting:  map[key]bool{},
	}
	r.Submissions = slices.SortedFunc(slices.Values(in.Submissions), newestFirst)
	for _, e := range in.Plan.Expected(in.Directory, r.on) {
		r.expected[e.Activity.Code] = append(r.expected[e.Activity.Code], e)
	}
	r.read()

	s := &Statement{
		Period:      in.Term.Period,
		Term:        in.Term,
		PlanVersion: in.PlanVersion,
		AsOf:        in.AsOf,
	}
	for f, field := range in.Plan.Fields {
		for i, result := range field.Results {
			for a := range result.Activities {
				line := r.line(&in.Plan.Fields[f].Results[i].Activities[a])
				line.Field, line.Result = f, i
				s.Lines = append(s.Lines, line)
			}
		}
	}
	s.Fields, s.Total = sums(in.Plan, s.Lines)
	s.Agencies = r.agencies()
	s.Reporting = reporting(s.Agencies)
	s.Control = r.control(s.Lines)
	s.Findings = r.findings(s.Lines)
	return s
}

// reckoning is the state of one Reconcile.
type reckoning struct {
	Inputs // with the newest submission first
	on     agency.Day

	expected map[plan.Code][]plan.Expectation // who must answer for an activity
	answers  map[key]Answer                   // the answer that counts
	waiting  map[key]bool                     // said, and not usable yet
	aside    []Aside
	seen     []Noted // what only the comparison with the plan shows
}

// key names an answer: nothing is overwritten because each agency has its own.
type key struct {
	activity plan.Code
	agency   agency.ID
}

// newestFirst orders by arrival, and by hash what arrived in the same moment.
func newestFirst(a, b form.Submission) int {
	return cmp.Or(b.Arrived.Compare(a.Arrived), cmp.Compare(a.SHA256, b.SHA256))
}

// supplemented reports whether a document was told to lack activities on which
// its agency has answered in another one.
func (r *reckoning) supplemented(id agency.ID, f finding.Finding) bool {
	switch f.Code {
	case "activity-missing":
		_, told := r.answers[key{plan.Code(f.Activity), id}]
		return told
	case "activities-missing":
		for code := range strings.SplitSeq(f.Want, ", ") {
			if _, told := r.answers[key{plan.Code(code), id}]; !told {
				return false
			}
		}
		return true
	}
	return false
}

// findings are those of the documents and those of the comparison.
func (r *reckoning) findings(lines []Line) []Noted {
	all := slices.Clone(r.seen)
	for _, s := range r.Submissions {
		for _, f := range s.Findings {
			if r.supplemented(s.Agency, f) {
				continue
			}
			all = append(all, Noted{f, s.Agency, s.SHA256})
		}
	}
	for _, l := range lines {
		for _, f := range l.Findings {
			all = append(all, Noted{Finding: f})
		}
	}
	slices.SortStableFunc(all, func(a, b Noted) int {
		return cmp.Or(finding.Compare(a.Finding, b.Finding), cmp.Compare(a.SHA256, b.SHA256))
	})
	return all
}
