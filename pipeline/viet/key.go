package viet

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Key is equal for texts that a reader takes for the same words: it does not
// see case, line breaks, repeated spaces, kinds of dashes, apostrophes and
// quotation marks, where a tone mark stands (hoà, hòa) and which of i and y
// ends an open syllable (lý, lí; quý, quí). It sees every other difference.
//
// A key is for comparing, not for showing: its tone marks stand at the end of
// the syllable. A key is its own key.
func Key(s string) string {
	var k keyWriter
	return k.key(s)
}

// Loose is Key without any marks on letters, with d for đ: what a text typed
// without Vietnamese marks has in common with the one meant. Different words
// may share it, so it must be accepted only where one meaning is possible.
func Loose(s string) string {
	k := keyWriter{loose: true}
	return k.key(s)
}

// keyWriter writes a key from decomposed lower-case text.
type keyWriter struct {
	loose    bool // marks are dropped
	out      strings.Builder
	syllable []rune // letters read so far, with the marks that belong to them
	tones    []rune // tone marks read so far
	space    bool   // a space is owed before the next character
}

func (k *keyWriter) key(s string) string {
	s = strings.ToLower(Clean(s))
	k.out.Grow(len(s) + len(s)/2)
	for _, r := range norm.NFD.String(s) {
		k.write(r)
	}
	k.endSyllable()
	return norm.NFD.String(k.out.String())
}

func (k *keyWriter) write(r rune) {
	if k.loose && r == 'đ' {
		r = 'd'
	}
	sign := keySign(r)
	mark := unicode.Is(unicode.Mn, r)
	switch {
	case mark && (k.loose || len(k.syllable) == 0):
		// A mark on nothing is a leftover of copying.
	case isTone(r):
		k.tones = append(k.tones, r)
	case mark, sign == "" && unicode.IsLetter(r):
		k.oweSpace()
		k.syllable = append(k.syllable, r)
	case r == ' ', r == '\n':
		k.endSyllable()
		k.space = k.out.Len() > 0
	default:
		k.endSyllable()
		k.oweSpace()
		if sign == "" {
			sign = string(r)
		}
		k.out.WriteString(sign)
	}
}

func (k *keyWriter) oweSpace() {
	if k.space {
		k.out.WriteByte(' ')
		k.space = false
	}
}

func (k *keyWriter) endSyllable() {
	if n := len(k.syllable); n > 0 && k.syllable[n-1] == 'y' && openSyllable(k.syllable[:n-1]) {
		k.syllable[n-1] = 'i'
	}
	for _, r := range k.syllable {
		k.out.WriteRune(r)
	}
	for _, r := range k.tones {
		k.out.WriteRune(r)
	}
	k.syllable, k.tones = k.syllable[:0], k.tones[:0]
}

// openSyllable reports whether i and y sound the same after onset: after a
// single consonant, or qu. Anywhere else they tell words apart (thúy, thúi).
func openSyllable(onset []rune) bool {
	switch len(onset) {
	case 1:
		return strings.ContainsRune("bcdđghklmnprstvx", onset[0])
	case 2:
		return onset[0] == 'q' && onset[1] == 'u'
	}
	return false
}

// isTone reports whether r is one of the five tone marks: huyền, sắc, ngã,
// hỏi, nặng.
func isTone(r rune) bool {
	switch r {
	case '\u0300', '\u0301', '\u0303', '\u0309', '\u0323':
		return true
	}
	return false
}

// keySign is what stands in a key for a dash, an apostrophe, a quotation mark
// or an ellipsis of any kind; "" for every other character. Unicode counts some
// of the apostrophes as letters.
func keySign(r rune) string {
	switch r {
	case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212':
		return "-"
	case '\'', '`', '\u00b4', '\u02b9', '\u02bb', '\u02bc', '\u2018', '\u2019', '\u201b', '\u2032':
		return "'"
	case '\u00ab', '\u00bb', '\u201c', '\u201d', '\u201e':
		return `"`
	case '\u2026':
		return "..."
	}
	return ""
}
