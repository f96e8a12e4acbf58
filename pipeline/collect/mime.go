package collect

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"iter"
	"net/textproto"

	"github.com/jhillyerd/enmime/v2"
)

// part is a mail or one of the parts of its MIME tree: header fields as
// written, with folded lines joined, and everything after them.
type part struct {
	header textproto.MIMEHeader
	kind   string            // of Content-Type, in lower case; empty when there is none
	params map[string]string // of Content-Type
	body   []byte
}

// readPart reads the header that raw begins with. Package enmime mends or
// passes over the lines that are no fields, for which others give up the mail.
//
// Only its header reader serves here: its tree reader asks each nested section
// for the end of the outer ones again and again, which doubles the time with
// every level (0.3 s for 12 kB nested 20 deep).
func readPart(raw []byte) (p part, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("header reader: %v", r)
		}
	}()
	if headerLength(raw) > maxHeader {
		return part{}, fmt.Errorf("header of more than %d bytes", maxHeader)
	}
	source := bytes.NewReader(raw)
	buffered := bufio.NewReader(source)
	header, err := enmime.ReadHeader(buffered, silent{})
	if err != nil {
		return part{}, err
	}
	p = part{header: header, body: raw[len(raw)-buffered.Buffered()-source.Len():]}
	p.kind, p.params = parseMedia(header.Get("Content-Type"))
	return p, nil
}

// silent drops what enmime remarks about fields that it mended.
type silent struct{}

func (silent) AddError(string, string, ...any)   {}
func (silent) AddWarning(string, string, ...any) {}

// headerLength is the number of bytes up to the first blank line.
func headerLength(raw []byte) int {
	for _, blank := range []string{"\n\r\n", "\n\n"} {
		if i := bytes.Index(raw[:min(len(raw), maxHeader+1)], []byte(blank)); i >= 0 {
			return i
		}
	}
	return len(raw)
}

// errNoMail says that the bytes do not begin with a mail's header.
var errNoMail = errors.New("no mail")

// readMail is readPart for a whole mail.
func readMail(raw []byte) (part, error) {
	// A byte order mark and blank lines come from programs that save mails.
	p, err := readPart(bytes.TrimLeft(bytes.TrimPrefix(raw, []byte("\uFEFF")), "\r\n"))
	if err != nil {
		return part{}, err
	}
	for _, name := range []string{"From", "Received", "Date", "Subject", "Message-Id", "To", "Content-Type"} {
		if len(p.header.Values(name)) > 0 {
			return p, nil
		}
	}
	return part{}, errNoMail
}

// split yields the parts of a multipart body (RFC 2046 §5.1.1), each without
// the line end before the next delimiter, which belongs to that. The second
// value is false for a part that ends because the body does.
func split(body []byte, boundary string) iter.Seq2[[]byte, bool] {
	return func(yield func([]byte, bool) bool) {
		begin := -1 // of the part that is open
		for at := 0; ; {
			from, to, last := delimiter(body, boundary, at)
			if from < 0 {
				break
			}
			if begin >= 0 && !yield(withoutLineEnd(body[begin:max(begin, from)]), true) {
				return
			}
			if last {
				return
			}
			begin, at = to, to
		}
		if begin >= 0 {
			yield(body[begin:], false)
		}
	}
}

// delimiter is the next line --boundary at or after the line begin at: where
// it begins and where the line after it does, and whether it is the last one,
// --boundary--. from is -1 when there is none.
func delimiter(body []byte, boundary string, at int) (from, to int, last bool) {
	mark := []byte("--" + boundary)
	for {
		i := bytes.Index(body[at:], mark)
		if i < 0 {
			return -1, -1, false
		}
		from = at + i
		at = from + len(mark)
		rest := body[at:]
		last = bytes.HasPrefix(rest, []byte("--"))
		fits := last || len(rest) == 0 || bytes.IndexByte([]byte(" \t\r\n"), rest[0]) >= 0
		if !fits || from > 0 && body[from-1] != '\n' {
			continue
		}
		if end := bytes.IndexByte(rest, '\n'); end >= 0 {
			return from, at + end + 1, last
		}
		return from, len(body), last
	}
}

// withoutLineEnd is data without one line end at its end.
func withoutLineEnd(data []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(data, []byte("\n")), []byte("\r"))
}
