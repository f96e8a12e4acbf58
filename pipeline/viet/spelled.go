package viet

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// SameWords reports whether stated denotes that amount of đồng in any [Style],
// also inside "(Bằng chữ: … chẵn./.)", in capitals or without marks.
func SameWords(dong int64, stated string) bool {
	words := plainWords(Key(stated))
	want := plainWords(Key(Words(dong, Style{})))
	if slices.Equal(words, want) {
		return true
	}
	// No two numerals differ only in marks.
	return Loose(stated) == Key(stated) && Loose(strings.Join(words, " ")) == Loose(strings.Join(want, " "))
}

// Number words, and what may stand around them, as keys.
var (
	digitKeys = keys(digitWords[:]...)
	leads     = keys("bằng chữ", "viết bằng chữ", "bang chu", "viet bang chu")
	ends      = keys("chẵn", "việt nam", "đồng", "chan", "viet nam", "dong")
	moneyEnds = keys("đồng", "chẵn", "nghìn", "ngàn", "triệu", "tỷ", "việt nam")
	percents  = Key("phần trăm")

	// Words that may stand for each other, mapped to one of them.
	alike = map[string]string{
		Key("ngàn"): Key("nghìn"), "ngan": Key("nghìn"),
		Key("lẻ"): Key("linh"), "le": Key("linh"),
		Key("tư"): Key("bốn"), "tu": Key("bốn"),
		Key("nhăm"): Key("lăm"), "nham": Key("lăm"),
	}

	// What a word adds; what a multiplier adds to the digit before it, which is
	// in the sum already; what a group is multiplied by.
	wordValue = map[string]int64{Key("mốt"): 1, Key("lăm"): 5, Key("mười"): 10, Key("linh"): 0}
	wordTimes = map[string]int64{Key("mươi"): 10 - 1, Key("trăm"): 100 - 1}
	wordGroup = map[string]int64{Key("nghìn"): 1000, Key("triệu"): 1_000_000}
	wordTy    = Key("tỷ")
)

func keys(words ...string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = Key(w)
	}
	return out
}

// plainWords are the words of a number in one style, without "Bằng chữ",
// "đồng", "chẵn" and signs, from a text's key.
func plainWords(key string) []string {
	text := " " + strings.Join(strings.FieldsFunc(key, func(r rune) bool {
		return strings.ContainsRune(" ().,;:/-", r)
	}), " ")
	for _, lead := range leads {
		if rest, ok := strings.CutPrefix(text, " "+lead); ok && (rest == "" || rest[0] == ' ') {
			text = rest
		}
	}
	for _, end := range ends {
		text = strings.TrimSuffix(text, " "+end)
	}
	words := strings.Fields(text)
	for i, w := range words {
		if a, ok := alike[w]; ok {
			words[i] = a
		}
	}
	return words
}

// spelledNumber reads an amount or a percentage in words from a text's key. A
// number without a unit is not read: "năm" is five and also a year.
func spelledNumber(key string) (Number, bool) {
	key = strings.TrimRight(key, " .,;/)")
	unit := NoUnit
	if rest, ok := strings.CutSuffix(key, " "+percents); ok {
		key, unit = rest, PercentUnit
	} else if slices.ContainsFunc(moneyEnds, func(end string) bool { return strings.HasSuffix(key, " "+end) }) {
		unit = DongUnit
	}
	if unit == NoUnit {
		return Number{}, false
	}
	n, ok := spelled(plainWords(key))
	if !ok || !SameWords(n, key) {
		return Number{}, false
	}
	return Number{Value: decimal.NewFromInt(n), Unit: unit}, true
}

// spelled adds up plain number words; it reports false at another word. It does
// not ask whether they stand in the right order, nor whether the sum is too
// large: only the words of the result can tell.
func spelled(words []string) (n int64, ok bool) {
	var section, group, digit int64
	for _, w := range words {
		if d := slices.Index(digitKeys, w); d >= 0 {
			digit = int64(d)
			group += digit
		} else if v, ok := wordValue[w]; ok {
			group += v
		} else if v, ok := wordTimes[w]; ok {
			group += digit * v
		} else if v, ok := wordGroup[w]; ok {
			section, group = section+group*v, 0
		} else if w == wordTy {
			n, section, group = (n+section+group)*billion, 0, 0
		} else {
			return 0, false
		}
	}
	return n + section + group, len(words) > 0
}
