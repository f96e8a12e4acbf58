package reconcile

import (
	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// line gathers the answers on one activity and computes the province's. Who is
// not asked in this period and answers all the same is taken at its word.
func (r *reckoning) line(a *plan.Activity) Line {
	l := Line{Activity: a}
	for _, e := range r.expected[a.Code] {
		k := key{a.Code, e.Agency}
		answer, told := r.answers[k]
		if !told {
			answer = r.silent(a, e)
		}
		l.Used = add(l.Used, answer.Used)
		if !told && !r.asked[k] {
			if answer.Used != nil {
				l.Unasked = append(l.Unasked, answer)
			}
			continue
		}
		l.Answers = append(l.Answers, answer)
		l.Spent = add(l.Spent, answer.Spent)
		l.SpentTotal = add(l.SpentTotal, answer.SpentTotal)
	}
	var done agency.Day
	l.Progress, done = together(l.Answers)
	l.Timing = timing(r.Plan, a, l.Progress, done, r.Term.Closes)
	switch n := len(l.Answers); {
	case len(r.expected[a.Code]) == 0:
		l.Findings = append(l.Findings, finding.Finding{
			Code: "nobody-expected", Level: finding.Warning, Activity: string(a.Code), Got: a.LeadText,
		})
	case n == 0:
		l.NotAsked = true
	case n == 1:
		l.Percent = l.Answers[0].Percent
	default:
		l.Collective = collective(l.Answers)
	}
	l.Answers = append(l.Answers, r.partners(a)...)
	return l
}

// silent is the answer of an agency that said nothing.
func (r *reckoning) silent(a *plan.Activity, e plan.Expectation) Answer {
	k := key{a.Code, e.Agency}
	answer := Answer{
		Agency: e.Agency, Role: roleOf(e), Waiting: r.waiting[k],
		Timing: timing(r.Plan, a, "", agency.Day{}, r.Term.Closes),
	}
	r.use(&answer, k)
	return answer
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
// several, "không phát sinh" neither helps nor hinders, all others must be done
// before the activity is, and while anybody is silent nothing is final.
func together(answers []Answer) (form.Progress, agency.Day) {
	said := map[form.Progress]int{}
	for _, a := range answers {
		said[a.Status]++
	}
	silent, counted := said[""], len(answers)-said[form.Nil]
	switch {
	case silent == len(answers):
		return "", agency.Day{}
	case counted == 0:
		return form.Nil, agency.Day{}
	case said[form.Done] == counted:
		return form.Done, lastDone(answers)
	case said[form.Paused] == counted:
		return form.Paused, agency.Day{}
	case said[form.NotStarted] > 0 && said[form.NotStarted]+silent == counted:
		return form.NotStarted, agency.Day{}
	case said[form.Done]+said[form.InProgress]+said[form.NotStarted]+said[form.Paused] == 0,
		said[form.Paused] > 0 && said[form.Paused]+silent == counted:
		return "", agency.Day{} // who spoke leaves it open, and the others are silent
	}
	return form.InProgress, agency.Day{}
}

// lastDone is the day on which the last agency was done, zero when one of them
// did not say.
func lastDone(answers []Answer) agency.Day {
	var last agency.Day
	for _, a := range answers {
		switch {
		case a.Status != form.Done:
		case a.DoneOn.IsZero():
			return agency.Day{}
		case a.DoneOn.After(last):
			last = a.DoneOn
		}
	}
	return last
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
