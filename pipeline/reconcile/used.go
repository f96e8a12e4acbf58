package reconcile

import "baocao/pipeline/agency"

// use computes what the answer says was spent since the beginning of the
// reporting year, see [Answer].Used. Where nothing was told before, the figure of
// a term that does not begin with the year leaves the sum unsaid: a blank is not 0.
// A partner's money is only what it tells.
func (r *reckoning) use(a *Answer, k key) {
	before := r.before[k]
	switch {
	case a.SpentTotal != nil:
		a.Used = a.SpentTotal
	case a.Spent != nil && r.Term.Whole:
		a.Used = a.Spent
	case a.Role == Partner || before.Used == nil:
	case a.Spent == nil:
		a.Used, a.Carried = before.Used, &before.Period
	case r.adjoins:
		a.Used = add(before.Used, a.Spent)
	}
}

// previous is the period before this one in the same year, nil when there is
// none.
func (in Inputs) previous() *Figures {
	for i := range in.Earlier {
		f := &in.Earlier[i]
		if f.Kind == Previous && f.Term.Period.Year == in.Term.Period.Year {
			return f
		}
	}
	return nil
}

// answersBefore are the answers of the previous period by who answers for them
// now: an agency's successor takes over what it had spent.
func (in Inputs) answersBefore() map[key]PastAnswer {
	f := in.previous()
	if f == nil {
		return nil
	}
	before := make(map[key]PastAnswer, len(f.Answers))
	for _, a := range f.Answers {
		k := key{a.Activity, a.Agency}
		if now := in.Directory.Members(a.Agency, in.Term.Closes); len(now) == 1 {
			k.agency = now[0]
		}
		if a.Period.IsZero() {
			a.Period = f.Term.Period
		}
		if other, taken := before[k]; taken {
			a = joined(other, a, k.agency)
		}
		before[k] = a
	}
	return before
}

// joined is what two agencies answered of which one has become the other, or
// both a third: their money together, and the rest as the lasting one said it,
// else the one whose id comes first.
func joined(a, b PastAnswer, lasting agency.ID) PastAnswer {
	if b.Agency == lasting || a.Agency != lasting && b.Agency < a.Agency {
		a, b = b, a
	}
	if a.Used == nil {
		a.SHA256, a.File, a.Period = b.SHA256, b.File, b.Period
	}
	a.Used = add(a.Used, b.Used)
	return a
}
