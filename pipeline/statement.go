package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/store"
)

// Made is a statement with the inputs that it was made from.
type Made struct {
	Inputs    reconcile.Inputs
	Hash      string // of the Inputs
	Statement *reconcile.Statement
	Explicit  bool              // somebody asked for the moment that the figures stand at
	Later     []form.Submission // those for the period that arrived after that moment
	Gate      store.Gate        // how far the period has come

	names shortNames // of the documents that are kept
	As    ReportAs   // other than the office's report of the province, see [Pipeline.ReportAs]
}

// Statement reconciles what has been read for a period with the plan. The
// figures stand as of the given moment; the zero time means the end of today,
// but not later than the period's lock, unless the period was issued and opened
// again: what came too late is what it was opened for. Of an issued period the
// zero time means what was issued.
func (p *Pipeline) Statement(ctx context.Context, period plan.Period, asOf time.Time) (*Made, error) {
	return p.statement(ctx, period, asOf, func(g store.Gate) (time.Time, bool) {
		return lastSecond(agency.DayOf(p.Now())), !g.Closed()
	})
}

// ToIssue is the statement of a period as it would be issued at this moment; a
// moment that somebody asks for is as in [Pipeline.Statement].
func (p *Pipeline) ToIssue(ctx context.Context, period plan.Period, asOf time.Time) (*Made, error) {
	return p.statement(ctx, period, asOf, func(store.Gate) (time.Time, bool) {
		return p.Now().Truncate(time.Second), true
	})
}

// statement is the statement as of a moment; where none is asked for, byDefault
// tells it, and whether it is reckoned anew or was issued.
func (p *Pipeline) statement(ctx context.Context, period plan.Period, asOf time.Time, byDefault func(store.Gate) (time.Time, bool)) (*Made, error) {
	p.progress("reconcile", 0, 1)
	term, err := p.office.calendar.Term(period)
	if err != nil {
		return nil, err
	}
	if !p.office.calendar.Reports(period.Part) {
		return nil, fmt.Errorf("period %s: %w", period, ErrNotReported)
	}
	gate, err := p.Store.Gate(ctx, period)
	if err != nil {
		return nil, err
	}
	kept, err := p.kept(ctx)
	if err != nil {
		return nil, err
	}
	made, anew, first := &Made{Explicit: !asOf.IsZero(), Gate: gate, names: kept.names()}, true, false
	if !made.Explicit {
		asOf, anew = byDefault(gate)
		if first = gate.Revision == 0 || gate.State == store.GatePrepared && gate.Revision == 1; first {
			if asOf, err = p.lastArrival(ctx, term, asOf); err != nil {
				return nil, err
			}
		}
	}
	if anew {
		made.Inputs, err = p.inputs(ctx, kept, term, asOf, first, true)
	} else {
		made.Inputs, err = p.frozenInputs(*gate.Issue)
	}
	if err != nil {
		return nil, err
	}
	if made.Later, err = p.later(ctx, kept, made.Inputs); err != nil {
		return nil, err
	}
	if err := made.reconcile(); err != nil {
		return nil, err
	}
	p.progress("reconcile", 1, 1)
	return made, nil
}

// reconcile computes the statement of the inputs, and fails if anything was
// lost or invented on the way.
func (m *Made) reconcile() (err error) {
	if m.Hash, err = m.Inputs.Hash(); err != nil {
		return err
	}
	m.Statement = reconcile.Reconcile(m.Inputs)
	if err := m.Statement.Control.Check(); err != nil {
		return fmt.Errorf("reconcile %s: %w", m.Inputs.Term.Period, err)
	}
	return nil
}

// lastSecond is the last second of a day, to which arrivals are rounded.
func lastSecond(d agency.Day) time.Time { return d.End().Add(-time.Second) }

// lastArrival is the moment, at most asOf, up to which documents can enter a
// term's first issue: its lock, or the end of the last extension after it.
func (p *Pipeline) lastArrival(ctx context.Context, term plan.Term, asOf time.Time) (time.Time, error) {
	rulings, err := p.Store.Rulings(ctx, term.Period)
	if last := lastSecond(lastLock(term, rulings)); asOf.After(last) {
		asOf = last
	}
	return asOf, err
}

// lastLock is the lock of the agency that is waited for longest.
func lastLock(term plan.Term, rulings []reconcile.Ruling) agency.Day {
	last := term.Lock
	for _, r := range rulings {
		if r.Kind != reconcile.Extend {
			continue
		}
		if own := reconcile.TermOf(term, rulings, r.Agency); own.Lock.After(last) {
			last = own.Lock
		}
	}
	return last
}

