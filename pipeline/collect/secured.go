package collect

import (
	"net/url"
	"strings"

	"baocao/pipeline/finding"
)

// sign remembers that the mail itself, and not one attached to it, is signed.
func (m *opened) sign(protocol string, at spot) {
	if at.mails == 0 && m.signed == "" {
		m.signed = protection(protocol)
	}
}

// protection is the scheme that a protocol of RFC 1847 belongs to.
func protection(protocol string) string {
	if strings.Contains(strings.ToLower(protocol), "pgp") {
		return "PGP"
	}
	return "S/MIME"
}

// protected takes what an S/MIME object holds: a mail that was signed as a
// whole, or one file that was. What is no such object is a file.
func (m *opened) protected(name string, data []byte, whole bool, at spot) {
	kind, content, err := readCMS(data)
	switch {
	case err != nil:
		if name == "" {
			name = "smime.p7m"
		}
		m.attach(name, data, whole, at)
		return
	case kind == cmsEncrypted:
		m.fault(codeEncrypted, protection(""), "")
		return
	}
	m.sign("", at)
	if content == nil || !m.deeper(&at) {
		return
	}
	if p, err := readPart(content); err == nil && p.header.Get("Content-Type") != "" {
		m.walk(p, at)
		return
	}
	if len(name) > len(".p7m") && strings.EqualFold(name[len(name)-len(".p7m"):], ".p7m") {
		name = name[:len(name)-len(".p7m")]
	}
	m.attach(name, content, whole, at)
}

// outlook takes the files of a winmail.dat.
func (m *opened) outlook(name string, data []byte, at spot) {
	if !m.deeper(&at) {
		return
	}
	files, err := readTNEF(data)
	if err != nil {
		m.faults = append(m.faults, finding.Finding{
			Code: codePartUnreadable, Level: finding.Error, Place: finding.Place{File: name},
		})
	}
	for _, f := range files {
		switch {
		case f.image || f.data == nil:
		case f.mail:
			inner := at
			inner.mails++
			inner.from = ""
			m.outlook(name, f.data, inner)
		default:
			file := cleanName(f.name)
			if file == "" {
				file = "part" + extension(f.kind)
			}
			m.attach(file, f.data, f.whole, at)
		}
	}
}

// giveBack takes the head of our letter out of what a mail server says of it.
func (m *opened) giveBack(head []byte, at spot) {
	if p, err := readPart(head); err == nil && at.report && m.returned == "" {
		m.returned = messageID(p.header.Get("Message-Id"))
	}
}

// pointTo remembers where a body lies that would have to be fetched.
func (m *opened) pointTo(p part) {
	host := p.params["site"]
	if u, err := url.Parse(p.params["url"]); err == nil && u.Host != "" {
		host = u.Hostname()
	}
	if m.link == "" {
		m.link = oneLine(cut(strings.ToLower(host), maxReason))
	}
}
