package reconcile

import (
	"slices"

	"baocao/pipeline/agency"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// agencies is how each agency that the plan expects to report stands.
// Timeliness counts from the first valid document: a correction that follows
// does not make an agency late.
func (r *reckoning) agencies() []AgencyState {
	expected, told := map[agency.ID]int{}, map[agency.ID]int{}
	for k, asked := range r.asked {
		if !asked {
			continue
		}
		expected[k.agency]++
		if _, ok := r.answers[k]; ok {
			told[k.agency]++
		}
	}
	var states []AgencyState
	for _, id := range r.Directory.IDs() {
		if expected[id] == 0 {
			continue
		}
		s := r.state(id)
		s.ActivitiesExpected, s.ActivitiesReported = expected[id], told[id]
		states = append(states, s)
	}
	return states
}

// reporting counts the agencies by whether they have reported.
func reporting(states []AgencyState) Reporting {
	var n Reporting
	for _, a := range states {
		n.Expected++
		switch {
		case a.State == StateHeld:
			n.Held++
		case a.State == StateRejected:
			n.Rejected++
		case a.State != StateAccepted && a.State != StateNothing:
			n.Silent++
		case a.Late:
			n.Late++
		default:
			n.InTime++
		}
	}
	n.Received, n.Missing = n.InTime+n.Late, n.Held+n.Rejected+n.Silent
	return n
}

func (r *reckoning) state(id agency.ID) AgencyState {
	s := AgencyState{Agency: id, State: StateMissing}
	own := extended(r.Term, r.extended[id])
	s.Due, s.Grace = own.Due, own.Grace
	for _, sub := range slices.Backward(r.Submissions) { // oldest first
		if sub.Agency != id || sub.Outcome == form.Ignore {
			continue
		}
		switch {
		case sub.Outcome == form.Accept:
			if s.Version == 0 {
				s.Received = sub.Arrived
			}
			s.Version++
			if !sub.Nothing {
				s.State = StateAccepted
			} else if s.State != StateAccepted {
				s.State = StateNothing
			}
		case s.Version > 0: // a valid document stands
		case sub.Outcome == form.Review:
			s.State, s.Received = StateHeld, sub.Arrived
		default:
			if s.State != StateHeld {
				s.State, s.Received = StateRejected, sub.Arrived
			}
		}
	}
	until := agency.DayOf(s.Received)
	if s.State == StateMissing {
		until = agency.DayOf(r.AsOf)
	}
	if until.After(s.Due) {
		s.DaysLate = s.Due.DaysUntil(until)
		s.Late = s.State != StateMissing
	}
	if _, waived := r.waived[id]; waived && s.State == StateMissing {
		s.State = StateWaived
	}
	return s
}

// TermOf is the term with an agency's own days: of the [Extend] rulings for it the
// last one made moves Due, Grace and Lock to its day. It never takes days away.
func TermOf(t plan.Term, rulings []Ruling, id agency.ID) plan.Term {
	return extended(t, newDesk(inForce(rulings, t.Period)).extended[id])
}

func extended(t plan.Term, by Ruling) plan.Term {
	for _, day := range []*agency.Day{&t.Due, &t.Grace, &t.Lock} {
		if by.Until.After(*day) {
			*day = by.Until
		}
	}
	return t
}

// InGrace reports whether the agency's report came late and within its days of
// grace.
func (a AgencyState) InGrace() bool {
	return a.Late && !agency.DayOf(a.Received).After(a.Grace)
}
