package render

import (
	"strings"

	"baocao/pipeline/report"
)

// leastBlank is how many spaces between words are room to write in by hand.
const leastBlank = 3

// typeset is [prepare], and keeps together what is written round the room for a
// number, a day and a month: a line that ended there would leave none.
func typeset(doc *report.Document) (*report.Document, error) {
	d, err := prepare(doc)
	if err != nil {
		return nil, err
	}
	d.Letterhead.Symbol, d.Letterhead.Place = blanks(d.Letterhead.Symbol), blanks(d.Letterhead.Place)
	for i := range d.Annexes {
		d.Annexes[i].Reference = blanks(d.Annexes[i].Reference)
	}
	return d, nil
}

// blanks makes room to write in of spaces at which no line ends.
func blanks(s string) string {
	if !strings.Contains(s, strings.Repeat(" ", leastBlank)) {
		return s
	}
	var b strings.Builder
	for rest := s; rest != ""; {
		n := countSpaces(rest)
		space := " "
		if n >= leastBlank {
			space = "\u00a0"
		}
		b.WriteString(strings.Repeat(space, n))
		rest = rest[n:]
		word := wordLength(rest)
		b.WriteString(rest[:word])
		rest = rest[word:]
	}
	return b.String()
}
