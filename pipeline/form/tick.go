package form

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// tick is what a box, or the cell of a column in which one is marked, says.
type tick byte

const (
	unticked tick = iota
	ticked
	tickUnclear
)

const (
	tickSigns = "☑✓✔✅🗹"
	boxSigns  = "☐□▢○◯❏❑⬜"
	crosses   = "✗✘✕✖×❌" // to some the mark of what is so, to others of what is not
	crossed   = "☒"      // what Word makes of a box that is ticked
)

// boxes are the signs with which a form offers statuses; the first group is one
// that is ticked.
var boxes = regexp.MustCompile(`([` + tickSigns + `]|\[\s*[xXvV]\s*\]|\(\s*[xXvV]\s*\))|[` + boxSigns + crosses + crossed + `]|\[\s*\]|\(\s*\)`)

// tickedPart is what of a text stands beside its only ticked box, the whole text
// when it has no boxes. It is false when nothing is ticked, or more than one.
func tickedPart(said string) (string, bool) {
	if strings.ContainsAny(said, boxSigns) && strings.Count(said, crossed) == 1 {
		said = strings.ReplaceAll(said, crossed, tickSigns[:len("☑")])
	}
	found := boxes.FindAllStringSubmatchIndex(said, -1)
	if found == nil {
		return said, true
	}
	before := plain(said[:found[0][0]]) == ""
	if !before && plain(said[found[len(found)-1][1]:]) != "" {
		return "", false
	}
	part, n := "", 0
	for i, at := range found {
		if at[2] < 0 {
			continue
		}
		n++
		from, to := at[1], len(said)
		if before && i+1 < len(found) {
			to = found[i+1][0]
		}
		if !before {
			from, to = 0, at[0]
			if i > 0 {
				from = found[i-1][1]
			}
		}
		part = said[from:to]
	}
	return part, n == 1
}

var (
	tickWords   = []string{"x", "v", "1", "co", "dung", "true"}
	untickWords = []string{"0", "0 %", "khong", "khong co", "ko", "chua", "chua co", "sai", "false", "n a", "no"}
)

// tickIn is what the cell of a column headed with a status says. Besides the marks
// that everybody uses a dash, 0 and "không" are understood, which say no.
func tickIn(text string) tick {
	text = strings.TrimSpace(text)
	bare := strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("-–—−.", r) })
	words := plain(text)
	switch at := boxes.FindStringSubmatchIndex(text); {
	case bare == "", slices.Contains(untickWords, words):
		return unticked
	case slices.Contains(tickWords, words) && !strings.ContainsAny(text, boxSigns+crosses+crossed):
		return ticked
	case at == nil || at[0] != 0 || at[1] != len(text), strings.ContainsAny(text, crosses+crossed):
		return tickUnclear
	case at[2] >= 0:
		return ticked
	}
	return unticked
}
