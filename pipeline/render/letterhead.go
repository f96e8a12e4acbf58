package render

import (
	"cmp"

	"baocao/pipeline/report"
)

// stack sets centred lines one under the other in a part of the page's width.
type stack struct {
	x, width float64
	height   float64
	boxes    []box
}

func (k *stack) add(t typeface, lines []line) {
	band := headLeading * t.size
	for _, l := range lines {
		k.boxes = append(k.boxes, box{
			x: k.x, y: k.height, w: k.width, h: band,
			runs: t.lines([]line{l}, k.x, k.height, k.width, band, report.Center),
		})
		k.height += band
	}
}

// headLeading is the leading of the letterhead: single spacing.
const headLeading = 1.18

// aboveAbout is the room between the symbol of a công văn and its trích yếu, in
// points: NĐ 30/2020/NĐ-CP, PL I, mục II.
const aboveAbout = 6

// about is the size of a công văn's trích yếu.
func (l HeadLayout) about() float64 { return cmp.Or(l.About, l.Symbol) }

// gutter is the least room between the two halves of a letterhead, in points.
const gutter = 8

// letterhead sets the head of page 1: on the right quốc hiệu and tiêu ngữ with a
// rule as long as the text, on the left chủ quản and the agency with a rule of a
// third to a half of the name; under them in one line the symbol and the place
// and date (NĐ 30/2020/NĐ-CP, PL I, mục II).
func (s *section) letterhead(h report.Letterhead) {
	l := s.r.layout.Letterhead
	nation, motto := s.r.typeface(bold, l.Nation), s.r.typeface(bold, l.Motto)
	place, symbol := s.r.typeface(italic, l.Place), s.r.typeface(regular, l.Symbol)
	parent, issuer := s.r.typeface(regular, l.Parent), s.r.typeface(bold, l.Issuer)

	measure := s.paper.measure()
	need := max(nation.width(h.Nation), motto.width(h.Motto), place.width(h.Place))
	right := stack{width: min(need+1, 0.64*measure)}
	right.x = s.paper.right - right.width
	left := stack{x: s.paper.left, width: measure - right.width - gutter}

	one := strip{keep: true}
	right.add(nation, nation.balance(h.Nation, right.width))
	mottoLines := motto.balance(h.Motto, right.width)
	right.add(motto, mottoLines)
	one.under(&right, widest(mottoLines))
	left.add(parent, parent.balance(h.Parent, left.width))
	issuerLines := issuer.balance(h.Issuer, left.width)
	left.add(issuer, issuerLines)
	one.under(&left, shortRule*widest(issuerLines))

	level := max(left.height, right.height) + 4
	left.height, right.height = level, level
	left.add(symbol, symbol.wrap(h.Symbol, left.width, left.width))
	if h.About != "" {
		about := s.r.typeface(regular, l.about())
		left.height += aboveAbout
		left.add(about, about.balance(h.About, left.width))
	}
	right.add(place, place.balance(h.Place, right.width))
	one.boxes = append(left.boxes, right.boxes...)
	one.height = max(left.height, right.height)
	s.strips = append(s.strips, one)
}

// under draws a rule in the middle under what a stack holds so far.
func (s *strip) under(k *stack, length float64) {
	if length == 0 {
		return
	}
	k.height += 3
	middle := k.x + k.width/2
	s.rule(middle-length/2, k.height, middle+length/2, k.height, thin)
	k.height += 2
}

// title sets tên loại, trích yếu and the addressee.
func (s *section) title(d *report.Document) {
	l := s.r.layout.Title
	center := func(t typeface, text string, gap float64) []line {
		lines := t.balance(text, titleWidth*s.paper.measure())
		s.lines(lines, para{face: t, align: report.Center, gap: gap, keep: true})
		return lines
	}
	center(s.r.typeface(bold, l.Kind), d.Kind, 18)
	if subject := center(s.r.typeface(bold, l.Subject), d.Subject, 0); len(subject) > 0 {
		s.shortLine(shortRule*widest(subject), true)
	}
	if d.Addressee != "" {
		center(s.r.typeface(regular, l.To), join(d.Words.To, d.Addressee), 10)
		s.strips = append(s.strips, strip{height: 4, keep: true})
	}
}

// titleWidth is how much of the page's width a title takes before it wraps.
const titleWidth = 0.86

// annexHead sets the head of a phụ lục.
func (s *section) annexHead(a report.Annex) {
	l := s.r.layout.Annex
	wide, measure := 0.0, s.paper.measure()
	for _, one := range []struct {
		face  typeface
		text  string
		width float64
	}{
		{s.r.typeface(bold, l.Label), a.Label, titleWidth * measure},
		{s.r.typeface(bold, l.Title), a.Title, titleWidth * measure},
		{s.r.typeface(italic, l.Reference), a.Reference, measure},
	} {
		lines := one.face.balance(one.text, one.width)
		s.lines(lines, para{face: one.face, align: report.Center, keep: true})
		wide = widest(lines)
	}
	s.shortLine(shortRule*wide, len(a.Body) > 0)
}
