package render

import "strings"

// lineEnd stands between the words of two paragraphs.
const lineEnd = -1

// measure is a text known by the widths of its words, at size 1.
type measure struct {
	words  []float64
	space  float64
	length float64   // of the longest paragraph
	memo   []float32 // height by the room in whole points; 0: not known yet
}

func (t typeface) measure(text string) *measure {
	t.size = 1
	m := &measure{space: t.width(" ")}
	if text == "" {
		return m
	}
	for paragraph := range strings.SplitSeq(text, "\n") {
		if m.words != nil {
			m.words = append(m.words, lineEnd)
		}
		long := -m.space
		for word := range strings.SplitSeq(paragraph, " ") {
			w := t.width(word)
			m.words = append(m.words, w)
			long += m.space + w
		}
		m.length = max(m.length, long)
	}
	return m
}

// lines is how many lines the text takes in a width; a word wider than that
// counts for as many as it is broken into.
func (m *measure) lines(width float64) float64 {
	if m.length <= 0 {
		return 0
	}
	lines, used, begun := 1.0, 0.0, false
	for _, word := range m.words {
		switch {
		case word == lineEnd:
			lines, used, begun = lines+1, 0, false
			continue
		case begun && used+m.space+word <= width:
			used += m.space + word
			continue
		case begun:
			lines++
		}
		used, begun = word, true
		for used > width && width > 0 {
			lines, used = lines+1, used-width
		}
	}
	return lines
}

// pull is what the length of a text counts for beside its lines: without it a
// column one word short of a line less would not be widened step by step.
const pull = 0.3

// height is what the text adds to a row in a cell of so many points for text, at
// a size: its lines, and a little for its length.
func (m *measure) height(room int, size float64) float64 {
	if m.length <= 0 {
		return 0
	}
	room = max(room, 1)
	if room >= len(m.memo) {
		m.memo = append(m.memo, make([]float32, room+8-len(m.memo))...)
	}
	if known := m.memo[room]; known > 0 {
		return float64(known)
	}
	width := float64(room) / size
	tall := m.lines(width)
	if m.length > width {
		tall += pull * m.length / width
	}
	m.memo[room] = float32(tall)
	return tall
}

// forget drops what is known of heights at another size.
func (m *measure) forget() { clear(m.memo) }
