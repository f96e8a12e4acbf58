package render

import (
	"math"
	"strconv"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"baocao/pipeline/report"
)

// maxCode is the length up to which a text is kept from being read as a number
// or a date when somebody edits the cell; old programs show longer ones as "###".
const maxCode = 64

// sheetTable is a table while it is put on a sheet.
type sheetTable struct {
	*report.Table
	size   float64
	bounds []int // column i of the table stands in columns bounds[i]+1 … bounds[i+1] of the sheet
	rows   []int // sheet row of each of the table's rows
}

// table adds a table: head, rows and the line under it.
func (s *sheet) table(t *report.Table) *sheetTable {
	fitted := s.r.fitSheet(t, s.measure)
	st := &sheetTable{Table: t, size: fitted.size, bounds: bounds(fitted.widths, s.widths)}
	top := len(s.rows) + 1
	s.tableHead(st)
	head := area{1, top, len(s.widths), len(s.rows)}
	s.heads = append(s.heads, head)
	for i, row := range t.Rows {
		st.rows = append(st.rows, len(s.rows)+1)
		if _, known := s.names[row.Name]; row.Name != "" && !known {
			s.names[row.Name] = len(s.rows) + 1
		}
		s.tableRow(st, i, row)
	}
	if t.Filter && len(t.Rows) > 0 && s.filter == nil {
		s.filter = &area{1, head.bottom, len(s.widths), len(s.rows)}
	}
	s.text(t.Note, cellStyle{face: italic, size: st.size})
	s.skip()
	return st
}

// bounds finds for each edge of a table's columns the nearest edge of the
// sheet's, so that no column comes to nothing.
func bounds(table, grid []float64) []int {
	edges := make([]int, len(table)+1)
	edges[len(table)] = len(grid)
	wanted, reached, at := 0.0, 0.0, 0
	for i := 1; i < len(table); i++ {
		wanted += table[i-1]
		reached += grid[at]
		at++
		for len(grid)-at > len(table)-i && math.Abs(reached+grid[at]-wanted) < math.Abs(reached-wanted) {
			reached += grid[at]
			at++
		}
		edges[i] = at
	}
	return edges
}

// columns are the sheet's columns that span columns of the table from first on
// stand in.
func (t *sheetTable) columns(first, span int) (left, right int) {
	return t.bounds[first] + 1, t.bounds[first+span]
}

func (s *sheet) tableHead(t *sheetTable) {
	heading := cellStyle{face: bold, size: t.size, align: report.Center, middle: true, rules: true}
	face := s.typeface(heading)
	lines := func(text string, left, right int) int {
		return len(face.wrap(text, s.room(left, right), s.room(left, right)))
	}
	merged := groups(t.Columns)
	var upper, lower sheetRow
	above, below, across := 0, 0, 0
	for _, g := range merged {
		left, right := t.columns(g.first, g.span)
		above = max(above, lines(g.title, left, right))
		upper.cells = append(upper.cells, sheetCell{left: left, right: right, value: g.title, style: heading})
	}
	top := len(s.rows) + 1
	for i, c := range t.Columns {
		left, right := t.columns(i, 1)
		one := sheetCell{left: left, right: right, value: c.Title, style: heading}
		switch {
		case c.Group != "":
			below = max(below, lines(c.Title, left, right))
			lower.cells = append(lower.cells, one)
		case len(merged) == 0:
			below = max(below, lines(c.Title, left, right))
			lower.cells = append(lower.cells, one)
		default:
			across = max(across, lines(c.Title, left, right))
			upper.cells = append(upper.cells, one)
			lower.cells = append(lower.cells, sheetCell{left: left, right: right, style: heading})
		}
	}
	if len(merged) > 0 {
		upper.height = min(maxRow, rowHeight(above, t.size))
		s.addHead(upper)
	}
	lower.height = min(maxRow, max(rowHeight(below, t.size), rowHeight(across, t.size)-upper.height))
	s.addHead(lower)
	for i, c := range t.Columns {
		left, right := t.columns(i, 1)
		if bottom := len(s.rows); c.Group != "" || len(merged) == 0 {
			s.merge(area{left, bottom, right, bottom})
		} else {
			s.merge(area{left, top, right, bottom})
		}
	}
	for _, g := range merged {
		left, right := t.columns(g.first, g.span)
		s.merge(area{left, top, right, top})
	}
	if t.Numbers {
		row := sheetRow{height: rowHeight(1, t.size)}
		numbering := heading
		numbering.face = regular
		for i := range t.Columns {
			left, right := t.columns(i, 1)
			row.cells = append(row.cells, sheetCell{left: left, right: right, value: "(" + strconv.Itoa(i+1) + ")", style: numbering})
		}
		s.add(row)
	}
}

