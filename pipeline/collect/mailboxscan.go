package collect

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
)

// What one line of a server may hold. A line is what stands between two line
// ends outside literals. The longest that occurs is the answer to a search:
// 8 MB are the numbers of a million messages. Its parentheses are limited
// because package imapclient descends into them without a limit of its own.
const (
	maxLine        = 8 << 20
	maxParentheses = 1000
)

var errMalformed = errors.New("the server's answer is not IMAP")

// lineScanner follows what a server sends, only as far as is needed to tell
// lines from literals.
type lineScanner struct {
	length, open    int
	head            []byte // the line's beginning, enough to know its kind
	tail            []byte // its end, enough for the size of a literal
	quoted, escaped bool
	literal         int64 // bytes of a literal that are still to come
}

// scan looks at the next bytes.
func (s *lineScanner) scan(p []byte) error {
	for len(p) > 0 {
		if s.literal > 0 {
			n := min(int64(len(p)), s.literal)
			s.literal -= n
			p = p[n:]
			continue
		}
		c := p[0]
		p = p[1:]
		if err := s.step(c); err != nil {
			return err
		}
	}
	return nil
}

func (s *lineScanner) step(c byte) error {
	if s.length++; s.length > maxLine {
		return errMalformed
	}
	if len(s.head) < 32 {
		s.head = append(s.head, c)
	}
	switch {
	case c == '\r' || c == '\n':
		if s.quoted && !s.status() { // in a status a quotation mark is only a character
			return errMalformed
		}
		s.quoted, s.escaped = false, false
	case s.escaped:
		s.escaped = false
	case s.quoted && c == '\\':
		s.escaped = true
	case c == '"':
		s.quoted = !s.quoted
	case c == '(' && !s.quoted:
		if s.open++; s.open > maxParentheses && !s.status() {
			return errMalformed
		}
	}
	switch {
	case c == '\n':
		s.endLine()
	case c == '{':
		s.tail = append(s.tail[:0], c)
	case len(s.tail) > 0 && len(s.tail) < 24:
		s.tail = append(s.tail, c)
	}
	return nil
}

// endLine goes on with a literal, when the line announces one, or with the next
// line.
func (s *lineScanner) endLine() {
	size, announced := bytes.CutPrefix(bytes.TrimRight(s.tail, "\r\n"), []byte("{"))
	size, closed := bytes.CutSuffix(size, []byte("}"))
	s.tail = s.tail[:0]
	if n, err := strconv.ParseInt(string(size), 10, 64); announced && closed && err == nil && n >= 0 {
		switch s.kind() {
		case "FETCH", "LIST", "STATUS":
			s.literal = n
			return
		}
	}
	s.length, s.open, s.head = 0, 0, s.head[:0]
}

// status reports whether the line is one for people, in which nothing is
// quoted: "* OK …", "T1 NO …", "+ …".
func (s *lineScanner) status() bool {
	switch s.kind() {
	case "OK", "NO", "BAD", "BYE", "PREAUTH", "":
		return true
	}
	return false
}

// kind is what an untagged answer is about, in capitals; empty for other lines.
func (s *lineScanner) kind() string {
	words := strings.Fields(strings.ToUpper(string(s.head)))
	switch {
	case len(words) < 2 || words[0] != "*":
		return ""
	case len(words) > 2 && strings.Trim(words[1], "0123456789") == "":
		return words[2]
	}
	return words[1]
}
