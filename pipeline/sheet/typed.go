package sheet

import (
	"cmp"
	"slices"
	"strings"

	"baocao/pipeline/viet"
)

// typed is a text as it was typed: stretches of it in different fonts.
type typed []run

// run is a stretch of text in one font.
type run struct {
	font string // an old Vietnamese font, otherFont, or "" for that of the cell
	text []byte
}

// otherFont is any font but the old Vietnamese ones.
const otherFont = "other"

// fontOf is what a run keeps of a font's name; nothing of no name.
func fontOf(name string) string {
	if name != "" && viet.FontEncoding(name) == viet.Unicode {
		return otherFont
	}
	return name
}

// oldFont is name, if it is that of an old Vietnamese font.
func oldFont(name string) string {
	if viet.FontEncoding(name) == viet.Unicode {
		return ""
	}
	return name
}

// write adds text in font. What programs part without need is one run again: a
// letter of VNI is two characters.
func (t *typed) write(font, text string) {
	if n := len(*t); n > 0 && (*t)[n-1].font == font {
		(*t)[n-1].text = append((*t)[n-1].text, text...)
		return
	}
	*t = append(*t, run{font, []byte(text)})
}

// endLine begins a new line, in the font of the one before.
func (t *typed) endLine() {
	if n := len(*t); n > 0 {
		t.write((*t)[n-1].font, "\n")
	}
}

// cells is the cell with the text, none if there is no text.
func (t typed) cells(col int) []Cell {
	text, font := t.in("")
	cells := cellsOf(col, text)
	for i := range cells {
		cells[i].Font = font
	}
	return cells
}

// in is the text when the cell has the given font, and the old font that all
// of it is in. If it is in several it is decoded, and the font is none.
func (t typed) in(cellFont string) (text, font string) {
	if len(t) == 0 {
		return "", oldFont(cellFont)
	}
	fontOf := func(r run) string { return oldFont(cmp.Or(r.font, cellFont)) }
	font = fontOf(t[0])
	if slices.ContainsFunc(t, func(r run) bool { return fontOf(r) != font }) {
		var all strings.Builder
		for _, r := range t {
			s, _ := viet.Decode(fontOf(r), string(r.text))
			all.WriteString(s)
		}
		return viet.Clean(all.String()), ""
	}
	if len(t) == 1 {
		return viet.Clean(string(t[0].text)), font
	}
	var all []byte
	for _, r := range t {
		all = append(all, r.text...)
	}
	return viet.Clean(string(all)), font
}
