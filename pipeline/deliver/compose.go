package deliver

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"slices"
	"strings"
	"time"
)

// Compose is the whole mail (RFC 5322) of a letter, dated as given. The same
// letter and date give the same bytes: Message-ID and boundaries come from what
// the letter is, not from chance. That, and file names in both of the ways that
// readers know, is why it is written here and not by a mail library.
//
// What comes from outside, such as the subject and the names of files, is
// cleaned; an address, or a header field, that could begin another field is an
// error.
func Compose(l Letter, date time.Time) ([]byte, error) {
	if err := l.check(); err != nil {
		return nil, fmt.Errorf("compose letter %q: %w", l.Key, err)
	}
	var b bytes.Buffer
	for _, field := range l.fields(date) {
		b.WriteString(fold(field[0], field[1]))
	}
	if err := l.body(&b); err != nil {
		return nil, fmt.Errorf("compose letter %q: %w", l.Key, err)
	}
	return b.Bytes(), nil
}

// fields are the header fields in order, but for those that describe the body.
func (l Letter) fields(date time.Time) [][2]string {
	var to []string
	for _, a := range l.To {
		to = append(to, addressText(a))
	}
	// RFC 3834 §3.1.7; Exchange and Outlook heed the other one.
	auto := "auto-generated"
	fields := [][2]string{
		{"Date", stamp(date)},
		{"From", addressText(l.From)},
		{"To", strings.Join(to, ", ")},
		{"Subject", words(tidy(l.Subject, mostSubject))},
		{"Message-ID", "<" + l.MessageID() + ">"},
	}
	if id := knownID(l.InReplyTo); id != "" {
		auto = "auto-replied"
		fields = append(fields, [2]string{"In-Reply-To", id})
	}
	if refs := l.references(); len(refs) > 0 {
		fields = append(fields, [2]string{"References", strings.Join(refs, " ")})
	}
	fields = append(fields,
		[2]string{"Auto-Submitted", auto},
		[2]string{"X-Auto-Response-Suppress", "All"})
	for _, name := range slices.Sorted(maps.Keys(l.Headers)) {
		fields = append(fields, [2]string{name, words(tidy(l.Headers[name], mostSubject))})
	}
	return append(fields, [2]string{"MIME-Version", "1.0"})
}

// body writes the text in both forms and, around them, the attachments.
func (l Letter) body(b *bytes.Buffer) error {
	texts, err := l.texts()
	if err != nil {
		return err
	}
	kind := "multipart/alternative;\r\n boundary=" + l.boundary("text")
	if len(l.Attachments) == 0 {
		b.WriteString("Content-Type: " + kind + "\r\n\r\n")
		b.Write(texts)
		return nil
	}
	b.WriteString("Content-Type: multipart/mixed;\r\n boundary=" + l.boundary("mixed") + "\r\n\r\n")
	w, err := l.parts(b, "mixed")
	if err != nil {
		return err
	}
	if err := part(w, kind, "", texts, nil); err != nil {
		return err
	}
	for _, a := range l.Attachments {
		disposition, name := nameParameters(a.Name)
		head := textproto.MIMEHeader{"Content-Disposition": {disposition}}
		if err := part(w, mediaType(a.Type)+";\r\n "+name, "base64", encoded(a.Data), head); err != nil {
			return err
		}
	}
	return w.Close()
}

// texts is the plain text and the HTML beside it.
func (l Letter) texts() ([]byte, error) {
	var b bytes.Buffer
	w, err := l.parts(&b, "text")
	if err != nil {
		return nil, err
	}
	text := plainText(l.Text)
	html, err := htmlOf(tidy(l.Subject, mostSubject), text)
	if err != nil {
		return nil, err
	}
	for _, t := range []struct{ kind, text string }{
		{"text/plain; charset=utf-8", text},
		{"text/html; charset=utf-8", html},
	} {
		var q bytes.Buffer
		qp := quotedprintable.NewWriter(&q)
		if _, err := io.WriteString(qp, strings.ReplaceAll(t.text, "\n", "\r\n")); err != nil {
			return nil, err
		}
		if err := qp.Close(); err != nil {
			return nil, err
		}
		if err := part(w, t.kind, "quoted-printable", q.Bytes(), nil); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// parts writes parts that the letter's own boundary separates. It cannot occur
// in them: "=_" stands in neither base64 nor quoted-printable (RFC 2045 §6.7).
func (l Letter) parts(w io.Writer, of string) (*multipart.Writer, error) {
	m := multipart.NewWriter(w)
	return m, m.SetBoundary(strings.Trim(l.boundary(of), `"`))
}

func (l Letter) boundary(of string) string {
	return `"=_` + of + "-" + hex.EncodeToString(l.digest()[16:28]) + `"`
}

func part(w *multipart.Writer, kind, encoding string, data []byte, head textproto.MIMEHeader) error {
	if head == nil {
		head = textproto.MIMEHeader{}
	}
	head.Set("Content-Type", kind)
	if encoding != "" {
		head.Set("Content-Transfer-Encoding", encoding)
	}
	p, err := w.CreatePart(head)
	if err != nil {
		return err
	}
	_, err = p.Write(data)
	return err
}

// encoded is base64 in lines.
func encoded(data []byte) []byte {
	text := base64.StdEncoding.EncodeToString(data)
	var b bytes.Buffer
	for len(text) > 0 {
		n := min(len(text), lineWidth)
		b.WriteString(text[:n] + "\r\n")
		text = text[n:]
	}
	return b.Bytes()
}

// mediaType is the type of an attachment, that of anything if it is none.
func mediaType(s string) string {
	kind, _, err := mime.ParseMediaType(s)
	if err != nil || !strings.Contains(kind, "/") {
		return "application/octet-stream"
	}
	return kind
}

// plainText is text as a mail can carry it: no control characters but line
// breaks, one at the end.
func plainText(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r >= ' ' && r != 0x7f:
			return r
		case r == '\r':
			return '\n'
		case r == '\t':
			return ' '
		}
		return -1
	}, s)
	return strings.TrimRight(s, "\n") + "\n"
}
