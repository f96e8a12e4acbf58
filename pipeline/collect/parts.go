package collect

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"baocao/pipeline/finding"
)

// opened is what the parts of a mail were found to hold.
type opened struct {
	limits      Limits
	unpacker    *unpacker
	parts       int // seen so far
	files       int // attachments seen so far, those that could not be taken included
	attachments []attachment
	faults      []finding.Finding // what could not be taken, or not be looked into
	cutShort    bool              // the mail ends before its last section does
	text        []string          // plain bodies, in order
	html        string            // the first HTML body
	signed      string            // how the mail is signed: "S/MIME", "PGP"; empty: it is not
	invites     bool              // it asks to a meeting, or answers such a mail
	link        string            // host of a file that it only points to
	status      []byte            // what a mail server says of a letter
	returned    string            // Message-ID of that letter
}

// attachment is a file that may be a report.
type attachment struct {
	name      string
	data      []byte
	container *Container // the archive that it was taken out of; nil if it was attached itself
	findings  []finding.Finding
}

// spot is where in the tree of parts one stands.
type spot struct {
	depth    int    // sections and attached mails that one stands in
	mails    int    // attached mails among them
	from     string // sender of the innermost of these
	archives int    // archives that one stands in
	report   bool   // one stands in what a mail server says of a letter
}

// walk visits a part and what lies within it.
func (m *opened) walk(p part, at spot) {
	if !strings.HasPrefix(p.kind, "multipart/") {
		m.leaf(p, at)
		return
	}
	if !m.deeper(&at) {
		return
	}
	switch p.kind {
	case "multipart/signed":
		m.sign(p.params["protocol"], at)
	case "multipart/encrypted":
		m.fault(codeEncrypted, protection(p.params["protocol"]), "")
		return
	case "multipart/report":
		at.report = true
	}
	found := false
	if boundary := p.params["boundary"]; boundary != "" {
		for raw, whole := range split(p.body, boundary) {
			found = true
			m.cutShort = m.cutShort || !whole && at.depth == 1
			if !m.child(raw, at) {
				return
			}
		}
	}
	if !found { // no boundary is told, or none ever comes
		m.fault(codePartUnreadable, p.kind, "")
	}
}

// deeper goes one level down and reports whether the limit allows it.
func (m *opened) deeper(at *spot) bool {
	at.depth++
	if at.depth > m.limits.Nesting {
		m.fault(codeTooDeep, "", strconv.Itoa(m.limits.Nesting))
		return false
	}
	return true
}

// child visits a part of a section; it reports false when there have been
// enough of them.
func (m *opened) child(raw []byte, at spot) bool {
	if len(bytes.TrimSpace(raw)) == 0 {
		return true
	}
	m.parts++
	if m.parts > m.limits.Parts {
		m.fault(codeTooManyParts, "", strconv.Itoa(m.limits.Parts))
		return false
	}
	p, err := readPart(raw)
	if err != nil {
		m.fault(codePartUnreadable, "", "")
		return true
	}
	m.walk(p, at)
	return true
}

// leaf takes a part that has none within it, for what it is.
func (m *opened) leaf(p part, at spot) {
	disposition, _ := parseMedia(p.header.Get("Content-Disposition"))
	m.invites = m.invites || at.mails == 0 && isInvitation(p, disposition)
	name := fileName(p.header)
	if slices.Contains(technical, p.kind) || strings.EqualFold(name, "smime.p7s") {
		return
	}
	data, whole := decodeTransfer(p.header.Get("Content-Transfer-Encoding"), p.body)
	switch {
	case p.kind == "message/delivery-status", p.kind == "message/global-delivery-status":
		if m.status == nil && at.report {
			m.status = data
		}
	case p.kind == "text/rfc822-headers", p.kind == "message/global-headers":
		m.giveBack(data, at)
	case p.kind == "message/external-body":
		m.pointTo(p)
	case p.kind == "message/partial":
		m.fault(codePartUnreadable, p.kind, "")
	case p.kind == "message/rfc822", p.kind == "message/global", isMail(name):
		m.attachedMail(data, at)
	case isBody(p.kind, disposition, name):
		m.addText(p, data, at)
	case isSignature(p, disposition, data):
		return
	case isCMS(p.kind, name):
		m.protected(name, data, whole, at)
	case isTNEF(data):
		m.outlook(name, data, at)
	default:
		if name == "" {
			name = "part-" + strconv.Itoa(m.files+1) + extension(p.kind)
		}
		m.attach(name, data, whole, at)
	}
}

