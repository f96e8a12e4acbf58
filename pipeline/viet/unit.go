package viet

import (
	"regexp"

	"github.com/shopspring/decimal"
)

// Unit is what a number counts, as written beside it.
type Unit string

// The units. Their values also stand in templates.
const (
	NoUnit      Unit = ""
	DongUnit    Unit = "dong"
	Thousand    Unit = "thousand" // nghìn đồng
	Million     Unit = "million"  // triệu đồng
	Billion     Unit = "billion"  // tỷ đồng
	PercentUnit Unit = "percent"
)

// InDong is how many đồng one of u is; false for [NoUnit] and [PercentUnit],
// which are no amounts of money.
func (u Unit) InDong() (decimal.Decimal, bool) {
	switch u {
	case DongUnit:
		return decimal.New(1, 0), true
	case Thousand:
		return decimal.New(1, 3), true
	case Million:
		return decimal.New(1, 6), true
	case Billion:
		return decimal.New(1, 9), true
	}
	return decimal.Decimal{}, false
}

// unitWords is for text that went through [Loose]. "tr" alone is triệu; "ng"
// alone is not nghìn but people.
var unitWords = regexp.MustCompile(`^ ?\(?(?:` +
	`(%|phan tram)` +
	`|(?:((?:nghin|ngan) )?(ti)|(nghin|ngan|ng\.? ?d(?:ong)?)|(trieu|tr))(?:\.? ?(?:dong(?: viet nam)?|d|vnd))?` +
	`|(dong(?: viet nam)?|d|vnd)` +
	`)\.?\)?`)

// scanUnit reads the unit at the beginning of text, which may have none. The
// number before it must be multiplied by factor: "2 nghìn tỷ" is 2000 tỷ. It
// reports false when what stands there is the beginning of another word.
func scanUnit(text string) (factor int64, unit Unit, rest string, ok bool) {
	m := unitWords.FindStringSubmatch(text)
	if m == nil {
		return 1, NoUnit, text, text == "" || !isWordByte(text[0])
	}
	factor, rest = 1, text[len(m[0]):]
	switch {
	case m[1] != "":
		unit = PercentUnit
	case m[3] != "":
		unit = Billion
		if m[2] != "" {
			factor = 1000
		}
	case m[4] != "":
		unit = Thousand
	case m[5] != "":
		unit = Million
	default:
		unit = DongUnit
	}
	return factor, unit, rest, rest == "" || unit == PercentUnit || !isWordByte(rest[0])
}

func isWordByte(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b >= 0x80
}
