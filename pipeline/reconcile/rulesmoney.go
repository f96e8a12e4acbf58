package reconcile

import "baocao/pipeline/plan"

// cumulativeFell: what was spent since the beginning of the year is less than
// the agency told in the previous period. What is carried over cannot fall.
func cumulativeFell(f facts) *broken {
	now := f.answer.Used
	if now == nil || f.answer.Carried != nil || f.past == nil || f.past.Used == nil {
		return nil
	}
	if fall := *f.past.Used - *now; fall <= 0 || fall <= f.rule.beyond() {
		return nil
	}
	return &broken{cell: f.usedCell(), got: sayAmount(*now), want: sayAmount(*f.past.Used)}
}

// usedCell is where the figure stands that Used was taken from.
func (f facts) usedCell() string {
	switch {
	case f.answer.Source == nil:
		return ""
	case f.answer.SpentTotal != nil:
		return f.answer.Source.Cells.SpentTotal
	default:
		return f.answer.Source.Cells.Spent
	}
}

// unitSlip: an amount is about a thousand or a million times, or a thousandth
// or millionth of, what the agency told before; or so many times the budget.
// What stays within the budget has grown and is no slip.
func unitSlip(f facts) *broken {
	if f.answer.Source == nil || f.answer.Carried != nil {
		return nil
	}
	var before *plan.Dong
	if f.past != nil {
		before = f.past.Used
	}
	planned := func(d plan.Dong) bool { return f.activity.Budget != nil && d <= *f.activity.Budget }
	cells := f.answer.Source.Cells
	for _, a := range []struct {
		told *plan.Dong
		cell string
		sum  bool // may be held against what was told before as a sum, also downwards
	}{
		{f.answer.SpentTotal, cells.SpentTotal, true},
		{f.answer.Spent, cells.Spent, f.answer.SpentTotal == nil && f.term.Whole},
	} {
		if a.told == nil || *a.told <= 0 {
			continue
		}
		for _, with := range []struct {
			amount *plan.Dong
			slips  func(amount, with plan.Dong) bool
		}{
			{before, func(x, y plan.Dong) bool { return !planned(x) && slipped(x, y, 2) || a.sum && slipped(y, x, 2) }},
			{f.activity.Budget, func(x, y plan.Dong) bool { return slipped(x, y, 10) }},
		} {
			if with.amount != nil && *with.amount > 0 && with.slips(*a.told, *with.amount) {
				return &broken{cell: a.cell, got: sayAmount(*a.told), want: sayAmount(*with.amount)}
			}
		}
	}
	return nil
}

// slipped reports whether big is about a thousand or a million times small: not
// more than twice that, nor less than that divided by least. Of a budget the
// tenth part may have been spent, of an earlier sum at least the half is left.
// Both are above 0.
func slipped(big, small plan.Dong, least int64) bool {
	times := int64(big / small)
	return times >= 1_000/least && times <= 2*1_000 || times >= 1_000_000/least && times <= 2*1_000_000
}

// spentOverBudget: all who lead the activity have together spent more than its
// budget, by more than the office lets pass: an amount, or a share of the budget.
func (r *reckoning) spentOverBudget(l *Line, rule Rule) []Noted {
	if l.Used == nil || l.Activity.Budget == nil {
		return nil
	}
	budget := *l.Activity.Budget
	over := *l.Used - budget
	if over <= 0 || over <= rule.beyond() || over*100 <= budget*plan.Dong(rule.Share) {
		return nil
	}
	n := Noted{}
	n.Got, n.Want = sayAmount(*l.Used), sayAmount(budget)
	if a, ok := alone(l); ok && a.Source != nil {
		n.Place = r.placeOf(a, l.Activity.Code, facts{answer: a}.usedCell())
	}
	return []Noted{n}
}

// alone is the answer of the one agency that leads the activity.
func alone(l *Line) (Answer, bool) {
	var found []Answer
	for _, a := range l.Answers {
		if a.Role != Partner {
			found = append(found, a)
		}
	}
	if len(found) != 1 {
		return Answer{}, false
	}
	return found[0], true
}
