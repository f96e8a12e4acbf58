package collect

import (
	"net/textproto"
	"regexp"
	"strings"
)

// Bounce is what a mail server says of a letter that it could not deliver.
type Bounce struct {
	MessageID  string `json:"message_id"` // of the letter, without angle brackets
	Recipient  string `json:"recipient"`  // lower case, as the letter was addressed; empty: not said
	Status     string `json:"status"`     // RFC 3463, "5.1.1"; empty: not said
	Diagnostic string `json:"diagnostic"` // in the server's words, on one line
}

// bounce is what the mail says of a letter that did not arrive: in a report
// (RFC 3464), or in words, as servers did before there were reports and some
// still do. It is nil for any other mail, also for a report that the letter is
// late or has arrived.
func (m *opened) bounce(header textproto.MIMEHeader, message *Message) *Bounce {
	b := &Bounce{MessageID: m.returned}
	if m.status != nil {
		if !b.readStatus(m.status) {
			return nil
		}
	} else if !b.readWords(header, message) {
		return nil
	}
	if b.MessageID == "" {
		b.MessageID = messageID(header.Get("In-Reply-To"))
	}
	if b.MessageID == "" {
		return nil
	}
	return b
}

// readStatus takes the first recipient of a message/delivery-status whom the
// letter did not reach for good.
func (b *Bounce) readStatus(raw []byte) bool {
	rest := []byte(strings.TrimLeft(string(raw), "\r\n"))
	for range maxRecipients {
		p, err := readPart(rest)
		if err != nil || len(p.header) == 0 {
			return false
		}
		if keyword(p.header, "Action") == "failed" {
			b.Recipient = statusAddress(p.header.Get("Original-Recipient"))
			if b.Recipient == "" {
				b.Recipient = statusAddress(p.header.Get("Final-Recipient"))
			}
			b.Status = keyword(p.header, "Status")
			said := p.header.Get("Diagnostic-Code")
			if _, text, ok := strings.Cut(said, ";"); ok {
				said = text
			}
			b.Diagnostic = oneLine(cut(decodeWords(said), maxReason))
			return true
		}
		rest = []byte(strings.TrimLeft(string(p.body), "\r\n"))
	}
	return false
}

// statusAddress is the address in "rfc822; a@b.example".
func statusAddress(field string) string {
	_, address, ok := strings.Cut(cut(field, maxField), ";")
	if !ok {
		return ""
	}
	return strings.ToLower(strings.Trim(bareAddress.FindString(address), "<>"))
}

var (
	copiedID    = regexp.MustCompile(`(?im)^[ \t>]*message-id:\s*(<[^<>\s]+>)`)
	lateSubject = regexp.MustCompile(`(?i)\b(delay(ed)?|warning|could not send message for)\b`)
	statusCode  = regexp.MustCompile(`\b[45]\.\d{1,3}\.\d{1,3}\b`)
	failedLine  = regexp.MustCompile(`(?m)^[ \t]*<?([^\s<>()\[\]:;,"@]+@[^\s<>()\[\]:;,"@]+)>?:?[ \t]*\r?$`)
)

// readWords reads a bounce that is no report. That it is one is seen by who
// sends it, and by the head of the letter that it holds.
func (b *Bounce) readWords(header textproto.MIMEHeader, message *Message) bool {
	local, _, _ := strings.Cut(message.From, "@")
	failed := bareAddress.FindString(cut(header.Get("X-Failed-Recipients"), maxField))
	null := strings.TrimSpace(header.Get("Return-Path")) == "<>"
	if failed == "" && local != "mailer-daemon" && !(null && local == "postmaster") || lateSubject.MatchString(message.Subject) {
		return false
	}
	text := message.Text
	if at := copiedID.FindStringSubmatchIndex(text); at != nil {
		if b.MessageID == "" {
			b.MessageID = messageID(text[at[2]:at[3]])
		}
		text = text[:at[0]]
	}
	if at := failedLine.FindStringSubmatchIndex(text); at != nil {
		if failed == "" {
			failed = text[at[2]:at[3]]
		}
		text = text[at[1]:]
	}
	b.Recipient = strings.ToLower(failed)
	b.Status = statusCode.FindString(text)
	paragraph, _, _ := strings.Cut(strings.TrimSpace(text), "\n\n")
	b.Diagnostic = oneLine(cut(paragraph, maxReason))
	return true
}

// messageID is the first message id of a field, without angle brackets.
func messageID(field string) string {
	_, rest, ok := strings.Cut(cut(field, maxField), "<")
	id, _, end := strings.Cut(rest, ">")
	if !ok || !end {
		return ""
	}
	return oneLine(id)
}
