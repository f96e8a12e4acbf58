package reconcile

import (
	"slices"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// read takes from every submission the rows that count. The newest valid
// document of an agency that speaks of an activity wins; a held or rejected
// one never displaces it.
func (r *reckoning) read() {
	for _, s := range r.Submissions {
		for _, row := range s.SetAside {
			r.aside = append(r.aside, Aside{
				SHA256: s.SHA256, Agency: s.Agency, Place: row.Place,
				Reason: row.Reason, Spent: row.Spent, SpentTotal: row.SpentTotal,
			})
		}
		for _, e := range s.Entries {
			if reason := r.take(s, e); reason != "" {
				r.aside = append(r.aside, Aside{
					SHA256: s.SHA256, Agency: s.Agency, Activity: e.Activity, Place: e.Place,
					Reason: reason, Spent: e.Spent, SpentTotal: e.SpentTotal,
				})
			}
		}
	}
	r.takeNothing()
}

// take makes e an answer, or says why it is none.
func (r *reckoning) take(s form.Submission, e form.Entry) form.Reason {
	if s.Outcome != form.Accept || e.Held {
		r.waiting[key{e.Activity, s.Agency}] = true
	}
	switch {
	case s.Outcome == form.Reject:
		return Rejected
	case s.Outcome != form.Accept:
		return HeldDocument
	case e.Held:
		return HeldRow
	}
	role := r.role(s.Agency, e.Activity)
	if role == "" {
		r.notice(s, finding.Finding{
			Code: "not-expected", Level: finding.Warning, Place: e.Place, Activity: string(e.Activity),
			Got: r.Directory.Name(s.Agency, r.on),
		})
		return NotExpected
	}
	k := key{e.Activity, s.Agency}
	if newer, ok := r.answers[k]; ok {
		if newer.Arrived.Equal(s.Arrived) && newer.differs(e) {
			r.notice(s, finding.Finding{
				Code: "same-moment", Level: finding.Error, Place: e.Place, Activity: string(e.Activity),
				Got: s.File, Want: newer.Source.File,
			})
		}
		return Superseded
	}
	r.answers[k] = Answer{
		Agency: s.Agency, Role: role,
		Status: e.Status, Percent: e.Percent, Spent: e.Spent, SpentTotal: e.SpentTotal,
		Text: e.Text, Difficulty: e.Difficulty, Proposal: e.Proposal, Evidence: e.Evidence, DoneOn: e.DoneOn,
		Arrived: s.Arrived,
		Timing:  timing(r.Plan, r.activity(e.Activity), e.Status, e.DoneOn, r.Term.Closes),
		Source: &Source{
			SHA256: s.SHA256, File: s.File,
			Sheet: e.Place.Sheet, Cell: e.Place.Cell, Cells: e.Cells,
		},
	}
	if role == Partner {
		return Beside
	}
	return ""
}

// differs reports whether an entry gives another status or figure.
func (a Answer) differs(e form.Entry) bool {
	return a.Status != e.Status || !equal(a.Percent, e.Percent) || !equal(a.Spent, e.Spent) || !equal(a.SpentTotal, e.SpentTotal)
}

func equal[T comparable](a, b *T) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

// takeNothing lets a document that says "không phát sinh" answer for whatever
// its agency has not reported on otherwise. Figures reported before stand, and
// the contradiction is told.
func (r *reckoning) takeNothing() {
	for _, s := range r.Submissions {
		if s.Outcome != form.Accept || !s.Nothing {
			continue
		}
		contradicts := ""
		for a := range r.Plan.Activities() {
			for _, e := range r.expected[a.Code] {
				if e.Agency != s.Agency {
					continue
				}
				k := key{a.Code, e.Agency}
				if told, ok := r.answers[k]; ok {
					if !told.Source.Whole && s.Arrived.After(told.Arrived) {
						contradicts = told.Source.File
					}
					continue
				}
				r.answers[k] = Answer{
					Agency: s.Agency, Role: roleOf(e), Status: form.Nil, Arrived: s.Arrived,
					Timing: timing(r.Plan, a, form.Nil, agency.Day{}, r.Term.Closes),
					Source: &Source{SHA256: s.SHA256, File: s.File, Sheet: s.NothingAt.Sheet, Cell: s.NothingAt.Cell, Whole: true},
				}
			}
		}
		if contradicts != "" {
			r.notice(s, finding.Finding{Code: "nothing-after-report", Level: finding.Warning, Place: s.NothingAt, Got: contradicts})
		}
	}
}

// notice keeps a finding about a document.
func (r *reckoning) notice(s form.Submission, f finding.Finding) {
	r.seen = append(r.seen, Noted{f, s.Agency, s.SHA256})
}

// role is how the agency stands to the activity, empty when it does not.
func (r *reckoning) role(id agency.ID, code plan.Code) Role {
	for _, e := range r.expected[code] {
		if e.Agency == id {
			return roleOf(e)
		}
	}
	for _, partner := range r.activity(code).Partners {
		if slices.Contains(r.Directory.Members(partner, r.on), id) {
			return Partner
		}
	}
	return ""
}

func roleOf(e plan.Expectation) Role {
	if e.Member {
		return Member
	}
	return Lead
}

// activity is the plan's activity; form takes no entry whose code the plan
// does not have.
func (r *reckoning) activity(code plan.Code) *plan.Activity {
	if a := r.Plan.Activity(code); a != nil {
		return a
	}
	return &plan.Activity{Code: code}
}
