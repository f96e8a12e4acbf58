package form

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"baocao/pipeline/plan"
	"baocao/pipeline/viet"
)

// codeKind says what a code names.
type codeKind int

const (
	noCode codeKind = iota
	fieldCode
	resultCode
	activityCode
)

// codeLabels are the words that may stand before a code, as [viet.Loose]
// writes them. A label never decides what the code names: the decision itself
// writes "Kết quả 4.2.1" over an activity.
var codeLabels = map[string]bool{
	"linh vuc": true, "lv": true,
	"ket qua": true, "kq": true, "ket qua so": true,
	"hoat dong": true, "hd": true, "h.d": true, "hoat dong so": true,
	"nhiem vu": true, "nv": true, "muc": true, "ma": true, "so": true,
}

// fieldLabels are the labels after which one number alone names a field.
var fieldLabels = map[string]bool{"linh vuc": true, "lv": true}

// parseCode reads a cell that holds nothing but a code, however it is spelt:
// "LĨNH VỰC I", "KQ 1.1", "Hoạt động 5,4.2", "1. 1. 1.", "1-4-1". The kind is
// told by the number of parts: a Roman numeral, two numbers, three numbers.
func parseCode(s string) (plan.Code, codeKind, bool) {
	code, kind, rest := readCode(s, true)
	if kind == noCode || rest != "" {
		return "", noCode, false
	}
	return code, kind, true
}

// splitCode reads the code at the beginning of a cell that goes on with other
// text, and gives that text: "LĨNH VỰC I. CẢI CÁCH THỂ CHẾ", "1.1.1 Tổ chức".
func splitCode(s string) (code plan.Code, kind codeKind, rest string, ok bool) {
	code, kind, rest = readCode(s, false)
	return code, kind, rest, kind != noCode
}

// fieldOf is the code of the field that a result or activity belongs to, and
// resultOf the code of an activity's result; empty when code has none.
func fieldOf(code plan.Code) plan.Code {
	first, _, _ := strings.Cut(string(code), ".")
	n, err := strconv.Atoi(first)
	if err != nil {
		return ""
	}
	return plan.Code(roman(n))
}

func resultOf(code plan.Code) plan.Code {
	if strings.Count(string(code), ".") != 2 {
		return ""
	}
	return code[:strings.LastIndexByte(string(code), '.')]
}

// parentOf is the code of the row that code stands under, empty for a field.
func parentOf(code plan.Code) plan.Code {
	if result := resultOf(code); result != "" {
		return result
	}
	return fieldOf(code)
}

// nextCode is the code that follows last under parent; the first one there if
// last is empty.
func nextCode(parent, last plan.Code) plan.Code {
	if parent == "" {
		return plan.Code(roman(parseRoman(string(last), false) + 1))
	}
	n, _ := strconv.Atoi(string(last[strings.LastIndexByte(string(last), '.')+1:]))
	prefix := string(parent)
	if field := parseRoman(prefix, false); field > 0 {
		prefix = strconv.Itoa(field)
	}
	return plan.Code(prefix + "." + strconv.Itoa(n+1))
}

// maxLabel is how long a label before a code may be, in bytes, with the marks
// of its letters apart.
const maxLabel = 48

// readCode reads a code at the beginning of s. With loose, spaces may stand
// around the separators.
func readCode(s string, loose bool) (plan.Code, codeKind, string) {
	s = strings.TrimLeftFunc(foldWidth(s), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("'’‘`´\"“(-–—•*+", r)
	})
	digit := strings.IndexFunc(s, isDigit)
	if 0 <= digit && digit < maxLabel {
		label := codeLabel(s[:digit])
		if label == "" || codeLabels[label] {
			return readNumbers(s[digit:], fieldLabels[label], loose)
		}
	}
	return readRoman(s)
}

// codeLabel is the label that s consists of, made comparable. What cannot be
// one, as the first word of most cells, is not looked at closely.
func codeLabel(s string) string {
	s = strings.Trim(s, " .:-–—\n\t")
	if s != "" && !strings.ContainsRune("lkhnmsLKHNMS", rune(s[0])) {
		return s
	}
	s = strings.Join(strings.Fields(s), " ")
	return strings.Trim(viet.Loose(s), " .:-–—'’(")
}

// readNumbers reads one to three numbers with their separators. One number is
// a code only after the label of a field.
func readNumbers(s string, field, loose bool) (plan.Code, codeKind, string) {
	var parts []string
	rest := s
	for len(parts) < 4 {
		n := strings.IndexFunc(rest, func(r rune) bool { return !isDigit(r) })
		if n < 0 {
			n = len(rest)
		}
		value, err := strconv.Atoi(rest[:n])
		if err != nil || n > 2 || value == 0 {
			return "", noCode, s
		}
		parts = append(parts, strconv.Itoa(value))
		rest = rest[n:]
		next, ok := afterSeparator(rest, loose)
		if !ok {
			break
		}
		rest = next
	}
	if r, _ := utf8.DecodeRuneInString(rest); unicode.IsLetter(r) || r == '%' {
		return "", noCode, s // "1.5tr" is an amount
	}
	switch {
	case len(parts) == 3:
		return plan.Code(strings.Join(parts, ".")), activityCode, afterCode(rest)
	case len(parts) == 2:
		return plan.Code(strings.Join(parts, ".")), resultCode, afterCode(rest)
	case len(parts) == 1 && field:
		n, _ := strconv.Atoi(parts[0])
		return plan.Code(roman(n)), fieldCode, afterCode(rest)
	}
	return "", noCode, s
}

// afterSeparator is what follows a separator in s, if a digit does.
func afterSeparator(s string, loose bool) (string, bool) {
	if loose {
		s = strings.TrimLeftFunc(s, unicode.IsSpace)
	}
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 || !strings.ContainsRune(".,-–—‐‑−·", r) {
		return "", false
	}
	s = s[size:]
	if loose {
		s = strings.TrimLeftFunc(s, unicode.IsSpace)
	}
	r, size = utf8.DecodeRuneInString(s)
	return s, size > 0 && isDigit(r)
}

// readRoman reads a Roman numeral, alone or after one of the labels. Small
// letters are a numeral only after a label: "x" alone is a tick.
func readRoman(s string) (plan.Code, codeKind, string) {
	rest, labelled := s, false
	for words := range 4 {
		trimmed := strings.TrimLeft(rest, " .:-–—\n\t")
		end := strings.IndexFunc(trimmed, func(r rune) bool { return !unicode.IsLetter(r) })
		if end < 0 {
			end = len(trimmed)
		}
		word := trimmed[:end]
		if labelled || words == 0 {
			n := parseRoman(word, labelled)
			if n > 0 && !strings.HasPrefix(trimmed[end:], "/") { // not "V/v …"
				return plan.Code(roman(n)), fieldCode, afterCode(trimmed[end:])
			}
		}
		consumed := len(s) - len(trimmed) + end
		if end == 0 || consumed > maxLabel {
			break
		}
		labelled = fieldLabels[codeLabel(s[:consumed])]
		rest = trimmed[end:]
	}
	return "", noCode, s
}

// afterCode drops the punctuation between a code and what follows it.
func afterCode(s string) string {
	return strings.TrimLeftFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(".,:;)-–—'’\"”", r)
	})
}

// foldWidth turns full-width digits and stops into ASCII and drops invisible
// spaces.
func foldWidth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == '．' || r == '。':
			return '.'
		case r == '，':
			return ','
		case r == '\u200b' || r == '\ufeff' || r == '\u2060':
			return -1
		}
		return r
	}, s)
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }
