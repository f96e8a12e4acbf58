// Package collect turns mail and dropped files into Items: the bytes as they
// came, known by their hash, with who sent them and when they arrived.
//
// Of the inbox it writes only what [Mailbox] fetches, below inbox/mail. It does
// not look into a workbook: that is package sheet's.
package collect

import (
	"time"

	"baocao/pipeline/finding"
)

// Item is one document that came in: a dropped file, one attachment of a mail,
// one document of an archive that was either, or the text of a mail that brings
// no readable file, as a page of HTML.
type Item struct {
	File    string    // where it lies, slash-separated and relative to the inbox; for an attachment the .eml, in an archive the archive
	Name    string    // the document's own name as its sender gave it; text to show, never a path
	SHA256  string    // of Data, lower-case hex; without Data what identifies the item, see [Reader.Open]
	Data    []byte    // the bytes, unchanged; nil where there is no document to read, and a finding says why
	Arrived time.Time // zero: not known from the document or its folder
	Basis   Basis     // how Arrived is known; empty when it is zero
	Message *Message  // the mail that it came with; nil for a dropped file

	Container *Container // the archive that it was taken out of, or that it stands for; else nil

	// Findings are what was wrong with the way it came, such as a sender that
	// the mail server does not vouch for.
	Findings []finding.Finding
}

// Title is the document's name with the archive that it was taken out of:
// "bao-cao.zip/Quý I/so-y-te.xlsx". It is text to show, never a path.
func (i Item) Title() string {
	if i.Container == nil {
		return i.Name
	}
	return i.Container.Title()
}

// Container is an archive as it was received, and which of its documents an
// Item is.
type Container struct {
	SHA256 string `json:"sha256"`           // of the whole archive; of the outermost, if one lies in another
	Name   string `json:"name"`             // of the archive
	Format string `json:"format"`           // "zip", "rar" or "7z", told from the content
	Inside string `json:"inside,omitempty"` // the names that lead to the document, with slashes; empty: the archive itself
	Raw    []byte `json:"-"`                // the whole archive, byte for byte
}

// Title is [Item.Title] of the document.
func (c *Container) Title() string {
	if c.Inside == "" {
		return c.Name
	}
	return c.Name + "/" + c.Inside
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
	Date          time.Time `json:"date"`                 // as the sender's clock says
	Authenticated bool      `json:"authenticated"`        // our server vouches for From's domain
	AutoReply     bool      `json:"auto_reply"`           // a program sent it of its own accord: out-of-office, bounce, invitation, list; never answered
	List          bool      `json:"list,omitempty"`       // of these, a mailing list or bulk sending: a person may have written it
	CheckOnly     bool      `json:"check_only,omitempty"` // asks to look at its documents, and to count none
	Thread        []string  `json:"thread,omitempty"`     // Message-IDs of the mails that it says it answers, the nearest first; at most 20
	Bounce        *Bounce   `json:"bounce,omitempty"`     // what it says of a letter that did not arrive; nil: it is none
	Unjudged      error     `json:"-"`                    // the sender cannot be judged now, see [ErrUnjudged]; then nothing of the mail is to be kept
	Text          string    `json:"-"`                    // the plain body
	Raw           []byte    `json:"-"`                    // the whole .eml, byte for byte
}
