package reconcile

import (
	"slices"

	"baocao/pipeline/agency"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// Own is what of a statement is one agency's: the activities that it leads,
// alone or with others, each by its own answer, the sums of these, its reporting
// and what is noted about it. An activity's budget is the agency's only where it
// leads alone. What agencies do together, compare or rank is left out; so is
// Control, which is about all documents.
func Own(in Inputs, s *Statement, id agency.ID) (Inputs, *Statement) {
	own := &Statement{Period: s.Period, Term: s.Term, PlanVersion: s.PlanVersion, AsOf: s.AsOf}
	r := &reckoning{Inputs: in}
	in.Plan = ownPlan(in.Plan, s.Lines, id, func(l Line) {
		l.Target, l.Met = nil, ""
		own.Lines = append(own.Lines, l)
	})
	r.Inputs.Plan = in.Plan
	for i := range own.Lines {
		own.Lines[i].Target, own.Lines[i].Met = r.target(&own.Lines[i])
	}
	own.Fields, own.Results, own.Total = sums(in.Plan, own.Lines)
	for _, a := range s.Agencies {
		if a.Agency == id {
			own.Agencies = append(own.Agencies, a)
		}
	}
	own.Reporting = reporting(own.Agencies)
	for _, l := range s.Leads {
		if l.Agency == id {
			own.Leads = append(own.Leads, l)
		}
	}
	others := func(n Noted) bool { return n.Agency != id }
	own.Findings = slices.DeleteFunc(slices.Clone(s.Findings), others)
	own.Waived = slices.DeleteFunc(slices.Clone(s.Waived), func(w Waived) bool { return others(w.Noted) })
	own.Corrected = slices.DeleteFunc(slices.Clone(s.Corrected), func(c Correction) bool { return c.Agency != id })

	documents := map[string]bool{}
	in.Submissions = slices.Clone(in.Submissions)
	in.Submissions = slices.DeleteFunc(in.Submissions, func(sub form.Submission) bool { return sub.Agency != id })
	for _, sub := range in.Submissions {
		documents[sub.SHA256] = true
	}
	in.Rulings = slices.DeleteFunc(slices.Clone(in.Rulings), func(r Ruling) bool {
		return r.Agency != id && !documents[r.SHA256]
	})
	in.Paragraphs = nil
	return in, own
}

// ownPlan is the part of a plan that an agency leads, without the totals that
// the decision states; each line of it is given to add.
func ownPlan(p *plan.Plan, lines []Line, id agency.ID, add func(Line)) *plan.Plan {
	own := *p
	own.Fields, own.Total, own.TotalText, own.TotalWords = nil, nil, "", ""
	next := 0
	for _, f := range p.Fields {
		field := f
		field.Results, field.Total, field.TotalText, field.HasTotal = nil, nil, "", false
		for _, r := range f.Results {
			result := r
			result.Activities = nil
			for range r.Activities {
				l, ok := lines[next].own(id)
				next++
				if !ok {
					continue
				}
				result.Activities = append(result.Activities, *l.Activity)
				l.Field, l.Result = len(own.Fields), len(field.Results)
				add(l)
			}
			if len(result.Activities) > 0 {
				field.Results = append(field.Results, result)
			}
		}
		if len(field.Results) > 0 {
			own.Fields = append(own.Fields, field)
		}
	}
	return &own
}

// own is the line by the answer of one of the agencies that lead it.
func (l Line) own(id agency.ID) (Line, bool) {
	is := func(a Answer) bool { return a.Agency == id && a.Role != Partner }
	unasked := slices.IndexFunc(l.Unasked, is)
	i := slices.IndexFunc(l.Answers, is)
	if i < 0 && unasked < 0 {
		return Line{}, false
	}
	alone := l.Collective == nil && len(l.Unasked) == 0
	if i < 0 {
		a := l.Unasked[unasked]
		one := a.line(l.Activity, len(l.Answers) == 0 && len(l.Unasked) == 1)
		one.NotAsked, one.Unasked = true, []Answer{a}
		return one, true
	}
	one := l.Answers[i].line(l.Activity, alone)
	one.Percent, one.Answers = l.Answers[i].Percent, []Answer{l.Answers[i]}
	return one, true
}
