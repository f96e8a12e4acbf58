package sheet

import (
	"cmp"
	"strings"
)

// startTable begins a table. Where a table cannot stand, the one around it has
// ended.
func (r *pageReader) startTable(tag htmlTag) {
	if r.table().cell == nil {
		r.endTable()
	}
	if c := r.table().cell; c != nil {
		c.endText()
	} else {
		r.endLine()
	}
	outer := r.table()
	hidden := tag.hidden || outer.hidden || outer.folded || outer.row != nil && outer.row.hidden
	r.tables = append(r.tables, &htmlTable{hidden: hidden, font: tag.font})
	r.fonts, r.loose.font, r.loose.look = nil, "", look{}
}

// endTable ends the innermost table, if any, and gives it to the cell or the
// page that it stands in.
func (r *pageReader) endTable() {
	if len(r.tables) == 1 {
		return
	}
	r.endRow()
	r.endLine()
	t := r.table()
	r.found = r.found || len(t.rows) > 0
	r.tables = r.tables[:len(r.tables)-1]
	outer := r.table()
	switch {
	case outer.cell == nil:
		outer.splice(t, false)
	case len(t.rows) > 0:
		outer.cell.parts = append(outer.cell.parts, htmlPart{table: t})
	}
}

// startSection begins the head, body or foot of a table.
func (r *pageReader) startSection(hidden bool) {
	r.endRow()
	r.table().folded = hidden
}

// startRow begins a row. Text between rows is a row of its own.
func (r *pageReader) startRow(tag htmlTag) {
	if len(r.tables) == 1 {
		return // no table
	}
	r.endRow()
	r.endLine()
	r.table().row = &htmlRow{hidden: tag.hidden, font: tag.font}
}

// endRow ends the row that is open, if any.
func (r *pageReader) endRow() {
	r.endCell()
	if t := r.table(); t.row != nil {
		t.endRow(t.row)
		t.row = nil
	}
}

// startCell begins a cell. One that is not shown takes no room.
func (r *pageReader) startCell(tag htmlTag) {
	if len(r.tables) == 1 {
		return
	}
	r.endCell()
	if tag.hidden {
		r.skip(tag.name)
		return
	}
	t := r.table()
	if t.row == nil {
		r.startRow(htmlTag{})
	}
	col := t.free(t.row.col + 1)
	t.row.col = min(col+tag.wide-1, maxRepeat)
	t.cell = &htmlCell{
		col: col, wide: tag.wide, tall: tag.tall, value: tag.value,
		font: cmp.Or(tag.font, t.row.font, t.font, r.usual), struck: tag.look.struck == struck,
	}
	r.fonts = nil
}

// endCell ends the cell that is open, if any.
func (r *pageReader) endCell() {
	t := r.table()
	c := t.cell
	if c == nil {
		return
	}
	t.cell, r.fonts = nil, nil
	c.endText()
	if len(c.parts) == 0 && (c.wide*c.tall == 1 || c.col > maxCols) {
		return
	}
	if n := len(t.row.cells); n > 0 && t.row.cells[n-1].col > maxCols {
		return // one is enough to say that there was more
	}
	r.cells++
	c.value.resolve(r.formats)
	t.row.cells = append(t.row.cells, *c)
}

// endText makes what was read so far a part of the cell.
func (c *htmlCell) endText() {
	if seen := c.text.take(c.font, c.struck); seen.text != "" {
		c.parts = append(c.parts, htmlPart{seen: seen})
	}
}

// cells is the cell as it is read, none if it is empty.
func (c htmlCell) cells() []Cell {
	var lines []string
	var all seen
	wholly := 0
	for _, p := range c.parts {
		switch {
		case p.table != nil:
			lines = append(lines, p.table.lines())
		case len(c.parts) == 1:
			lines, all = append(lines, p.text), p.seen
		default:
			if p.struck != 0 {
				all.struck = Partly
			}
			if p.struck == Wholly {
				wholly++
			}
			lines = append(lines, decoded(p.font, p.text))
		}
	}
	if wholly == len(c.parts) && wholly > 0 {
		all.struck = Wholly
	}
	cells := cellsOf(c.col, strings.Join(lines, "\n"))
	for i := range cells {
		all.describe(&cells[i])
		c.value.apply(&cells[i])
	}
	return cells
}
