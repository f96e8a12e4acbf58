// Package collect turns mail and dropped files into Items: the bytes as they
// came, known by their hash, with who sent them and when they arrived.
//
// It reads the inbox and never changes it, and it does not look into a
// workbook: that is package sheet's.
package collect

import (
	"time"

	"baocao/pipeline/finding"
)

// Item is one document that came in: a dropped file, or one attachment of a
// mail.
type Item struct {
	File    string    // where it lies, slash-separated and relative to the inbox; for an attachment the .eml
	Name    string    // the document's own name as its sender gave it; text to show, never a path
	SHA256  string    // of Data, lower-case hex; without Data what identifies the item, see [Reader.Open]
	Data    []byte    // the bytes, unchanged; nil where there is no document to read, and a finding says why
	Arrived time.Time // zero: not known from the document or its folder
	Basis   Basis     // how Arrived is known; empty when it is zero
	Message *Message  // the mail that it came with; nil for a dropped file

	// Findings are what was wrong with the way it came, such as a sender that
	// the mail server does not vouch for.
	Findings []finding.Finding
}

// Basis says how the moment of an arrival is known.
type Basis string

// The ways to know when a document arrived.
const (
	Received  Basis = "received"   // our mail server's stamp
	Folder    Basis = "folder"     // the day folder that it lies in
	FirstSeen Basis = "first-seen" // when the program first met it
)

// Message is what a mail says about itself, and what our mail server says
// about it.
type Message struct {
	SHA256        string    `json:"sha256"` // of the whole .eml
	ID            string    `json:"id"`     // Message-ID, without angle brackets
	From          string    `json:"from"`   // the one address in From, lower case; empty when there is not exactly one
	Subject       string    `json:"subject"`
	Date          time.Time `json:"date"`          // as the sender's clock says
	Authenticated bool      `json:"authenticated"` // our server vouches for From's domain
	AutoReply     bool      `json:"auto_reply"`    // out-of-office, bounce, list: never a report, never answered
	Text          string    `json:"-"`             // the plain body
	Raw           []byte    `json:"-"`             // the whole .eml, byte for byte
}
