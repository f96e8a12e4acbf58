package sheet

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"baocao/pipeline/finding"
	"baocao/pipeline/viet"
)

// openText reads the formats that are text: web pages, XML, tables with a
// separator, and text with one cell a line.
func openText(book *Book, data []byte) (*Book, []finding.Finding, error) {
	text, kind := decodeText(data)
	if kind != isText {
		return nil, nil, &damage{code: string(kind)}
	}
	if isMarkup(text) {
		return openMarkup(book, text)
	}
	if !isPlainText([]byte(text)) {
		return nil, nil, &damage{code: string(isUnknown)}
	}
	if table, separator, ok := separated(text); ok {
		book.Format = CSV
		findings, err := readCSV(book, table, separator)
		return book, findings, err
	}
	book.Format = Text
	return book, nil, readText(book, text)
}

// decodeText is data as text, and isText; or why it is none. Bytes that are
// UTF-8 are not so by accident, whatever they declare. Windows-1258, in which
// Excel saves CSV on Vietnamese Windows, declares nothing, nor do the encodings
// of old fonts: they are taken for what makes sense as Vietnamese.
func decodeText(data []byte) (string, kind) {
	if set := markedUTF16(data); set != "" {
		if len(data)%2 != 0 {
			return "", isCorrupt
		}
		text, _ := viet.DecodeCharset(set, data)
		return whole(strings.TrimPrefix(text, "\ufeff"))
	}
	switch {
	case bytes.IndexByte(data, 0) >= 0:
		return "", isUnknown
	case utf8.Valid(data):
		return whole(strings.TrimPrefix(string(data), "\ufeff"))
	}
	if text, ok := viet.DecodeCharset(declaredCharset(data), data); ok && !strings.ContainsRune(text, utf8.RuneError) {
		return whole(text)
	}
	if text, _ := viet.DecodeCharset("windows-1258", data); viet.IsVietnamese(text) {
		return whole(text)
	}
	if text, _ := viet.DecodeCharset("windows-1252", data); isOldText(text) {
		return whole(text)
	}
	return "", isNotUTF8
}

// isOldText reports whether text, read as Western European, is Vietnamese in an
// encoding of old fonts.
func isOldText(text string) bool {
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' || r == '\t' })
	guess := viet.Guess(lines...)
	return guess == viet.TCVN3 || guess == viet.VNI
}

// whole tells text from nothing, and from text that lost a character.
func whole(text string) (string, kind) {
	switch {
	case strings.TrimSpace(text) == "":
		return "", isEmpty
	case strings.ContainsRune(text, 0):
		return "", isUnknown
	}
	return text, isText
}

// markedUTF16 is the form of UTF-16 that data is in, "" when it is not. Without
// a mark at the beginning it is told by the zeros beside each ASCII character.
func markedUTF16(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return "utf-16le"
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return "utf-16be"
	}
	if len(data)%2 != 0 {
		return ""
	}
	start := data[:min(len(data), 4096)]
	var zeros [2]int
	for i, b := range start {
		if b == 0 {
			zeros[i%2]++
		}
	}
	const share = 6 // one character in three is ASCII: spaces, digits, most consonants
	switch {
	case zeros[0] == 0 && zeros[1]*share > len(start):
		return "utf-16le"
	case zeros[1] == 0 && zeros[0]*share > len(start):
		return "utf-16be"
	}
	return ""
}

// declaration is how web pages and XML name their character set.
var declaration = regexp.MustCompile(`(?i)<[?m][^<>]*(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})`)

// declaredCharset is the name of the character set that data declares, "" if it
// declares none. What could be read so far cannot be in UTF-16.
func declaredCharset(data []byte) string {
	found := declaration.FindSubmatch(data[:min(len(data), 4096)])
	if found == nil || bytes.HasPrefix(bytes.ToLower(found[1]), []byte("utf-16")) {
		return ""
	}
	return string(found[1])
}
