package sheet

import (
	"slices"
	"strings"

	"baocao/pipeline/finding"
)

// seen is what of a typed text is read.
type seen struct {
	text, font string // see [typed.in]
	struck     Struck
	mark       string // of a footnote
}

// seenIn is what is read of the text in a cell of the given font, whose style
// strikes through or does not.
func (t typed) seenIn(cellFont string, struck bool) seen {
	var s seen
	t, s.struck = t.shown(struck)
	t, s.mark = t.unmarked()
	s.text, s.font = t.in(cellFont)
	return s
}

// describe says of c what its text alone does not.
func (s seen) describe(c *Cell) { c.Font, c.Struck, c.Mark = s.font, s.struck, s.mark }

// unmarked is a figure without the mark of a footnote at it: 8¹ is no 81. In all
// other texts what is superscript stays.
func (t typed) unmarked() (kept typed, mark string) {
	var figure, raised strings.Builder
	for _, r := range t {
		if r.raised {
			raised.Write(r.text)
			continue
		}
		figure.Write(r.text)
		kept = append(kept, r)
	}
	mark = strings.TrimSpace(raised.String())
	if !isFootnoteMark(mark) || !isFigure(figure.String()) {
		return t, ""
	}
	return kept, mark
}

// isFootnoteMark reports whether s may refer to a footnote.
func isFootnoteMark(s string) bool {
	return s != "" && strings.Trim(s, "0123456789*†‡()[],; ") == ""
}

// isFigure reports whether s is a number, a date or a code, and nothing else.
func isFigure(s string) bool {
	return strings.ContainsAny(s, "0123456789") && strings.Trim(s, "0123456789.,/-+% \u00a0\t\r\n") == ""
}

// textsNotRead says which footnote marks were not read, and which numbers of a page
// because its text shows others.
func textsNotRead(book *Book) []finding.Finding {
	var all []finding.Finding
	for i := range book.Sheets {
		s := &book.Sheets[i]
		marks := few{book: book, sheet: s, code: "footnote-mark", level: finding.Note}
		differ := few{book: book, sheet: s, code: "shown-differs", level: finding.Warning}
		for _, row := range s.Rows {
			for j := range row.Cells {
				c := &row.Cells[j]
				if c.Mark != "" {
					marks.add(row.Number, c.Col, c.Text, c.Mark)
				}
				if c.Stored != "" {
					differ.add(row.Number, c.Col, seenBriefly(*c), c.Stored)
				}
			}
		}
		all = slices.Concat(all, marks.all(), differ.all())
	}
	return all
}

// few are the findings of one code in one sheet, of which only so many are named
// one by one.
type few struct {
	book  *Book
	sheet *Sheet
	code  string
	level finding.Level
	named []finding.Finding
	more  int
}

func (f *few) add(row, col int, got, want string) {
	if len(f.named) == mostCut {
		f.more++
		return
	}
	f.named = append(f.named, finding.Finding{
		Code: f.code, Level: f.level, Place: f.book.Place(f.sheet, row, col), Got: got, Want: want,
	})
}

func (f *few) all() []finding.Finding {
	if f.more == 0 {
		return f.named
	}
	return append(f.named, finding.Finding{
		Code: "more-of-the-same", Level: f.level,
		Place: finding.Place{File: f.book.Name, Sheet: f.sheet.Name}, Got: count(f.more), Want: count(mostCut),
	})
}
