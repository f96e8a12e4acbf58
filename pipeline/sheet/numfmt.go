package sheet

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// numberFormat is how a cell style shows numbers, ECMA-376 part 1, §18.8.30
// and §18.8.31. The zero numberFormat is General.
type numberFormat struct {
	code     string // "" for General and for text
	sections []section
}

// section is the part of a format for positive numbers, negative ones or zero.
type section struct {
	kind           sectionKind
	prefix, suffix string
	digits         int // least number of digits before the decimal point
	places, zeros  int // decimal places at most and at least
	grouped        bool
	scale          int32    // powers of ten: 2 for a percentage, -3 for each trailing comma
	parts          []string // of a date: "dd", "mmm"; text after a quotation mark
	when           condition
}

type sectionKind int

const (
	generalSection sectionKind = iota // also what is not understood: the number as it is
	numberSection
	dateSection
	textSection // the prefix instead of the number
)

// isDate reports whether f shows numbers as dates or times of day.
func (f numberFormat) isDate() bool {
	return len(f.sections) > 0 && f.sections[0].kind == dateSection
}

// show is what a reader sees of the number that value stores.
func (f numberFormat) show(value string) string {
	x, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return value
	}
	// Excel computes with 15 digits; the others are noise.
	d, err := decimal.NewFromString(strconv.FormatFloat(x, 'g', 15, 64))
	if err != nil {
		return value
	}
	s, signed := f.section(d)
	if !signed {
		d = d.Abs()
	}
	switch s.kind {
	case dateSection:
		return s.showDate(x)
	case numberSection:
		if size := d.NumDigits() + int(d.Exponent()+s.scale); size > 2*maxDigits && !d.IsZero() {
			return strings.TrimSpace(s.prefix + plainNumber(d) + s.suffix) // as wide as no column
		} else if size < -2*maxDigits {
			d = decimal.Zero
		}
		return strings.TrimSpace(s.showNumber(d))
	case textSection:
		return strings.TrimSpace(s.prefix)
	}
	return strings.TrimSpace(s.prefix + plainNumber(d) + s.suffix)
}

// section is the part of f for the number d, and whether it leaves the minus
// sign to the number.
func (f numberFormat) section(d decimal.Decimal) (s section, signed bool) {
	n, sign := len(f.sections), d.Sign()
	switch {
	case n > 0 && f.sections[0].when.sign != "", n > 1 && f.sections[1].when.sign != "":
		return f.conditional(d)
	case n == 0:
		return section{}, true
	case sign < 0 && n >= 2:
		return f.sections[1], false
	case sign == 0 && n >= 3:
		return f.sections[2], true
	}
	return f.sections[0], true
}

// plainNumber is d as the format General shows it, however wide the column.
func plainNumber(d decimal.Decimal) string {
	if size := d.NumDigits() + int(d.Exponent()); size > 20 || size < -10 {
		return strconv.FormatFloat(d.InexactFloat64(), 'E', -1, 64)
	}
	s := d.String()
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

func (s section) showNumber(d decimal.Decimal) string {
	text := d.Shift(s.scale).StringFixed(int32(s.places))
	negative := strings.HasPrefix(text, "-")
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	for len(fraction) > s.zeros && strings.HasSuffix(fraction, "0") {
		fraction = fraction[:len(fraction)-1]
	}
	if whole == "0" && s.digits == 0 {
		whole = ""
	}
	if missing := s.digits - len(whole); missing > 0 {
		whole = strings.Repeat("0", missing) + whole
	}
	if s.grouped {
		for i := len(whole) - 3; i > 0; i -= 3 {
			whole = whole[:i] + "," + whole[i:]
		}
	}
	if fraction != "" {
		whole += "." + fraction
	}
	if negative && strings.Trim(whole, "0.,") != "" {
		return "-" + s.prefix + whole + s.suffix
	}
	return s.prefix + whole + s.suffix
}

// parseFormat reads a format code. What it does not understand, such as
// fractions, shows the number as General does.
func parseFormat(code string) numberFormat {
	if code == "" || code == "@" || strings.EqualFold(code, "general") || len(code) > maxFormatCode {
		return numberFormat{}
	}
	f := numberFormat{code: code}
	start, quoted := 0, false
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '\\', '_', '*':
			if !quoted {
				i++
			}
		case '"':
			quoted = !quoted
		case ';':
			if !quoted {
				f.sections = append(f.sections, parseSection(code[start:i]))
				start = i + 1
			}
		}
	}
	f.sections = append(f.sections, parseSection(code[start:]))
	if len(f.sections) > maxSections {
		f.sections = nil
	}
	return f
}

// builtInFormat is the code of a format that a workbook names by number only.
// Short dates follow the reader's country: ours writes the day first.
func builtInFormat(id int) string {
	switch id {
	case 14:
		return "dd/mm/yyyy"
	case 22:
		return "dd/mm/yyyy hh:mm"
	}
	if 27 <= id && id <= 36 || 50 <= id && id <= 58 {
		return "dd/mm/yyyy" // East Asian dates
	}
	return builtInFormats[id]
}

var builtInFormats = map[int]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
	9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
	15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
	18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
	37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)",
	41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00",
	45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "##0.0E+0",
}
