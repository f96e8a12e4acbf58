package reconcile

import (
	"slices"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// line gathers the answers on one activity and computes the province's.
func (r *reckoning) line(a *plan.Activity) Line {
	l := Line{Activity: a}
	for _, e := range r.expected[a.Code] {
		answer, told := r.answers[key{a.Code, e.Agency}]
		if !told {
			answer = Answer{
				Agency: e.Agency, Role: roleOf(e),
				Timing: timing(r.Plan, a, "", agency.Day{}, r.Term.Closes),
			}
		}
		l.Answers = append(l.Answers, answer)
		l.Spent = add(l.Spent, answer.Spent)
		l.SpentTotal = add(l.SpentTotal, answer.SpentTotal)
		l.Used = add(l.Used, r.used(answer))
	}
	var done agency.Day
	l.Progress, done = together(l.Answers)
	l.Timing = timing(r.Plan, a, l.Progress, done, r.Term.Closes)
	switch len(l.Answers) {
	case 0:
		l.Findings = append(l.Findings, finding.Finding{
			Code: "nobody-expected", Level: finding.Warning, Activity: string(a.Code), Got: a.LeadText,
		})
	case 1:
		l.Percent = l.Answers[0].Percent
	default:
		l.Collective = collective(l.Answers)
	}
	l.Answers = append(l.Answers, r.partners(a)...)
	if l.Used != nil && a.Budget != nil && *l.Used > *a.Budget {
		l.Findings = append(l.Findings, finding.Finding{
			Code: "spent-over-budget", Level: finding.Warning, Activity: string(a.Code),
			Got: l.Used.String(), Want: a.Budget.String(),
		})
	}
	return l
}

// partners are what cooperating agencies said, in the directory's order.
func (r *reckoning) partners(a *plan.Activity) []Answer {
	var said []Answer
	for _, id := range r.Directory.IDs() {
		if answer, ok := r.answers[key{a.Code, id}]; ok && answer.Role == Partner {
			said = append(said, answer)
		}
	}
	return said
}

// together is the progress of all who are expected to answer, and the day on
// which the last of them was done. One agency's word is taken as it is. Of
// several, all must be done before the activity is; "không phát sinh" neither
// helps nor hinders.
func together(answers []Answer) (form.Progress, agency.Day) {
	var last agency.Day
	said := map[form.Progress]int{}
	for _, a := range answers {
		said[a.Status]++
		if a.DoneOn.After(last) {
			last = a.DoneOn
		}
	}
	all := len(answers)
	switch {
	case said[""] == all:
		return "", agency.Day{}
	case said[form.Done] > 0 && said[form.Done]+said[form.Nil] == all:
		if slices.ContainsFunc(answers, func(a Answer) bool { return a.Status == form.Done && a.DoneOn.IsZero() }) {
			last = agency.Day{}
		}
		return form.Done, last
	}
	for _, p := range []form.Progress{form.NotStarted, form.Paused, form.Nil} {
		if said[p] > 0 && said[p]+said[""] == all {
			return p, agency.Day{}
		}
	}
	return form.InProgress, agency.Day{}
}

func collective(answers []Answer) *Collective {
	c := &Collective{Expected: len(answers)}
	for _, a := range answers {
		if a.Status != "" {
			c.Answered++
		}
		if a.Status == form.Done {
			c.Done++
		}
	}
	return c
}

// used is what an answer says was spent since the beginning of the reporting
// year, nil when it does not: the cumulative figure, or in a term that begins
// with the year what was spent in the term.
func (r *reckoning) used(a Answer) *plan.Dong {
	if a.SpentTotal == nil && r.Term.Whole {
		return a.Spent
	}
	return a.SpentTotal
}

// add is the sum of two amounts of which any may be unsaid; unsaid is not 0.
func add(a, b *plan.Dong) *plan.Dong {
	switch {
	case b == nil:
		return a
	case a == nil:
		sum := *b
		return &sum
	}
	sum := *a + *b
	return &sum
}
