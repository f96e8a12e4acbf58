package render

import "math"

// hatch is how a bar is filled.
type hatch int

const (
	solid hatch = iota
	diagonal
	blank
	upright
	crossed
	hatches
)

const (
	hatchRule = 0.5 // thickness of the rules of a hatched bar
	hatchStep = 3.2 // distance of two of them
)

// swatch draws a filled rectangle, with nothing but rules.
func (s *strip) swatch(x, y, w, h float64, how hatch) {
	switch how {
	case solid:
		s.rule(x, y+h/2, x+w, y+h/2, h)
		return
	case diagonal:
		s.slanted(x, y, w, h)
	case upright:
		for at := hatchStep; at < w; at += hatchStep {
			s.rule(x+at, y, x+at, y+h, hatchRule)
		}
	case crossed:
		s.slanted(x, y, w, h)
		top := len(s.strokes)
		s.slanted(x, y, w, h)
		for i := range s.strokes[top:] { // the same, seen in a mirror
			k := &s.strokes[top+i]
			k.y1, k.y2 = 2*y+h-k.y1, 2*y+h-k.y2
		}
	}
	s.rule(x, y, x+w, y, hatchRule)
	s.rule(x, y+h, x+w, y+h, hatchRule)
	s.rule(x, y, x, y+h, hatchRule)
	s.rule(x+w, y, x+w, y+h, hatchRule)
}

// slanted draws rules that rise to the right within a rectangle.
func (s *strip) slanted(x, y, w, h float64) {
	const step = hatchStep * math.Sqrt2
	for at := step; at < w+h; at += step {
		x1, x2 := x+max(0, at-h), x+min(w, at)
		s.rule(x1, x+y+at-x1, x2, x+y+at-x2, hatchRule)
	}
}
