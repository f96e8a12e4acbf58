package render

// mm is a millimetre in points.
const mm = 72 / 25.4

// A4, portrait.
const (
	a4Short = 210 * mm
	a4Long  = 297 * mm
)

// paper is a page and the part of it that text may take.
type paper struct {
	width, height            float64
	left, top, right, bottom float64 // edges of the text, from the paper's upper left corner
}

func newPaper(m Margins, landscape bool) paper {
	p := paper{width: a4Short, height: a4Long}
	if landscape {
		p.width, p.height = p.height, p.width
	}
	p.left, p.right = m.Left*mm, p.width-m.Right*mm
	p.top, p.bottom = m.Top*mm, p.height-m.Bottom*mm
	return p
}

// measure is the width of the text.
func (p paper) measure() float64 { return p.right - p.left }

// room is the height of the text.
func (p paper) room() float64 { return p.bottom - p.top }

// page is a page ready to be drawn.
type page struct {
	paper
	boxes    []box
	strokes  []stroke
	bookmark string // named in the reader's outline; empty: not named
	sections []entry
}

// entry is a section's title and how far down its page it stands: the second
// level of the reader's outline.
type entry struct {
	title string
	y     float64
}

func (p *page) add(s strip) {
	p.boxes = append(p.boxes, s.boxes...)
	p.strokes = append(p.strokes, s.strokes...)
}
