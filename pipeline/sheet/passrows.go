package sheet

import (
	"strconv"
	"strings"
)

// isFar reports whether nothing of the row with that number is read.
func (r *sheetReader) isFar(number int) bool {
	return number > maxRows || number > r.filled+maxGap
}

// leaveOut remembers the first cell that is left out.
func (r *sheetReader) leaveOut(p position) {
	if r.cut == (position{}) {
		r.cut = p
	}
}

// passRows goes on at the next row that is read, or at the end of the rows, and
// remembers the first cell with content on the way. People who format whole
// columns make a million rows without content, which need not be decoded one by
// one.
func (r *sheetReader) passRows() {
	scan := tagScanner{data: r.rest()}
	at := r.at
	for scan.next() {
		switch scan.name {
		case "/sheetData":
			r.pass(scan.start)
			return
		case "row":
			number := at.row + 1
			if n, err := strconv.Atoi(scan.attribute("r")); err == nil {
				number = n
			}
			if !r.isFar(number) { // rows in no order, or a number that is none
				r.at = at
				r.pass(scan.start)
				return
			}
			at = position{row: number}
		case "c":
			at.col++
			if p, ok := parseRef(scan.attribute("r")); ok {
				at.col = p.col
			}
		case "v", "t", "f":
			if scan.holdsText() || scan.name == "f" {
				r.leaveOut(at)
			}
		}
	}
	r.noEnd = true // rows are read on, mostly until the part turns out not to be well-formed
}

// tagScanner finds the tags of XML, and no more: their names without a prefix, and
// single attributes.
type tagScanner struct {
	data  string
	start int    // of the tag read last
	end   int    // behind it
	name  string // of the tag read last, behind a slash if it is an end tag
}

// next goes on to the next tag. Comments and the like are none.
func (s *tagScanner) next() bool {
	for {
		i := strings.IndexByte(s.data[s.end:], '<')
		if i < 0 {
			return false
		}
		s.start = s.end + i
		rest := s.data[s.start:]
		until := ""
		switch {
		case strings.HasPrefix(rest, "<!--"):
			until = "-->"
		case strings.HasPrefix(rest, "<![CDATA["):
			until = "]]>"
		case strings.HasPrefix(rest, "<?"):
			until = "?>"
		}
		if until == "" {
			return s.tag(rest)
		}
		n := strings.Index(rest, until)
		if n < 0 {
			return false
		}
		s.end = s.start + n + len(until)
	}
}

// tag reads the tag that rest begins with. A sign > in quotation marks does not
// end it.
func (s *tagScanner) tag(rest string) bool {
	quote := byte(0)
	for i := range len(rest) {
		switch b := rest[i]; {
		case quote != 0:
			if b == quote {
				quote = 0
			}
		case b == '"' || b == '\'':
			quote = b
		case b == '>':
			s.end = s.start + i + 1
			s.name = localName(rest[1:i])
			return true
		}
	}
	return false
}

// localName is the name in a tag without its prefix. It is one of those that are
// looked for, or empty.
func localName(tag string) string {
	slash := ""
	if strings.HasPrefix(tag, "/") {
		slash, tag = "/", tag[1:]
	}
	if i := strings.IndexAny(tag, " \t\r\n/"); i >= 0 {
		tag = tag[:i]
	}
	tag = tag[strings.IndexByte(tag, ':')+1:]
	for _, name := range []string{"row", "c", "v", "t", "f", "/sheetData"} {
		if slash == name[:len(slash)] && tag == name[len(slash):] {
			return name
		}
	}
	return ""
}

// holdsText reports whether something stands between the tag and its end tag.
func (s *tagScanner) holdsText() bool {
	return s.data[s.end-2] != '/' && !strings.HasPrefix(s.data[s.end:], "</")
}

// attribute is the value of an attribute without a prefix, "" if there is none.
func (s *tagScanner) attribute(name string) string {
	tag := s.data[s.start:s.end]
	for {
		i := strings.IndexAny(tag, " \t\r\n")
		if i < 0 {
			return ""
		}
		tag = strings.TrimLeft(tag[i:], " \t\r\n")
		equals := strings.IndexByte(tag, '=')
		if equals < 0 {
			return ""
		}
		key := strings.TrimRight(tag[:equals], " \t\r\n")
		tag = strings.TrimLeft(tag[equals+1:], " \t\r\n")
		if len(tag) == 0 {
			return ""
		}
		end := strings.IndexByte(tag[1:], tag[0])
		if end < 0 {
			return ""
		}
		if key == name {
			return tag[1 : 1+end]
		}
		tag = tag[end+2:]
		if len(tag) > 0 && !strings.ContainsAny(tag[:1], " \t\r\n") {
			return ""
		}
	}
}
