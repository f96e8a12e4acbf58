package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// onsets are the consonants that a syllable may begin with. Q is written before
// u only, gi is g before a rime with i.
var onsets = setOf("b c ch d đ g gh h k kh l m n ng ngh nh p ph q r s t th tr v x")

// rimes are what may follow an onset: vowels and, where they may end a
// syllable, the consonants behind them. The k stands in names of the Central
// Highlands such as Đắk.
var rimes = rimesOf(
	"a", "- c ch i k m n ng nh o p t u y",
	"ă", "c k m n ng p t",
	"â", "c m n ng p t u y",
	"e", "- c k m n ng o p t",
	"ê", "- ch m n nh p t u",
	"i", "- a ch m n nh p t u",
	"iê", "c m n ng p t u",
	"o", "- a c e i k m n ng p t",
	"oa", "c ch i m n ng nh o p t y",
	"oă", "c m n ng t",
	"oe", "m n o t",
	"oo", "c ng",
	"ô", "- c i m n ng p t",
	"ơ", "- i m n p t",
	"u", "- a c i m n ng p t y",
	"uâ", "n ng t y",
	"uê", "- ch n nh",
	"uô", "c i m n ng t",
	"uơ", "-",
	"uy", "a ch n nh p t u",
	"uyê", "n t",
	"ư", "- a c i m ng t u",
	"ươ", "c i m n ng p t u",
	"y", "-",
	"yê", "m n ng t u",
)

// toneless is every vowel with a tone → the vowel without it and the tone.
var toneless = tonesOf("aàảãáạ ăằẳẵắặ âầẩẫấậ eèẻẽéẹ êềểễếệ iìỉĩíị oòỏõóọ ôồổỗốộ ơờởỡớợ uùủũúụ ưừửữứự yỳỷỹýỵ")

// tone is the place of a tone in the groups of toneless.
type tone int

const (
	level tone = 0
	sharp tone = 4 // sắc; what follows it is nặng
)

type vowel struct {
	letter rune
	tone   tone
}

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// rimesOf joins every nucleus with the endings that follow it in the list; a
// hyphen is no ending.
func rimesOf(list ...string) map[string]bool {
	set := map[string]bool{}
	for i := 0; i < len(list); i += 2 {
		for _, end := range strings.Fields(list[i+1]) {
			set[list[i]+strings.TrimPrefix(end, "-")] = true
		}
	}
	return set
}

func tonesOf(groups string) map[rune]vowel {
	letters := map[rune]vowel{}
	for _, group := range strings.Fields(groups) {
		plain, _ := utf8.DecodeRuneInString(group)
		for i, r := range []rune(group) {
			letters[r] = vowel{plain, tone(i)}
		}
	}
	return letters
}

// isSyllable reports whether word, in NFC and any case, may be a Vietnamese
// syllable by the rules of spelling: an onset, a rime, at most one tone, and
// after c, ch, k, p, t one of the tones that these allow. It need not be one
// that exists.
func isSyllable(word string) bool {
	var store [16]byte
	plain := store[:0] // small, without the tone
	heard := level
	onset := -1 // its length
	for _, r := range word {
		r = unicode.ToLower(r)
		v, isVowel := toneless[r]
		if isVowel {
			if v.tone != level && heard != level || len(plain) > 12 {
				return false
			}
			heard = max(heard, v.tone)
			r = v.letter
			if onset < 0 {
				onset = len(plain)
			}
		} else if r != 'đ' && (r < 'a' || r > 'z') || len(plain) > 12 {
			return false
		}
		plain = utf8.AppendRune(plain, r)
	}
	if onset < 0 || onset > 0 && !onsets[string(plain[:onset])] {
		return false
	}
	if strings.IndexByte("chkpt", plain[len(plain)-1]) >= 0 && heard < sharp && !endsInNh(plain) {
		return false
	}
	return isRime(string(plain[:onset]), string(plain[onset:]))
}

// endsInNh tells the h of nh, which allows every tone, from that of ch.
func endsInNh(plain []byte) bool {
	n := len(plain)
	return n > 1 && plain[n-1] == 'h' && plain[n-2] == 'n'
}

// isRime reports whether rime may follow onset: k, gh and ngh stand before e,
// ê, i and y, where c, g and ng do not.
func isRime(onset, rime string) bool {
	first, size := utf8.DecodeRuneInString(rime)
	front := strings.ContainsRune("eêiy", first)
	switch onset {
	case "q":
		return first == 'u' && (rime != "u" && rimes[rime] && strings.HasPrefix(rime, "uy") || rimes[rime[size:]])
	case "g":
		if first == 'i' {
			return rimes[rime] || rimes[rime[size:]]
		}
		return !front && rimes[rime]
	case "c", "ng":
		return !front && rimes[rime]
	case "k", "gh", "ngh":
		return front && rimes[rime]
	}
	return rimes[rime]
}
