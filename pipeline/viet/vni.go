package viet

import (
	"strings"
	"unicode"
)

// vniLetters are the letters that have one code in VNI-Windows. Checked, as the
// marks are, against the tables of xvnkb and VBKey.
var vniLetters = map[rune]rune{
	'ñ': 'đ', 'æ': 'ỉ', 'ó': 'ĩ', 'ò': 'ị', 'î': 'ỵ', 'ô': 'ơ', 'ö': 'ư',
	'Ñ': 'Đ', 'Æ': 'Ỉ', 'Ó': 'Ĩ', 'Ò': 'Ị', 'Î': 'Ỵ', 'Ô': 'Ơ', 'Ö': 'Ư',
}

// vniMark is a mark of VNI-Windows: the letters it may follow and the combining
// characters it stands for.
type vniMark struct{ after, marks string }

const (
	vniToned      = "aeouyôö" // a tone alone
	vniCircumflex = "aeo"
	vniBreve      = "a"
)

// vniMarks are the marks behind small letters; capitals have the capital marks.
var vniMarks = map[rune]vniMark{
	'ø': {vniToned, "\u0300"},
	'ù': {vniToned, "\u0301"},
	'û': {vniToned, "\u0309"},
	'õ': {vniToned, "\u0303"},
	'ï': {vniToned, "\u0323"},

	'â': {vniCircumflex, "\u0302"},
	'à': {vniCircumflex, "\u0302\u0300"},
	'á': {vniCircumflex, "\u0302\u0301"},
	'å': {vniCircumflex, "\u0302\u0309"},
	'ã': {vniCircumflex, "\u0302\u0303"},
	'ä': {vniCircumflex, "\u0302\u0323"},

	'ê': {vniBreve, "\u0306"},
	'è': {vniBreve, "\u0306\u0300"},
	'é': {vniBreve, "\u0306\u0301"},
	'ú': {vniBreve, "\u0306\u0309"},
	'ü': {vniBreve, "\u0306\u0303"},
	'ë': {vniBreve, "\u0306\u0323"},
}

// decodeVNI is s in decomposed Unicode. The letter decides about the case: its
// mark may be a small one behind a capital.
func decodeVNI(s string) string {
	var b strings.Builder
	b.Grow(len(s) + len(s)/4)
	base := rune(0) // the small form of the letter before this one, if a mark may follow it
	for _, r := range s {
		if r < 0x80 {
			base = unicode.ToLower(r)
			b.WriteByte(byte(r))
			continue
		}
		small := unicode.ToLower(r)
		if m, ok := vniMarks[small]; ok && base != 0 && strings.ContainsRune(m.after, base) {
			b.WriteString(m.marks)
			base = 0
			continue
		}
		base = small
		if letter, ok := vniLetters[r]; ok {
			r = letter
		}
		b.WriteRune(r)
	}
	return b.String()
}
