package viet

import (
	"strings"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// Encoding is how the letters of a text were stored before Unicode. The texts
// meant here are Unicode by form: each code of the old encoding stands in them
// as the character of Latin-1 with the same number.
type Encoding string

// The encodings. Windows1258 was read as if it were windows-1252; the others
// are shown by fonts of their own.
const (
	Unicode     Encoding = ""
	TCVN3       Encoding = "TCVN3 (ABC)"
	VNI         Encoding = "VNI-Windows"
	Windows1258 Encoding = "windows-1258"
)

// FontEncoding is the encoding of texts typed in font: TCVN3 for .VnTime and
// its like, VNI for VNI-Times and its like. The name may have the prefix by
// which PDF names a part of a font (ABCDEF+).
func FontEncoding(font string) Encoding {
	font = strings.ToLower(fontName(font))
	switch {
	case strings.HasPrefix(font, ".vn"):
		return TCVN3
	case strings.HasPrefix(font, "vni"):
		return VNI
	}
	return Unicode
}

func fontName(font string) string {
	font = strings.TrimSpace(font)
	if prefix, name, ok := strings.Cut(font, "+"); ok && len(prefix) == 6 {
		return name
	}
	return font
}

// Decode is s, which was typed in font, as Unicode in NFC, and the encoding it
// was in. Texts of other fonts stay as they are, and so does a text with
// letters that only Unicode has: people go on typing Unicode in old files, on
// machines that no longer have their fonts.
//
// It must stand before anything else is done to s, but for Clean.
func Decode(font, s string) (text string, from Encoding) {
	from = FontEncoding(font)
	if from == Unicode || IsUnicode(s) {
		return s, Unicode
	}
	s = from.Decode(s)
	if from == TCVN3 && strings.HasSuffix(fontName(font), "H") {
		s = strings.ToUpper(s) // .VnTimeH and its like have capitals only
	}
	return s, from
}

// Decode is s, which was stored in e, as Unicode in NFC. Characters that e does
// not have stay as they are.
func (e Encoding) Decode(s string) string {
	if isASCII(s) {
		return s
	}
	switch e {
	case TCVN3:
		s = strings.Map(fromTCVN3, s)
	case VNI:
		s = decodeVNI(s)
	case Windows1258:
		s = strings.Map(from1258, s)
	default:
		return s
	}
	return norm.NFC.String(s)
}

// from1258 is the character that windows-1258 has in the place of r.
func from1258(r rune) rune {
	if r < 0xa0 || r > 0xff {
		return r
	}
	return charmap.Windows1258.DecodeByte(byte(r))
}

// IsUnicode reports whether s has a Vietnamese letter, or a mark, that a text
// in an old encoding cannot have. Đ and đ do not count, because Clean makes
// them of U+00D0 and U+00F0.
func IsUnicode(s string) bool {
	for _, r := range s {
		switch {
		case r < 0x102:
		case 0x1ea0 <= r && r <= 0x1ef9, isTone(r):
			return true
		case strings.ContainsRune("ĂăĨĩŨũƠơƯư\u0302\u0306\u031b", r):
			return true
		}
	}
	return false
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
