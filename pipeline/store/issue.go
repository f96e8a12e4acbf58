package store

import (
	"errors"
	"fmt"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// Issue is one revision of a period's report: which frozen files make it up,
// and who let it out. What is frozen is never altered; what is learnt after the
// signing, Number to SignedExt, stands beside it.
type Issue struct {
	Period   plan.Period `json:"period"`
	Revision int         `json:"revision"` // 1, 2, 3, …
	State    IssueState  `json:"state"`

	AsOf        time.Time             `json:"as_of"`
	Data        string                `json:"data"`    // hash of the Inputs
	Program     string                `json:"program"` // version of the program that rendered it
	PlanVersion reconcile.PlanVersion `json:"plan_version"`
	Files       []IssueFile           `json:"files"`     // what readers get
	Inputs      string                `json:"inputs"`    // SHA-256, frozen as InputsExt
	Templates   string                `json:"templates"` // SHA-256, frozen as TemplatesExt
	Manifest    string                `json:"manifest"`  // SHA-256, frozen as ManifestExt

	PreparedBy string    `json:"prepared_by"`
	PreparedAt time.Time `json:"prepared_at"`
	ApprovedBy string    `json:"approved_by,omitempty"` // who issued it
	ApprovedAt time.Time `json:"approved_at,omitzero"`

	Number     string     `json:"number,omitempty"` // "15/BC-SNV", once it is signed
	NumberDate agency.Day `json:"number_date,omitzero"`
	Signed     string     `json:"signed,omitempty"` // SHA-256 of the signed copy, frozen as SignedExt
	SignedExt  string     `json:"signed_ext,omitempty"`

	ReopenedBy   string    `json:"reopened_by,omitempty"`
	ReopenReason string    `json:"reopen_reason,omitempty"`
	ReopenedAt   time.Time `json:"reopened_at,omitzero"`

	// Moves is [Gate].Moves when its Inputs were taken. Where it is said, the
	// issue is refused once a ruling was made or undone since; it is not kept.
	Moves int `json:"-"`
}

// The endings under which parts of an issue are frozen.
const (
	InputsExt    = ".json"
	TemplatesExt = ".zip"
	ManifestExt  = ".json"
)

// IssueFile is a rendered file, frozen under its hash and ending.
type IssueFile struct {
	Name   string `json:"name"` // "bao-cao-2018-Q1.pdf"
	Ext    string `json:"ext"`  // ".pdf"
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
}

// IssueState is how far a revision has come.
type IssueState string

// The states of a revision. One that was withdrawn is no revision any more.
const (
	Prepared IssueState = "prepared" // waits for another person's approval
	Issued   IssueState = "issued"
	Reopened IssueState = "reopened" // was issued; its period is open again, or has a newer revision
)

// Gate says whether a period takes changes: one gate for mail, folder, page and
// command line.
type Gate struct {
	State    GateState `json:"state"`
	Revision int       `json:"revision"` // the newest that was issued, reopened or not; 0: none was
	Issue    *Issue    `json:"issue"`    // the newest one, also when it is only prepared; nil: there is none
	Moves    int       `json:"-"`        // grows with every ruling on the period, or on any, that is made or undone; at least 1
}

// GateState is how a period stands.
type GateState string

// The states of a period.
const (
	GateOpen     GateState = "open" // Gate.Issue is nil, or was reopened
	GatePrepared GateState = "prepared"
	GateIssued   GateState = "issued"
)

// Closed reports whether the period takes no more changes.
func (g Gate) Closed() bool { return g.State == GateIssued }

// Next is the revision that a report of the period is, or would be.
func (g Gate) Next() int { return g.Revision + 1 }

// What keeps an issue from going on.
var (
	ErrClosed      = errors.New("the period is closed") // see ClosedError
	ErrNotPrepared = errors.New("no report of the period waits for an approval")
	ErrNotIssued   = errors.New("no such report was issued")
	ErrSamePerson  = errors.New("who prepared the report cannot approve it")
	ErrStale       = errors.New("the period has moved on since the report was made")
)

// ClosedError is [ErrClosed] with the issue that closed the period.
type ClosedError struct{ Issue Issue }

func (e *ClosedError) Error() string {
	return fmt.Sprintf("%s: report %s was issued as revision %d on %s; reopen it first", ErrClosed,
		e.Issue.Period, e.Issue.Revision, agency.DayOf(e.Issue.ApprovedAt))
}

// Unwrap is [ErrClosed].
func (e *ClosedError) Unwrap() error { return ErrClosed }
