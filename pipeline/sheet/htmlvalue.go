package sheet

import (
	"strconv"
	"strings"
)

// readStyles keeps what a style sheet says of classes: the number formats that
// Excel wrote, fonts, and what is not shown.
func (r *pageReader) readStyles(css string) error {
	for rule := range strings.SplitSeq(css, "}") {
		selector, declarations, _ := strings.Cut(rule, "{")
		code, found := msoFormat(declarations)
		hidden := isHidden([]byte(declarations))
		font, as := cssFont(declarations), cssLook(declarations)
		if !found && !hidden && font == "" && as == (look{}) {
			continue
		}
		for name := range strings.SplitSeq(selector, ",") {
			_, class, ok := strings.Cut(name, ".")
			class = strings.TrimSpace(class)
			if n := len(r.formats) + len(r.unseen) + len(r.faces) + len(r.looks); n > maxFormats {
				return beyond(codeStyles, "", n, maxFormats)
			}
			if element := strings.TrimSpace(name); element == "td" || element == "body" && r.usual == "" {
				r.usual = font
			}
			if !ok || strings.ContainsAny(class, " .:>+~[") {
				continue // not any element of the class
			}
			if found {
				r.formats[class] = parseFormat(code)
			}
			if font != "" {
				r.faces[class] = font
			}
			if as != (look{}) {
				r.looks[class] = as
			}
			if hidden {
				r.unseen[class] = true
			}
		}
	}
	return nil
}

// msoFormat is the number format in declarations of a style sheet, if there is
// any.
func msoFormat(css string) (code string, ok bool) {
	_, value, ok := strings.Cut(css, "mso-number-format:")
	if !ok {
		return "", false
	}
	value = strings.TrimLeft(value, " \t\r\n")
	quote := byte(0)
	if value != "" && (value[0] == '"' || value[0] == '\'') {
		quote, value = value[0], value[1:]
	}
	var b strings.Builder
	for i := 0; i < len(value); i++ {
		c := value[i]
		switch {
		case c == quote && quote != 0, quote == 0 && (c == ';' || c == '}'):
			return officeFormat(strings.TrimSpace(b.String())), true
		case c == '\\' && i+4 < len(value) && isHex(value[i+1:i+5]):
			n, _ := strconv.ParseUint(value[i+1:i+5], 16, 32)
			b.WriteRune(rune(n))
			i += 4
		case c == '\\' && i+1 < len(value):
			i++
			b.WriteByte(value[i])
		default:
			b.WriteByte(c)
		}
	}
	return officeFormat(strings.TrimSpace(b.String())), true
}

func isHex(s string) bool {
	_, err := strconv.ParseUint(s, 16, 32)
	return err == nil
}

// resolve looks up the format of the classes, if the cell has none itself.
func (v *htmlValue) resolve(formats map[string]numberFormat) {
	if v.format != "" {
		return
	}
	for class := range strings.FieldsSeq(v.classes) {
		if f, ok := formats[class]; ok {
			v.format = f.code
		}
	}
}

// apply makes c, which has the text that is shown, what the page says of its
// value. A page that says nothing means text: what a number or a date in it
// means is for others to tell.
func (v *htmlValue) apply(c *Cell) {
	c.Formula = v.formula
	if v.failed || (v.formula || v.stored) && isFormulaError(c.Text) {
		c.Kind = Failed
		return
	}
	if v.truth != "" {
		c.Kind, c.Raw = Bool, v.truth
	}
	if !v.stored {
		return
	}
	number := v.number
	if number == "" {
		number = c.Text
	}
	switch {
	case !isNumber(number):
	case v.number != "" && !showsNumber(c.Text, number, parseFormat(v.format)):
		c.Stored = number
	case v.format == "BOOLEAN":
		c.Kind, c.Raw = Bool, number
	default:
		c.setNumeric(number, c.Text, parseFormat(v.format))
	}
}
