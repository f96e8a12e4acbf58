package reconcile

import (
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// Ruling is what a clerk decided. It stands beside what was read and never
// edits it: the same documents with the ruling undone give the statement that
// they gave before.
//
// Which fields are set follows from Kind; what they hold is said there.
type Ruling struct {
	ID     string      `json:"id"` // given by the store: "r1", "r2", …
	Kind   RulingKind  `json:"kind"`
	Period plan.Period `json:"period,omitzero"` // whose statement it enters; zero: of every period, what is remembered

	SHA256   string      `json:"sha256,omitempty"` // the document that it is about
	Sheet    string      `json:"sheet,omitempty"`  // with Row: one row of the document; empty: all of it
	Row      int         `json:"row,omitempty"`
	Agency   agency.ID   `json:"agency,omitempty"`
	Activity plan.Code   `json:"activity,omitempty"`
	Meant    plan.Period `json:"meant,omitzero"` // that a document is for
	Figure   Figure      `json:"figure,omitempty"`
	Value    string      `json:"value,omitempty"`  // as the figure is written in JSON: "14.5", "done", "2018-03-02"; empty: the cell says nothing
	Before   string      `json:"before,omitempty"` // what stood there when the clerk decided, in the same form
	Rule     string      `json:"rule,omitempty"`   // code of a finding
	Address  string      `json:"address,omitempty"`
	Until    agency.Day  `json:"until,omitzero"`   // the last day on which it holds, or until which it extends
	Source   string      `json:"source,omitempty"` // what a correction rests on: "Công văn 12/STP-VP ngày 03/4/2018"
	Reason   string      `json:"reason"`
	By       string      `json:"by"`
	At       time.Time   `json:"at"`
	Follows  string      `json:"follows,omitempty"` // ID of the remembered ruling that this one carries out
}

// MeantPeriod is the period that an [Assign] says that a document is for; zero
// when it says none. Before there was Meant, one that says neither agency nor
// activity said its Period.
func (r Ruling) MeantPeriod() plan.Period {
	if r.Kind == Assign && r.Meant.IsZero() && r.Agency == "" && r.Activity == "" {
		return r.Period
	}
	return r.Meant
}

// RulingKind is what a ruling does.
type RulingKind string

// The kinds of rulings.
const (
	// Release takes a document (SHA256) or one of its rows (Sheet, Row) that
	// waits for a clerk as it was read.
	Release RulingKind = "release"
	// SetAside leaves a document or a row out.
	SetAside RulingKind = "set-aside"
	// Assign says whose a document is (Agency), for when (Meant), or what a row
	// means (Activity). The document is read again under it.
	Assign RulingKind = "assign"
	// Correct gives an agency's figure on an activity (Agency, Activity, Figure,
	// Value, Before) on the strength of Source. It holds for the answer that
	// counts, whichever document gave it, until a newer document arrives than
	// the ruling's At.
	Correct RulingKind = "correct"
	// WaiveRule silences a rule (Rule) about an agency or an activity, or both,
	// until a day (Until; zero: for the period).
	WaiveRule RulingKind = "waive-rule"
	// WaiveGap lets the period be issued without an agency's report (Agency),
	// with a document held (SHA256), or with an error (SHA256 or Activity, Rule).
	WaiveGap RulingKind = "waive-gap"
	// Extend moves an agency's due day and grace to Until.
	Extend RulingKind = "extend"
	// RememberSender takes mail from Address as Agency's from now on.
	RememberSender RulingKind = "remember-sender"
)

// Figure names what a correction changes.
type Figure string

// The figures that can be corrected.
const (
	FigureStatus     Figure = "status"
	FigurePercent    Figure = "percent"
	FigureSpent      Figure = "spent"
	FigureSpentTotal Figure = "spent_total"
	FigureDoneOn     Figure = "done_on"
)

// Read is the figure as it stands in an entry, written as [Ruling].Value is.
func (f Figure) Read(e form.Entry) string { return f.of(e) }
