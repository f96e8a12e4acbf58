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
	if r.left[rowOf(s, e)] || r.documents[s.SHA256].Kind == SetAside {
		return Ruled
	}
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
		r.raise(s, Warn, finding.Finding{
			Code: "not-expected", Place: e.Place, Activity: string(e.Activity), Got: r.Directory.Name(s.Agency, r.on),
		})
		return NotExpected
	}
	k := key{e.Activity, s.Agency}
	c := r.correct(s, e)
	if newer, ok := r.answers[k]; ok {
		if newer.Arrived.Equal(s.Arrived) && newer.differs(r.cut(c.entry)) {
			r.raise(s, Fault, finding.Finding{
				Code: "same-moment", Place: e.Place, Activity: string(e.Activity), Got: s.File, Want: newer.Source.File,
			})
		}
		return Superseded
	}
	if r.rows[rowOf(s, e)].Kind != Release && r.holds(s, c.entry, role) != "" {
		r.waiting[k] = true
		return HeldByRule
	}
	r.tell(s, c)
	if role != Partner && !r.asked[k] {
		r.raise(s, Noting, finding.Finding{
			Code: "not-asked-now", Place: e.Place, Activity: string(e.Activity), Got: r.Directory.Name(s.Agency, r.on),
		})
	}
	r.answers[k] = r.answer(s, c.entry, role, append(r.taking(s, e), c.rulings...), Source{
		SHA256: s.SHA256, File: s.File, Sheet: e.Place.Sheet, Cell: e.Place.Cell, Cells: e.Cells,
	})
	if role == Partner {
		return Beside
	}
	return ""
}

// answer is what an entry says, as it counts.
func (r *reckoning) answer(s form.Submission, e form.Entry, role Role, rulings []string, from Source) Answer {
	after := r.afterClose(e)
	e = r.cut(e)
	a := Answer{
		Agency: s.Agency, Role: role,
		Status: e.Status, Percent: e.Percent, Spent: e.Spent, SpentTotal: e.SpentTotal,
		Text: e.Text, Difficulty: e.Difficulty, Proposal: e.Proposal, Evidence: e.Evidence, DoneOn: e.DoneOn,
		Arrived: s.Arrived, AfterClose: after,
		Timing:  timing(r.Plan, r.activity(e.Activity), e.Status, e.DoneOn, r.Term.Closes),
		Source:  &from,
		Rulings: rulings,
	}
	r.use(&a, key{e.Activity, s.Agency})
	return a
}

// afterClose reports whether an activity was done on a day that belongs to the
// next period.
func (r *reckoning) afterClose(e form.Entry) bool {
	return e.Status == form.Done && e.DoneOn.After(r.Term.Closes)
}

// cut is the entry as it stands at the cut-off: what was done after it is in
// progress.
func (r *reckoning) cut(e form.Entry) form.Entry {
	if r.afterClose(e) {
		e.Status = form.InProgress
	}
	return e
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
				k := key{a.Code, e.Agency}
				if e.Agency != s.Agency || !r.asked[k] {
					continue
				}
				if told, ok := r.answers[k]; ok {
					if !told.Source.Whole && s.Arrived.After(told.Arrived) {
						contradicts = told.Source.File
					}
					continue
				}
				c := r.correct(s, form.Entry{Activity: a.Code, Status: form.Nil, Place: s.NothingAt})
				r.tell(s, c)
				whole := form.Entry{Place: finding.Place{Sheet: s.NothingAt.Sheet}}
				r.answers[k] = r.answer(s, c.entry, roleOf(e), append(r.taking(s, whole), c.rulings...), Source{
					SHA256: s.SHA256, File: s.File, Sheet: s.NothingAt.Sheet, Cell: s.NothingAt.Cell, Whole: true,
				})
			}
		}
		if contradicts != "" {
			r.raise(s, Warn, finding.Finding{Code: "nothing-after-report", Place: s.NothingAt, Got: contradicts})
		}
	}
}

// raise keeps a finding about a document at the level that the office's table
// gives its kind, or by the fallback where it does not say.
func (r *reckoning) raise(s form.Submission, fallback Action, f finding.Finding) {
	action := r.action(f.Code, fallback)
	if action == Off {
		return
	}
	f.Level = action.Level()
	r.notice(s, f)
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
	if a := r.activities[code]; a != nil {
		return a
	}
	return &plan.Activity{Code: code}
}
