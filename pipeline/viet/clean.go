package viet

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Clean is s as a person should see it: NFC; the letters that look like Đ and
// đ (U+00D0, U+0189; U+00F0, U+0256) turned into them; every kind of space and
// the tab turned into a space; zero-width characters, bidi controls and other
// control characters removed; no spaces at the ends of lines; no blank lines,
// so that paragraphs are separated by a single \n.
//
// Spaces inside a line are kept as they are, because the plan is kept as it was
// written. U+00AD is kept as well: it is ư in TCVN3, and [Decode] may follow.
func Clean(s string) string {
	if isClean(s) {
		return s
	}
	s = norm.NFC.String(strings.Map(cleanRune, strings.ReplaceAll(s, "\r\n", "\n")))
	if strings.IndexByte(s, '\n') < 0 {
		return strings.Trim(s, " ")
	}
	lines := strings.Split(s, "\n")
	kept := lines[:0]
	for _, line := range lines {
		if line = strings.Trim(line, " "); line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// isClean reports whether s is plain ASCII of one line that Clean would leave
// alone, as most cells are.
func isClean(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return s == "" || s[0] != ' ' && s[len(s)-1] != ' '
}

// cleanRune is what a character becomes, -1 when it is dropped. Removing what
// breaks a line would join two words, so all such characters become \n.
func cleanRune(r rune) rune {
	switch r {
	case '\t':
		return ' '
	case '\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
		return '\n'
	case '\u00ad':
		return r
	case '\u00d0', '\u0189':
		return 'Đ'
	case '\u00f0', '\u0256':
		return 'đ'
	}
	switch {
	case unicode.Is(unicode.Zs, r):
		return ' '
	case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r):
		return -1
	}
	return r
}
