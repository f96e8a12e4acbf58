package sheet

import (
	"slices"
	"strings"

	"baocao/pipeline/finding"
	"baocao/pipeline/viet"
)

// readOldFonts turns the texts of book that were typed in old Vietnamese fonts
// into Unicode. Cells with such a font say so themselves. Of the others all
// texts of a sheet together show it, where somebody changed the font later and
// left letters that no reader understands; a finding says that this was done.
func readOldFonts(book *Book) []finding.Finding {
	var findings []finding.Finding
	for i := range book.Sheets {
		s := &book.Sheets[i]
		var told, untold []*Cell
		for _, row := range s.Rows {
			for j := range row.Cells {
				if c := &row.Cells[j]; c.Font != "" {
					told = append(told, c)
				} else {
					untold = append(untold, c)
				}
			}
		}
		decodeCells(told, func(c *Cell) viet.Encoding { return viet.FontEncoding(c.Font) })
		e := guess(untold)
		if e != viet.Unicode {
			findings = append(findings, finding.Finding{
				Code: "old-font", Level: finding.Note,
				Place: finding.Place{File: book.Name, Sheet: s.Name}, Got: string(e),
			})
		}
		decodeCells(untold, func(*Cell) viet.Encoding { return e })
	}
	return findings
}

func guess(cells []*Cell) viet.Encoding {
	texts := make([]string, 0, len(cells))
	for _, c := range cells {
		if c.Kind == String {
			texts = append(texts, c.Text)
		}
	}
	return viet.Guess(texts...)
}

// decodeCells decodes what is shown in cells. If some of the texts are Unicode
// for certain, others may be, and only those are decoded that are wrong as they
// stand. In a text that is Unicode, a soft hyphen is no letter.
func decodeCells(cells []*Cell, encoding func(*Cell) viet.Encoding) {
	mixed := slices.ContainsFunc(cells, func(c *Cell) bool { return viet.IsUnicode(c.Text) })
	for _, c := range cells {
		e := encoding(c)
		switch {
		case e != viet.Unicode && !viet.IsUnicode(c.Text) && (!mixed || e.Mends(c.Text)):
			c.decode(e)
		case strings.Contains(c.Text, softHyphen) && !viet.TCVN3.Mends(c.Text):
			if s := viet.Clean(strings.ReplaceAll(c.Text, softHyphen, "")); c.Kind == String && s != "" {
				c.setText(s)
			}
		}
	}
}

// softHyphen is ư in TCVN3.
const softHyphen = "\u00ad"

// decode decodes the text of c, and of a number the words in its format.
func (c *Cell) decode(e viet.Encoding) {
	text := func(s string) string {
		if c.Font != "" {
			s, _ = viet.Decode(c.Font, s)
			return s
		}
		return e.Decode(s)
	}
	switch shown := viet.Clean(text(c.Text)); c.Kind {
	case String:
		c.setText(shown)
	case Number, Date:
		c.Text, c.Format = shown, e.Decode(c.Format)
	}
}
