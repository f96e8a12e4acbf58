package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/store"
)

// ErrNoGap is the error of a gap to waive that the period does not have.
var ErrNoGap = errors.New("the period has no gap of that name")

// Waive lets gaps stand when the period is issued.
func (p *Pipeline) Waive(ctx context.Context, period plan.Period, ids []string, reason string, who store.Actor) ([]reconcile.Ruling, error) {
	reason, err := reasonOf(reason)
	if err != nil {
		return nil, err
	}
	made, err := p.ToIssue(ctx, period, time.Time{})
	if err != nil {
		return nil, err
	}
	if made.Gate.Closed() {
		return nil, p.closed(&store.ClosedError{Issue: *made.Gate.Issue})
	}
	open := p.Gaps(made)
	var rulings []reconcile.Ruling
	for _, id := range ids {
		i := slices.IndexFunc(open, func(g Gap) bool { return g.ID == id })
		switch {
		case i < 0:
			return nil, fmt.Errorf("waive %s: %q: %w", period, id, ErrNoGap)
		case open[i].Waived != "":
			continue
		}
		r := open[i].ruling
		r.Period, r.Reason = period, reason
		rulings = append(rulings, r)
	}
	return p.keepRulings(ctx, rulings, who)
}

// WaiveRule silences a rule about an agency or an activity, or both, until a
// day; the zero day means for the period.
func (p *Pipeline) WaiveRule(ctx context.Context, r reconcile.Ruling, who store.Actor) (reconcile.Ruling, error) {
	var err error
	if r.Reason, err = reasonOf(r.Reason); err != nil {
		return r, err
	}
	r.Kind = reconcile.WaiveRule
	switch {
	case !slices.ContainsFunc(reconcile.DefaultRules(), func(known reconcile.Rule) bool { return known.Code == r.Rule }):
		return r, fmt.Errorf("rule %q: templates/rules.yaml has none of that name", r.Rule)
	case r.Agency == "" && r.Activity == "":
		return r, errors.New("say for which agency or activity; a rule is switched off for all in templates/rules.yaml")
	case !r.Until.IsZero():
		r.Period = plan.Period{} // it holds over periods
	}
	return p.keepRuling(ctx, r, who)
}

// Extend moves the day until which an agency is waited for.
func (p *Pipeline) Extend(ctx context.Context, period plan.Period, id agency.ID, until agency.Day, reason string, who store.Actor) (reconcile.Ruling, error) {
	r := reconcile.Ruling{Kind: reconcile.Extend, Period: period, Agency: id, Until: until}
	term, err := p.office.calendar.Term(period)
	if err == nil {
		r.Reason, err = reasonOf(reason)
	}
	switch {
	case err != nil:
		return r, err
	case until.Before(term.Due):
		return r, fmt.Errorf("extend %s: %s lies before the period's due day %s", period, until, term.Due)
	case until.After(term.Due.AddDays(365)):
		return r, fmt.Errorf("extend %s: %s lies more than a year after the period's due day %s", period, until, term.Due)
	}
	if _, ok := p.office.directory.Agency(id); !ok {
		return r, fmt.Errorf("agency %q: not in the directory", id)
	}
	return p.keepRuling(ctx, r, who)
}

// keepRulings keeps all of them or none.
func (p *Pipeline) keepRulings(ctx context.Context, rulings []reconcile.Ruling, who store.Actor) ([]reconcile.Ruling, error) {
	kept, err := p.Store.AddRulings(ctx, rulings, who)
	return kept, p.closed(err)
}
