package viet

import (
	"iter"
	"strings"
	"unicode"
)

// How clear a guess must be. Of the words of a text in an old encoding nearly
// all are syllables when it is read rightly, 98 of 100 in the decision, and few
// as they stand or read in another old encoding, 7 to 21 of 100.
const (
	minMended  = 4    // different words that the encoding turns into syllables
	minGood    = 0.8  // share of the words that are syllables in the encoding
	minBetter  = 0.5  // by how much that is more than as the words stand
	minClearer = 0.3  // by how much that is more than in any other encoding
	maxWords   = 2000 // different words that are looked at
)

// Guess is the encoding of texts, all of one document or sheet, that do not say
// in which font they were typed. Texts that are Unicode for certain do not
// count. Without clear signs of an old encoding the guess is Unicode: a wrong
// one would destroy a text that is right.
func Guess(texts ...string) Encoding {
	words := tellingWords(texts)
	asIs := 0
	for _, syllable := range words {
		if syllable {
			asIs++
		}
	}
	all := float64(len(words))
	if len(words)-asIs < minMended || float64(asIs) > (1-minBetter)*all {
		return Unicode
	}
	guess, good, second := Unicode, 0, 0
	for _, e := range []Encoding{TCVN3, VNI, Windows1258} {
		switch n, mended := e.count(words); {
		case n > good && mended >= minMended:
			guess, good, second = e, n, max(second, good)
		default:
			second = max(second, n)
		}
	}
	if float64(good) < minGood*all || float64(good-asIs) < minBetter*all || float64(good-second) < minClearer*all {
		return Unicode
	}
	return guess
}

// tellingWords are the different words of texts that tell encodings apart, with
// whether they are syllables as they stand.
func tellingWords(texts []string) map[string]bool {
	words := map[string]bool{}
	for _, s := range texts {
		if isASCII(s) || IsUnicode(s) {
			continue
		}
		for w := range telling(s) {
			if len(words) == maxWords {
				return words
			}
			if _, seen := words[w]; !seen {
				words[w] = isSyllable(inner(w))
			}
		}
	}
	return words
}

// count is how many words are syllables when read in e, and how many of these
// are none as they stand.
func (e Encoding) count(words map[string]bool) (good, mended int) {
	for w, asIs := range words {
		if isSyllable(e.Decode(w)) {
			good++
			if !asIs {
				mended++
			}
		}
	}
	return good, mended
}

// Mends reports whether s alone shows that it is in e: of the words that tell
// encodings apart more become syllables, when read in e, than are none then. It
// is for texts that stand among others in Unicode.
func (e Encoding) Mends(s string) bool {
	if isASCII(s) || IsUnicode(s) {
		return false
	}
	gain := 0
	for w := range telling(s) {
		switch asIs, decoded := isSyllable(inner(w)), isSyllable(e.Decode(w)); {
		case !decoded:
			gain--
		case !asIs:
			gain++
		}
	}
	return gain > 0
}

// telling are the words of s that tell encodings apart: at least one letter of
// ASCII and one character beyond. A sign such as ½ or · is a letter in an old
// encoding, and so belongs to the word it stands in.
func telling(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for w := range strings.FieldsFuncSeq(s, isOutsideWords) {
			if !isASCII(w) && strings.ContainsFunc(w, isASCIILetter) && !yield(w) {
				return
			}
		}
	}
}

func isOutsideWords(r rune) bool {
	return !isASCIILetter(r) && (r < 0xa1 || r > 0xff && !unicode.IsLetter(r))
}

func isASCIILetter(r rune) bool {
	return 'a' <= r|0x20 && r|0x20 <= 'z'
}

// inner is word without the signs before and behind it.
func inner(word string) string {
	return strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) })
}
