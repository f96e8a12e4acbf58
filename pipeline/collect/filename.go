package collect

import (
	"net/textproto"
	"strconv"
	"strings"
)

// fileName is the name that a part's header gives its file, as its sender
// meant it: from Content-Disposition, else from Content-Type. It is empty when
// there is none.
func fileName(header textproto.MIMEHeader) string {
	_, params := parseMedia(header.Get("Content-Disposition"))
	if name := parameter(params, "filename"); name != "" {
		return cleanName(name)
	}
	_, params = parseMedia(header.Get("Content-Type"))
	return cleanName(parameter(params, "name"))
}

// parseMedia splits a header such as `attachment; filename="a b.xlsx"` into
// its value, in lower case, and its parameters. It is more lenient than
// RFC 2045 §5.1: values with blanks need no quotes, and a backslash escapes
// only a quote or a backslash, since old browsers write whole Windows paths.
func parseMedia(s string) (value string, params map[string]string) {
	s = cut(s, maxMedia)
	value, rest, _ := strings.Cut(s, ";")
	value = strings.ToLower(strings.TrimSpace(value))
	value, _, _ = strings.Cut(value, " ") // a comment, or a parameter without its semicolon
	params = make(map[string]string)
	for rest != "" {
		name, after, ok := strings.Cut(rest, "=")
		if !ok {
			break
		}
		var v string
		v, rest = parameterValue(after)
		// A parameter without a value stands before the name that was cut.
		name = strings.ToLower(strings.TrimSpace(name[strings.LastIndexByte(name, ';')+1:]))
		if _, ok := params[name]; !ok {
			params[name] = v
		}
	}
	return value, params
}

// parameterValue cuts the value off that s begins with, quoted or not, and
// what follows its semicolon.
func parameterValue(s string) (value, rest string) {
	s = strings.TrimLeft(s, " \t")
	if !strings.HasPrefix(s, `"`) {
		value, rest, _ = strings.Cut(s, ";")
		return strings.TrimSpace(value), rest
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\'):
			i++
			b.WriteByte(s[i])
		case c == '"':
			_, rest, _ = strings.Cut(s[i:], ";")
			return b.String(), rest
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), "" // the closing quote is missing
}

// parameter is the text of the named parameter in any of the forms in use:
// extended and continued (RFC 2231 §3 and §4), with encoded words inside
// quotes (forbidden by RFC 2047 §5, and common), or with bare 8-bit letters.
func parameter(params map[string]string, name string) string {
	if v, ok := params[name+"*"]; ok {
		return extended([]string{v}, []bool{true})
	}
	var pieces []string
	var encoded []bool
	for i := 0; ; i++ {
		key := name + "*" + strconv.Itoa(i)
		if v, ok := params[key+"*"]; ok {
			pieces, encoded = append(pieces, v), append(encoded, true)
		} else if v, ok := params[key]; ok {
			pieces, encoded = append(pieces, v), append(encoded, false)
		} else {
			break
		}
	}
	if len(pieces) > 0 {
		return extended(pieces, encoded)
	}
	return decodeWords(params[name])
}

// extended joins the pieces of a parameter of RFC 2231. An encoded first piece
// begins with charset'language'.
func extended(pieces []string, encoded []bool) string {
	var charset string
	if encoded[0] {
		if label, rest, ok := strings.Cut(pieces[0], "'"); ok {
			if _, text, ok := strings.Cut(rest, "'"); ok {
				charset, pieces[0] = strings.ToLower(label), text
			}
		}
	}
	var data []byte
	for i, piece := range pieces {
		if encoded[i] {
			piece = percentDecode(piece)
		}
		data = append(data, piece...)
	}
	if charset == "" {
		return decodeWords(string(data))
	}
	return decodeCharset(charset, data)
}

// percentDecode undoes %E1; a per cent sign that begins no byte stays.
func percentDecode(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) {
			if d, ok := hexPair(s[i+1], s[i+2]); ok {
				c = d
				i += 2
			}
		}
		b.WriteByte(c)
	}
	return b.String()
}
