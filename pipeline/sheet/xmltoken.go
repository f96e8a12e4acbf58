package sheet

import (
	"encoding/xml"
	"errors"
	"slices"
	"strings"
)

// What is not well-formed, Extensible Markup Language (XML) 1.0, or not allowed
// in a document that somebody sent.
var (
	errDoctype   = errors.New("a document type declaration")
	errCut       = errors.New("the part ends within an element")
	errTag       = errors.New("a tag is not well-formed")
	errEnd       = errors.New("an end tag does not match the open element")
	errAttribute = errors.New("an attribute is not well-formed")
	errEntity    = errors.New("an entity that XML does not define")
	errCharacter = errors.New("a character that XML does not allow")
	errCharset   = errors.New("a character set other than UTF-8")
	errComment   = errors.New("a comment or section is not well-formed")
	errSpaces    = errors.New("more name spaces than any program declares")
)

// tokenKind is what a scanner has read.
type tokenKind int

const (
	atEnd   tokenKind = iota // of the part
	isStart                  // of an element
	isClose                  // of an element
	isChars                  // character data
)

// scanner reads the tokens of an XML part, as encoding/xml does in its strict
// mode, without copying what the part holds as it is. Comments and processing
// instructions are passed over; a document type is an error.
type scanner struct {
	src    string
	pos    int  // behind the token read last
	begin  int  // of the token read last
	anySet bool // the part was decoded: what it says of its character set is no more true

	// What next has read.
	name  xml.Name
	attrs []xml.Attr
	chars string

	open   []string   // names of the open elements, as they are written
	spaces []space    // name spaces declared, the innermost last
	spare  []xml.Attr // room for attributes, taken from the front
	empty  bool       // the start read last has no content: its end is to come
}

// fewAttrs is how many attributes an element has at most, as a rule.
const fewAttrs = 8

// next reads one token. After an error it must not be called again.
func (s *scanner) next() (tokenKind, error) {
	s.begin = s.pos
	if s.empty {
		s.empty = false
		s.close()
		return isClose, nil
	}
	for s.pos < len(s.src) {
		s.begin = s.pos
		if s.src[s.pos] != '<' {
			return isChars, s.text()
		}
		rest := s.src[s.pos+1:]
		switch {
		case strings.HasPrefix(rest, "/"):
			return isClose, s.end()
		case strings.HasPrefix(rest, "?"):
			if err := s.instruction(); err != nil {
				return atEnd, err
			}
		case strings.HasPrefix(rest, "!--"):
			if err := s.comment(); err != nil {
				return atEnd, err
			}
		case strings.HasPrefix(rest, "![CDATA["):
			return isChars, s.section()
		case strings.HasPrefix(rest, "!"):
			return atEnd, errDoctype
		default:
			return isStart, s.start()
		}
	}
	if len(s.open) > 0 {
		return atEnd, errCut
	}
	return atEnd, nil
}

// start reads a start tag.
func (s *scanner) start() error {
	s.pos++
	name, err := s.word()
	if err != nil {
		return err
	}
	if cap(s.spare) < fewAttrs {
		s.spare = make([]xml.Attr, 0, 64*fewAttrs)
	}
	s.attrs = s.spare[:0]
	declares := false
	for {
		s.blank()
		switch c := s.peek(); {
		case c == '>':
			s.pos++
		case strings.HasPrefix(s.src[s.pos:], "/>"):
			s.pos += 2
			s.empty = true
		case c == 0:
			return errCut
		default:
			a, err := s.attribute()
			if err != nil {
				return err
			}
			declares = declares || strings.HasPrefix(a.Name.Local, "xmlns")
			s.attrs = append(s.attrs, a)
			continue
		}
		break
	}
	if n := len(s.attrs); n <= cap(s.spare) { // else they are somewhere else
		s.spare = s.spare[n:n:cap(s.spare)]
	}
	s.attrs = slices.Clip(s.attrs)
	s.open = append(s.open, name)
	if declares {
		if err := s.declare(); err != nil {
			return err
		}
	}
	s.name = s.translated(name, true)
	for i := range s.attrs {
		s.attrs[i].Name = s.translated(s.attrs[i].Name.Local, false)
	}
	return nil
}

// attribute reads one attribute; its name is as written.
func (s *scanner) attribute() (xml.Attr, error) {
	name, err := s.word()
	if err != nil {
		return xml.Attr{}, errAttribute
	}
	s.blank()
	if s.peek() != '=' {
		return xml.Attr{}, errAttribute
	}
	s.pos++
	s.blank()
	quote := s.peek()
	if quote != '"' && quote != '\'' {
		return xml.Attr{}, errAttribute
	}
	s.pos++
	end := strings.IndexByte(s.src[s.pos:], quote)
	if end < 0 {
		return xml.Attr{}, errCut
	}
	raw := s.src[s.pos : s.pos+end]
	s.pos += end + 1
	if strings.IndexByte(raw, '<') >= 0 {
		return xml.Attr{}, errAttribute
	}
	value, err := expand(raw)
	return xml.Attr{Name: xml.Name{Local: name}, Value: value}, err
}

// end reads an end tag.
func (s *scanner) end() error {
	s.pos += len("</")
	name, err := s.word()
	if err != nil {
		return err
	}
	s.blank()
	switch {
	case s.peek() == 0:
		return errCut
	case s.peek() != '>':
		return errTag
	case len(s.open) == 0 || s.open[len(s.open)-1] != name:
		return errEnd
	}
	s.pos++
	s.close()
	return nil
}

// close closes the innermost element.
func (s *scanner) close() {
	for n := len(s.spaces); n > 0 && s.spaces[n-1].depth == len(s.open); n-- {
		s.spaces = s.spaces[:n-1]
	}
	s.open = s.open[:len(s.open)-1]
}

// text reads character data up to the next tag.
func (s *scanner) text() (err error) {
	raw := s.src[s.pos:]
	if end := strings.IndexByte(raw, '<'); end >= 0 {
		raw = raw[:end]
	}
	s.pos += len(raw)
	if strings.Contains(raw, "]]>") {
		return errCharacter
	}
	s.chars, err = expand(raw)
	return err
}

// word reads a name.
func (s *scanner) word() (string, error) {
	start := s.pos
	for s.pos < len(s.src) && isWord(s.src[s.pos]) {
		s.pos++
	}
	name := s.src[start:s.pos]
	switch {
	case name == "" && s.pos == len(s.src):
		return "", errCut
	case name == "" || '0' <= name[0] && name[0] <= '9' || name[0] == '-' || name[0] == '.' || strings.Count(name, ":") > 1:
		return "", errTag
	}
	return name, nil
}

// isWord reports whether a name may hold c. Letters beyond ASCII are told by no
// format; what they are exactly does not matter.
func isWord(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		c == ':' || c == '_' || c == '-' || c == '.' || c >= 0x80
}

func (s *scanner) blank() {
	for s.pos < len(s.src) && (s.src[s.pos] == ' ' || s.src[s.pos] == '\n' || s.src[s.pos] == '\r' || s.src[s.pos] == '\t') {
		s.pos++
	}
}

// peek is the next byte, 0 at the end.
func (s *scanner) peek() byte {
	if s.pos == len(s.src) {
		return 0
	}
	return s.src[s.pos]
}
