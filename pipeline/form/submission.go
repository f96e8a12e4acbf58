package form

import (
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
)

// Progress is what an agency says of an activity. The zero Progress means that
// the cell said nothing; it is not [NotStarted].
type Progress string

// The values of Progress.
const (
	Done       Progress = "done"        // đã hoàn thành
	InProgress Progress = "in_progress" // đang thực hiện
	NotStarted Progress = "not_started" // chưa thực hiện
	Paused     Progress = "paused"      // tạm dừng, không thực hiện
	Nil        Progress = "nil"         // không phát sinh
)

// Outcome is what becomes of a document.
type Outcome string

// The outcomes.
const (
	Accept Outcome = "accept" // its good rows are used
	Review Outcome = "review" // held until a clerk decides
	Reject Outcome = "reject" // its sender must mend it
	Ignore Outcome = "ignore" // no report and no fault
)

// Submission is what one document of one agency says about one period: a báo
// cáo của cơ quan gửi về.
type Submission struct {
	SHA256    string            `json:"sha256"` // of the document
	File      string            `json:"file"`   // its name, for people
	Sender    string            `json:"sender"` // mail address it came from; empty for a dropped file
	Arrived   time.Time         `json:"arrived"`
	Outcome   Outcome           `json:"outcome"`
	Agency    agency.ID         `json:"agency"` // empty: not known
	Period    plan.Period       `json:"period"` // zero: not known
	Ref       string            `json:"ref"`    // the sender's own Số, "45/BC-SNV"
	RefDate   agency.Day        `json:"ref_date"`
	Nothing   bool              `json:"nothing"`             // the whole document says "không phát sinh"
	NothingAt finding.Place     `json:"nothing_at,omitzero"` // where it says so
	Entries   []Entry           `json:"entries"`
	SetAside  []Row             `json:"set_aside"` // rows read that are no entry, and why
	RowsRead  int               `json:"rows_read"` // = len(Entries) + len(SetAside)
	Findings  []finding.Finding `json:"findings"`

	// Attachments are the documents that came with it and belong to it. They
	// are told by what else arrived, not by reading this document.
	Attachments []Attachment `json:"attachments,omitempty"`
}

// Attachment is a document that belongs to a submission and holds no figures
// of its own.
type Attachment struct {
	File     string         `json:"file"` // its name, for people
	SHA256   string         `json:"sha256"`
	Kind     AttachmentKind `json:"kind"`
	Activity plan.Code      `json:"activity"` // the activity that it proves; empty: the whole submission
}

// AttachmentKind says what an attachment is for.
type AttachmentKind string

// The kinds of attachments.
const (
	Signed   AttachmentKind = "signed"   // bản ký, or the letter that the submission came with
	Evidence AttachmentKind = "evidence" // tài liệu kiểm chứng
)

// Row is a row of a document that yields no entry.
type Row struct {
	Place      finding.Place `json:"place"`
	Reason     Reason        `json:"reason"`
	Spent      *plan.Dong    `json:"spent,omitempty"` // money that stands in the row, so that sums can be proved
	SpentTotal *plan.Dong    `json:"spent_total,omitempty"`
}

// Reason says why a row is no entry, or why an entry is not used.
type Reason string

// The reasons found while reading one document.
const (
	Heading   Reason = "heading"          // lĩnh vực, kết quả
	Total     Reason = "total"            // tổng, tổng cộng
	Remark    Reason = "remark"           // note, signature or repeated header
	Unknown   Reason = "unknown-activity" // no activity of the plan is meant, or it is not certain which
	Duplicate Reason = "duplicate"        // says the same as an earlier row
	Unfilled  Reason = "unfilled"         // lists an activity and says nothing about it
	Hidden    Reason = "hidden-row"       // hidden, and about an activity that is not the agency's to answer for
)

// Entry is one row about one activity, each figure as a value or nil: an empty
// cell is not 0.
type Entry struct {
	Activity   plan.Code     `json:"activity"`
	Status     Progress      `json:"status"`
	Percent    *plan.Percent `json:"percent"`
	Spent      *plan.Dong    `json:"spent"`       // in the period
	SpentTotal *plan.Dong    `json:"spent_total"` // since the beginning of the year
	Text       string        `json:"text"`        // kết quả thực hiện
	Difficulty string        `json:"difficulty"`
	Proposal   string        `json:"proposal"`
	Evidence   string        `json:"evidence"`
	DoneOn     agency.Day    `json:"done_on"`
	Held       bool          `json:"held"` // waits for a clerk: not used
	Place      finding.Place `json:"place"`
	Cells      Cells         `json:"cells"`
}

// Cells are the addresses of the figures of an entry, so that every number
// printed leads to its cell.
type Cells struct {
	Status     string `json:"status,omitempty"`
	Percent    string `json:"percent,omitempty"`
	Spent      string `json:"spent,omitempty"`
	SpentTotal string `json:"spent_total,omitempty"`
	Text       string `json:"text,omitempty"`
}
