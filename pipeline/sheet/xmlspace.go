package sheet

import (
	"encoding/xml"
	"strings"
)

// space is a declared name space.
type space struct {
	prefix, url string
	depth       int // of the element that declares it
}

// declare remembers the name spaces that the attributes of the element opened
// last declare.
func (s *scanner) declare() error {
	for _, a := range s.attrs {
		prefix, isPrefix := strings.CutPrefix(a.Name.Local, "xmlns:")
		if a.Name.Local == "xmlns" {
			prefix, isPrefix = "", true
		}
		if isPrefix {
			s.spaces = append(s.spaces, space{prefix, a.Value, len(s.open)})
		}
	}
	if len(s.spaces) > maxNamespaces {
		return errSpaces
	}
	return nil
}

// translated is a name as written with its prefix resolved. A prefix that is
// not declared stands for itself; attributes without one are in no name space.
func (s *scanner) translated(written string, element bool) xml.Name {
	prefix, local, ok := strings.Cut(written, ":")
	switch {
	case !ok, prefix == "", local == "":
		prefix, local = "", written
		if !element {
			return xml.Name{Local: local}
		}
	case prefix == "xmlns":
		return xml.Name{Space: prefix, Local: local}
	case prefix == "xml":
		return xml.Name{Space: "http://www.w3.org/XML/1998/namespace", Local: local}
	}
	for i := len(s.spaces) - 1; i >= 0; i-- {
		if s.spaces[i].prefix == prefix {
			return xml.Name{Space: s.spaces[i].url, Local: local}
		}
	}
	return xml.Name{Space: prefix, Local: local}
}
