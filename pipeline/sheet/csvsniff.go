package sheet

import "strings"

// The records with content that tell how a table is written, and the bytes that
// they are looked for in.
const (
	sampleRecords = 100
	sampleBytes   = 1 << 20
)

// separated tells which character parts the cells of text, and is the text of
// the table. Text that is no such table is prose, or has one cell a line.
func separated(text string) (table string, separator byte, ok bool) {
	line, rest, _ := strings.Cut(text, "\n")
	line = strings.Trim(strings.TrimRight(line, "\r"), `"`)
	if said, ok := strings.CutPrefix(strings.ToLower(line), "sep="); ok && len(said) == 1 {
		return rest, said[0], true // a line for Excel, which does not show it
	}
	var best csvShape
	for _, separator := range []byte("\t;,|") {
		shape := shapeOf(text, separator)
		if shape.isTable() && (best.separator == 0 || shape.fits(best)) {
			best = shape
		}
	}
	return text, best.separator, best.separator != 0
}

// csvShape is what the first records look like if a separator parts them.
type csvShape struct {
	separator byte
	records   int // with content
	parted    int // of them, with more than one field
	wide      int // with more than two
	led       int // with two, the first one empty
	parts     int // separators
	prose     int // of them, such as sentences have
	width     int // that most parted records have
	same      int // how many have it
}

func shapeOf(text string, separator byte) csvShape {
	s := csvShape{separator: separator}
	widths := map[int]int{}
	p := csvParser{text: text[:min(len(text), sampleBytes)], separator: separator}
	for p.more() && s.records < sampleRecords {
		p.record()
		if p.blank {
			continue
		}
		s.records++
		if p.width == 1 {
			continue
		}
		s.parted++
		s.parts += p.width - 1
		s.prose += p.prose
		if p.width > 2 {
			s.wide++
		} else if p.fields[0] == "" {
			s.led++
		}
		widths[p.width]++
		if n := widths[p.width]; n > s.same || n == s.same && p.width > s.width {
			s.same, s.width = n, p.width
		}
	}
	return s
}

// isTable reports whether the records make a table: several of one width, of
// three columns or more, or all of two. In a sentence a space follows comma
// and semicolon, which no program writes behind a separator. Lines that begin
// with their only tab are the decision's, of one cell each.
func (s csvShape) isTable() bool {
	switch {
	case s.same < 2,
		(s.separator == ',' || s.separator == ';') && s.prose*2 > s.parts,
		s.separator == '\t' && s.led*2 > s.parted:
		return false
	}
	return s.wide >= 2 && s.wide*2 >= s.parted || s.parted == s.records && s.same == s.records
}

// fits reports whether s suits the records better than other does: more of them
// are alike, or as many are and have more fields.
func (s csvShape) fits(other csvShape) bool {
	if a, b := s.same*other.records, other.same*s.records; a != b {
		return a > b
	}
	return s.width > other.width
}
