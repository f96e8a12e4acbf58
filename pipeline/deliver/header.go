package deliver

import (
	"fmt"
	"mime"
	"net/mail"
	"slices"
	"strings"
	"unicode"
)

// Limits on what comes from outside into a header.
const (
	mostSubject = 200 // runes
	mostName    = 80  // runes of a file's or a person's name
	mostID      = 250 // bytes of a Message-ID
	lineWidth   = 76  // RFC 5322 §2.1.1
)

// ownFields are the header fields that every letter has, or that would send it
// elsewhere. Letter.Headers must not hold them.
var ownFields = strings.Fields(`date from sender reply-to to cc bcc subject message-id in-reply-to references
	return-path received auto-submitted x-auto-response-suppress mime-version content-type
	content-transfer-encoding content-disposition content-id`)

// checkHeader refuses a field that is not ours to add, or that would begin
// another one.
func checkHeader(name, value string) error {
	bad := func(r rune) bool { return r <= ' ' || r > '~' || r == ':' }
	switch {
	case name == "" || strings.ContainsFunc(name, bad):
		return fmt.Errorf("header %q: not the name of a field", name)
	case slices.Contains(ownFields, strings.ToLower(name)):
		return fmt.Errorf("header %q: every letter has its own", name)
	case strings.ContainsAny(value, "\r\n\x00"):
		return fmt.Errorf("header %q: its value %q has a line break", name, value)
	}
	return nil
}

// tidy is s on one line, without control and formatting characters, and not
// longer than most runes: words from outside are put into a header only so.
func tidy(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			return ' '
		case !unicode.IsGraphic(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	s = strings.Join(strings.Fields(s), " ")
	s = strings.ReplaceAll(s, "=?", "= ?") // nobody's own encoded words
	if runes := []rune(s); len(runes) > most {
		return strings.TrimSpace(string(runes[:most-1])) + "…"
	}
	return s
}

// fold breaks a field's value at its blanks so that no line is longer than it
// must be.
func fold(name, value string) string {
	var b strings.Builder
	b.WriteString(name + ":")
	width := len(name) + 1
	for i, word := range strings.Split(value, " ") {
		if i > 0 && width+1+len(word) > lineWidth {
			b.WriteString("\r\n")
			width = 0
		}
		b.WriteString(" " + word)
		width += 1 + len(word)
	}
	b.WriteString("\r\n")
	return b.String()
}

// words is text as RFC 2047 has it in a header.
func words(s string) string { return mime.BEncoding.Encode("utf-8", s) }

// addressText is an address with its name, as a header holds it.
func addressText(a mail.Address) string {
	a.Name = tidy(a.Name, mostName)
	return a.String()
}

// knownID is a Message-ID from outside in angle brackets, or nothing if it
// cannot stand in a header.
func knownID(id string) string {
	id = strings.Trim(id, "<> ")
	bad := func(r rune) bool { return r <= ' ' || r > '~' || r == '<' || r == '>' }
	if id == "" || len(id) > mostID || strings.ContainsFunc(id, bad) {
		return ""
	}
	return "<" + id + ">"
}

// mostReferences is how many mails of a thread are named: the first and the
// newest ones.
const mostReferences = 20

// references are the mails of the thread, the answered one last.
func (l Letter) references() []string {
	var all []string
	for _, id := range append(slices.Clone(l.References), l.InReplyTo) {
		if id = knownID(id); id != "" {
			all = slices.DeleteFunc(all, func(old string) bool { return old == id })
			all = append(all, id)
		}
	}
	if len(all) > mostReferences {
		all = append(all[:1], all[len(all)-mostReferences+1:]...)
	}
	return all
}

// fileName is a name under which a reader's computer can keep a file.
func fileName(s string) string {
	s = tidy(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, s), 1<<20)
	s = strings.Trim(s, ". ")
	runes := []rune(s)
	if dot := strings.LastIndexByte(s, '.'); len(runes) > mostName && dot > 0 && len(s)-dot <= 6 {
		ending := []rune(s[dot:])
		runes = append(runes[:mostName-len(ending)], ending...)
	}
	if s = string(runes[:min(len(runes), mostName)]); s == "" {
		return "tep"
	}
	return s
}

// nameParameters are the parameters that tell a file's name: RFC 2231 in
// Content-Disposition, which is the standard, and RFC 2047 in Content-Type,
// which older Outlooks read instead.
func nameParameters(name string) (disposition, contentType string) {
	name = fileName(name)
	disposition = mime.FormatMediaType("attachment", map[string]string{"filename": name})
	quoted := `"` + strings.ReplaceAll(words(name), "?= =?", "?=\r\n =?") + `"`
	return disposition, "name=" + quoted
}
