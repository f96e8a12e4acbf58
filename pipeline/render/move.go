package render

import "math"

// move moves a step of width from the column that misses it least to the column
// that gains most by it, if the table becomes shorter.
func (s *search) move(step int) bool {
	n := len(s.width)
	won := make([]float64, n*n)
	fall, rise := make([]float64, n), make([]float64, n) // heights with a step less and more
	for r := range s.rows {
		row := &s.rows[r]
		top := s.tallest(row)
		for i, m := range row.cells {
			if m == nil {
				fall[i], rise[i] = 0, 0
				continue
			}
			fall[i] = s.weigh(row, i, -step)
			rise[i] = s.weigh(row, i, step)
		}
		for i := range n {
			if s.width[i]-step < s.least[i] {
				continue
			}
			for j := range n {
				if i != j {
					won[i*n+j] += row.weight * (top.first - max(top.without(i, j), fall[i], rise[j]))
				}
			}
		}
	}
	best, gain := -1, tolerance
	for k, w := range won {
		if w > gain && s.width[k/n]-step >= s.least[k/n] {
			best, gain = k, w
		}
	}
	if best < 0 {
		return false
	}
	s.width[best/n] -= step
	s.width[best%n] += step
	return true
}

// weigh is the height of a column's cell in a row if the column were so many
// points wider, with the merged heading over it; a head taller than it should be
// counts several times.
func (s *search) weigh(row *searchRow, i, wider int) float64 {
	tall := row.cells[i].height(s.room(s.width[i]+wider), s.size)
	if !row.head {
		return tall
	}
	if g := row.over[i]; g != nil {
		tall += g.text.height(s.room(s.across(g)+wider), s.size)
	}
	if tall > headLines {
		return tall + headExcess*(tall-headLines)
	}
	return tall
}

// across is the width of the columns that a spanning cell stands in.
func (s *search) across(c *spanning) int {
	wide := 0
	for _, w := range s.width[c.first : c.first+c.span] {
		wide += w
	}
	return wide
}

// tallest are the three greatest heights in a row, and whose they are.
type tallest struct {
	first, second, third float64
	i, j                 int
}

func (s *search) tallest(row *searchRow) tallest {
	top := tallest{first: 1, second: 1, third: 1, i: -1, j: -1} // an empty row has a line
	add := func(i int, tall float64) {
		switch {
		case tall > top.first:
			top = tallest{tall, top.first, top.second, i, top.i}
		case tall > top.second:
			top.second, top.third, top.j = tall, top.second, i
		case tall > top.third:
			top.third = tall
		}
	}
	for i, m := range row.cells {
		if m != nil {
			add(i, s.weigh(row, i, 0))
		}
	}
	for i := range row.spans {
		c := &row.spans[i]
		add(-1, c.text.height(s.room(s.across(c)), s.size))
	}
	return top
}

// without is the greatest height of the cells other than two.
func (t *tallest) without(i, j int) float64 {
	one, two := t.i >= 0 && (t.i == i || t.i == j), t.j >= 0 && (t.j == i || t.j == j)
	switch {
	case !one:
		return t.first
	case !two:
		return t.second
	}
	return t.third
}

// height is the table's height in points with the widths it has, without heads.
func (s *search) height() float64 {
	lines := 0.0
	for r := range s.rows {
		if row := &s.rows[r]; !row.head {
			top := s.tallest(row)
			lines += math.Floor(top.first)
		}
	}
	seen := max(1, len(s.rows)-1)
	all := float64(len(s.table.Rows))
	return all/float64(seen)*lines*s.layout.Leading*s.size + all*2*s.layout.Pad
}
