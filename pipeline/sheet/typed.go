package sheet

import (
	"bytes"
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
	look
	text []byte
}

// look is what of a run's looks says how it is meant.
type look struct {
	struck strike
	raised bool // superscript, as the marks of footnotes are
}

// within is the look l of a run that stands within text of the look outer.
func (l look) within(outer look) look {
	return look{struck: cmp.Or(l.struck, outer.struck), raised: l.raised || outer.raised}
}

// strike says whether a run is struck through.
type strike byte

const (
	asCell   strike = iota // as the style of the cell says
	struck                 // it is
	unstruck               // it is not, whatever the style says
)

// shown is the text without the runs that are struck through, in a cell whose
// style strikes through or does not. A text that is struck through as a whole is
// left as it is.
func (t typed) shown(cell bool) (typed, Struck) {
	var kept typed
	left, rest := false, false
	for _, r := range t {
		if r.struck == struck || r.struck == asCell && cell {
			left = left || len(bytes.TrimSpace(r.text)) > 0
			continue
		}
		rest = rest || len(bytes.TrimSpace(r.text)) > 0
		kept = append(kept, r)
	}
	switch {
	case !left:
		return t, 0
	case !rest:
		return t, Wholly
	}
	return kept, Partly
}

// hasLooks reports whether any run says that it is struck through or is not, or is
// superscript.
func (t typed) hasLooks() bool {
	return slices.ContainsFunc(t, func(r run) bool { return r.look != look{} })
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
func (t *typed) write(font, text string) { t.writeAs(font, look{}, text) }

// writeAs is write for a text that may be struck through or superscript.
func (t *typed) writeAs(font string, l look, text string) {
	if n := len(*t); n > 0 && (*t)[n-1].font == font && (*t)[n-1].look == l {
		(*t)[n-1].text = append((*t)[n-1].text, text...)
		return
	}
	*t = append(*t, run{font, l, []byte(text)})
}

// endLine begins a new line, in the font of the one before.
func (t *typed) endLine() {
	if n := len(*t); n > 0 {
		t.write((*t)[n-1].font, "\n")
	}
}

// cells is the cell with the text, none if there is no text.
func (t typed) cells(col int) []Cell {
	seen := t.seenIn("", false)
	cells := cellsOf(col, seen.text)
	for i := range cells {
		seen.describe(&cells[i])
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
		return clean(all.String()), ""
	}
	if len(t) == 1 {
		return clean(string(t[0].text)), font
	}
	var all []byte
	for _, r := range t {
		all = append(all, r.text...)
	}
	return clean(string(all)), font
}
