package viet

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"
)

// Number is a number as somebody typed it.
type Number struct {
	Value decimal.Decimal
	// Other is the second reading of a text such as "15.000", which is 15 000
	// where the point parts thousands and 15 where it parts decimals. Value is
	// then the thousands reading. Nil when there is one reading only.
	Other *decimal.Decimal
	Unit  Unit // as written beside the number
}

// The reasons why [ParseNumber] reads no number; ask with errors.Is.
var (
	ErrEmpty    = errors.New("empty")
	ErrNoNumber = errors.New("no number in the text") // "-", "lồng ghép", "không"
	ErrUnclear  = errors.New("number not clear")      // "15 hoặc 20", "15/6", "chưa hoàn thành 100%"
)

// ParseNumber reads the number that s consists of, in any way people and
// programs write one: "1.234,5", "1,234.5", "1 234,5", "15 triệu", "15 tr.đ",
// "2 tỷ 150 triệu", "35.200.000 đồng", "(15)" which is negative, "80%",
// "đạt 80%", "80/100" which is a percentage, "1.45E+01", "mười lăm triệu đồng".
//
// The unit is as written: 15 triệu is 15 [Million]. An amount of several parts
// is in the unit of the last part, an amount in words in đồng. An amount in đồng
// has no second reading, because a đồng has no parts.
//
// A text with anything else beside the number is [ErrUnclear]: a wrong figure is
// worse than a question.
func ParseNumber(s string) (Number, error) {
	n, err := parseNumber(s)
	if err != nil {
		return Number{}, fmt.Errorf("number %q: %w", s, err)
	}
	return n, nil
}

func parseNumber(s string) (Number, error) {
	text := Loose(strings.Map(halfWidth, s))
	if text == "" {
		return Number{}, ErrEmpty
	}
	if strings.IndexFunc(text, unicode.IsNumber) < 0 {
		if n, ok := spelledNumber(Key(s)); ok {
			return n, nil
		}
		return Number{}, ErrNoNumber
	}
	text = leadIn.ReplaceAllString(text, "")
	if m := accounting.FindStringSubmatch(text); m != nil {
		text = "-" + m[1] + m[2]
	}
	if m := ofHundred.FindStringSubmatch(text); m != nil {
		text = m[1] + "%"
	}
	return parseParts(text)
}

// The patterns are for text that went through [Loose].
var (
	leadIn     = regexp.MustCompile(`^(?:(?:da )?(?:dat|hoan thanh|thuc hien)(?: duoc)?|kinh phi|kp|so tien) ?:? ?`)
	accounting = regexp.MustCompile(`^\(([0-9.,e+ ]+)\)(.*)$`)
	ofHundred  = regexp.MustCompile(`^([0-9]+(?:[.,][0-9]+)?) ?/ ?100$`)
	joint      = regexp.MustCompile(`^(?:, ?| va | )`)
	leadOut    = regexp.MustCompile(`^(?: chan)?[ .,;]*(?:\./\.)?$`)
	ofPlan     = regexp.MustCompile(`^ ?(?:so voi )?(?:kh|ke hoach)(?: nam)?[ .,;]*$`)
)

// parseParts reads one number with its unit, or several with ever smaller units
// of money: "2 tỷ 150 triệu".
func parseParts(text string) (Number, error) {
	sum, text, ok := scanPart(text)
	if !ok {
		return Number{}, ErrUnclear
	}
	for {
		if leadOut.MatchString(text) || sum.Unit == PercentUnit && ofPlan.MatchString(text) {
			return sum, nil
		}
		part, rest, ok := scanPart(strings.TrimPrefix(text, joint.FindString(text)))
		if !ok || rest == text || !sum.add(part) {
			return Number{}, ErrUnclear
		}
		text = rest
	}
}

// add adds a smaller part to an amount and takes over its unit. It reports
// false when the two are not parts of one amount, as 2 tỷ 150 is not, or when
// the smaller part has two readings. The first part has one: it cannot have
// decimals.
func (n *Number) add(part Number) bool {
	whole, ok1 := n.Unit.InDong()
	small, ok2 := part.Unit.InDong()
	if !ok1 || !ok2 || n.Value.IsNegative() || !n.Value.IsInteger() || part.Value.IsNegative() || part.Other != nil {
		return false
	}
	ratio := whole.Div(small)
	if ratio.LessThanOrEqual(decimal.NewFromInt(1)) || part.Value.GreaterThanOrEqual(ratio) {
		return false
	}
	*n = Number{Value: n.Value.Mul(ratio).Add(part.Value), Unit: part.Unit}
	return true
}

// scanPart reads a number and its unit from the beginning of text.
func scanPart(text string) (n Number, rest string, ok bool) {
	n, rest, ok = scanNumeral(text)
	if !ok {
		return Number{}, text, false
	}
	factor, unit, rest, ok := scanUnit(rest)
	if !ok {
		return Number{}, text, false
	}
	n.Unit = unit
	if factor > 1 {
		n.scale(decimal.NewFromInt(factor))
	}
	if unit == DongUnit {
		n.Other = nil
	}
	return n, rest, true
}

func (n *Number) scale(factor decimal.Decimal) {
	n.Value = n.Value.Mul(factor)
	if n.Other != nil {
		other := n.Other.Mul(factor)
		n.Other = &other
	}
}

// halfWidth turns the full-width digits and signs of East Asian keyboards into
// ordinary ones. The rest of NFKC would break texts in old fonts.
func halfWidth(r rune) rune {
	if r >= '！' && r <= '～' && !unicode.IsLetter(r) {
		return r - '！' + '!'
	}
	return r
}
