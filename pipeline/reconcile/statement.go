// Package reconcile holds the plan against what agencies submitted and
// computes the [Statement]: every number of a report comes from here.
//
// It is pure: no clock, no file, no network. The same [Inputs] give the same
// Statement.
package reconcile

import (
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// Inputs are everything that a Statement depends on. Keeping them is freezing
// a report.
type Inputs struct {
	Format      int               `json:"format"` // of this type when it is kept; see [InputsFormat]
	Plan        *plan.Plan        `json:"plan"`
	PlanVersion PlanVersion       `json:"plan_version"`
	Directory   *agency.Directory `json:"directory"`
	Term        plan.Term         `json:"term"`
	Submissions []form.Submission `json:"submissions"` // of this period, arrived by AsOf, in any order
	AsOf        time.Time         `json:"as_of"`

	Rules     Rules            `json:"rules"`
	Frequency []plan.Frequency `json:"frequency,omitempty"` // who reports less often than the calendar asks
	Rulings   []Ruling         `json:"rulings,omitempty"`   // clerks' decisions in force, in the order of their IDs
	Earlier   []Figures        `json:"earlier,omitempty"`   // what is compared with, and carried over

	Paragraphs []Paragraph `json:"paragraphs,omitempty"` // said beside the figures; nothing is computed from them
}

// Paragraph is what a clerk wrote into one section of a report.
type Paragraph struct {
	Section string    `json:"section"` // of the outline's, or the code of a field
	Text    string    `json:"text"`    // lines are paragraphs; one that begins with "- " is an item of a list
	By      string    `json:"by"`
	At      time.Time `json:"at"`
}

// InputsFormat is the present value of Inputs.Format. It grows when a field
// changes its meaning, so that what was frozen before is read as it was meant.
const InputsFormat = 2

// PlanVersion names the plan used.
type PlanVersion struct {
	Version int    `json:"version"` // 1 for the decision, 2 for its first amendment
	SHA256  string `json:"sha256"`  // of the document it was read from
}

// Timing is how an activity stands against its months, judged at the term's
// cut-off: what we compute, never what the agency says.
type Timing string

// The values of Timing; it is empty where it cannot be told.
const (
	Early    Timing = "early"    // trước hạn: done before its last month
	OnTime   Timing = "on_time"  // đúng hạn: done within its last month
	Late     Timing = "late"     // trễ hạn: done after its last month
	Running  Timing = "running"  // trong hạn: not done, the last month is not over
	Overdue  Timing = "overdue"  // quá hạn: not done, the last month is over
	NotBegun Timing = "not_due"  // chưa đến hạn: its first month has not come
	NoLimit  Timing = "no_limit" // không xác định hạn: the plan names no months
)

// Role is how an agency stands to an activity.
type Role string

// The roles.
const (
	Lead    Role = "lead"    // chủ trì
	Member  Role = "member"  // of a group that leads: every member answers
	Partner Role = "partner" // phối hợp: kept beside, never counted
)

// Statement is the bảng tổng hợp of one period.
type Statement struct {
	Period      plan.Period
	Term        plan.Term
	PlanVersion PlanVersion
	AsOf        time.Time
	Lines       []Line // one an activity, in the plan's order
	Fields      []Sum  // one a field, in the plan's order
	Total       Sum
	Agencies    []AgencyState // everyone expected to report, in the directory's order
	Control     Control
	Findings    []Noted // of all documents, most important first
	Waived      []Waived
	Reporting   Reporting

	Results   []Sum        // one a result, in the plan's order
	Leads     []AgencySum  // one an agency expected, in the directory's order
	Compared  []Comparison // with the periods of Inputs.Earlier
	Rankings  []Rank       // best first; agencies with the same points in the directory's order
	Corrected []Correction // figures that a clerk's ruling changed
}

// Waived is a finding that a ruling silenced.
type Waived struct {
	Noted
	Ruling string // its ID
}

// Correction is a figure that a ruling changed.
type Correction struct {
	Ruling   string // its ID
	Agency   agency.ID
	Activity plan.Code
	Figure   Figure
	Read     string // what was read, as [Ruling].Value is written
	Used     string // what is used instead
}

// AgencySum counts what one agency was asked and answered, and the money that
// it told of.
type AgencySum struct {
	Agency agency.ID
	Sum    // an activity counts by the agency's own answer; Budget only where it leads alone
}

// Comparison is the whole and each field beside an earlier period.
type Comparison struct {
	Kind     Compared
	Period   plan.Period
	Revision int
	Data     string
	Total    Change
	Fields   []Change // in the plan's order; of the year before only when its fields have the same codes
	Carried  int      // answers whose money is carried over from it
}

// Change is a sum then and now.
type Change struct {
	Then, Now Sum
}

// Rank is an agency's score, each part 0 to 100, nil when it cannot be told.
type Rank struct {
	Agency       agency.ID
	Timeliness   *int
	Completeness *int
	Completion   *int // done, in time or late, of the activities that fell due; nil: none fell due
	Points       *int // the weighed mean of those that can be told
	Grade        string
	Place        int // from 1; equal points share a place
}

// Noted is a finding and whose document it is about; both are empty for a
// finding about a line.
type Noted struct {
	finding.Finding
	Agency agency.ID
	SHA256 string
}

// Reporting counts the agencies that are expected to report.
type Reporting struct {
	Expected int
	Received int // a document of theirs counts
	InTime   int // of Received, those whose first document came by their due day
	Late     int // of Received, the others
	Missing  int // not received: Held, Rejected and Silent
	Held     int // what they sent waits for a clerk
	Rejected int // what they sent must be mended
	Silent   int // they sent nothing
}

// Line is one activity.
type Line struct {
	Field, Result int // positions in the plan
	Activity      *plan.Activity
	Progress      form.Progress // of the province; empty: chưa báo cáo
	Timing        Timing
	Percent       *plan.Percent
	Spent         *plan.Dong  // in the period
	SpentTotal    *plan.Dong  // since the beginning of the year
	Used          *plan.Dong  // since the beginning of the year: what Answers but the partners' and Unasked tell or carry over, see Answer.Used
	Collective    *Collective // nil unless more than one agency is expected
	Answers       []Answer    // one per agency expected, then what partners said
	Findings      []finding.Finding
	NotAsked      bool     // agencies lead it, and the calendar asks none of them in this period
	Unasked       []Answer // of leading agencies that the calendar does not ask in this period and that said nothing: the money that they carry over

	Target *plan.Target // the indicator's number, nil when it names none
	Met    Met          // against Target
}

// Met is how an activity stands to its indicator.
type Met string

// The values of Met; it is empty where the indicator names no number.
const (
	TargetMet     Met = "met"
	TargetNotMet  Met = "not_met"
	NotMeasurable Met = "not_measurable" // it names a number, and the answers do not
)

// Collective is how far the agencies that lead an activity together have come.
type Collective struct {
	Done     int `json:"done"`
	Answered int `json:"answered"`
	Expected int `json:"expected"`
}

// Answer is what one agency says of one activity. An agency that did not
// report has an Answer with an empty Status and no Source.
type Answer struct {
	Agency     agency.ID
	Role       Role
	Status     form.Progress
	Percent    *plan.Percent
	Spent      *plan.Dong
	SpentTotal *plan.Dong
	Text       string
	Difficulty string
	Proposal   string
	Evidence   string
	DoneOn     agency.Day
	Arrived    time.Time
	Timing     Timing
	Source     *Source
	Waiting    bool // the agency said something that a clerk or its sender must settle first

	// Used is the money spent since the beginning of the year: the cumulative
	// figure told; else, in a term that begins with the year, the figure of the
	// term; else the sum of the previous period's Used and the figure of the term,
	// when both are told and the terms adjoin; else unsaid. Who tells of no money
	// keeps the previous period's Used.
	Used    *plan.Dong
	Carried *plan.Period // Used was told in this earlier period
	Rulings []string     // IDs of those that took part

	AfterClose bool // done after Term.Closes: in this period it is in progress, and DoneOn says when it was done
}

// Source is where an answer was read.
type Source struct {
	SHA256 string     `json:"sha256"`
	File   string     `json:"file"`
	Sheet  string     `json:"sheet"`
	Cell   string     `json:"cell"`
	Whole  bool       `json:"whole,omitempty"` // the whole document says that there is nothing to report
	Cells  form.Cells `json:"cells"`
}

// Sum counts activities by progress and adds up money: of a field, or of all.
type Sum struct {
	Code        plan.Code
	Activities  int
	Done        int
	InProgress  int
	NotStarted  int
	Paused      int // tạm dừng, không thực hiện, không phát sinh
	NotReported int
	NotAsked    int // of NotReported, those that nobody is asked about in this period
	Overdue     int
	Timings     Timings    `json:"-"` // kept with no figures: nothing is compared with them
	Budget      *plan.Dong // nil: no activity states one
	Spent       *plan.Dong // in the period; nil: nobody states any
	SpentTotal  *plan.Dong // since the beginning of the year; nil: nobody states any
	Used        *plan.Dong // see Line.Used
	UsedPlanned *plan.Dong // the part of Used in activities that have a budget: what may be held against Budget
	UsedCarried *plan.Dong `json:"-"` // the part of Used that was told in an earlier period; kept with no figures, as Timings
}

// State is how an agency's reporting stands.
type State string

// The states.
const (
	StateAccepted State = "accepted"
	StateNothing  State = "nil" // answered that there is nothing to report
	StateHeld     State = "held"
	StateRejected State = "rejected"
	StateMissing  State = "missing"
	StateWaived   State = "waived" // missing, and a clerk lets the period be issued without it
)

// AgencyState is one agency's reporting in the period.
type AgencyState struct {
	Agency             agency.ID
	State              State
	Late               bool      // arrived after Due
	Received           time.Time // of the first submission that counts, else of the last one
	DaysLate           int       // calendar days after Due; for a missing agency up to AsOf
	Version            int       // how many documents of the agency count up to this one
	ActivitiesExpected int
	ActivitiesReported int
	Due                agency.Day // its own: Term.Due, or what a ruling extended it to
	Grace              agency.Day
}

// Control proves that nothing was lost or invented on the way from the
// documents to the lines. See [Control.Check].
type Control struct {
	Documents  int
	RowsRead   int
	RowsUsed   int
	SetAside   []Aside // every row read that no line uses
	Spent      Balance
	SpentTotal Balance
}

// Aside is one row that no line uses, and why.
type Aside struct {
	SHA256     string
	Agency     agency.ID // empty: not known
	Activity   plan.Code // empty: none is meant, or not certain which
	Place      finding.Place
	Reason     form.Reason
	Spent      *plan.Dong
	SpentTotal *plan.Dong
}

// Balance is the sum of one column over all documents, over the lines, and
// over the rows set aside, and what clerks' corrections added to what was read:
// In + Corrected = Used + SetAside.
type Balance struct {
	In, Used, SetAside plan.Dong
	Corrected          plan.Dong // below 0 where less is used than was read
}

// The reasons for which a whole row that was understood is not used.
const (
	Superseded   form.Reason = "superseded"        // a newer document of the agency speaks of the activity
	NotExpected  form.Reason = "not-expected"      // the agency neither leads nor cooperates
	Beside       form.Reason = "partner"           // a cooperating agency's answer: kept beside the lead's
	HeldRow      form.Reason = "held"              // waits for a clerk
	HeldDocument form.Reason = "held-document"     // the whole document waits for a clerk
	Rejected     form.Reason = "rejected-document" // the whole document must be mended by its sender
	Ruled        form.Reason = "set-aside"         // a clerk left the row or the document out
	HeldByRule   form.Reason = "held-by-rule"      // a rule of the office holds the answer for a clerk
)
