package form

import (
	"math"
	"strings"
	"unicode"
)

// What a page and a program for workbooks measure in.
const (
	pointsPerMM  = 72 / 25.4
	lineHeight   = 1.2 // of the size of the letters
	maxRowHeight = 409 // points, the tallest row that programs take
	cellPadding  = 5.5 // points, left and right together
)

// columnChars is a width in millimetres in the unit of workbooks: digits of the
// default font, which in Times New Roman 11 are 7 pixels wide at 96 to the inch.
func columnChars(mm float64) float64 { return math.Round(mm*96/25.4/7*100) / 100 }

// lines is how many lines a text takes in a cell so many points wide. Letters are
// measured by their kind, a little too wide rather than too narrow: a row that is a
// little too tall hides nothing.
func lines(text string, size, width float64, bold bool) int {
	room := (width - cellPadding) / size
	if bold {
		room *= 0.93
	}
	count := 0
	for paragraph := range strings.SplitSeq(text, "\n") {
		count++
		at := 0.0
		for word := range strings.FieldsSeq(paragraph) {
			w := ems(word)
			if at > 0 && at+0.25+w > room {
				count++
				at = 0
			} else if at > 0 {
				at += 0.25
			}
			for ; w > room && room > 1; w -= room { // a word that no line holds
				count++
			}
			at += w
		}
	}
	return max(1, count)
}

// ems is how wide a word is in Times New Roman, in its size.
func ems(word string) float64 {
	sum := 0.0
	for _, r := range word {
		switch {
		case unicode.Is(unicode.Mn, r):
		case strings.ContainsRune("iljtfrìíỉĩị.,;:'!|()[]/-", r):
			sum += 0.31
		case strings.ContainsRune("mwMW%", r):
			sum += 0.8
		case unicode.IsUpper(r):
			sum += 0.68
		default:
			sum += 0.465
		}
	}
	return sum
}