// addHead adds a row whose cells are merged by the caller.
func (s *sheet) addHead(row sheetRow) { s.rows = append(s.rows, row) }

func (s *sheet) merge(a area) {
	if a.right > a.left || a.bottom > a.top {
		s.merges = append(s.merges, a)
	}
}

// tableRow adds a row of a table; one taller than a row may be goes on in further
// rows that repeat its code.
func (s *sheet) tableRow(t *sheetTable, index int, row report.Row) {
	type column struct {
		cell  sheetCell
		text  string
		lines []line
	}
	var cols []column
	at, most := 0, 1
	for _, c := range row.Cells {
		left, right := t.columns(at, span(c))
		one := column{cell: s.tableCell(t, index, row, c, at), text: c.Text}
		one.cell.left, one.cell.right = left, right
		one.lines = s.typeface(one.cell.style).wrap(c.Text, s.room(left, right), s.room(left, right))
		most = max(most, len(one.lines))
		if len(one.lines) > 1 && !one.cell.style.figure() {
			// LibreOffice does not wrap the text of a link: all but its first line
			// would be out of sight.
			one.cell.link, one.cell.style.link = report.Link{}, false
		}
		cols = append(cols, one)
		at += span(c)
	}
	step := rowLines(t.size)
	for from := 0; from < most; from += step {
		part := sheetRow{height: rowHeight(min(step, most-from), t.size)}
		for i, c := range cols {
			cell := c.cell
			switch {
			case from == 0 && most <= step || from == 0 && c.cell.style.figure():
			case i == 0 && from >= len(c.lines):
				cell = continuation(c.cell, join(c.text, s.words.Continued))
			default:
				cell = continuation(c.cell, piece(c.text, c.lines[min(from, len(c.lines)):min(from+step, len(c.lines))]))
			}
			part.cells = append(part.cells, cell)
		}
		s.add(part)
	}
}

// continuation is a cell with some of its text and nothing to calculate with.
func continuation(c sheetCell, text string) sheetCell {
	c.link = report.Link{}
	c.value, c.formula, c.style.number, c.style.date = text, "", false, 0
	return c
}

func (s *sheet) tableCell(t *sheetTable, index int, row report.Row, c report.Cell, at int) sheetCell {
	look := cellStyle{face: rowStyle(row.Kind), size: t.size, align: alignment(c, t.Columns[at]), rules: true}
	if !c.Date.IsZero() {
		look.date = formOf(c.Date.Month)
		return sheetCell{value: serialDay(c.Date.Year, c.Date.Month, c.Date.Day), link: c.Link, style: look}
	}
	if c.Number == nil {
		look.code, look.link = utf8.RuneCountInString(c.Text) <= maxCode, c.Link.File != ""
		return sheetCell{value: c.Text, link: c.Link, style: look}
	}
	look.number, look.decimals = true, decimals(*c.Number)
	cell := sheetCell{value: c.Number.InexactFloat64(), link: c.Link, style: look}
	if len(c.Sum) > 0 && t.adds(c.Sum, at, *c.Number) {
		left, _ := t.columns(at, 1)
		cell.formula = sumFormula(left, t.rows, c.Sum, index)
	}
	return cell
}

// decimals is how many digits a number has after its comma.
func decimals(d decimal.Decimal) int {
	n := 0
	for n < 9 && !d.Equal(d.Truncate(int32(n))) {
		n++
	}
	return n
}

// adds tells whether the rows' figures in a column come to the number. If not, a
// formula would change the figure as soon as somebody recalculates.
func (t *sheetTable) adds(rows []int, column int, want decimal.Decimal) bool {
	got := decimal.Zero
	for _, i := range rows {
		at := 0
		for _, c := range t.Rows[i].Cells {
			if at == column && c.Number != nil {
				got = got.Add(*c.Number)
			}
			at += span(c)
		}
	}
	return got.Equal(want)
}
