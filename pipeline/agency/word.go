package agency

import (
	"strings"
	"unicode"

	"baocao/pipeline/viet"
)

// word is one word of a text as names are compared by.
type word struct {
	exact, loose string // viet.Key and viet.Loose, abbreviations written out
	marked       bool   // it was typed with marks
	letters      int    // how many were typed
	start, end   int    // its bytes in the text
	apart        bool   // a comma, a line's end or a barrier stands before it
	part         int    // how many barriers stand before it; no name goes across one
	remark       bool   // it stands in brackets
}

// Abbreviations that stand before a proper name, written out so that a name need
// not be listed with each of them. By viet.Loose.
var abbreviations = map[string]string{
	"ubnd": "ủy ban nhân dân",
	"vp":   "văn phòng",
	"h":    "huyện",
	"tx":   "thị xã",
	"tp":   "thành phố",
}

// wordsOf are the words of text, which must be clean, but for those that only
// join others: và, các. Signs between words do not count: one writes Thông tin -
// Truyền thông for Thông tin và Truyền thông, and GD&ĐT for GD-ĐT.
func wordsOf(text string) []word {
	var words []word
	var next word // what is known of the next word
	depth, start := 0, -1
	end := func(i int) {
		if start < 0 {
			return
		}
		w := next
		w.start, w.end, w.remark = start, i, depth > 0
		start = -1
		if w.setKeys(text[w.start:w.end]) {
			words = append(words, w)
			next.apart = false
		}
	}
	for i, r := range text {
		if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) {
			if start < 0 {
				start = i
			}
			continue
		}
		end(i)
		switch r {
		case ',', '\n':
			next.apart = true
		case ';':
			next.apart, next.part = true, next.part+1
		case '(', '[':
			next.apart, next.part, depth = true, next.part+1, depth+1
		case ')', ']':
			next.apart, next.part, depth = true, next.part+1, max(depth-1, 0)
		}
	}
	end(len(text))
	return words
}

// setKeys sets how w is compared; false for a word that only joins others.
func (w *word) setKeys(text string) bool {
	w.loose = viet.Loose(text)
	if w.loose == "va" || w.loose == "cac" {
		return false
	}
	w.exact = viet.Key(text)
	w.letters, w.marked = len(w.loose), w.exact != w.loose
	if long, ok := abbreviations[w.loose]; ok {
		w.exact = strings.ReplaceAll(viet.Key(long), " ", "")
		w.loose = strings.ReplaceAll(viet.Loose(long), " ", "")
	}
	return true
}

// joined are the keys of words taken together. Spaces do not count either:
// GTVT is GT-VT, Rlấp is R'lấp.
func joined(words []word) (exact, loose string) {
	var e, l strings.Builder
	for _, w := range words {
		e.WriteString(w.exact)
		l.WriteString(w.loose)
	}
	return e.String(), l.String()
}
