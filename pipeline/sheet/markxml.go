package sheet

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// element is where an element of an XML part stands, so that a part can be
// changed at one place and stay as it was at all others.
type element struct {
	name     string // local
	prefix   string // with its colon
	attrs    []xml.Attr
	start    int // of its start tag
	inner    int // behind its start tag
	innerEnd int // before its end tag; equal to end in <a/>
	end      int
	children []*element
}

// outline finds the elements of a part down to the given depth, the root being
// at 0. What stands between the first cell of a work sheet and its last is not
// looked at.
func outline(part string, data []byte, depth int) (*element, error) {
	m := newMarkup(part, data)
	var open []*element
	var root *element
	for {
		kind, err := m.next()
		if err != nil {
			return nil, err
		}
		switch kind {
		case atEnd:
			if root == nil {
				return nil, corrupt(part, xml.UnmarshalError("no element"))
			}
			return root, nil
		case isStart:
			e := &element{name: m.name.Local, attrs: m.attrs, start: m.begin, inner: m.pos}
			e.prefix = prefixOf(data[m.begin+1 : e.inner])
			switch n := len(open); {
			case n == 0 && root == nil:
				root = e
			case n > 0 && n <= depth:
				open[n-1].children = append(open[n-1].children, e)
			}
			open = append(open, e)
			if e.name == "sheetData" && data[e.inner-2] != '/' {
				m.pass(max(bytes.LastIndex(data[e.inner:], []byte("</"+e.prefix+"sheetData")), 0))
			}
		case isClose:
			e := open[len(open)-1]
			open = open[:len(open)-1]
			e.innerEnd, e.end = m.begin, m.pos
		}
	}
}

// prefixOf is the prefix of the name that tag begins with, with its colon.
func prefixOf(tag []byte) string {
	name := tag[:max(bytes.IndexAny(tag, " \t\r\n/>"), 0)]
	return string(name[:bytes.IndexByte(name, ':')+1])
}

// child is the first child of e with the name, nil when there is none.
func (e *element) child(name string) *element {
	for _, c := range e.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// all are the children of e with the name; e may be nil.
func (e *element) all(name string) []*element {
	var found []*element
	if e != nil {
		for _, c := range e.children {
			if c.name == name {
				found = append(found, c)
			}
		}
	}
	return found
}

func (e *element) attr(local string) string { return attribute(xml.StartElement{Attr: e.attrs}, local) }

// space is the name space that the root e declares for its own name.
func (e *element) space() string {
	for _, a := range e.attrs {
		if a.Name.Space == "" && a.Name.Local == "xmlns" && e.prefix == "" ||
			a.Name.Space == "xmlns" && a.Name.Local+":" == e.prefix {
			return a.Value
		}
	}
	return ""
}

// edit puts text in the place of the bytes from start to end.
type edit struct {
	start, end int
	text       string
}

// apply makes the edits, which must not overlap. Of those at one place the
// first comes first, and what is put in comes before what is taken away.
func apply(data []byte, edits []edit) []byte {
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end)) })
	var b bytes.Buffer
	at := 0
	for _, e := range edits {
		b.Write(data[at:e.start])
		b.WriteString(e.text)
		at = e.end
	}
	b.Write(data[at:])
	return b.Bytes()
}

func (e *element) remove() edit { return edit{e.start, e.end, ""} }

// addInside puts text behind the last child of e, at whose end it has an end
// tag also where it had none before.
func (e *element) addInside(data []byte, text string) edit {
	if e.inner != e.end {
		return edit{e.innerEnd, e.innerEnd, text}
	}
	slash := e.start + bytes.LastIndexByte(data[e.start:e.inner], '/')
	return edit{slash, e.inner, ">" + text + "</" + e.prefix + e.name + ">"}
}

// setAttr gives the attribute of e the value, which needs no quoting.
func (e *element) setAttr(data []byte, name, value string) edit {
	tag := data[e.start:e.inner]
	found := regexp.MustCompile(`\s` + name + `\s*=\s*("[^"]*"|'[^']*')`).FindSubmatchIndex(tag)
	if found != nil {
		return edit{e.start + found[2], e.start + found[3], `"` + value + `"`}
	}
	at := e.start + 1 + len(e.prefix) + len(e.name)
	return edit{at, at, " " + name + `="` + value + `"`}
}

var tagStart = regexp.MustCompile(`<(/?)([A-Za-z])`)

// prefixed gives the names of all elements in text the prefix.
func prefixed(prefix, text string) string {
	if prefix == "" {
		return text
	}
	return tagStart.ReplaceAllString(text, "<${1}"+prefix+"${2}")
}

// maxText is how long the text of a cell may be.
const maxText = 32_767

var escapeLike = regexp.MustCompile(`_(x[0-9A-Fa-f]{4}_)`)

// xmlText is s as the content of a t element, cut where Excel would refuse it.
func xmlText(s string) string {
	if len(s) > maxText && utf8.RuneCountInString(s) > maxText {
		s = string([]rune(s)[:maxText])
	}
	return xmlValue(escapeLike.ReplaceAllString(s, "_x005F_$1"))
}

// xmlValue is s as the value of an attribute.
func xmlValue(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder does not fail; what XML cannot hold becomes U+FFFD
	return b.String()
}

// plainText is all text within an XML fragment.
func plainText(fragment []byte) string {
	var b strings.Builder
	d := xml.NewDecoder(bytes.NewReader(fragment))
	for {
		token, err := d.RawToken()
		if err != nil {
			return b.String()
		}
		if text, ok := token.(xml.CharData); ok {
			b.Write(text)
		}
	}
}
