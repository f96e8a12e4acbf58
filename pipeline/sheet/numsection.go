package sheet

import (
	"strings"
	"unicode/utf8"
)

// sectionParser reads one section of a format code.
type sectionParser struct {
	section
	code    string
	literal strings.Builder // text since the last placeholder
	numbers string          // the placeholders: "#,##0.00"
	general bool
	odd     bool // something that is not understood
}

func parseSection(code string) section {
	p := sectionParser{code: code}
	for p.code != "" && !p.odd {
		p.step()
		p.odd = p.odd || len(p.parts) > maxParts || len(p.prefix)+p.literal.Len() > maxLiteral || p.scale > maxScale
	}
	switch {
	case p.odd:
		return section{when: p.when}
	case p.general:
		p.suffix = p.literal.String()
		return p.section
	case len(p.parts) > 0:
		p.kind = dateSection
		p.flush()
		return p.section
	case p.numbers == "":
		return section{kind: textSection, prefix: p.literal.String(), when: p.when}
	}
	p.suffix = p.literal.String()
	return p.numberSection()
}

// step reads what stands at the beginning of the code.
func (p *sectionParser) step() {
	r, size := utf8.DecodeRuneInString(p.code)
	switch r {
	case '"':
		text, rest, _ := strings.Cut(p.code[1:], `"`)
		p.literal.WriteString(text)
		p.code = rest
		return
	case '\\':
		_, next := utf8.DecodeRuneInString(p.code[1:])
		p.literal.WriteString(p.code[1 : 1+next])
		p.code = p.code[1+next:]
		return
	case '_', '*':
		_, next := utf8.DecodeRuneInString(p.code[1:])
		p.literal.WriteByte(' ')
		p.code = p.code[1+next:]
		return
	case '[':
		p.bracket()
		return
	case '0', '#', '?', '.', ',', '%':
		p.placeholder(byte(r))
		p.code = p.code[1:]
		return
	case '/':
		// Between placeholders a fraction, between the parts of a date a sign.
		p.odd = p.numbers != ""
	case '@':
		p.odd = true
	}
	if p.word() {
		return
	}
	p.literal.WriteString(p.code[:size])
	p.code = p.code[size:]
}

// bracket reads a condition, or a colour or a country, which show nothing but
// perhaps a currency. Elapsed times are not understood.
func (p *sectionParser) bracket() {
	text, rest, ok := strings.Cut(p.code[1:], "]")
	p.code = rest
	switch {
	case !ok:
		p.odd = true
	case strings.HasPrefix(text, "$"):
		currency, _, _ := strings.Cut(text[1:], "-")
		p.literal.WriteString(currency)
	case strings.ContainsAny(text, "<>="):
		p.when, ok = parseCondition(text)
		p.odd = !ok
	case strings.Trim(strings.ToLower(text), "hms") == "":
		p.odd = true
	}
}

// placeholder reads a digit, a separator or a percent sign.
func (p *sectionParser) placeholder(b byte) {
	switch {
	case len(p.parts) > 0: // of a second's fraction, or between the parts of a date
		if b != '0' {
			p.literal.WriteByte(b)
		}
	case b == '%':
		p.scale += 2
		p.literal.WriteByte(b)
	case p.numbers == "":
		p.prefix = p.literal.String()
		p.literal.Reset()
		p.numbers = string(b)
	case strings.Trim(p.literal.String(), " \u00a0") != "":
		p.odd = true // text between digits
	default:
		p.literal.Reset() // of spaces, which part thousands
		p.numbers += string(b)
	}
}

// word reads a part of a date, or General.
func (p *sectionParser) word() bool {
	lower := strings.ToLower(p.code[:min(len(p.code), 7)])
	if lower == "general" {
		p.general = true
		p.prefix = p.literal.String()
		p.literal.Reset()
		p.code = p.code[7:]
		return true
	}
	for _, half := range []string{"am/pm", "a/p"} {
		if strings.HasPrefix(lower, half) {
			p.flush()
			p.parts = append(p.parts, "am/pm")
			p.code = p.code[len(half):]
			return true
		}
	}
	if lower == "" || !strings.Contains("ymdhse", lower[:1]) {
		return false
	}
	if p.numbers != "" {
		p.odd = true // 0.00E+00
		return true
	}
	n := 1
	for n < len(p.code) && p.code[n]|0x20 == lower[0] {
		n++
	}
	p.flush()
	p.parts = append(p.parts, strings.ToLower(p.code[:n]))
	p.code = p.code[n:]
	return true
}

// flush keeps the text before a part of a date, marked by a quotation mark.
func (p *sectionParser) flush() {
	if p.literal.Len() > 0 {
		p.parts = append(p.parts, `"`+p.literal.String())
		p.literal.Reset()
	}
}

// numberSection counts the placeholders.
func (p *sectionParser) numberSection() section {
	whole, fraction, _ := strings.Cut(p.numbers, ".")
	if strings.Contains(fraction, ".") {
		return section{when: p.when}
	}
	if fraction == "" {
		trimmed := strings.TrimRight(whole, ",")
		p.scale -= int32(3 * (len(whole) - len(trimmed)))
		whole = trimmed
	} else {
		trimmed := strings.TrimRight(fraction, ",")
		p.scale -= int32(3 * (len(fraction) - len(trimmed)))
		fraction = trimmed
	}
	p.kind = numberSection
	p.grouped = strings.Contains(whole, ",")
	p.digits = strings.Count(whole, "0")
	p.zeros = strings.Count(fraction, "0")
	p.places = len(strings.ReplaceAll(fraction, ",", ""))
	if p.digits > maxDigits || p.places > maxDigits || p.scale < -maxScale {
		return section{when: p.when}
	}
	return p.section
}
