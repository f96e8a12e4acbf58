package reconcile

import (
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// sums adds up the lines of each field, and of all.
func sums(p *plan.Plan, lines []Line) (fields []Sum, total Sum) {
	fields = make([]Sum, len(p.Fields))
	for i := range fields {
		fields[i].Code = p.Fields[i].Code
	}
	for _, l := range lines {
		fields[l.Field].count(l)
		total.count(l)
	}
	return fields, total
}

func (s *Sum) count(l Line) {
	s.Activities++
	switch l.Progress {
	case form.Done:
		s.Done++
	case form.InProgress:
		s.InProgress++
	case form.NotStarted:
		s.NotStarted++
	case form.Paused, form.Nil:
		s.Paused++
	default:
		s.NotReported++
	}
	if l.Timing == Overdue {
		s.Overdue++
	}
	s.Budget = add(s.Budget, l.Activity.Budget)
	s.Spent = add(s.Spent, l.Spent)
	s.SpentTotal = add(s.SpentTotal, l.SpentTotal)
	s.Used = add(s.Used, l.Used)
	if l.Activity.Budget != nil {
		s.UsedPlanned = add(s.UsedPlanned, l.Used)
	}
}
