package sheet

import (
	"encoding/xml"
	"strings"
)

// markup reads one XML part of a document, element by element. Names are told
// by their local part: the strict and the transitional form of a format differ
// in name spaces only.
type markup struct {
	scanner
	part     string
	depth    int
	elements int // so far
}

func newMarkup(part string, data []byte) *markup {
	return &markup{part: part, scanner: scanner{src: string(data)}}
}

// rest is what follows the token read last.
func (m *markup) rest() string { return m.src[m.pos:] }

// pass goes on n bytes further. It may follow the end of an element only.
func (m *markup) pass(n int) { m.pos += n }

// next reads the next token of a well-formed part. An entity or a document type
// that the part declares itself is an error.
func (m *markup) next() (tokenKind, error) {
	kind, err := m.scanner.next()
	if err != nil {
		return atEnd, corrupt(m.part, err)
	}
	switch kind {
	case isStart:
		if m.depth++; m.depth > maxDepth {
			return atEnd, beyond(codeDepth, m.part, m.depth, maxDepth)
		}
		if m.elements++; m.elements > maxElements {
			return atEnd, &damage{code: codeElements, want: count(maxElements)}
		}
	case isClose:
		m.depth--
	}
	return kind, nil
}

// element is the one whose start was read last.
func (m *markup) element() xml.StartElement { return xml.StartElement{Name: m.name, Attr: m.attrs} }

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
		kind, err := m.next()
		if err != nil || kind == atEnd {
			return err
		}
		switch kind {
		case isStart:
			if err := do(m.element()); err != nil {
				return err
			}
		case isClose:
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
		kind, err := m.next()
		if err != nil || kind == atEnd {
			return "", err
		}
		switch kind {
		case isChars:
			if one == "" && many.Len() == 0 {
				one = strings.Clone(m.chars) // else the cell would keep the whole part
			} else {
				many.WriteString(one)
				many.WriteString(m.chars)
				one = ""
			}
			if len(one)+many.Len() > maxField {
				return "", beyondBytes(codeField, m.part, maxField+1, maxField)
			}
		case isClose:
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
