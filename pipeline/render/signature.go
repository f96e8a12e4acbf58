package render

import "baocao/pipeline/report"

// signature sets the end of the main text: on the right quyền hạn, room for
// signature and seal, and the name; on the left nơi nhận, level with it. The last
// lines of the text stay with it.
func (s *section) signature(g report.Signature) {
	if len(g.Authority) == 0 && len(g.Recipients) == 0 && g.Name == "" {
		return
	}
	if n := len(s.strips); n > 0 {
		s.strips[n-1].keep = true
	}
	l := s.r.layout.Signature
	half := s.paper.measure() / 2
	right := stack{x: s.paper.left + half, width: half}
	authority, name := s.r.typeface(bold, l.Authority), s.r.typeface(bold, l.Name)
	for _, text := range g.Authority {
		right.add(authority, authority.balance(text, half))
	}
	right.height += l.Room * mm
	right.add(name, name.balance(g.Name, half))

	left := stack{x: s.paper.left, width: half - gutter}
	if len(g.Authority) > 0 {
		left.height = l.drop()
	}
	lines := s.recipients(&left, g)
	one := strip{gap: 2 * s.r.layout.Body.Gap, boxes: append(right.boxes, left.boxes...)}
	one.height = max(right.height, left.height)
	s.strips = append(s.strips, one)
	// A list longer than the block beside it may go on over the page.
	s.lines(lines, para{face: s.r.typeface(regular, l.Recipients)})
}

// drop is how far lower than the smaller letters of "Nơi nhận:" those of chức vụ
// stand in their lines: the two are level.
func (l SignLayout) drop() float64 {
	return max(0, baseline(l.Authority, headLeading*l.Authority)-baseline(l.Label, headLeading*l.Label))
}

// recipients sets nơi nhận as far as it is no taller than half a page, and gives
// the lines that are left.
func (s *section) recipients(k *stack, g report.Signature) (rest []line) {
	if len(g.Recipients) == 0 {
		return nil
	}
	l := s.r.layout.Signature
	label, list := s.r.typeface(boldItalic, l.Label), s.r.typeface(regular, l.Recipients)
	k.left(label, label.wrap(s.words.Recipients, k.width, k.width))
	for _, text := range g.Recipients {
		for _, one := range list.wrap(dashed(text), k.width, k.width) {
			if rest != nil || k.height > s.paper.room()/2 {
				rest = append(rest, one)
				continue
			}
			k.left(list, []line{one})
		}
	}
	return rest
}

// left adds lines that begin at the stack's left edge.
func (k *stack) left(t typeface, lines []line) {
	band := headLeading * t.size
	for _, l := range lines {
		k.boxes = append(k.boxes, box{
			x: k.x, y: k.height, w: k.width, h: band,
			runs: t.lines([]line{l}, k.x, k.height, k.width, band, report.Left),
		})
		k.height += band
	}
}
