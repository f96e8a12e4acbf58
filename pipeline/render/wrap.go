package render

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// typeface is a style at a size: all that is needed to measure text.
type typeface struct {
	face  *face
	style style
	size  float64
}

func (r *Renderer) typeface(s style, size float64) typeface {
	return typeface{face: &r.faces[s], style: s, size: size}
}

// width is the length of text in points.
func (t typeface) width(text string) float64 {
	units := 0
	for _, r := range text {
		units += t.face.units(r)
	}
	return float64(units) * t.size / emUnits
}

// line is one line of wrapped text, source[from:to]. Between two lines lie only
// the spaces or the line end that the break took.
type line struct {
	text     string
	from, to int
	width    float64
	end      bool // ends its paragraph, so it is never stretched
	broken   bool // ends within a word, where no reader expects it
}

// wrap breaks text into lines no wider than width, the first of each paragraph
// no wider than first. It breaks at spaces; a word wider than a whole line is
// broken after a hyphen, slash or the like, and where it has none, anywhere.
// Empty text has no lines.
func (t typeface) wrap(text string, first, width float64) []line {
	if text == "" {
		return nil
	}
	w := wrapper{t: t, text: text}
	for start := 0; start <= len(text); {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		w.paragraph(start, end, first, width)
		start = end + 1
	}
	return w.lines
}

type wrapper struct {
	t     typeface
	text  string
	lines []line
}

// paragraph wraps text[from:to], which has no line end in it.
func (w *wrapper) paragraph(from, to int, first, width float64) {
	to = from + len(strings.TrimRight(w.text[from:to], " "))
	from += len(w.text[from:to]) - len(strings.TrimLeft(w.text[from:to], " "))
	limit := first
	begin, end, used := from, from, 0.0 // the line being filled is text[begin:end]
	emit := func(last bool) {
		w.lines = append(w.lines, line{text: w.text[begin:end], from: begin, to: end, width: used, end: last})
		limit = width
	}
	for end < to {
		word := end + countSpaces(w.text[end:to])
		next := word + wordLength(w.text[word:to])
		gap, long := w.t.width(w.text[end:word]), w.t.width(w.text[word:next])
		if used+gap+long <= limit {
			end, used = next, used+gap+long
			continue
		}
		if end > begin {
			emit(false)
			begin, end, used = word, word, 0
			continue
		}
		if end = word + w.fitting(w.text[word:next], limit); end < next {
			used = w.t.width(w.text[word:end])
			emit(false)
			last, _ := utf8.DecodeLastRuneInString(w.text[:end])
			w.lines[len(w.lines)-1].broken = !softBreak(last)
			begin, used = end, 0
			continue
		}
		used = long // one rune wider than the line
	}
	emit(true)
}

// fitting is the length of the part of a word that goes on a line of the width:
// up to the last place where a break can be read, else as much as fits; at least
// one rune with its marks.
func (w *wrapper) fitting(word string, width float64) int {
	used, fits, soft := 0.0, 0, 0
	for i, r := range word {
		size := utf8.RuneLen(r)
		used += float64(w.t.face.units(r)) * w.t.size / emUnits
		if used > width && fits > 0 && !unicode.Is(unicode.Mn, r) {
			break
		}
		if fits = i + size; softBreak(r) && fits < len(word) {
			soft = fits
		}
	}
	if fits == len(word) || soft == 0 {
		return fits
	}
	return soft
}

// softBreak tells whether a reader expects that a long name may go on in the
// next line after the rune.
func softBreak(r rune) bool {
	return strings.ContainsRune("-–—/\\_.,;:)]}@&=+|", r)
}

func countSpaces(s string) int { return len(s) - len(strings.TrimLeft(s, " ")) }

func wordLength(s string) int {
	if i := strings.IndexByte(s, ' '); i >= 0 {
		return i
	}
	return len(s)
}

// balance gives the lines of a title: as few as the width allows, and then of
// about the same length.
func (t typeface) balance(text string, width float64) []line {
	best := t.wrap(text, width, width)
	low, high := min(t.longestWord(text), width), width
	for high-low > 1 {
		middle := (low + high) / 2
		if lines := t.wrap(text, middle, middle); len(lines) > len(best) || widest(lines) > middle {
			low = middle
		} else {
			best, high = lines, middle
		}
	}
	return best
}

func widest(lines []line) float64 {
	wide := 0.0
	for _, l := range lines {
		wide = max(wide, l.width)
	}
	return wide
}

// longestWord is the width of the longest word, taken whole.
func (t typeface) longestWord(text string) float64 {
	long := 0.0
	for word := range strings.FieldsFuncSeq(text, isBreak) {
		long = max(long, t.width(word))
	}
	return long
}

func isBreak(r rune) bool { return r == ' ' || r == '\n' }
