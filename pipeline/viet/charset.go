package viet

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/unicode/norm"
)

// DecodeCharset is the text that data holds in the character set which web
// pages call label: "windows-1258", "iso-8859-1", "utf-16le". It is in NFC; what
// the set does not know is U+FFFD. No such set is false.
func DecodeCharset(label string, data []byte) (string, bool) {
	set, err := htmlindex.Get(strings.TrimSpace(label))
	if err != nil {
		return "", false
	}
	text, err := set.NewDecoder().Bytes(data)
	if err != nil {
		return "", false
	}
	return norm.NFC.String(strings.ToValidUTF8(string(text), "\uFFFD")), true
}

// IsVietnamese reports whether s, in NFC, holds nothing but ASCII, Vietnamese
// letters and the signs of ordinary text. A text in an old font, or read in a
// wrong character set, holds other letters.
func IsVietnamese(s string) bool {
	for _, r := range s {
		if r >= utf8.RuneSelf && !strings.ContainsRune(vietnamese, r) {
			return false
		}
	}
	return true
}

// vietnamese are the letters with marks, and the signs of Windows-1258 that
// old fonts do not use for letters.
const vietnamese = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ" +
	"ÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬÈẺẼÉẸÊỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢÙỦŨÚỤƯỪỬỮỨỰỲỶỸÝỴĐ" +
	"\u00a0–—‘’“”…•°±₫"
