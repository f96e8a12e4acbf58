package sheet

import (
	"cmp"
	"encoding/xml"
	"strconv"
	"strings"
)

// flow is running text as HTML and OpenDocument hold it: a run of white space
// is one space, and none stands at the beginning of a line.
type flow struct {
	typed  typed
	length int    // bytes so far
	font   string // of what follows, as [fontOf] gives it
	look   look   // of what follows
	spaces bool   // spaces alone are kept
	space  bool   // owed before the next character
	begun  bool   // the line has begun
}

const whiteSpace = " \t\r\n\f"

// add goes on with s.
func (f *flow) add(s string) {
	for s != "" {
		word := strings.TrimLeft(s, whiteSpace)
		switch gap := s[:len(s)-len(word)]; {
		case gap == "":
		case f.spaces && strings.Trim(gap, " ") == "":
			f.write(gap)
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
		f.write(" ")
	}
	f.write(s)
	f.space, f.begun = false, true
}

func (f *flow) write(s string) {
	f.typed.writeAs(f.font, f.look, s)
	f.length += len(s)
}

// newline ends the line.
func (f *flow) newline() {
	f.space, f.begun = false, false
	f.typed.endLine()
}

// check is an error if the text is longer than is read.
func (f *flow) check(part string) error {
	switch {
	case f.length > maxField:
		return beyondBytes(codeField, part, uint64(f.length), maxField)
	case len(f.typed) > maxRuns:
		return beyond(codeRuns, part, len(f.typed), maxRuns)
	}
	return nil
}

// take is what is read of the text so far, in a cell of the given font that is
// struck through or is not; f is empty then.
func (f *flow) take(cellFont string, struck bool) seen {
	s := f.typed.seenIn(cellFont, struck)
	*f = flow{spaces: f.spaces, font: f.font, look: f.look}
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
	var outer []outerLooks // of the spans that are open
	for {
		kind, err := r.next()
		if err != nil || kind == atEnd {
			return err
		}
		switch kind {
		case isChars:
			f.add(r.chars)
			if err := f.check(r.part); err != nil {
				return err
			}
		case isStart:
			t := r.element()
			switch t.Name.Local {
			case "span":
				outer = append(outer, outerLooks{r.depth, f.font, f.look})
				style := attribute(t, "style-name")
				f.font = cmp.Or(r.styles.textFont(style), f.font)
				f.look = r.styles.textLook(style).within(f.look)
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
		case isClose:
			if r.depth == end {
				return nil
			}
			if n := len(outer); n > 0 && outer[n-1].depth == r.depth+1 {
				f.font, f.look, outer = outer[n-1].font, outer[n-1].look, outer[:n-1]
			}
		}
	}
}

// outerLooks are the font and the look around a span at some depth of the XML.
type outerLooks struct {
	depth int
	font  string
	look  look
}