// addText takes the text of the mail itself, and the files that old programs
// write into it.
func (m *opened) addText(p part, data []byte, at spot) {
	for _, f := range uuFiles(data) {
		m.attach(cleanName(f.name), f.data, f.whole, at)
	}
	if at.mails > 0 {
		return
	}
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte("-----BEGIN PGP MESSAGE-----")) {
		m.fault(codeEncrypted, "PGP", "")
	}
	text := cut(decodeCharset(strings.ToLower(p.params["charset"]), data), maxText)
	if p.kind != "text/html" {
		m.text = append(m.text, strings.TrimSpace(text))
	} else if m.html == "" {
		m.html = text
	}
}

// body is the plain text of the mail; of its HTML when there is no other.
func (m *opened) body() string {
	text := strings.TrimSpace(strings.Join(m.text, "\n\n"))
	if text == "" {
		text = plainText(m.html)
	}
	return cut(strings.ReplaceAll(text, "\r\n", "\n"), maxText)
}

// attach takes a file, unless it is empty or breaks a limit.
func (m *opened) attach(name string, data []byte, whole bool, at spot) {
	m.files++
	switch {
	case m.files > m.limits.Attachments:
		return // told once, with their number, when all have been counted
	case len(data) == 0:
		m.faults = append(m.faults, empty(name))
		return
	case int64(len(data)) > m.limits.File:
		m.faults = append(m.faults, tooLarge(name, int64(len(data)), m.limits.File))
		return
	}
	if format := archiveFormat(name, data); format != "" {
		m.attachArchive(Container{SHA256: hash(data), Name: name, Format: format, Raw: data}, whole, at)
		return
	}
	m.attachments = append(m.attachments, attachment{name: name, data: data, findings: remarks(name, whole, at)})
}

// attachArchive takes the documents of an archive.
func (m *opened) attachArchive(c Container, whole bool, at spot) {
	at.archives++
	for _, p := range m.unpacker.unpack(c.Name, c.Raw, at.archives) {
		if !isMail(p.inside) {
			of := c.at(p.inside)
			m.attachments = append(m.attachments, attachment{
				name: p.name(), data: p.data, container: of, findings: remarks(of.Title(), whole, at),
			})
			continue
		}
		first := len(m.attachments)
		m.attachedMail(p.data, at)
		for i := range m.attachments[first:] {
			a := &m.attachments[first+i]
			inside := a.name
			if a.container != nil {
				inside = a.container.Title()
			}
			a.container = c.at(p.inside + "/" + inside)
		}
	}
}

// remarks are the findings about the way a file was attached.
func remarks(name string, whole bool, at spot) []finding.Finding {
	var all []finding.Finding
	if !whole {
		all = append(all, finding.Finding{
			Code: codeDamaged, Level: finding.Warning, Place: finding.Place{File: name},
		})
	}
	if at.mails > 0 {
		all = append(all, finding.Finding{
			Code: codeForwarded, Level: finding.Warning, Place: finding.Place{File: name}, Got: at.from,
		})
	}
	return all
}

// attachedMail looks into a mail that is attached to the mail.
func (m *opened) attachedMail(raw []byte, at spot) {
	if !m.deeper(&at) {
		return
	}
	p, err := readMail(raw)
	if err != nil {
		m.fault(codePartUnreadable, "message/rfc822", "")
		return
	}
	if at.report && m.returned == "" {
		m.returned = messageID(p.header.Get("Message-Id"))
	}
	at.mails++
	at.report = false
	at.from = sender(p.header.Values("From"))
	m.walk(p, at)
}

// fault remembers that a part could not be looked into; each kind of fault is
// told once.
func (m *opened) fault(code, got, want string) {
	for _, f := range m.faults {
		if f.Code == code {
			return
		}
	}
	m.faults = append(m.faults, finding.Finding{Code: code, Level: finding.Error, Got: got, Want: want})
}
