package render

import (
	"strconv"

	"baocao/pipeline/report"
)

// rowStyle is how a row's kind shows.
func rowStyle(kind report.RowKind) style {
	switch kind {
	case report.Group, report.Totals:
		return bold
	case report.Sub:
		return boldItalic
	}
	return regular
}

// grid is a table's columns on a page.
type grid struct {
	layout    TableLayout
	x         float64   // left edge
	widths    []float64 // of the columns
	size      float64   // of the type
	continued string    // follows a row's code after a page break
}

func (g *grid) leading() float64 { return g.layout.Leading * g.size }

// span is the place and width of columns that stand together.
func (g *grid) span(first, n int) (x, width float64) {
	return g.x + sum(g.widths[:first]), sum(g.widths[first : first+n])
}

// inner is the room for text between the rules.
func (g *grid) inner(width float64) float64 { return width - 2*g.layout.Pad - g.layout.Rule/2 }

// headLeading is the distance of two lines of a heading.
func (g *grid) headLeading() float64 { return g.layout.Leading * g.layout.head(g.size) }

// rowCell is a cell whose text is wrapped.
type rowCell struct {
	first, span int
	lines       []line
	align       report.Align
	face        typeface
	id          cellID
	role        role
}

// bodyRow is a row, or what is left of one after a page break.
type bodyRow struct {
	grid  *grid
	kind  report.RowKind
	cells []rowCell
	code  []line // the first cell's text as it is repeated
	first bool   // nothing of the row has been set yet
}

func (b *bodyRow) lines() int {
	most := 1
	for _, c := range b.cells {
		most = max(most, len(c.lines))
	}
	return most
}

func (b *bodyRow) height(lines int) float64 {
	return float64(lines)*b.grid.leading() + 2*b.grid.layout.Pad
}

const (
	// leastLines is how many lines of a divided row are worth beginning at the
	// foot of a page.
	leastLines = 4
	// leaveLines is how many lines of it are worth going on with on the next.
	leaveLines = 2
)

func (b *bodyRow) least() float64 { return b.height(min(b.lines(), leastLines)) }

// divide gives the part of the row that fits the room and the rest of it; nil
// for a part that has no line.
func (b *bodyRow) divide(room float64) (part, rest *bodyRow) {
	n := b.lines()
	if b.height(n) <= room {
		return b, nil
	}
	fits := int((room - 2*b.grid.layout.Pad) / b.grid.leading())
	if fits < 1 || !b.first && fits < len(b.code) {
		return nil, b
	}
	fits = max(1, min(fits, n-leaveLines))
	first, second := *b, *b
	first.cells = make([]rowCell, len(b.cells))
	second.cells = make([]rowCell, len(b.cells))
	for i, c := range b.cells {
		head, tail := c, c
		cut := min(fits, len(c.lines))
		head.lines, tail.lines = c.lines[:cut], c.lines[cut:]
		if i == 0 && len(tail.lines) == 0 {
			tail.lines, tail.role = b.code, roleRepeat
		}
		first.cells[i], second.cells[i] = head, tail
	}
	second.first = false
	return &first, &second
}

// strip sets the row: a box for each cell, a rule under it and one at each side
// of each cell.
func (b *bodyRow) strip() strip {
	g := b.grid
	height := b.height(b.lines())
	s := strip{height: height}
	rule := g.layout.Rule
	for _, c := range b.cells {
		x, width := g.span(c.first, c.span)
		bx := box{x: x, y: 0, w: width, h: height, role: c.role, cell: c.id}
		bx.runs = c.face.lines(c.lines, x+g.layout.Pad, g.layout.Pad, width-2*g.layout.Pad, g.leading(), c.align)
		s.boxes = append(s.boxes, bx)
		s.strokes = append(s.strokes, stroke{x, 0, x, height, rule})
	}
	left, width := g.span(0, len(g.widths))
	s.strokes = append(s.strokes,
		stroke{left + width, 0, left + width, height, rule},
		stroke{left, height, left + width, height, rule})
	return s
}

