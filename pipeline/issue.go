package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/store"
	"baocao/pipeline/viet"
)

// GapsError is the error of a period that cannot be issued yet.
type GapsError struct {
	Period plan.Period
	Gaps   []Gap // those that nobody has waived
}

func (e *GapsError) Error() string {
	return fmt.Sprintf("issue %s: %d gaps are neither filled nor waived", e.Period, len(e.Gaps))
}

// Issue makes the period's next revision official: it freezes what the report
// is made from, renders it, and closes the period. Gaps must have been waived,
// see [Pipeline.Gaps]; otherwise the error is a [*GapsError].
//
// Where two persons are asked for, it only prepares: inputs and templates are
// frozen, and [Pipeline.Approve] by another person does the rest.
func (p *Pipeline) Issue(ctx context.Context, period plan.Period, asOf time.Time, who store.Actor) (*store.Issue, []File, error) {
	if today := lastSecond(agency.DayOf(p.Now())); asOf.After(today) {
		return nil, nil, fmt.Errorf("issue %s: %s has not come yet; figures stand as of today at the latest", period, agency.DayOf(asOf))
	}
	made, err := p.ToIssue(ctx, period, asOf)
	if err != nil {
		return nil, nil, err
	}
	if made.Gate.State == store.GateIssued {
		return nil, nil, p.closed(&store.ClosedError{Issue: *made.Gate.Issue})
	}
	if open := slices.DeleteFunc(p.Gaps(made), func(g Gap) bool { return g.Waived != "" }); len(open) > 0 {
		return nil, nil, &GapsError{period, open}
	}
	i := store.Issue{
		Period: period, Revision: made.Gate.Next(), AsOf: made.Inputs.AsOf, Data: made.Hash,
		Program: p.Version, PlanVersion: made.Inputs.PlanVersion, PreparedBy: who.Name, PreparedAt: who.At.UTC(),
		Moves: made.Gate.Moves,
	}
	if i.Inputs, err = p.freezeInputs(made.Inputs); err != nil {
		return nil, nil, err
	}
	if i.Templates, err = p.freezeTemplates(); err != nil {
		return nil, nil, err
	}
	if p.TwoPersons {
		prepared, err := p.Store.Prepare(ctx, i, who)
		return &prepared, nil, p.closed(err)
	}
	return p.publish(ctx, i, who)
}

// Approve issues what another person has prepared. When a clerk has ruled on
// the period since, what was prepared is not what would be issued now: the error
// matches [store.ErrStale], and it must be prepared again.
func (p *Pipeline) Approve(ctx context.Context, period plan.Period, who store.Actor) (*store.Issue, []File, error) {
	gate, err := p.Store.Gate(ctx, period)
	switch {
	case err != nil:
		return nil, nil, err
	case gate.State == store.GateIssued:
		return nil, nil, p.closed(&store.ClosedError{Issue: *gate.Issue})
	case gate.State != store.GatePrepared:
		return nil, nil, fmt.Errorf("approve %s: %w", period, store.ErrNotPrepared)
	case p.TwoPersons && samePerson(gate.Issue.PreparedBy, who.Name):
		return nil, nil, fmt.Errorf("approve %s: %w", period, store.ErrSamePerson)
	}
	if err := p.unruled(ctx, *gate.Issue); err != nil {
		return nil, nil, fmt.Errorf("approve %s: %w", period, err)
	}
	i := *gate.Issue
	i.Moves = gate.Moves
	return p.publish(ctx, i, who)
}

// samePerson reports whether two names may be one person's, with or without
// marks and however it is spaced.
func samePerson(a, b string) bool { return viet.Loose(cleanLine(a)) == viet.Loose(cleanLine(b)) }

// unruled makes sure that the rulings in force, and what clerks wrote into the
// report, are those that the issue was prepared with.
func (p *Pipeline) unruled(ctx context.Context, i store.Issue) error {
	in, err := p.frozenInputs(i)
	if err != nil {
		return err
	}
	now, err := p.rulingsOn(ctx, i.Period, in.Submissions)
	if err != nil {
		return err
	}
	id := func(a, b reconcile.Ruling) bool { return a.ID == b.ID }
	if !slices.EqualFunc(now, in.Rulings, id) {
		return fmt.Errorf("%w: a clerk has ruled on it; issue %s prepares it again", store.ErrStale, i.Period)
	}
	said, err := p.Store.Paragraphs(ctx, i.Period)
	if err != nil {
		return err
	}
	same := func(a, b reconcile.Paragraph) bool { return a.Section == b.Section && a.Text == b.Text }
	if !slices.EqualFunc(said, in.Paragraphs, same) {
		return fmt.Errorf("%w: a clerk has written into it; issue %s prepares it again", store.ErrStale, i.Period)
	}
	return nil
}

// Withdraw gives a prepared report back, for a reason.
func (p *Pipeline) Withdraw(ctx context.Context, period plan.Period, reason string, who store.Actor) error {
	reason, err := reasonOf(reason)
	if err != nil {
		return err
	}
	return p.Store.Withdraw(ctx, period, reason, who)
}

// The errors of what was never issued.
var (
	ErrNoRevision = errors.New("no such revision was issued")
	ErrNotIssued  = errors.New("not issued yet")
)

// Revision gives an issued revision's files back byte for byte, from what the
// store keeps alone.
func (p *Pipeline) Revision(ctx context.Context, period plan.Period, revision int) ([]File, error) {
	i, err := p.issue(ctx, period, revision)
	if err != nil {
		return nil, err
	}
	return p.Restore(i)
}

// issue is an issued revision; 0 means the last one.
func (p *Pipeline) issue(ctx context.Context, period plan.Period, revision int) (store.Issue, error) {
	issues, err := p.Store.Issues(ctx, period)
	if err != nil {
		return store.Issue{}, err
	}
	issues = slices.DeleteFunc(issues, func(i store.Issue) bool {
		return i.State == store.Prepared || revision != 0 && i.Revision != revision
	})
	switch {
	case len(issues) == 0 && revision == 0:
		return store.Issue{}, fmt.Errorf("period %s: %w", period, ErrNotIssued)
	case len(issues) == 0:
		return store.Issue{}, fmt.Errorf("period %s, revision %d: %w", period, revision, ErrNoRevision)
	}
	return slices.MaxFunc(issues, func(a, b store.Issue) int { return cmp.Compare(a.Revision, b.Revision) }), nil
}

// Reopen opens an issued period again: what came too late, and rulings, enter
// the next revision. The issued one stays.
func (p *Pipeline) Reopen(ctx context.Context, period plan.Period, reason string, who store.Actor) error {
	reason, err := reasonOf(reason)
	if err != nil {
		return err
	}
	return p.Store.Reopen(ctx, period, reason, who)
}

// IssueGaps are what the period lacks to be issued now, also what was waived.
func (p *Pipeline) IssueGaps(ctx context.Context, period plan.Period, asOf time.Time) ([]Gap, error) {
	made, err := p.ToIssue(ctx, period, asOf)
	if err != nil {
		return nil, err
	}
	return list(p.Gaps(made)), nil
}
