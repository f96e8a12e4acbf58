package render

import (
	"fmt"

	"baocao/pipeline/report"
)

// holeLimit is the part of a page that may stay empty below a row so that the
// next one begins a page of its own: a reader would rather turn a page than look
// for the other half of a row.
const holeLimit = 0.5

// paginate puts strips on pages. Strips that keep together go to the next page
// together if little of this one stays empty by that; else the row that the page
// cannot hold is divided between its lines, as is one that no page can hold.
func paginate(p paper, strips []strip) ([]*page, error) {
	f := filler{paper: p}
	f.turn(nil)
	for i := 0; i < len(strips); {
		end := i + 1
		for end < len(strips) && strips[end-1].keep {
			end++
		}
		chain := strips[i:end]
		if !f.fits(chain) && !f.fresh() && (f.hole() <= holeLimit*p.room() || !f.split(chain)) {
			f.turn(chain[0].head)
			continue
		}
		if !f.fits(chain) && f.fresh() && !f.split(chain) {
			for j := range chain {
				chain[j].divide = chain[j].row != nil
			}
			for !f.fits(chain) && len(chain) > 1 {
				chain = chain[:len(chain)-1]
			}
		}
		for _, s := range chain {
			if err := f.place(s); err != nil {
				return nil, err
			}
		}
		i += len(chain)
	}
	return f.pages, nil
}

// split finds the row of a chain that is divided where the page ends: the first
// one that the page cannot hold or, if that is a total, the one before it, which
// then leaves some lines to stand above the total.
func (f *filler) split(chain []strip) bool {
	y := f.y
	for j := range chain {
		s := &chain[j]
		if y > f.start {
			y += s.gap
		}
		if y+s.height <= f.paper.bottom+tolerance {
			y += s.height
			continue
		}
		if s.row != nil && s.row.kind == report.Plain {
			s.divide = s.row.lines() >= leastLines+leaveLines && y+s.row.least() <= f.paper.bottom+tolerance
			return s.divide
		}
		if j == 0 || s.row == nil || s.row.kind != report.Totals {
			return false
		}
		before := &chain[j-1]
		if before.row == nil || before.row.kind != report.Plain || before.row.lines() < leastLines+leaveLines {
			return false
		}
		before.divide, before.leave = true, leaveLines
		return true
	}
	return false
}

// hole is what is left of the page.
func (f *filler) hole() float64 { return f.paper.bottom - f.y }

// filler fills pages from top to bottom.
type filler struct {
	paper paper
	pages []*page
	y     float64 // where the next strip begins
	start float64 // where the first one on this page began, below a repeated head
}

func (f *filler) fresh() bool { return f.y == f.start }

// turn begins a page, with a table's head if the table goes on.
func (f *filler) turn(head *strip) {
	f.pages = append(f.pages, &page{paper: f.paper})
	f.y = f.paper.top
	if head != nil {
		f.put(head.again())
	}
	f.start = f.y
}

func (f *filler) put(s strip) {
	p := f.pages[len(f.pages)-1]
	p.add(s.at(f.y))
	if s.title != "" {
		p.sections = append(p.sections, entry{s.title, f.y})
	}
	f.y += s.height
}

// fits tells whether strips go on the page together.
func (f *filler) fits(strips []strip) bool {
	y := f.y
	for _, s := range strips {
		if y > f.start {
			y += s.gap
		}
		y += f.need(s)
	}
	return y <= f.paper.bottom+tolerance
}

// tolerance is what sums of fractions may be off by, in points.
const tolerance = 0.01

// need is the height a strip takes here: for a row that no page holds, that of
// its first lines.
func (f *filler) need(s strip) float64 {
	if f.divisible(s) {
		return s.row.least()
	}
	return s.height
}

func (f *filler) divisible(s strip) bool {
	return s.row != nil && (s.divide || s.height > f.paper.room()-s.head.height)
}

func (f *filler) place(s strip) error {
	if !f.fresh() {
		f.y += s.gap
	}
	if !f.divisible(s) {
		if f.overflows(s.height) && !f.fresh() {
			f.turn(s.head)
		}
		if f.overflows(s.height) {
			return fmt.Errorf("band of %.0f points does not fit a page of %.0f", s.height, f.paper.room())
		}
		f.put(s)
		return nil
	}
	room := f.hole() + tolerance
	if s.leave > 0 {
		room = min(room, s.row.height(s.row.lines()-s.leave))
	}
	for rest := s.row; rest != nil; room = f.hole() + tolerance {
		var part *bodyRow
		if part, rest = rest.divide(room); part != nil {
			f.put(part.strip())
		} else if f.fresh() {
			return fmt.Errorf("no line of a row fits below a head of %.0f points", s.head.height)
		}
		if rest != nil {
			f.turn(s.head)
		}
	}
	return nil
}

func (f *filler) overflows(height float64) bool {
	return f.y+height > f.paper.bottom+tolerance
}