// inputs are all that a term's statement depends on, of the documents that
// arrived by then. For a first issue what came after the lock is left out,
// except of an agency whose time was extended.
func (p *Pipeline) inputs(ctx context.Context, kept keptDocs, term plan.Term, asOf time.Time, first, withLastYear bool) (reconcile.Inputs, error) {
	in := reconcile.Inputs{
		Format: reconcile.InputsFormat, Directory: p.office.directory, Term: term, AsOf: asOf.UTC(),
		Rules: p.office.rulesTable, Frequency: p.office.calendar.Frequency,
	}
	var err error
	if in.Plan, in.PlanVersion, err = p.PlanAt(ctx, term.Period.Year, term.Closes); err != nil {
		return in, err
	}
	if in.Submissions, err = p.Store.Submissions(ctx, term.Period, asOf); err != nil {
		return in, err
	}
	if in.Rulings, err = p.Store.Rulings(ctx, term.Period); err != nil {
		return in, err
	}
	if first {
		in.Submissions = slices.DeleteFunc(in.Submissions, func(s form.Submission) bool { return tooLate(s, term, in.Rulings) })
	}
	if in.Submissions, err = p.withCompanions(ctx, kept, in.Submissions, asOf); err != nil {
		return in, err
	}
	if in.Rulings, err = p.rulingsOn(ctx, term.Period, in.Submissions); err != nil {
		return in, err
	}
	if in.Paragraphs, err = p.Store.Paragraphs(ctx, term.Period); err != nil {
		return in, err
	}
	in.Earlier, err = p.earlierOf(ctx, kept, term, asOf, withLastYear)
	return in, err
}

// tooLate reports whether a document came after the lock, and after any
// extension that its agency was given.
func tooLate(s form.Submission, term plan.Term, rulings []reconcile.Ruling) bool {
	return s.Arrived.After(lastSecond(reconcile.TermOf(term, rulings, s.Agency).Lock))
}

// later are the documents for the period that are not in the inputs.
func (p *Pipeline) later(ctx context.Context, kept keptDocs, in reconcile.Inputs) ([]form.Submission, error) {
	known := map[string]bool{}
	for _, s := range in.Submissions {
		known[s.SHA256] = true
	}
	all, err := p.Store.After(ctx, in.Term.Period, time.Time{})
	if err != nil {
		return nil, err
	}
	return p.withCompanions(ctx, kept, slices.DeleteFunc(all, func(s form.Submission) bool { return known[s.SHA256] }), time.Time{})
}

// earlier are the figures that a term's statement is compared with: of the
// period that the office reported before it in the same year, and of the same
// period of the year before. A year without a plan has none.
func (p *Pipeline) earlier(ctx context.Context, term plan.Term, asOf time.Time, withLastYear bool) ([]reconcile.Figures, error) {
	kept, err := p.kept(ctx)
	if err != nil {
		return nil, err
	}
	return p.earlierOf(ctx, kept, term, asOf, withLastYear)
}

func (p *Pipeline) earlierOf(ctx context.Context, kept keptDocs, term plan.Term, asOf time.Time, withLastYear bool) ([]reconcile.Figures, error) {
	var all []reconcile.Figures
	add := func(kind reconcile.Compared, of plan.Term) error {
		figures, err := p.figures(ctx, kept, kind, of, asOf)
		if err == nil {
			all = append(all, figures)
		}
		return err
	}
	terms, err := p.office.calendar.Terms(term.Period.Year)
	if err != nil {
		return nil, err
	}
	var before *plan.Term
	for i, t := range terms {
		if t.Closes.Before(term.Closes) && (before == nil || before.Closes.Before(t.Closes)) {
			before = &terms[i]
		}
	}
	if before != nil {
		if err := add(reconcile.Previous, *before); err != nil {
			return nil, err
		}
	}
	if !withLastYear {
		return all, nil
	}
	last, err := p.office.calendar.Term(plan.Period{Year: term.Period.Year - 1, Part: term.Period.Part})
	if err != nil {
		return nil, err
	}
	if err := add(reconcile.LastYear, last); err != nil && !errors.Is(err, ErrNoPlan) {
		return nil, err
	}
	return all, nil
}

// figures are an earlier period's: as last issued, else as they stood at its
// lock.
func (p *Pipeline) figures(ctx context.Context, kept keptDocs, kind reconcile.Compared, term plan.Term, asOf time.Time) (reconcile.Figures, error) {
	m, revision := new(Made), 0
	i, err := p.issue(ctx, term.Period, 0)
	switch {
	case err == nil:
		revision = i.Revision
		if m.Inputs, err = p.frozenInputs(i); err != nil {
			return reconcile.Figures{}, err
		}
	case !errors.Is(err, ErrNotIssued):
		return reconcile.Figures{}, err
	default:
		if asOf, err = p.lastArrival(ctx, term, asOf); err != nil {
			return reconcile.Figures{}, err
		}
		if m.Inputs, err = p.inputs(ctx, kept, term, asOf, true, false); err != nil {
			return reconcile.Figures{}, fmt.Errorf("figures of %s: %w", term.Period, err)
		}
	}
	if err := m.reconcile(); err != nil {
		return reconcile.Figures{}, fmt.Errorf("figures of %s: %w", term.Period, err)
	}
	return reconcile.FiguresOf(kind, m.Inputs, m.Statement, revision, m.Hash), nil
}
