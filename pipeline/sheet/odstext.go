package sheet

import (
	"encoding/xml"
	"strconv"
	"strings"

	"baocao/pipeline/viet"
)

// flow is running text as HTML and OpenDocument hold it: a run of white space
// is one space, and none stands at the beginning of a line.
type flow struct {
	b      strings.Builder
	spaces bool // spaces alone are kept
	space  bool // owed before the next character
	begun  bool // the line has begun
}

const whiteSpace = " \t\r\n\f"

// add goes on with s.
func (f *flow) add(s string) {
	for s != "" {
		word := strings.TrimLeft(s, whiteSpace)
		switch gap := s[:len(s)-len(word)]; {
		case gap == "":
		case f.spaces && strings.Trim(gap, " ") == "":
			f.b.WriteString(gap)
		default:
			f.space = f.space || f.begun
		}
		end := strings.IndexAny(word, whiteSpace)
		if end < 0 {
			end = len(word)
		}
		if end > 0 {
			f.keep(word[:end])
		}
		s = word[end:]
	}
}

// keep goes on with s as it is.
func (f *flow) keep(s string) {
	if f.space {
		f.b.WriteByte(' ')
	}
	f.b.WriteString(s)
	f.space, f.begun = false, true
}

// newline ends the line.
func (f *flow) newline() {
	f.space, f.begun = false, false
	f.b.WriteByte('\n')
}

// take is the text so far, cleaned; f is empty then.
func (f *flow) take() string {
	s := viet.Clean(f.b.String())
	*f = flow{spaces: f.spaces}
	return s
}

// cellText adds the paragraphs of the cell whose start was read last, and not
// what is only fastened to it: comments, drawings, forms.
func (r *odsReader) cellText(f *flow) error {
	return r.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "p", "h":
			err := r.paragraph(f)
			f.newline()
			return err
		case "list", "list-item", "list-header":
			return nil // its paragraphs follow
		}
		return r.skip()
	})
}

// maxSpaces is how many spaces one element may stand for.
const maxSpaces = 64

// paragraph adds the text of the paragraph whose start was read last, OpenDocument
// 1.3 part 3, §6.1.
func (r *odsReader) paragraph(f *flow) error {
	end := r.depth - 1
	for {
		token, err := r.next()
		if err != nil || token == nil {
			return err
		}
		switch t := token.(type) {
		case xml.CharData:
			f.add(string(t))
		case xml.StartElement:
			switch t.Name.Local {
			case "s":
				n, err := strconv.Atoi(attribute(t, "c"))
				if err != nil {
					n = 1
				}
				f.keep(strings.Repeat(" ", min(max(n, 0), maxSpaces)))
			case "tab":
				f.keep("\t")
			case "line-break", "p": // a paragraph within is one of a list or a box
				f.newline()
			case "annotation", "note", "ruby-text", "tracked-changes", "script":
				err = r.skip()
			default:
				if strings.Contains(t.Name.Space, ":drawing:") {
					err = r.skip()
				}
			}
			if err != nil {
				return err
			}
		case xml.EndElement:
			if r.depth == end {
				return nil
			}
		}
	}
}
