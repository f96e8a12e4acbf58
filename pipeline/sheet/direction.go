package sheet

import (
	"strings"

	"baocao/pipeline/viet"
)

// turned is what clean puts before a text of which the reader sees the
// characters in another order.
const turned = "\u202e"

// turnsDirection reports whether r shows the text after it in an order of its
// own: an embedding, an override or an isolate, Unicode Standard Annex 9, §2.
func turnsDirection(r rune) bool {
	return '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069'
}

// clean is [viet.Clean] of the text of a cell. It keeps, until the document is
// read, that characters turned its direction.
func clean(s string) string {
	text := viet.Clean(s)
	if text == "" || !strings.Contains(s, "\xe2\x80") && !strings.Contains(s, "\xe2\x81") || !strings.ContainsFunc(s, turnsDirection) {
		return text
	}
	return turned + text
}

// settleDirections takes out of the texts what clean put before them.
func (b *Book) settleDirections() {
	for i := range b.Sheets {
		for _, row := range b.Sheets[i].Rows {
			for k := range row.Cells {
				c := &row.Cells[k]
				if strings.Contains(c.Text, turned) {
					c.Text, c.Raw, c.Turned = strings.ReplaceAll(c.Text, turned, ""), strings.ReplaceAll(c.Raw, turned, ""), true
				}
			}
		}
	}
}
