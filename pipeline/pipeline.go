package pipeline

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"sync"
	"time"

	"baocao/pipeline/collect"
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
	"baocao/pipeline/store"
)

// Pipeline is one office's work. Its exported fields are set once, by hand, in
// cmd/baocao; [Open] fills the rest.
type Pipeline struct {
	Inbox     fs.FS        // where documents are dropped; read, never changed
	Templates fs.FS        // the office's templates over those that ship
	Shipped   fs.FS        // those that ship; nil: Templates are whole
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
	// TwoPersons asks for a report to be approved by another person than the one
	// who prepared it.
	TwoPersons bool

	DryRun bool // letters are written to a folder instead, see [Pipeline.Correspond]

	// AlarmAfter is for how long work may lie before a clerk is told, see
	// [Pipeline.Attention]; 0: 24 hours.
	AlarmAfter time.Duration

	// OpenDocument turns a document's bytes into cells; nil means [sheet.Open].
	OpenDocument func(name string, data []byte) (*sheet.Book, []finding.Finding)

	office office
	seen   seenFiles

	issuedOriginals *string // see originals; nil: they stand where Store has them

	planLock     sync.Mutex
	plans        map[int][]knownPlan // looked up already; under planLock
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

// File is a file that was written.
type File struct {
	Path    string `json:"path"`
	SHA256  string `json:"sha256"`
	Changed bool   `json:"changed"`        // false: the same bytes were there already
	Kept    string `json:"kept,omitempty"` // the file in whose place this would stand, but that somebody has changed since
}

func (p *Pipeline) progress(stage string, done, of int) {
	if p.Progress != nil {
		p.Progress(stage, done, of)
	}
}
