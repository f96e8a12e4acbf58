package deliver

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/mail"
	"strings"
	"time"
)

// Kind says why a letter is written.
type Kind string

// The kinds of letters.
const (
	Receipt Kind = "receipt" // answers a mail that brought a document, or tried to
	Fault   Kind = "fault"   // says that the fault is ours
)

// Letter is one mail to be posted. Office, Kind and Key are its identity: the
// same letter written twice has the same [Letter.ID] and is posted once.
type Letter struct {
	Office string
	Kind   Kind
	Key    string // what it is about, such as "receipt:" and the hash of a mail

	From mail.Address   // its domain is that of the Message-ID
	To   []mail.Address // at least one, each address once

	Subject     string
	Text        string // the body, lines end in "\n"; the HTML alternative is made from it
	Attachments []Attachment

	InReplyTo  string   // Message-ID of the mail that it answers, without angle brackets; empty: it answers none
	References []string // of the thread, oldest first, likewise

	// Headers are further header fields, such as "X-Bao-Cao". The fields that a
	// letter always has cannot be given here.
	Headers map[string]string
}

// Attachment is one attached file.
type Attachment struct {
	Name string // as the reader sees it, in Vietnamese
	Type string // media type, such as "application/pdf"
	Data []byte
}

// digest is what the identity of a letter is made into.
func (l Letter) digest() []byte {
	h := sha256.New()
	for _, part := range []string{"letter", l.Office, string(l.Kind), l.Key} {
		fmt.Fprintf(h, "%d %s\n", len(part), part)
	}
	return h.Sum(nil)
}

// ID is the letter's lasting name: 32 hexadecimal digits, without a date in
// them, so that a letter written again is the same one.
func (l Letter) ID() string { return hex.EncodeToString(l.digest()[:16]) }

// MessageID is the letter's Message-ID, without angle brackets.
func (l Letter) MessageID() string {
	return l.ID() + l.From.Address[strings.LastIndexByte(l.From.Address, '@'):]
}

// check refuses what must not come into the head of a mail.
func (l Letter) check() error {
	if l.Office == "" || l.Kind == "" || l.Key == "" {
		return fmt.Errorf("letter without office, kind or key: %q %q %q", l.Office, l.Kind, l.Key)
	}
	if err := CheckAddress(l.From.Address); err != nil {
		return fmt.Errorf("from: %w", err)
	}
	if len(l.To) == 0 {
		return fmt.Errorf("to: nobody")
	}
	seen := map[string]bool{}
	for _, to := range l.To {
		if err := CheckAddress(to.Address); err != nil {
			return fmt.Errorf("to: %w", err)
		}
		key := strings.ToLower(to.Address)
		if seen[key] {
			return fmt.Errorf("to: %q twice", to.Address)
		}
		seen[key] = true
	}
	for name, value := range l.Headers {
		if err := checkHeader(name, value); err != nil {
			return err
		}
	}
	return nil
}

// CheckAddress makes sure that a mail can be sent to address: one bare address
// in visible ASCII, without quotation marks.
func CheckAddress(address string) error {
	for i := 0; i < len(address); i++ {
		if c := address[i]; c <= ' ' || c > '~' || strings.IndexByte(`"<>()[]\,;:`, c) >= 0 {
			return fmt.Errorf("address %q: want one like snv@daknong.example", address)
		}
	}
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address || len(address) > mostAddress {
		return fmt.Errorf("address %q: want one like snv@daknong.example", address)
	}
	return nil
}

// mostAddress is the length of the longest address (RFC 5321 §4.5.3.1.3, less
// its angle brackets).
const mostAddress = 254

// stamp is a date as a header field holds it.
func stamp(t time.Time) string { return t.Format("Mon, 02 Jan 2006 15:04:05 -0700") }
