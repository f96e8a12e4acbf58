package render

import (
	"unicode"
	"unicode/utf8"

	"baocao/pipeline/report"
)

// lookAlikes stand for signs that the face does not have and that mean the same.
// A box would turn "☑ đạt" into its opposite.
var lookAlikes = map[rune]rune{
	'\u2011': '-', // non-breaking hyphen
	'☐':      '□', '⬜': '□', '◻': '□', '▢': '□',
	'☑': '√', '✓': '√', '✔': '√', '✅': '√',
	'☒': '×', '✗': '×', '✘': '×', '✕': '×', '✖': '×', '❌': '×',
	'➔': '→', '➜': '→', '➢': '→', '⇒': '→', '‣': '•', '‧': '·', '․': '.',
}

// standIn is what paper shows for a character that the face does not have.
func (r *Renderer) standIn(c rune) rune {
	if other := lookAlikes[c]; other != 0 && r.drawn(other) {
		return other
	}
	switch {
	case unicode.IsSpace(c):
		return 0xA0
	case r.drawn(substitute):
		return substitute
	}
	return lastResort
}

// Unprintable are the characters of a text that a PDF shows another sign for, in
// the order of the text and as often as they stand there. Spaces, hyphens and
// empty boxes that look like what stands for them are not among them. A byte that
// is no UTF-8 is U+FFFD.
func (r *Renderer) Unprintable(text string) []report.Unprintable {
	var all []report.Unprintable
	if !plain(text) {
		for _, c := range text {
			if cleanRune(c) == utf8.RuneError {
				all = append(all, report.Unprintable{Written: c, Printed: r.standIn(utf8.RuneError)})
			}
		}
		text = clean(text)
	}
	for _, c := range text {
		if c == '\n' || c == utf8.RuneError || r.drawn(c) || unicode.IsSpace(c) {
			continue
		}
		printed := r.standIn(c)
		if same := lookAlikes[c]; same == printed && (same == '-' || same == substitute) {
			continue
		}
		all = append(all, report.Unprintable{Written: c, Printed: printed})
	}
	return all
}
