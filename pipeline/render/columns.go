package render

import (
	"math"
	"strings"

	"baocao/pipeline/report"
)

// columns is what a table's width was shared out to.
type columns struct {
	widths []float64
	size   float64 // of the type
}

// Shares of the table's width that one word may ask for; a longer one is broken.
// They are tried in turn until the columns have room beside each other.
var wordLimits = [...]float64{0.25, 0.18, 0.12, 0.08}

// slack is the part of the width that the longest words may take in all: with
// less left over, every column would be one word wide. A table of many columns
// comes to its smallest type by it.
const slack = 0.72

// fit chooses the size of a table's type and the widths of its columns: the
// largest size at which every column holds its longest word, then the shares the
// document asks for, then what makes the table shorter.
func (r *Renderer) fit(t *report.Table, width float64) columns {
	l := r.layout.Table
	var least []float64
	size := l.Min
search:
	for _, limit := range wordLimits {
		for s := l.Max; s >= l.Min; s -= 0.5 {
			least = r.leastWidths(t, s, width, limit)
			if sum(least) <= slack*width || s-0.5 < l.Min && sum(least) <= width {
				size = s
				break search
			}
		}
	}
	if over := sum(least) / width; over > 1 {
		for i := range least {
			least[i] /= over
		}
	}
	widths := share(t.Columns, least, width)
	r.settle(t, size, widths, least)
	return columns{widths: widths, size: size}
}

func sum(all []float64) float64 {
	total := 0.0
	for _, one := range all {
		total += one
	}
	return total
}

// leastWidths is, for each column, the width of its longest word with the space
// round it. A word wider than limit, a share of the whole, counts by its longest
// part that can be broken off.
func (r *Renderer) leastWidths(t *report.Table, size, width, limit float64) []float64 {
	l := r.layout.Table
	least := make([]float64, len(t.Columns))
	need := func(first, span int, s style, text string) {
		face := r.typeface(s, size)
		long := face.longestPart(text, limit*width) + 2*l.Pad + l.Rule
		if missing := long - sum(least[first:first+span]); missing > 0 {
			for i := first; i < first+span; i++ {
				least[i] += missing / float64(span)
			}
		}
	}
	for i, c := range t.Columns {
		need(i, 1, bold, c.Title)
	}
	for _, spans := range []bool{false, true} {
		for _, row := range t.Rows {
			at := 0
			for _, c := range row.Cells {
				if n := span(c); (n > 1) == spans {
					need(at, n, rowStyle(row.Kind), c.Text)
				}
				at += span(c)
			}
		}
	}
	for _, g := range groups(t.Columns) {
		need(g.first, g.span, bold, g.title)
	}
	return least
}

// longestPart is the width of the longest piece of text that should stay in one
// line: a word, or if it is wider than limit, what lies between its hyphens.
func (t typeface) longestPart(text string, limit float64) float64 {
	long := 0.0
	for word := range strings.FieldsFuncSeq(text, isBreak) {
		w := t.width(word)
		if w <= limit {
			long = max(long, w)
			continue
		}
		for part := range softParts(word) {
			long = max(long, min(t.width(part), limit))
		}
	}
	return long
}

// softParts are the pieces a word falls into, each with the rune it is broken
// after.
func softParts(word string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for len(word) > 0 {
			n := strings.IndexFunc(word, softBreak)
			if n < 0 {
				n = len(word)
			} else {
				n += len(word[n:]) - len(strings.TrimLeftFunc(word[n:], softBreak))
			}
			if !yield(word[:n]) {
				return
			}
			word = word[n:]
		}
	}
}

// share gives each column its share of the width, and to the ones whose words
// are longer than their share, what they need.
func share(cols []report.Column, least []float64, width float64) []float64 {
	widths := make([]float64, len(cols))
	set := make([]bool, len(cols))
	for {
		left, shares := width, 0.0
		for i, c := range cols {
			if set[i] {
				left -= widths[i]
			} else {
				shares += float64(max(c.Width, 1))
			}
		}
		again := false
		for i, c := range cols {
			if set[i] {
				continue
			}
			widths[i] = left * float64(max(c.Width, 1)) / shares
			if widths[i] < least[i] {
				widths[i], set[i], again = least[i], true, true
			}
		}
		if !again {
			break
		}
	}
	spread(widths, width)
	return widths
}

// spread takes up what is left of the width when every column has its least.
func spread(widths []float64, width float64) {
	if total := sum(widths); math.Abs(total-width) > tolerance && total > 0 {
		for i := range widths {
			widths[i] *= width / total
		}
	}
}

// columnGroup is a heading over neighbouring columns.
type columnGroup struct {
	title       string
	first, span int
}

// groups are the merged headings of a table.
func groups(cols []report.Column) []columnGroup {
	var all []columnGroup
	for i := 0; i < len(cols); {
		end := i + 1
		for end < len(cols) && cols[i].Group != "" && cols[end].Group == cols[i].Group {
			end++
		}
		if cols[i].Group != "" {
			all = append(all, columnGroup{cols[i].Group, i, end - i})
		}
		i = end
	}
	return all
}
