package collect

import (
	"context"
	"time"
)

// Ledger remembers which messages of a mailbox have been dealt with. Each
// method is one transaction; package store has it.
type Ledger interface {
	// MailState is what is known of a mailbox, the zero value of a new one.
	MailState(context.Context, MailPlace) (MailState, error)

	// RecordMail adds rows, or replaces those of the same UIDVALIDITY and UID,
	// and sets the state, all or nothing.
	RecordMail(context.Context, MailPlace, MailState, []MailRow) error

	// MailAt is one row, and whether there is one.
	MailAt(ctx context.Context, at MailPlace, uidValidity, uid uint32) (MailRow, bool, error)

	// SameMail is the file of the one message stored under another UIDVALIDITY
	// that has the Message-ID, size and arrival of row; empty when there is
	// none or more than one.
	SameMail(ctx context.Context, at MailPlace, row MailRow) (sha string, err error)

	// DueMail is the UIDs of at most limit messages whose next try is not after
	// that moment.
	DueMail(ctx context.Context, at MailPlace, uidValidity uint32, now time.Time, limit int) ([]uint32, error)

	// UnmarkedMail is the UIDs of at most limit messages above a UID that are
	// stored and not marked on the server yet, in order.
	UnmarkedMail(ctx context.Context, at MailPlace, uidValidity, above uint32, limit int) ([]uint32, error)

	// MarkedMail notes that the messages are marked on the server.
	MarkedMail(ctx context.Context, at MailPlace, uidValidity uint32, uids []uint32) error
}

// MailPlace names a folder of an account.
type MailPlace struct {
	Account string `json:"account"`
	Folder  string `json:"folder"`
}

// MailState is what is known of a mailbox besides its messages.
type MailState struct {
	UIDValidity uint32 // 0: never seen
	Highest     uint32 // every UID up to it is dealt with, or has a row that says when

	Refusals int       // logins refused since the last that was not
	LoginAt  time.Time // the last refused one
}

// MailRow is one message of a mailbox. It is stored, and then has a SHA256; or
// is tried again, and then has a NextTry; or needs Attention; or has vanished
// from the server before it was fetched.
type MailRow struct {
	UIDValidity uint32    `json:"uidvalidity"`
	UID         uint32    `json:"uid"`
	MessageID   string    `json:"message_id,omitempty"`
	Size        int64     `json:"size"`     // as the server says, which some get wrong
	Received    time.Time `json:"received"` // INTERNALDATE: when it reached our server
	From        string    `json:"from,omitempty"`
	Subject     string    `json:"subject,omitempty"`

	SHA256    string    `json:"-"`
	Marked    bool      `json:"-"` // on the server
	Attempts  int       `json:"attempts,omitempty"`
	NextTry   time.Time `json:"-"`
	Attention bool      `json:"-"` // it is not tried again: a clerk must look at the mailbox
	Problem   string    `json:"problem,omitempty"`
}

// same reports whether two rows speak of the same message. A server that was
// restored from a backup gives the UIDs that it had given once more.
func (r MailRow) same(o MailRow) bool {
	return r.Size == o.Size && r.MessageID == o.MessageID && r.Received.Equal(o.Received)
}

// waits are the times between the tries for a message that cannot be fetched,
// and between logins that are refused.
var waits = []time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 12 * time.Hour}

// failed is the row after one more try, at that moment, that came to nothing.
func (r MailRow) failed(problem string, now time.Time) MailRow {
	r.Problem = problem
	r.Attempts++
	if r.Attempts > len(waits) {
		return r.giveUp(problem)
	}
	r.NextTry = now.Add(waits[r.Attempts-1])
	return r
}

// giveUp is the row of a message that only a person can deal with.
func (r MailRow) giveUp(problem string) MailRow {
	r.Problem, r.Attention, r.NextTry = problem, true, time.Time{}
	return r
}

// loginAllowed is the moment from which on a login may be tried.
func (s MailState) loginAllowed() time.Time {
	if s.Refusals == 0 {
		return time.Time{}
	}
	return s.LoginAt.Add(waits[min(s.Refusals, len(waits))-1])
}
