package render

import (
	"math"

	"baocao/pipeline/report"
)

// sheet is what stands in which cell of a workbook's sheet, before it is written.
// Its columns are those of its widest table; text and narrower tables stand in
// merged cells.
type sheet struct {
	r         *Renderer
	name      string
	words     report.Words
	landscape bool
	margins   Margins
	measure   float64   // width of the text, points
	widths    []float64 // of the columns
	rows      []sheetRow
	merges    []area
	heads     []area         // of the tables
	names     map[string]int // rows of the sheet, by their names
	charts    []sheetChart
	filter    *area
	prose     bool // text rather than a table to work with
}

// area is a rectangle of cells, counted from 1.
type area struct{ left, top, right, bottom int }

type sheetRow struct {
	height float64 // points
	cells  []sheetCell
}

// sheetCell is one cell or one merged range in its first row.
type sheetCell struct {
	left, right int // columns, counted from 1
	value       any // string or float64; nil: empty
	formula     string
	link        report.Link
	style       cellStyle
}

// cellStyle is how a cell looks.
type cellStyle struct {
	face      style
	size      float64
	align     report.Align
	middle    bool // set in the middle of its height, not at the top
	justify   bool
	underline bool
	rules     bool // round the cell
	number    bool
	decimals  int // of a number
	date      dateForm
	link      bool // leads to a file
	code      bool // short text, kept from being read as a number or a date
}

const (
	// maxRow is the height a row of a sheet may have, in points, a little below
	// what programs take.
	maxRow = 400
	// sheetLeading is the height workbook programs give a line, in sizes.
	sheetLeading = 1.32
	// rowPad is the height of a row beside its lines.
	rowPad = 3
	// cellPad is the room beside a cell's text that programs keep, in points.
	cellPad = 4.5
	// caution narrows what text is measured in, as another program's letters may
	// be a little wider.
	caution = 0.98
)

// newSheet begins a sheet for the blocks of a main text or an annex.
func (r *Renderer) newSheet(d *report.Document, name string, m Margins, landscape bool, blocks []report.Block) *sheet {
	s := &sheet{r: r, names: map[string]int{}, name: name, words: d.Words, landscape: landscape, margins: m}
	s.measure = newPaper(m, landscape).measure()
	s.widths = []float64{0.42 * s.measure, 0.58 * s.measure}
	var tables []*report.Table
	for _, b := range blocks {
		t := b.Table
		if b.Chart != nil {
			t = b.Chart.Table()
		}
		if t == nil {
			continue
		}
		tables = append(tables, t)
		if len(t.Columns) > len(s.widths) {
			s.widths = r.fitSheet(t, s.measure).widths
		}
	}
	for _, t := range tables {
		s.widen(t)
	}
	return s
}

func (s *sheet) typeface(c cellStyle) typeface { return s.r.typeface(c.face, c.size) }

// room is the width of text in the columns from left to right.
func (s *sheet) room(left, right int) float64 {
	return caution*sum(s.widths[left-1:right]) - cellPad
}

// rowHeight is the height of a row of so many lines.
func rowHeight(lines int, size float64) float64 {
	return math.Ceil(float64(max(1, lines))*sheetLeading*size) + rowPad
}

// rowLines is how many lines a row takes at most.
func rowLines(size float64) int { return int((maxRow - rowPad) / (sheetLeading * size)) }

// text adds text over the columns from left to right: a row, or several if it is
// longer than a row may be tall.
func (s *sheet) text(text string, c cellStyle) {
	if text == "" {
		return
	}
	last := len(s.widths)
	lines := s.typeface(c).wrap(text, s.room(1, last), s.room(1, last))
	for most := rowLines(c.size); len(lines) > 0; {
		n := min(most, len(lines))
		s.add(sheetRow{
			height: rowHeight(n, c.size),
			cells:  []sheetCell{{left: 1, right: last, value: piece(text, lines[:n]), style: c}},
		})
		lines = lines[n:]
	}
}

// piece is the part of a text that lines were wrapped from, with the spaces and
// line ends between them.
func piece(text string, lines []line) string {
	if len(lines) == 0 {
		return ""
	}
	return text[lines[0].from:lines[len(lines)-1].to]
}

// add adds a row and merges what covers several columns.
func (s *sheet) add(row sheetRow) {
	s.rows = append(s.rows, row)
	for _, c := range row.cells {
		if c.right > c.left {
			s.merges = append(s.merges, area{c.left, len(s.rows), c.right, len(s.rows)})
		}
	}
}

// skip leaves an empty row.
func (s *sheet) skip() { s.add(sheetRow{height: 9}) }

// pair adds a row of a left and a right half.
func (s *sheet) pair(left, right string, a, b cellStyle) {
	if left == "" && right == "" {
		return
	}
	split := s.split()
	last := len(s.widths)
	lines := max(
		len(s.typeface(a).wrap(left, s.room(1, split), s.room(1, split))),
		len(s.typeface(b).wrap(right, s.room(split+1, last), s.room(split+1, last))))
	s.add(sheetRow{height: rowHeight(lines, max(a.size, b.size)), cells: []sheetCell{
		{left: 1, right: split, value: left, style: a},
		{left: split + 1, right: last, value: right, style: b},
	}})
}

// split is the last column of the left half of a letterhead.
func (s *sheet) split() int {
	best, total, at := 1, sum(s.widths), 0.0
	off := math.Inf(1)
	for i, w := range s.widths[:len(s.widths)-1] {
		at += w
		if d := math.Abs(at - 0.42*total); d < off {
			best, off = i+1, d
		}
	}
	return best
}

// blocks adds running text and tables.
func (s *sheet) blocks(blocks []report.Block) {
	size := s.r.layout.Body.Size
	for _, b := range blocks {
		switch {
		case b.Heading != "":
			s.text(b.Heading, cellStyle{face: bold, size: size})
		case b.Paragraph != "":
			s.text(b.Paragraph, cellStyle{size: size, justify: true})
		case b.Item != "":
			s.text(dashed(b.Item), cellStyle{size: size, justify: true})
		case b.Table != nil:
			s.table(b.Table)
		case b.Chart != nil:
			s.chart(b.Chart)
		}
	}
}
