package plan

import "baocao/pipeline/agency"

// Version is a plan and the first day on which it is in force.
type Version struct {
	Plan *Plan
	From agency.Day // of a year's first version it says nothing: there is no plan before it
}

// Versions are one year's plans in the order in which they were decided. A later
// decision replaces the earlier ones from its day on, also where one of them was
// to come into force later than it.
type Versions []Version

// At is the plan in force on a day: of those in force by then the one decided
// last, and before all of them the first. The zero day asks for the newest. It is
// nil when there is no plan.
func (v Versions) At(on agency.Day) *Plan {
	if i := v.IndexAt(on); i >= 0 {
		return v[i].Plan
	}
	return nil
}

// IndexAt is the position of the plan that [Versions.At] gives, -1 when there is
// none.
func (v Versions) IndexAt(on agency.Day) int {
	for i := len(v) - 1; i > 0; i-- {
		if on.IsZero() || !v[i].From.After(on) {
			return i
		}
	}
	return min(len(v), 1) - 1
}
