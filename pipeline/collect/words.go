package collect

import (
	"encoding/hex"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	textunicode "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"
)

// encodedWord is one word of RFC 2047. Spaces within it are not allowed, and
// some programs write them in the Q form.
var encodedWord = regexp.MustCompile(`=\?([^?\s]+)\?([bBqQ])\?([^?]*)\?=`)

// decodeWords is the text of a header field: encoded words decoded, and bytes
// that belong to no word read as UTF-8 or, failing that, as windows-1258.
//
// Neighbouring words of one charset are joined before their bytes are read as
// text: many programs break a Vietnamese letter over two words, which
// RFC 2047 §5 forbids.
func decodeWords(s string) string {
	s = cut(s, maxField)
	words := encodedWord.FindAllStringSubmatchIndex(s, -1)
	var text strings.Builder
	var pending []byte // bytes of the run of words so far
	var charset string // and what they are written in
	flush := func() {
		text.WriteString(decodeCharset(charset, pending))
		pending, charset = nil, ""
	}
	end := 0 // of the last word
	for _, w := range words {
		between := s[end:w[0]]
		// RFC 2231 §5 puts a language behind the charset: "utf-8*vi".
		label, _, _ := strings.Cut(strings.ToLower(s[w[2]:w[3]]), "*")
		blank := strings.TrimSpace(between) == ""
		if end == 0 || !blank || label != charset {
			flush()
		}
		if end == 0 || !blank {
			text.WriteString(decodeCharset("", []byte(between)))
		}
		charset = label
		pending = append(pending, decodeWord(s[w[4]], s[w[6]:w[7]])...)
		end = w[1]
	}
	flush()
	text.WriteString(decodeCharset("", []byte(s[end:])))
	return norm.NFC.String(text.String())
}

// decodeWord is the bytes of one encoded word, in the form B or Q.
func decodeWord(form byte, s string) []byte {
	if form == 'b' || form == 'B' {
		data, _ := decodeBase64([]byte(s))
		return data
	}
	data := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '_' {
			c = ' '
		}
		if c == '=' && i+2 < len(s) {
			if b, ok := hexPair(s[i+1], s[i+2]); ok {
				c = b
				i += 2
			}
		}
		data = append(data, c)
	}
	return data
}

// decodeCharset is text written in the charset of that label, in NFC.
//
// Labels are often wrong. Bytes that are UTF-8 are not by accident, so they
// are read as such whatever single-byte charset is declared; an unknown label
// means UTF-8, and bytes that are none are windows-1258, the Vietnamese code
// page.
func decodeCharset(label string, data []byte) string {
	enc, err := htmlindex.Get(strings.TrimSpace(label))
	_, single := enc.(*charmap.Charmap)
	switch {
	case (err != nil || single) && utf8.Valid(data):
		return norm.NFC.String(string(data))
	case err != nil, enc == textunicode.UTF8 && !utf8.Valid(data), label == "us-ascii":
		enc = charmap.Windows1258
	}
	text, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		text = data
	}
	return norm.NFC.String(strings.ToValidUTF8(string(text), "\uFFFD"))
}

// cleanName is a file name made fit to be shown: what follows the last slash
// or backslash, without control characters and without the marks that turn
// the direction of writing, by which "slx.exe" looks like "exe.xls". It is
// text and never a path.
func cleanName(name string) string {
	name = strings.ToValidUTF8(name, "\uFFFD")
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Trim(oneLine(name), " .")
	if runes := []rune(name); len(runes) > maxName {
		name = string(runes[:maxName])
	}
	return name
}

// oneLine is s in NFC without control characters and directional marks, and
// with every run of space made one blank.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, s)
	return norm.NFC.String(strings.Join(strings.Fields(s), " "))
}

// hexPair is the byte that the hex digits a and b write, as %E1 or =E1.
func hexPair(a, b byte) (byte, bool) {
	var out [1]byte
	_, err := hex.Decode(out[:], []byte{a, b})
	return out[0], err == nil
}

// cut is s without what goes beyond max bytes, and without half a letter at
// the end.
func cut(s string, max int) string {
	if len(s) <= max {
		return s
	}
	for back := 0; back < utf8.UTFMax && max > back; back++ {
		if utf8.RuneStart(s[max-back]) {
			return s[:max-back]
		}
	}
	return s[:max]
}
