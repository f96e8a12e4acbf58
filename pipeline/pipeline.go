package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"sync"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/collect"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/sheet"
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
	Mailbox   *collect.Mailbox // nil: mail is not fetched
	Version   string           // of the program, for the manifest
	Now       func() time.Time
	Progress  func(stage string, done, of int) // called as work goes on; may be nil
	Log       *slog.Logger

	// Outgoing is how letters are sent; nil: the office sends none.
	Outgoing *Outgoing
	DryRun   bool // letters are written to a folder instead, see [Pipeline.Correspond]

	// OpenDocument turns a document's bytes into cells; nil means [sheet.Open].
	OpenDocument func(name string, data []byte) (*sheet.Book, []finding.Finding)

	office office

	planLock     sync.Mutex
	plans        map[int]knownPlan // looked up already; under planLock
	shippedPlans func() (map[int]knownPlan, error)
}

// Run is the scheduled job's body, and what happens to the file you dropped:
//
//	mailbox ─ Fetch ─ inbox ─ Collect ─ Read ─ Statement ─ Report ─ out
//	                                      └ Correspond ─ outbox ─ sender
//
// It can be run again at any time; nothing is done twice. A mail server that
// cannot be reached does not keep the report from being made: the log and the
// result tell.
func (p *Pipeline) Run(ctx context.Context, period plan.Period, asOf time.Time) (*Result, error) {
	fetched, err := p.Fetch(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return nil, err
		}
		p.Log.Error("fetch", "err", err)
	}
	collected, err := p.Collect(ctx)
	if err != nil {
		return nil, err
	}
	corresponded, err := p.Correspond(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return nil, err
		}
		p.Log.Error("correspond", "err", err)
	}
	made, err := p.Statement(ctx, period, asOf)
	if err != nil {
		return nil, err
	}
	files, err := p.Report(ctx, made)
	if err != nil {
		return nil, err
	}
	return &Result{Fetched: fetched, Collected: collected, Corresponded: corresponded, Made: made, Files: files}, nil
}

// ErrNotReported is the error of a period that the office's calendar makes no
// report of.
var ErrNotReported = errors.New("the calendar makes no report of this part of the year")

// Result is what a Run did.
type Result struct {
	Fetched      *Fetched // nil without a mailbox
	Collected    Collected
	Corresponded *Corresponded // nil where no mail is sent
	Made         *Made
	Files        []File
}

// Made is a statement with the inputs that it was made from.
type Made struct {
	Inputs    reconcile.Inputs
	Hash      string // of the Inputs
	Statement *reconcile.Statement
	Explicit  bool              // somebody asked for the moment that the figures stand at
	Later     []form.Submission // those for the period that arrived after that moment
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

// lastSecond is the last second of a day, to which arrivals are rounded.
func lastSecond(d agency.Day) time.Time { return d.End().Add(-time.Second) }

// Statement reconciles what has been read for a period with the plan. The
// figures stand as of the given moment; the zero time means the end of today,
// but not later than the period's lock.
func (p *Pipeline) Statement(ctx context.Context, period plan.Period, asOf time.Time) (*Made, error) {
	p.progress("reconcile", 0, 1)
	term, err := p.office.calendar.Term(period)
	if err != nil {
		return nil, err
	}
	if !p.office.calendar.Reports(period.Part) {
		return nil, fmt.Errorf("period %s: %w", period, ErrNotReported)
	}
	explicit := !asOf.IsZero()
	if !explicit {
		asOf = lastSecond(agency.DayOf(p.Now()))
		if lock := lastSecond(term.Lock); asOf.After(lock) {
			asOf = lock
		}
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
	if submissions, err = p.withCompanions(ctx, submissions, asOf); err != nil {
		return nil, err
	}
	if late, err = p.withCompanions(ctx, late, time.Time{}); err != nil {
		return nil, err
	}
	made := &Made{
		Inputs: reconcile.Inputs{
			Format: reconcile.InputsFormat, Plan: thePlan, PlanVersion: version, Directory: p.office.directory,
			Term: term, Submissions: submissions, AsOf: asOf.UTC(),
		},
		Explicit: explicit, Later: late,
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
