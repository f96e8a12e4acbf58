package pipeline

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"time"

	"baocao/pipeline/collect"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/store"
)

// Pipeline is one office's work. Its exported fields are set once, by hand, in
// cmd/baocao; [Open] fills the rest.
type Pipeline struct {
	Inbox     fs.FS        // where documents are dropped; read, never changed
	Templates fs.FS        // the office's templates over those that ship
	Out       string       // the folder that reports are written to
	Store     *store.Store // nil for verbs that only look at a file
	Collector collect.Reader
	Version   string // of the program, for the manifest
	Now       func() time.Time
	Progress  func(stage string, done, of int) // called as work goes on; may be nil
	Log       *slog.Logger

	office office
	plans  map[int]knownPlan // looked up already
}

// Run is the scheduled job's body, and what happens to the file you dropped:
//
//	inbox ─ Collect ─ Read ─ Statement ─ Report ─ out
//
// It can be run again at any time; nothing is done twice.
func (p *Pipeline) Run(ctx context.Context, period plan.Period, asOf time.Time) (*Result, error) {
	collected, err := p.Collect(ctx)
	if err != nil {
		return nil, err
	}
	made, err := p.Statement(ctx, period, asOf)
	if err != nil {
		return nil, err
	}
	files, err := p.Report(ctx, made)
	if err != nil {
		return nil, err
	}
	return &Result{Collected: collected, Made: made, Files: files}, nil
}

// Result is what a Run did.
type Result struct {
	Collected Collected
	Made      *Made
	Files     []File
}

// Made is a statement with the inputs that it was made from.
type Made struct {
	Inputs    reconcile.Inputs
	Hash      string // of the Inputs
	Statement *reconcile.Statement
	AfterLock int // documents for the period that arrived too late for it
}

// File is a file that was written.
type File struct {
	Path    string `json:"path"`
	SHA256  string `json:"sha256"`
	Changed bool   `json:"changed"` // false: the same bytes were there already
}

func (p *Pipeline) progress(stage string, done, of int) {
	if p.Progress != nil {
		p.Progress(stage, done, of)
	}
}

// Statement reconciles what has been read for a period with the plan. The
// figures stand as of the given moment; the zero time means now, but not later
// than the period's lock.
func (p *Pipeline) Statement(ctx context.Context, period plan.Period, asOf time.Time) (*Made, error) {
	p.progress("reconcile", 0, 1)
	term, err := p.office.calendar.Term(period)
	if err != nil {
		return nil, err
	}
	if asOf.IsZero() {
		asOf = p.Now()
	}
	if lock := term.Lock.End().Add(-time.Second); asOf.After(lock) {
		asOf = lock
	}
	thePlan, version, err := p.Plan(ctx, period.Year)
	if err != nil {
		return nil, err
	}
	submissions, err := p.Store.Submissions(ctx, period, asOf)
	if err != nil {
		return nil, err
	}
	late, err := p.Store.After(ctx, period, asOf)
	if err != nil {
		return nil, err
	}
	made := &Made{
		Inputs: reconcile.Inputs{
			Plan: thePlan, PlanVersion: version, Directory: p.office.directory,
			Term: term, Submissions: submissions, AsOf: asOf.UTC(),
		},
		AfterLock: len(late),
	}
	if made.Hash, err = made.Inputs.Hash(); err != nil {
		return nil, err
	}
	made.Statement = reconcile.Reconcile(made.Inputs)
	if err := made.Statement.Control.Check(); err != nil {
		return nil, fmt.Errorf("reconcile %s: %w", period, err)
	}
	p.progress("reconcile", 1, 1)
	return made, nil
}
