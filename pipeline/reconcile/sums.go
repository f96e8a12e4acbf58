package reconcile

import (
	"baocao/pipeline/agency"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// sums adds up the lines of each field, of each result, and of all.
func sums(p *plan.Plan, lines []Line) (fields, results []Sum, total Sum) {
	fields = make([]Sum, len(p.Fields))
	first := make([]int, len(p.Fields)) // position in results of the field's first one
	for i, f := range p.Fields {
		fields[i].Code = f.Code
		first[i] = len(results)
		for _, r := range f.Results {
			results = append(results, Sum{Code: r.Code})
		}
	}
	for _, l := range lines {
		fields[l.Field].count(l)
		results[first[l.Field]+l.Result].count(l)
		total.count(l)
	}
	return fields, results, total
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
	if l.NotAsked {
		s.NotAsked++
	}
	if l.Timing == Overdue {
		s.Overdue++
	}
	s.Timings.count(l.Timing)
	s.Budget = add(s.Budget, l.Activity.Budget)
	s.Spent = add(s.Spent, l.Spent)
	s.SpentTotal = add(s.SpentTotal, l.SpentTotal)
	s.use(l.Used, l.Activity.Budget != nil)
	for _, a := range l.Answers {
		if a.Carried != nil && a.Role != Partner {
			s.UsedCarried = add(s.UsedCarried, a.Used)
		}
	}
}

// use adds money spent since the beginning of the year.
func (s *Sum) use(used *plan.Dong, planned bool) {
	s.Used = add(s.Used, used)
	if planned {
		s.UsedPlanned = add(s.UsedPlanned, used)
	}
}

// leads counts for each agency what was asked of it and what it answered. An
// activity that several agencies lead counts for each of them by its own answer;
// its budget is nobody's own.
func (r *reckoning) leads(lines []Line) []AgencySum {
	sums := map[agency.ID]*AgencySum{}
	of := func(id agency.ID) *AgencySum {
		if sums[id] == nil {
			sums[id] = &AgencySum{Agency: id}
		}
		return sums[id]
	}
	for _, l := range lines {
		alone := len(r.expected[l.Activity.Code]) == 1
		for _, a := range l.Answers {
			if a.Role != Partner {
				of(a.Agency).count(a.line(l.Activity, alone))
			}
		}
		for _, a := range l.Unasked {
			of(a.Agency).use(a.Used, alone && l.Activity.Budget != nil)
		}
	}
	var all []AgencySum
	for _, id := range r.Directory.IDs() {
		if s := sums[id]; s != nil {
			all = append(all, *s)
		}
	}
	return all
}

// line is the answer as if the activity were the agency's alone; it has a budget
// only where it is.
func (a Answer) line(activity *plan.Activity, alone bool) Line {
	if !alone && activity.Budget != nil {
		shared := *activity
		shared.Budget = nil
		activity = &shared
	}
	return Line{
		Activity: activity, Progress: a.Status, Timing: a.Timing,
		Spent: a.Spent, SpentTotal: a.SpentTotal, Used: a.Used,
	}
}
