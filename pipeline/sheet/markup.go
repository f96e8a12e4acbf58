package sheet

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// maxDepth is how deep elements may stand within each other.
const maxDepth = 256

var (
	errDepth   = errors.New("elements nested too deep")
	errDoctype = errors.New("a document type declaration")
)

// markup reads one XML part of a document, element by element. Names are told
// by their local part: the strict and the transitional form of a format differ
// in name spaces only.
type markup struct {
	part  string
	data  []byte
	src   *bytes.Reader // read byte by byte: the decoder never runs ahead
	xml   *xml.Decoder
	depth int
}

func newMarkup(part string, data []byte) *markup {
	src := bytes.NewReader(data)
	return &markup{part: part, data: data, src: src, xml: xml.NewDecoder(src)}
}

// rest is what follows the token read last.
func (m *markup) rest() []byte { return m.data[len(m.data)-m.src.Len():] }

// pass goes on n bytes further. It may follow the end of an element only.
func (m *markup) pass(n int) error {
	if _, err := m.src.Seek(int64(n), io.SeekCurrent); err != nil {
		return corrupt(m.part, err)
	}
	return nil
}

// next is the next token, nil at the end of a well-formed part. An entity or a
// document type that the part declares itself is an error.
func (m *markup) next() (xml.Token, error) {
	token, err := m.xml.Token()
	if err == io.EOF {
		return nil, nil
	}
	if err != nil {
		return nil, corrupt(m.part, err)
	}
	switch token.(type) {
	case xml.StartElement:
		if m.depth++; m.depth > maxDepth {
			return nil, corrupt(m.part, errDepth)
		}
	case xml.EndElement:
		m.depth--
	case xml.Directive:
		return nil, corrupt(m.part, errDoctype)
	}
	return token, nil
}

// each calls do for every element of the part. What do reads itself is not
// visited again.
func (m *markup) each(do func(xml.StartElement) error) error {
	return m.inside(-1, do)
}

// children calls do for every element within the one whose start was read
// last, up to and with its end.
func (m *markup) children(do func(xml.StartElement) error) error {
	return m.inside(m.depth-1, do)
}

func (m *markup) inside(end int, do func(xml.StartElement) error) error {
	for {
		token, err := m.next()
		if err != nil || token == nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if err := do(t); err != nil {
				return err
			}
		case xml.EndElement:
			if m.depth == end {
				return nil
			}
		}
	}
}

// skip passes over the element whose start was read last.
func (m *markup) skip() error {
	return m.children(func(xml.StartElement) error { return nil })
}

// text is the character data of the element whose start was read last.
func (m *markup) text() (string, error) {
	end := m.depth - 1
	var one string
	var many strings.Builder
	for {
		token, err := m.next()
		if err != nil || token == nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.CharData:
			if one == "" && many.Len() == 0 {
				one = string(t)
			} else {
				many.WriteString(one)
				many.Write(t)
				one = ""
			}
		case xml.EndElement:
			if m.depth == end {
				return many.String() + one, nil
			}
		}
	}
}

// attribute is the value of the attribute with the local name, "" when there
// is none.
func attribute(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// relation is the value of e's r:id, which names another part.
func relation(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

// isOn reports whether s is a true value of XML Schema's boolean.
func isOn(s string) bool { return s == "1" || s == "true" || s == "on" }
