package reconcile

import (
	"baocao/pipeline/agency"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// leadPartnerDisagree: a cooperating agency says that the activity is done and
// who leads says that it is not, or the other way round; or both name money, and
// another amount. Of a group that leads, one member who says the same is enough,
// and since what a member spent is its own, money is compared only where one
// agency leads. The place is the partner's figure.
func (r *reckoning) leadPartnerDisagree(l *Line, rule Rule) []Noted {
	var all []Noted
	lead, single := alone(l)
	var done, open bool
	for _, a := range l.Answers {
		done = done || a.Role != Partner && a.Status == form.Done
		open = open || a.Role != Partner && isOpen(a.Status)
	}
	for _, p := range l.Answers {
		if p.Role != Partner || p.Source == nil {
			continue
		}
		n := Noted{Agency: p.Agency, SHA256: p.Source.SHA256}
		cell := p.Source.Cells.Status
		switch {
		case p.Status == form.Done && open && !done:
			n.Got, n.Want = r.nameOf(p.Agency), r.leadName(l)
		case isOpen(p.Status) && done && !open:
			n.Got, n.Want = r.leadName(l), r.nameOf(p.Agency)
		case single && differ(p.SpentTotal, lead.SpentTotal, rule.beyond()):
			n.Code, cell = "lead-partner-money", p.Source.Cells.SpentTotal
			n.Got, n.Want = r.amountOf(p.Agency, *p.SpentTotal), r.amountOf(lead.Agency, *lead.SpentTotal)
		case single && differ(p.Spent, lead.Spent, rule.beyond()):
			n.Code, cell = "lead-partner-money", p.Source.Cells.Spent
			n.Got, n.Want = r.amountOf(p.Agency, *p.Spent), r.amountOf(lead.Agency, *lead.Spent)
		default:
			continue
		}
		n.Place = r.placeOf(p, l.Activity.Code, cell)
		all = append(all, n)
	}
	return all
}

// isOpen reports whether a status says that the activity is not done.
func isOpen(s form.Progress) bool {
	return s == form.InProgress || s == form.NotStarted || s == form.Paused
}

// differ reports whether two amounts are both said and further apart than what
// is let pass.
func differ(a, b *plan.Dong, beyond plan.Dong) bool {
	return a != nil && b != nil && max(*a-*b, *b-*a) > beyond
}

func (r *reckoning) amountOf(id agency.ID, d plan.Dong) string {
	return r.nameOf(id) + " " + sayAmount(d)
}

// leadName is who leads the activity: the one agency, or the plan's own words.
func (r *reckoning) leadName(l *Line) string {
	if a, ok := alone(l); ok {
		return r.nameOf(a.Agency)
	}
	return l.Activity.LeadText
}

func (r *reckoning) nameOf(id agency.ID) string { return r.Directory.Name(id, r.Term.Closes) }
