package render

import (
	"strings"

	"baocao/pipeline/report"
)

// section is a main text or an annex while it is being laid out.
type section struct {
	r      *Renderer
	words  report.Words
	paper  paper
	strips []strip
	tables *int // tables set so far in the whole document
}

// para is how a piece of running text is set.
type para struct {
	face    typeface
	align   report.Align
	justify bool
	indent  float64 // of the first line
	gap     float64 // above
	keep    bool    // with what follows
}

func (s *section) band(size float64) float64 { return s.r.layout.Body.Leading * size }

// text sets text over the whole width.
func (s *section) text(text string, p para) {
	width := s.paper.measure()
	s.lines(p.face.wrap(text, width-p.indent, width), p)
}

// lines sets wrapped lines. Neither the first nor the last line of a paragraph
// is left alone on a page.
func (s *section) lines(lines []line, p para) {
	width, band := s.paper.measure(), s.band(p.face.size)
	for i, l := range lines {
		x, room := s.paper.left, width
		if i == 0 {
			x, room = x+p.indent, room-p.indent
		}
		one := strip{height: band, keep: p.keep || i == 0 && len(lines) > 1 || i == len(lines)-2}
		if i == 0 {
			one.gap = p.gap
		}
		runs := p.face.lines([]line{l}, x, 0, room, band, p.align)
		if p.justify && !l.end && len(runs) > 0 && l.width >= leastFull*room && strings.Contains(l.text, " ") {
			runs[0].stretch = room
		}
		one.boxes = []box{{x: x, w: room, h: band, runs: runs}}
		s.strips = append(s.strips, one)
	}
}

// leastFull is how full a line must be to be stretched: one that ends early
// because a very long word follows would become a row of holes.
const leastFull = 0.7

// shortLine sets the rule under a title: centred, of the given length.
func (s *section) shortLine(length float64, keep bool) {
	middle := (s.paper.left + s.paper.right) / 2
	line := strip{height: 6, keep: keep}
	line.rule(middle-length/2, 3, middle+length/2, 3, thin)
	s.strips = append(s.strips, line)
}

const (
	// thin is the thickness of the rules of letterhead and titles.
	thin = 0.75
	// shortRule is the length of the rule under an agency's name or a title, of
	// the text's: NĐ 30/2020/NĐ-CP, PL I, mục II allows a third to a half.
	shortRule = 0.4
)

// blocks sets running text.
func (s *section) blocks(blocks []report.Block) {
	l := s.r.layout.Body
	indent := l.Indent * mm
	plain := para{face: s.r.typeface(regular, l.Size), justify: true, indent: indent, gap: l.Gap}
	for i, b := range blocks {
		switch {
		case b.Heading != "":
			first := len(s.strips)
			s.text(b.Heading, para{face: s.r.typeface(bold, l.Size), indent: indent, gap: l.Gap, keep: true})
			s.strips[first].title = b.Heading
		case b.Paragraph != "":
			lead := plain
			lead.keep = i+1 < len(blocks) && blocks[i+1].Item != "" // it leads to a list
			s.text(b.Paragraph, lead)
		case b.Item != "":
			s.text(dashed(b.Item), plain)
		case b.Table != nil:
			s.table(b.Table, *s.tables)
			*s.tables++
		case b.Chart != nil:
			s.chart(b.Chart)
		}
	}
}

// dashed begins an item of a list with its dash.
func dashed(item string) string {
	if strings.HasPrefix(item, "-") {
		return item
	}
	return "- " + item
}
