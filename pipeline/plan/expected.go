package plan

import (
	"slices"

	"baocao/pipeline/agency"
)

// Expectation is an answer that is due before anybody has sent anything: one
// agency on one activity.
type Expectation struct {
	Agency   agency.ID
	Activity *Activity
	Member   bool // the agency answers as a member of a group that leads
}

// Expected are the answers that the plan asks for in a term, under the directory
// as it stood when the term closed, in the plan's order and each agency once an
// activity. Every member of a leading group is asked; open groups ask nobody, and
// what the frequency leaves out of the term is not asked ([AskedNow]).
func (p *Plan) Expected(dir *agency.Directory, t Term, frequency []Frequency) []Expectation {
	var all []Expectation
	for a := range p.Activities() {
		var asked []agency.ID
		for _, lead := range a.Leads {
			_, group := dir.Group(lead)
			for _, id := range dir.Members(lead, t.Closes) {
				if slices.Contains(asked, id) || !AskedNow(frequency, dir, id, a.Code, t) {
					continue
				}
				asked = append(asked, id)
				all = append(all, Expectation{Agency: id, Activity: a, Member: group})
			}
		}
	}
	return all
}

// Begins is the first day of the activity's first month in the year of the
// plan, the zero Day when the plan names none.
func (a *Activity) Begins(year int) agency.Day {
	if a.Start == 0 {
		return agency.Day{}
	}
	return firstOf(year, a.Start)
}

// Deadline is the last day of the activity's last month in the year of the
// plan, the zero Day when the plan names none.
func (a *Activity) Deadline(year int) agency.Day {
	if a.End == 0 {
		return agency.Day{}
	}
	return firstOf(year, a.End+1).AddDays(-1)
}