// table sets a table: its head, its rows and the line under it.
func (s *section) table(t *report.Table, number int) {
	fitted := s.r.fit(t, s.paper.measure())
	g := &grid{layout: s.r.layout.Table, x: s.paper.left, widths: fitted.widths, size: fitted.size, continued: s.words.Continued}
	head := s.tableHead(t, g)
	head.gap = s.r.layout.Body.Gap
	head.keep = len(t.Rows) > 0 || t.Note != ""
	repeated := head
	s.strips = append(s.strips, head)
	for i, row := range t.Rows {
		b := s.bodyRow(t, g, row, cellID{table: number, row: i})
		one := b.strip()
		one.row, one.head = b, &repeated
		last := i == len(t.Rows)-1
		one.keep = row.Kind == report.Group && !last || row.Kind == report.Sub && !last ||
			!last && t.Rows[i+1].Kind == report.Totals || last && t.Note != ""
		s.strips = append(s.strips, one)
	}
	if t.Note != "" {
		s.text(t.Note, para{face: s.r.typeface(italic, s.r.layout.Body.Size-1), gap: 3})
	}
}

func (s *section) bodyRow(t *report.Table, g *grid, row report.Row, id cellID) *bodyRow {
	face := s.r.typeface(rowStyle(row.Kind), g.size)
	b := &bodyRow{grid: g, kind: row.Kind, first: true}
	at := 0
	for i, c := range row.Cells {
		n := span(c)
		_, width := g.span(at, n)
		id.cell = i
		b.cells = append(b.cells, rowCell{
			first: at, span: n, face: face, role: roleCell, id: id,
			align: alignment(c, t.Columns[at]),
			lines: face.wrap(c.Text, g.inner(width), g.inner(width)),
		})
		if i == 0 {
			b.code = face.wrap(join(c.Text, g.continued), g.inner(width), g.inner(width))
		}
		at += n
	}
	return b
}

// join puts a space between two texts if there are two.
func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + b
}

// tableHead sets the headings: two rows if there are merged ones, and under them
// the numbers of the columns.
func (s *section) tableHead(t *report.Table, g *grid) strip {
	face := s.r.typeface(bold, g.layout.head(g.size))
	top := 0.0 // height of the row of merged headings
	merged := groups(t.Columns)
	for _, m := range merged {
		_, width := g.span(m.first, m.span)
		top = max(top, g.headHeight(face.wrap(m.title, g.inner(width), g.inner(width))))
	}
	titles := make([][]line, len(t.Columns))
	height := top
	for i, c := range t.Columns {
		titles[i] = face.wrap(c.Title, g.inner(g.widths[i]), g.inner(g.widths[i]))
		if above := top; c.Group == "" {
			height = max(height, g.headHeight(titles[i]))
		} else {
			height = max(height, above+g.headHeight(titles[i]))
		}
	}
	head := strip{}
	left, width := g.span(0, len(g.widths))
	head.rule(left, 0, left+width, 0, g.layout.Rule)
	for i, c := range t.Columns {
		from := 0.0
		if c.Group != "" {
			from = top
		}
		head.headCell(g, face, titles[i], i, 1, from, height)
	}
	for _, m := range merged {
		_, wide := g.span(m.first, m.span)
		head.headCell(g, face, face.wrap(m.title, g.inner(wide), g.inner(wide)), m.first, m.span, 0, top)
	}
	head.height = height
	if t.Numbers {
		face := s.r.typeface(regular, g.layout.head(g.size))
		row := g.headLeading() + 2*g.layout.Pad
		for i := range t.Columns {
			text := "(" + strconv.Itoa(i+1) + ")"
			head.headCell(g, face, face.wrap(text, g.widths[i], g.widths[i]), i, 1, height, height+row)
		}
		head.height += row
	}
	head.rule(left+width, 0, left+width, head.height, g.layout.Rule)
	return head
}

func (g *grid) headHeight(lines []line) float64 {
	return float64(max(1, len(lines)))*g.headLeading() + 2*g.layout.Pad
}

// headCell adds a heading, in the middle of its cell, with the rules at its left
// and under it.
func (s *strip) headCell(g *grid, face typeface, lines []line, first, span int, top, bottom float64) {
	x, width := g.span(first, span)
	down := (bottom - top - float64(len(lines))*g.headLeading()) / 2
	s.boxes = append(s.boxes, box{
		x: x, y: top, w: width, h: bottom - top, role: roleHead,
		runs: face.lines(lines, x+g.layout.Pad, top+down, width-2*g.layout.Pad, g.headLeading(), report.Center),
	})
	s.rule(x, top, x, bottom, g.layout.Rule)
	s.rule(x, bottom, x+width, bottom, g.layout.Rule)
}

func (s *strip) rule(x1, y1, x2, y2, w float64) {
	s.strokes = append(s.strokes, stroke{x1, y1, x2, y2, w})
}
