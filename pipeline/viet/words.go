package viet

import (
	"strings"
	"unicode"
)

// Style chooses between words that are equally right. No law fixes them; the
// zero Style is the plan's: nghìn, linh, tư after mươi, tỷ, no "chẵn".
type Style struct {
	Ngan bool `yaml:"ngan"` // ngàn for nghìn
	Le   bool `yaml:"le"`   // lẻ for linh
	Bon  bool `yaml:"bon"`  // hai mươi bốn for hai mươi tư
	Ti   bool `yaml:"ti"`   // tỉ for tỷ
	Even bool `yaml:"even"` // MoneyWords ends with "chẵn"
}

var digitWords = [...]string{"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}

const billion = 1_000_000_000

// Words is n in words, in lower case: 1005 is "một nghìn không trăm linh năm".
// A thousand million is tỷ, and what is larger counts tỷ: nghìn tỷ, triệu tỷ,
// tỷ tỷ.
func Words(n int64, style Style) string {
	switch {
	case n == 0:
		return digitWords[0]
	case n < 0:
		// The negation of the smallest int64 is right as a uint64.
		return "âm " + strings.Join(style.number(nil, uint64(-n), false), " ")
	}
	return strings.Join(style.number(nil, uint64(n), false), " ")
}

// MoneyWords is an amount of whole đồng in words as the plan writes it under
// its table: "Bảy trăm hai mươi triệu đồng".
func MoneyWords(dong int64, style Style) string {
	s := Sentence(Words(dong, style)) + " đồng"
	if style.Even {
		s += " chẵn"
	}
	return s
}

// Sentence is s with its first letter, if nothing but signs stands before it, in
// upper case.
func Sentence(s string) string {
	for i, r := range s {
		switch {
		case unicode.IsLetter(r):
			return s[:i] + string(unicode.ToUpper(r)) + s[i+len(string(r)):]
		case unicode.IsNumber(r):
			return s
		}
	}
	return s
}

// number appends the words of n > 0. Inner says that words stand before them,
// so that the first group is read in full.
func (style Style) number(words []string, n uint64, inner bool) []string {
	if n >= billion {
		words = append(style.number(words, n/billion, inner), choose(style.Ti, "tỉ", "tỷ"))
		inner = true
	}
	for _, group := range []struct {
		value uint64
		name  string
	}{
		{n % billion / 1_000_000, "triệu"},
		{n % 1_000_000 / 1000, choose(style.Ngan, "ngàn", "nghìn")},
		{n % 1000, ""},
	} {
		if group.value == 0 {
			continue
		}
		words = style.group(words, int(group.value), inner)
		if group.name != "" {
			words = append(words, group.name)
		}
		inner = true
	}
	return words
}

// group appends the words of n, 1 to 999; in full with "không trăm" when inner.
func (style Style) group(words []string, n int, inner bool) []string {
	hundreds, tens, ones := n/100, n/10%10, n%10
	if hundreds > 0 || inner {
		words = append(words, digitWords[hundreds], "trăm")
	}
	switch {
	case tens == 1:
		words = append(words, "mười")
	case tens > 1:
		words = append(words, digitWords[tens], "mươi")
	case ones > 0 && (hundreds > 0 || inner):
		words = append(words, choose(style.Le, "lẻ", "linh"))
	}
	switch {
	case ones == 0:
	case ones == 1 && tens > 1:
		words = append(words, "mốt")
	case ones == 4 && tens > 1:
		words = append(words, choose(style.Bon, "bốn", "tư"))
	case ones == 5 && tens > 0:
		words = append(words, "lăm")
	default:
		words = append(words, digitWords[ones])
	}
	return words
}

func choose(variant bool, word, usual string) string {
	if variant {
		return word
	}
	return usual
}
