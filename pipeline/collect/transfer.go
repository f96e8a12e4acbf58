package collect

import (
	"bytes"
	"encoding/base64"
	"strings"
)

// decodeTransfer undoes a Content-Transfer-Encoding (RFC 2045 §6), byte for
// byte. What is not as it should be is passed over and told by whole = false.
func decodeTransfer(encoding string, content []byte) (data []byte, whole bool) {
	encoding, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(encoding)), ";")
	switch strings.TrimSpace(encoding) {
	case "base64":
		return decodeBase64(content)
	case "quoted-printable":
		return decodeQuoted(content)
	case "x-uuencode", "x-uue", "uuencode":
		if files := uuFiles(content); len(files) == 1 {
			return files[0].data, files[0].whole
		}
		return content, false
	case "", "7bit", "8bit", "binary":
		return content, true
	}
	return content, false
}

// decodeBase64 passes over bytes outside the alphabet, as RFC 2045 §6.8 asks,
// and does without the padding. The data end at the padding if there is one.
func decodeBase64(content []byte) (data []byte, whole bool) {
	whole = true
	clean := make([]byte, 0, len(content))
	for i, c := range content {
		switch {
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '+', c == '/':
			clean = append(clean, c)
			continue
		case c == '\r', c == '\n', c == ' ', c == '\t':
			continue
		case c != '=':
			whole = false
			continue
		}
		if len(bytes.Trim(content[i:], "= \t\r\n")) > 0 {
			whole = false
		}
		break
	}
	if len(clean)%4 == 1 { // six bits make no byte: the end is missing
		clean = clean[:len(clean)-1]
		whole = false
	}
	data = make([]byte, base64.RawStdEncoding.DecodedLen(len(clean)))
	n, err := base64.RawStdEncoding.Decode(data, clean)
	return data[:n], whole && err == nil
}

// decodeQuoted decodes quoted-printable; an "=" that begins neither a byte nor
// a soft line break stays as it is. White space at the end of a line was added
// on the way (RFC 2045 §6.7 rule 3).
func decodeQuoted(content []byte) (data []byte, whole bool) {
	whole = true
	data = make([]byte, 0, len(content))
	for line := range bytes.Lines(content) {
		text := bytes.TrimRight(line, "\r\n")
		ending := line[len(text):]
		text = bytes.TrimRight(text, " \t")
		if soft, ok := bytes.CutSuffix(text, []byte("=")); ok {
			text, ending = soft, nil
		}
		for i := 0; i < len(text); i++ {
			c := text[i]
			if c == '=' {
				b, ok := byte(0), false
				if i+2 < len(text) {
					b, ok = hexPair(text[i+1], text[i+2])
				}
				if ok {
					c = b
					i += 2
				} else {
					whole = false
				}
			}
			data = append(data, c)
		}
		data = append(data, ending...)
	}
	return data, whole
}

// uuFile is a file written into the text of a mail by uuencode.
type uuFile struct {
	name  string
	data  []byte
	whole bool
}

// uuFiles finds the files that text holds between lines "begin 644 name" and
// "end", or "begin-base64 644 name" and "====". A begin without data after it is
// a word of the text.
func uuFiles(text []byte) []uuFile {
	var files []uuFile
	var open *uuFile
	var base64 []byte // of the open file; nil when it is written the old way
	put := func(ended bool) {
		if base64 != nil {
			open.data, open.whole = decodeBase64(base64)
		}
		if len(open.data) > 0 && (ended || open.whole) {
			open.whole = open.whole && ended
			files = append(files, *open)
		}
		open, base64 = nil, nil
	}
	for line := range bytes.Lines(text) {
		line = bytes.TrimRight(line, "\r\n")
		switch {
		case open == nil:
			if name, modern, ok := uuBegin(line); ok {
				open = &uuFile{name: name, whole: true}
				if modern {
					base64 = []byte{}
				}
			}
		case base64 != nil && string(line) == "====", base64 == nil && string(line) == "end":
			put(true)
		case base64 != nil:
			base64 = append(append(base64, line...), '\n')
		default:
			data, ok := uuLine(line)
			open.data = append(open.data, data...)
			open.whole = open.whole && ok
		}
	}
	if open != nil {
		put(false)
	}
	return files
}

// uuBegin is the name in a line "begin 644 name", and whether the file that
// follows it is in base64.
func uuBegin(line []byte) (name string, modern, ok bool) {
	rest, ok := bytes.CutPrefix(line, []byte("begin "))
	if !ok {
		rest, modern = bytes.CutPrefix(line, []byte("begin-base64 "))
		if !modern {
			return "", false, false
		}
	}
	mode, raw, ok := bytes.Cut(rest, []byte(" "))
	if !ok || len(mode) < 3 || len(mode) > 4 || len(bytes.Trim(mode, "01234567")) > 0 {
		return "", false, false
	}
	return decodeWords(string(raw)), modern, true
}

// uuLine decodes one line: its first character says how many bytes follow,
// four characters for each three.
func uuLine(line []byte) (data []byte, ok bool) {
	if len(line) == 0 {
		return nil, true
	}
	six := func(c byte) byte { return (c - ' ') & 0x3f }
	want := int(six(line[0]))
	for _, c := range line {
		if c < ' ' || c > '`' {
			return nil, false
		}
	}
	chars := line[1:]
	ok = len(chars) >= (want+2)/3*4
	// Blanks at the end of a line get lost on the way; they stand for zero.
	for len(data) < want {
		var quad [4]byte
		for i := range quad {
			if i < len(chars) {
				quad[i] = six(chars[i])
			}
		}
		chars = chars[min(4, len(chars)):]
		data = append(data, quad[0]<<2|quad[1]>>4, quad[1]<<4|quad[2]>>2, quad[2]<<6|quad[3])
	}
	return data[:want], ok
}
