package deliver

import (
	"slices"
	"time"
)

// State says how far a letter got with one recipient.
type State string

// The states. A letter is taken out of Queued, or out of MaybeSent once more,
// by making it Sending; before the last byte goes out it is MaybeSent, because
// from then on only the server's answer can say whether it was taken.
const (
	Queued    State = "queued"     // waits for its next try
	Sending   State = "sending"    // a process is at it; the server cannot have taken it yet
	Sent      State = "sent"       // the server has taken it over
	MaybeSent State = "maybe-sent" // the server's last answer was lost
	Failed    State = "failed"     // refused for good, or tried too often
	Bounced   State = "bounced"    // taken over, and given back later
	Withdrawn State = "withdrawn"  // overtaken by what happened since; its last byte never went out
)

// Recipient is one address of a letter and how far the letter got with it.
type Recipient struct {
	Address  string    `json:"address"`
	State    State     `json:"state"`
	Attempts int       `json:"attempts"`
	Doubts   int       `json:"doubts"`          // how often the last answer was lost
	NextTry  time.Time `json:"next_try"`        // zero: there is none
	Answer   string    `json:"answer"`          // what the server, or the connection, said last
	Changed  time.Time `json:"changed"`         // when that was
	Sent     time.Time `json:"sent,omitzero"`   // when the last byte went out for the last time
	Change   int       `json:"change,omitzero"` // counts the changes, see package store

	Orders []Order `json:"orders,omitempty"` // a clerk's words to send it once more, oldest first

	// WithdrawnFor says why the letter is not sent any more; empty: it is not
	// withdrawn. With MaybeSent it keeps the letter from being sent once more.
	WithdrawnFor string `json:"withdrawn_for,omitempty"`
}

// Order is a clerk's word to send a letter once more that would not be sent of
// itself.
type Order struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Was    State     `json:"was"`    // before
	Answer string    `json:"answer"` // what had been said last
}

// backOff is how long a letter waits after each try that came to nothing.
var backOff = []time.Duration{
	time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 12 * time.Hour,
}

// mostDoubts is how often a letter may have been sent without an answer: it is
// sent again once, under its Message-ID, by which a reader's program knows it.
const mostDoubts = 2

// Due reports whether the letter is to be tried now.
func (r Recipient) Due(now time.Time) bool {
	waits := r.State == Queued || r.State == MaybeSent && r.Doubts < mostDoubts && r.WithdrawnFor == ""
	return waits && !r.NextTry.After(now)
}

// Waiting reports whether the letter will be tried of itself.
func (r Recipient) Waiting() bool {
	return r.State == Queued || r.State == Sending || r.State == MaybeSent && r.Doubts < mostDoubts && r.WithdrawnFor == ""
}

// Stuck reports whether the letter did not, or may not, have reached the
// recipient, should have, and is not tried again of itself.
func (r Recipient) Stuck() bool {
	return r.State == Failed || r.State == Bounced || r.State == MaybeSent && !r.Waiting() && r.WithdrawnFor == ""
}

// Take is the recipient in the hands of a process.
func (r Recipient) Take(now time.Time) Recipient {
	r.State, r.Changed = Sending, now
	r.Attempts++
	return r
}

// End is the recipient before the last byte of the letter is sent.
func (r Recipient) End(now time.Time) Recipient {
	r.State, r.Changed, r.Sent, r.NextTry = MaybeSent, now, now, time.Time{}
	r.Doubts++
	return r
}

// Ended reports whether the recipient is as End leaves it, with nothing known of
// what came of it.
func (r Recipient) Ended() bool {
	return r.State == MaybeSent && r.NextTry.IsZero() && r.WithdrawnFor == ""
}

// Settle is the recipient after a try with that outcome.
func (r Recipient) Settle(o Outcome, now time.Time) Recipient {
	ended := r.State == MaybeSent
	r.Changed, r.Answer, r.NextTry = now, o.Answer, time.Time{}
	if ended && o.Result != Lost { // there was an answer after all
		r.Doubts--
	}
	switch {
	case o.Result == Taken:
		r.State = Sent
	case o.Result == Refused:
		r.State = Failed
	case ended && o.Result == Lost:
		r.State = MaybeSent
		if r.Doubts < mostDoubts {
			r.NextTry = now.Add(backOff[0])
		}
	case r.Attempts > len(backOff):
		r.State = Failed
	default:
		r.State = Queued
		if r.Doubts > 0 {
			r.State = MaybeSent
		}
		r.NextTry = now.Add(backOff[max(0, r.Attempts-1)])
	}
	return r
}

// Abandon is the recipient after the process that had taken it died.
func (r Recipient) Abandon(now time.Time) Recipient {
	return r.Settle(Outcome{Lost, "the program was stopped"}, now)
}

// Give is the recipient given back untried: the attempt does not count.
func (r Recipient) Give(now time.Time) Recipient {
	r.Attempts--
	r.State, r.Changed = Queued, now
	if r.Doubts > 0 {
		r.State = MaybeSent
	}
	return r
}

// Withdraw is a recipient who waits for the letter and is not to get it any
// more. A letter that may have been sent stays so: only the second try is left out.
func (r Recipient) Withdraw(reason string, now time.Time) Recipient {
	r.WithdrawnFor, r.NextTry, r.Changed = reason, time.Time{}, now
	if r.State == Queued {
		r.State = Withdrawn
	}
	return r
}

// Again is a recipient that failed, to be tried from the beginning. What may have
// been received stays so.
func (r Recipient) Again(now time.Time) Recipient {
	r.State, r.Attempts, r.NextTry, r.Changed, r.WithdrawnFor = Queued, 0, now, now, ""
	if r.Doubts > 0 {
		r.State, r.Doubts = MaybeSent, mostDoubts-1
	}
	return r
}

// Order is a recipient to whom the letter is sent once more on a clerk's word.
// What may have been received stays so: a reader's program knows the letter by
// its Message-ID.
func (r Recipient) Order(by string, now time.Time) Recipient {
	r.Orders = append(slices.Clone(r.Orders), Order{At: now, By: by, Was: r.State, Answer: r.Answer})
	return r.Again(now)
}

// Bounce is the recipient after the letter came back.
func (r Recipient) Bounce(said string, now time.Time) Recipient {
	r.State, r.Answer, r.NextTry, r.Changed = Bounced, said, time.Time{}, now
	return r
}

// Result is what one try came to.
type Result int

// The results.
const (
	Lost    Result = iota // no answer, or none that decides: tried again
	Later                 // the server asked to try again later
	Taken                 // the server has taken the letter over
	Refused               // the server will not take it, whenever it is tried
)

// Outcome is what one try came to, and what the server said.
type Outcome struct {
	Result Result
	Answer string // one line
}

// Posting is a letter as the outbox knows it.
type Posting struct {
	Key        string      `json:"key"`
	Kind       Kind        `json:"kind"`
	ID         string      `json:"id"`
	MessageID  string      `json:"message_id"`
	SHA256     string      `json:"sha256"` // of the .eml
	From       string      `json:"from"`
	Subject    string      `json:"subject"`
	Queued     time.Time   `json:"queued"`
	Number     int         `json:"number,omitzero"` // its place in the queue, from 1
	Recipients []Recipient `json:"recipients"`
}
