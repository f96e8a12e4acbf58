package render

import (
	"math"

	"baocao/pipeline/report"
)

const (
	// settleRows is how many rows are looked at to settle the widths: enough to
	// know a table by, few enough to cost little in a long one.
	settleRows = 120
	// headRows is how many rows stand on a page, about: the head comes again for
	// each so many of them.
	headRows = 7
	// headLines is how tall a head may be before it counts several times: with
	// the row of merged headings and the one of numbers about 30 mm at 10 points.
	headLines  = 6
	headExcess = 4
	// rounds and moves bound the search: a small move may make room for a large
	// one, but not for ever.
	rounds = 2
	moves  = 60
)

// settleSteps are the widths that are moved between two columns, in points: the
// large ones find the shape of a table, the small ones its best form.
var settleSteps = [...]int{32, 16, 8, 4, 2, 1}

// search looks for the widths of columns, in whole points, at which a table is
// short. It moves width from one column to another as long as that helps; among
// equal moves the first counts, so that the same table comes out the same.
type search struct {
	table  *report.Table
	total  float64
	around float64 // space round a cell's text
	layout TableLayout

	rows  []searchRow
	texts []*measure
	size  float64
	least []int
	width []int // of each column
}

// searchRow is a row of the table, or of its head.
type searchRow struct {
	cells  []*measure // per column; nil under a spanning cell
	spans  []spanning
	weight float64
	head   bool
	over   []*spanning // of the head, per column: the merged heading over it, nil where there is none
}

type spanning struct {
	first, span int
	text        *measure
}

func (r *Renderer) newSearch(t *report.Table, width float64) *search {
	s := &search{table: t, total: width, around: r.layout.Table.around(), layout: r.layout.Table}
	known := map[style]map[string]*measure{}
	text := func(face style, text string) *measure {
		if known[face] == nil {
			known[face] = map[string]*measure{}
		}
		m := known[face][text]
		if m == nil {
			m = r.typeface(face, 1).measure(text)
			known[face][text] = m
			s.texts = append(s.texts, m)
		}
		return m
	}
	n := min(len(t.Rows), settleRows)
	head := searchRow{cells: make([]*measure, len(t.Columns)), head: true, weight: max(1, float64(n)/headRows)}
	head.over = make([]*spanning, len(t.Columns))
	for i, c := range t.Columns {
		head.cells[i] = text(bold, c.Title)
	}
	for _, g := range groups(t.Columns) {
		for i := g.first; i < g.first+g.span; i++ {
			head.over[i] = &spanning{g.first, g.span, text(bold, g.title)}
		}
	}
	s.rows = append(s.rows, head)
	for k := range n {
		row := t.Rows[k*len(t.Rows)/n]
		one := searchRow{cells: make([]*measure, len(t.Columns)), weight: 1}
		at := 0
		for _, c := range row.Cells {
			m := text(rowStyle(row.Kind), c.Text)
			if n := span(c); n > 1 {
				one.spans = append(one.spans, spanning{at, n, m})
			} else {
				one.cells[at] = m
			}
			at += span(c)
		}
		s.rows = append(s.rows, one)
	}
	return s
}

// at begins the search at a size of type, from the widths that were found last,
// or the shares that the document asks for.
func (s *search) at(size float64, least []float64) {
	s.size = size
	for _, m := range s.texts {
		m.forget()
	}
	from := make([]float64, len(least))
	if s.width == nil {
		copy(from, share(s.table.Columns, least, s.total))
	} else {
		for i, w := range s.width {
			from[i] = max(float64(w), least[i])
		}
	}
	s.least, s.width = make([]int, len(least)), make([]int, len(least))
	over := -int(s.total)
	for i := range least {
		s.least[i] = int(math.Ceil(least[i]))
		s.width[i] = max(int(from[i]), s.least[i])
		over += s.width[i]
	}
	s.level(over)
}

// level takes from the columns that have most to spare what is too much in all,
// and gives to the widest what is left over.
func (s *search) level(over int) {
	for ; over > 0; over-- {
		most := 0
		for i := range s.width {
			if s.width[i]-s.least[i] > s.width[most]-s.least[most] {
				most = i
			}
		}
		if s.width[most] == s.least[most] {
			s.least[most]--
		}
		s.width[most]--
	}
	if over < 0 {
		s.width[s.widest()] -= over
	}
}

func (s *search) widest() int {
	wide := 0
	for i := range s.width {
		if s.width[i] > s.width[wide] {
			wide = i
		}
	}
	return wide
}

// points are the widths that were found; what the whole points leave over goes to
// the widest column.
func (s *search) points() []float64 {
	widths := make([]float64, len(s.width))
	for i, w := range s.width {
		widths[i] = float64(w)
	}
	if wide := s.widest(); len(widths) > 0 {
		widths[wide] += s.total - sum(widths)
	}
	return widths
}

// settle moves widths until no move helps, and gives the table's height in
// points, reckoned from the rows that are looked at.
func (s *search) settle() float64 {
	for range rounds {
		for _, step := range settleSteps {
			for range moves {
				if !s.move(step) {
					break
				}
			}
		}
	}
	return s.height()
}

// room is what a cell of so many points has for text.
func (s *search) room(width int) int { return int(float64(width) - s.around) }
