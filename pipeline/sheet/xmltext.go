package sheet

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// expand is raw character data with its entities replaced and its line ends
// made \n. Of most texts it is raw itself.
func expand(raw string) (string, error) {
	if !allowed(raw) {
		return "", errCharacter
	}
	at := strings.IndexByte(raw, '&')
	if at < 0 {
		return newlines(raw), nil
	}
	var b strings.Builder
	b.Grow(len(raw))
	for at >= 0 {
		b.WriteString(newlines(raw[:at]))
		entity, rest, ok := strings.Cut(raw[at+1:], ";")
		if !ok {
			return "", errEntity
		}
		if err := writeEntity(&b, entity); err != nil {
			return "", err
		}
		raw = rest
		at = strings.IndexByte(raw, '&')
	}
	b.WriteString(newlines(raw))
	return b.String(), nil
}

// writeEntity writes the character that an entity stands for: one of the five
// of XML 1.0 §4.6, or a number.
func writeEntity(b *strings.Builder, entity string) error {
	switch entity {
	case "lt":
		b.WriteByte('<')
	case "gt":
		b.WriteByte('>')
	case "amp":
		b.WriteByte('&')
	case "apos":
		b.WriteByte('\'')
	case "quot":
		b.WriteByte('"')
	default:
		digits, ok := strings.CutPrefix(entity, "#")
		base := 10
		if hex, isHex := strings.CutPrefix(digits, "x"); isHex {
			digits, base = hex, 16
		}
		n, err := strconv.ParseUint(digits, base, 32)
		if !ok || err != nil || !isAllowed(rune(n)) || n > utf8.MaxRune {
			return errEntity
		}
		b.WriteRune(rune(n))
	}
	return nil
}

// newlines is s with \r\n and \r written as \n, XML 1.0 §2.11.
func newlines(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// allowed reports whether s is UTF-8 of characters that XML allows.
func allowed(s string) bool {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c < ' ' && c != '\t' && c != '\n' && c != '\r' {
				return false
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 || !isAllowed(r) {
			return false
		}
		i += size
	}
	return true
}

// isAllowed reports whether XML allows the character, XML 1.0 §2.2.
func isAllowed(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' ||
		r >= ' ' && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= utf8.MaxRune
}
