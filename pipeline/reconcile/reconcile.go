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
// order of the submissions or of the rulings, a document counts once however
// often it is given, and every activity of the plan has its line, whether anybody
// reported on it or not. The Inputs are not changed.
//
// The directory is taken as it stood when the period closed.
func Reconcile(in Inputs) *Statement {
	r := reckon(in)
	r.carryOut()
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
	s.Fields, s.Results, s.Total = sums(in.Plan, s.Lines)
	s.Leads = r.leads(s.Lines)
	s.Agencies = r.agencies()
	s.Reporting = reporting(s.Agencies)
	s.Corrected = r.corrections()
	s.Control = r.control(s.Lines, s.Corrected)
	r.missed()
	r.judge(s)
	s.Findings = r.findings(s)
	s.Compared = compare(in, s)
	s.Rankings = rank(in, s)
	return s
}

// reckoning is the state of one Reconcile.
type reckoning struct {
	Inputs // each document once, the newest first; the rulings of the period in the order of their IDs
	desk
	on agency.Day

	activities map[plan.Code]*plan.Activity
	expected   map[plan.Code][]plan.Expectation // who answers for an activity, in any period
	asked      map[key]bool                     // of those, who is asked in this period
	before     map[key]PastAnswer               // of the previous period
	adjoins    bool                             // the previous period ended on the day before this one begins

	left      map[rowKey]bool // rows that clerks left out
	answers   map[key]Answer  // the answer that counts
	waiting   map[key]bool    // said, and not usable yet
	aside     []Aside
	corrected []Correction
	seen      []Noted // what only the comparison with the plan shows
}

// reckon prepares what is looked up.
func reckon(in Inputs) *reckoning {
	r := &reckoning{
		Inputs:     in,
		on:         in.Term.Closes,
		activities: map[plan.Code]*plan.Activity{},
		expected:   map[plan.Code][]plan.Expectation{},
		asked:      map[key]bool{},
		before:     in.answersBefore(),
		left:       map[rowKey]bool{},
		answers:    map[key]Answer{},
		waiting:    map[key]bool{},
	}
	r.Submissions = once(in.Submissions)
	r.Rulings = inForce(in.Rulings, in.Term.Period)
	r.desk = newDesk(r.Rulings)
	if previous := in.previous(); previous != nil {
		r.adjoins = previous.Term.Closes.AddDays(1) == in.Term.From
	}
	for _, e := range in.Plan.Expected(in.Directory, in.Term, nil) {
		code := e.Activity.Code
		r.activities[code] = e.Activity
		r.expected[code] = append(r.expected[code], e)
		r.asked[key{code, e.Agency}] = plan.AskedNow(in.Frequency, in.Directory, e.Agency, code, in.Term)
	}
	for a := range in.Plan.Activities() {
		r.activities[a.Code] = a
	}
	return r
}

// key names an answer: nothing is overwritten because each agency has its own.
type key struct {
	activity plan.Code
	agency   agency.ID
}

// once are the submissions with the newest first and each document once, as it
// arrived first.
func once(all []form.Submission) []form.Submission {
	sorted := slices.SortedFunc(slices.Values(all), newestFirst)
	seen := make(map[string]bool, len(sorted))
	kept := len(sorted)
	for i := len(sorted) - 1; i >= 0; i-- {
		if !seen[sorted[i].SHA256] {
			seen[sorted[i].SHA256] = true
			kept--
			sorted[kept] = sorted[i]
		}
	}
	return sorted[kept:]
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

// findings are those of the documents and those of the comparison. What a
// clerk's ruling settles is kept with what the rules' rulings silence.
func (r *reckoning) findings(statement *Statement) []Noted {
	all := slices.Clone(r.seen)
	for _, s := range r.Submissions {
		for _, f := range s.Findings {
			switch id := r.settles(s, f); {
			case id != "":
				statement.Waived = append(statement.Waived, Waived{Noted{f, s.Agency, s.SHA256}, id})
			case !r.supplemented(s.Agency, f):
				all = append(all, Noted{f, s.Agency, s.SHA256})
			}
		}
	}
	for _, l := range statement.Lines {
		for _, f := range l.Findings {
			all = append(all, Noted{Finding: f})
		}
	}
	slices.SortStableFunc(all, compareNoted)
	slices.SortStableFunc(statement.Waived, func(a, b Waived) int { return compareNoted(a.Noted, b.Noted) })
	return all
}

// compareNoted orders findings for a reader, and those at the same place by
// their documents.
func compareNoted(a, b Noted) int {
	return cmp.Or(finding.Compare(a.Finding, b.Finding), cmp.Compare(a.SHA256, b.SHA256))
}
