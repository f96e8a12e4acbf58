package reconcile

import (
	"slices"

	"baocao/pipeline/agency"
	"baocao/pipeline/form"
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
		case a.State != StateAccepted && a.State != StateNothing:
			n.Missing++
		default:
			n.Received++
			if a.Late {
				n.Late++
			}
		}
	}
	return n
}

func (r *reckoning) state(id agency.ID) AgencyState {
	s := AgencyState{Agency: id, State: StateMissing}
	s.Due, s.Grace = r.days(id)
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

// days are the agency's own due day and grace. An extension never takes days
// away.
func (r *reckoning) days(id agency.ID) (due, grace agency.Day) {
	due, grace = r.Term.Due, r.Term.Grace
	ruling, ok := r.extended[id]
	if !ok {
		return due, grace
	}
	if ruling.Until.After(due) {
		due = ruling.Until
	}
	if due.After(grace) {
		grace = due
	}
	return due, grace
}

// InGrace reports whether the agency's report came late and within its days of
// grace.
func (a AgencyState) InGrace() bool {
	return a.Late && !agency.DayOf(a.Received).After(a.Grace)
}
