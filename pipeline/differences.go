package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"baocao/pipeline/agency"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// Differences are what an issued revision (0: the last) and the figures as they
// stand now, or another revision, give differently.
func (p *Pipeline) Differences(ctx context.Context, period plan.Period, from, to int) ([]reconcile.Difference, error) {
	old, err := p.issuedStatement(ctx, period, from)
	if err != nil {
		return nil, err
	}
	var now *reconcile.Statement
	if to > 0 {
		now, err = p.issuedStatement(ctx, period, to)
	} else {
		var made *Made
		if made, err = p.AsNow(ctx, period); err == nil {
			now = made.Statement
		}
	}
	if err != nil {
		return nil, err
	}
	return reconcile.Differences(old, now), nil
}

// AsNow is the statement of a period as its figures stand at the end of today,
// whether it is issued or not.
func (p *Pipeline) AsNow(ctx context.Context, period plan.Period) (*Made, error) {
	return p.Statement(ctx, period, lastSecond(agency.DayOf(p.Now())))
}

// VersionDifferences are what two documents of an agency for a period say
// differently. The valid ones count from 1 by arrival; from 0 is the one before
// to, and to 0 the last.
func (p *Pipeline) VersionDifferences(ctx context.Context, period plan.Period, id agency.ID, from, to int) ([]reconcile.Difference, error) {
	made, err := p.AsNow(ctx, period)
	if err != nil {
		return nil, err
	}
	versions := slices.DeleteFunc(slices.Clone(made.Inputs.Submissions), func(s form.Submission) bool {
		return s.Agency != id || s.Outcome != form.Accept
	})
	slices.SortFunc(versions, func(a, b form.Submission) int {
		return cmp.Or(a.Arrived.Compare(b.Arrived), cmp.Compare(a.SHA256, b.SHA256))
	})
	if len(versions) < 2 {
		return nil, fmt.Errorf("agency %q has sent %d valid documents for %s; it takes two to compare", id, len(versions), period)
	}
	to = cmp.Or(to, len(versions))
	from = cmp.Or(from, to-1)
	if from < 1 || to > len(versions) || from == to {
		return nil, fmt.Errorf("versions %d and %d of %q in %s: there are %d", from, to, id, period, len(versions))
	}
	alone := func(s form.Submission) *reconcile.Statement {
		in := made.Inputs
		in.Submissions = []form.Submission{s}
		return reconcile.Reconcile(in)
	}
	return slices.DeleteFunc(reconcile.Differences(alone(versions[from-1]), alone(versions[to-1])), func(d reconcile.Difference) bool {
		return d.Agency != id || d.Activity == ""
	}), nil
}

func (p *Pipeline) issuedStatement(ctx context.Context, period plan.Period, revision int) (*reconcile.Statement, error) {
	i, err := p.issue(ctx, period, revision)
	if err != nil {
		return nil, err
	}
	in, err := p.frozenInputs(i)
	if err != nil {
		return nil, err
	}
	return reconcile.Reconcile(in), nil
}
