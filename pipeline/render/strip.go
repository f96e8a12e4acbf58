package render

import "baocao/pipeline/report"

// A page is laid out before anything is drawn: text becomes strips, horizontal
// bands of which no page break goes through, with boxes of positioned text in
// them. Points throughout; y grows downwards, from the strip's top until the
// strip is placed, from the paper's top after.

// run is one piece of text on its baseline.
type run struct {
	x, y    float64
	text    string
	face    typeface
	stretch float64 // width its spaces are widened to fill; 0: none
	broken  bool    // its last word goes on in the next line without a hyphen
}

// role says what a box holds.
type role int

const (
	roleText   role = iota // running text, letterhead, titles, signature
	roleHead               // a column's heading or number
	roleCell               // a cell's text
	roleRepeat             // what is said again: a row's code after a page break, a head on its next page
	roleMargin             // page number and footer
	roleChart              // a chart's legend, names and figures
)

// cellID is the table, row and cell that a box's text comes from, counted from 0
// in the order of the document.
type cellID struct{ table, row, cell int }

// box is a rectangle that holds text; boxes of a page do not overlap.
type box struct {
	x, y, w, h float64
	role       role
	cell       cellID // of roleCell
	runs       []run
}

// stroke is a straight rule.
type stroke struct{ x1, y1, x2, y2, w float64 }

// strip is a band of a page.
type strip struct {
	height  float64
	gap     float64 // above it, unless it comes first on its page
	keep    bool    // stands on the same page as the strip after it
	boxes   []box
	strokes []stroke
	head    *strip   // printed again above it where it comes first on a page
	row     *bodyRow // a table's row, which may be divided
	title   string   // of the section that begins here; empty: none begins
	divide  bool     // the page does not hold the row with what it keeps to: divide it
	leave   int      // lines of a divided row that go to the next page in any case
}

// at is the strip moved to where it stands on its page.
func (s strip) at(y float64) strip {
	moved := strip{height: s.height, boxes: make([]box, len(s.boxes)), strokes: make([]stroke, len(s.strokes))}
	for i, b := range s.boxes {
		b.y += y
		runs := make([]run, len(b.runs))
		for j, r := range b.runs {
			r.y += y
			runs[j] = r
		}
		b.runs = runs
		moved.boxes[i] = b
	}
	for i, k := range s.strokes {
		k.y1, k.y2 = k.y1+y, k.y2+y
		moved.strokes[i] = k
	}
	return moved
}

// again is the strip as it is repeated on a further page.
func (s strip) again() strip {
	boxes := make([]box, len(s.boxes))
	for i, b := range s.boxes {
		b.role = roleRepeat
		boxes[i] = b
	}
	s.boxes, s.keep = boxes, true
	return s
}

// baseline is how far below the top of a line's band its letters stand.
func baseline(size, band float64) float64 {
	return (band-(ascent+descent)*size)/2 + ascent*size
}

// lines sets lines one under the other in a box of the given place and width.
func (t typeface) lines(lines []line, x, y, width, band float64, align report.Align) []run {
	runs := make([]run, 0, len(lines))
	for i, l := range lines {
		if l.text == "" {
			continue
		}
		r := run{x: x, y: y + float64(i)*band + baseline(t.size, band), text: l.text, face: t, broken: l.broken}
		switch align {
		case report.Center:
			r.x += (width - l.width) / 2
		case report.Right:
			r.x += width - l.width
		}
		runs = append(runs, r)
	}
	return runs
}
