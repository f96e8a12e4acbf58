package render

import (
	"strings"

	"baocao/pipeline/report"
)

// columns is what a table's width was shared out to.
type columns struct {
	widths []float64
	size   float64 // of the type
}

// wordLimit is what one word may ask of a table's width. A word wider than whole
// goes on in the next line after a slash, a hyphen or the like; a piece of it
// wider than piece is broken anywhere.
type wordLimit struct{ whole, piece float64 }

// wordLimits are tried in turn until the columns have room beside each other.
var wordLimits = [...]wordLimit{{0.25, 0.25}, {0.18, 0.18}, {0.12, 0.12}, {0.08, 0.12}, {0.05, 0.12}, {0.08, 0.08}}

const (
	// slack is the part of the width that the longest words may take in all if
	// the type is to be larger than it must be: with less left over, every column
	// would be one word wide.
	slack = 0.72
	// crowded is the part that they may take at the least size.
	crowded = 0.8
	// sizeStep is the step between two sizes of type, in points.
	sizeStep = 0.5
	// longer is how much taller a table may become by larger type: a tenth of its
	// pages is worth half a point, not a whole one.
	longer = 1.10
	// short is the height, in points, of a table that takes the largest type in
	// any case: it stands on one page or runs over to a second.
	short = 480
)

// fitAnew chooses the size of a table's type and the widths of its columns. The size
// is the largest of the layout's at which every column holds its longest word and
// the table is not much taller than at the least one. The widths begin at the
// shares the document asks for and are moved to where they make the table short.
func (r *Renderer) fitAnew(t *report.Table, width float64) columns {
	l := r.layout.Table
	var least []float64
	var limit wordLimit
	for _, limit = range wordLimits {
		if least = r.leastWidths(t, l.Min, width, limit); sum(least) <= crowded*width {
			break
		}
	}
	if over := sum(least) / width; over > 1 {
		for i := range least {
			least[i] /= over
		}
	}
	search := r.newSearch(t, width)
	search.at(l.Min, least)
	lowest := search.settle()
	best := columns{widths: search.points(), size: l.Min}
	for size := l.Min + sizeStep; size <= l.Max; size += sizeStep {
		least = r.leastWidths(t, size, width, limit)
		if sum(least) > slack*width {
			break
		}
		search.at(size, least)
		if height := search.settle(); height > short && height > longer*lowest {
			break
		}
		best = columns{widths: search.points(), size: size}
	}
	return best
}

func sum(all []float64) float64 {
	total := 0.0
	for _, one := range all {
		total += one
	}
	return total
}

// leastWidths is, for each column, the width of its longest word with the space
// round it.
func (r *Renderer) leastWidths(t *report.Table, size, width float64, limit wordLimit) []float64 {
	around := r.layout.Table.around()
	least := make([]float64, len(t.Columns))
	need := func(first, span int, s style, text string) {
		if text == "" {
			return
		}
		long := r.typeface(s, size).longestPart(text, limit.whole*width, limit.piece*width) + around
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
// line: a word, or if it is wider than whole, what lies between its hyphens, as
// far as that is no wider than piece.
func (t typeface) longestPart(text string, whole, piece float64) float64 {
	long := 0.0
	for word := range strings.FieldsFuncSeq(text, isBreak) {
		w := t.width(word)
		if w <= whole {
			long = max(long, w)
			continue
		}
		for part := range softParts(word) {
			long = max(long, min(t.width(part), piece))
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
			return widths
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
