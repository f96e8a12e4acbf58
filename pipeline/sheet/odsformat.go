package sheet

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// dataStyle reads the number format whose start was read last, OpenDocument 1.3
// part 3, §16.29, as a format code. What no code can say is left out: what a
// reader sees is stored with each value.
func (r *odsReader) dataStyle(percent bool) (dataStyle, error) {
	var d dataStyle
	var code strings.Builder
	err := r.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "text", "currency-symbol":
			text, err := r.text()
			code.WriteString(literalCode(text, percent))
			return err
		case "map":
			if len(d.sections) < 2 {
				d.sections = append(d.sections, attribute(e, "apply-style-name"))
			}
		default:
			code.WriteString(partCode(e))
		}
		return r.skip()
	})
	d.code = code.String()
	return d, err
}

// literalCode is text in a format code. The percent sign of a percentage
// multiplies by a hundred; any other is text.
func literalCode(text string, percent bool) string {
	if percent {
		if before, after, ok := strings.Cut(text, "%"); ok {
			return literalCode(before, false) + "%" + literalCode(after, false)
		}
	}
	if strings.Trim(text, " /:-") == "" {
		return text
	}
	return `"` + strings.ReplaceAll(text, `"`, "") + `"`
}

// partCode is a number or a part of a date in a format code, "" for what is
// none.
func partCode(e xml.StartElement) string {
	long := attribute(e, "style") == "long"
	choose := func(short, other string) string {
		if long {
			return other
		}
		return short
	}
	switch e.Name.Local {
	case "number":
		return digitsCode(e)
	case "scientific-number":
		return "0.00E+00"
	case "fraction":
		return "# ?/?"
	case "day":
		return choose("d", "dd")
	case "month":
		if attribute(e, "textual") == "true" {
			return choose("mmm", "mmmm")
		}
		return choose("m", "mm")
	case "year":
		return choose("yy", "yyyy")
	case "day-of-week":
		return choose("ddd", "dddd")
	case "hours":
		return choose("h", "hh")
	case "minutes":
		return choose("m", "mm")
	case "seconds":
		return choose("s", "ss")
	case "am-pm":
		return "AM/PM"
	}
	return ""
}

// digitsCode is the placeholders of a number.
func digitsCode(e xml.StartElement) string {
	count := func(name string, otherwise int) int {
		n, err := strconv.Atoi(attribute(e, name))
		if err != nil || n < 0 || n > 30 {
			return otherwise
		}
		return n
	}
	places := count("decimal-places", -1)
	if places < 0 {
		return "General"
	}
	code := strings.Repeat("0", count("min-integer-digits", 1))
	if attribute(e, "grouping") == "true" {
		code = "#," + strings.Repeat("#", max(3-len(code), 0)) + code
	} else if code == "" {
		code = "#"
	}
	if places > 0 {
		least := min(count("min-decimal-places", places), places)
		code += "." + strings.Repeat("0", least) + strings.Repeat("#", places-least)
	}
	return code
}
