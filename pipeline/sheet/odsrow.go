package sheet

import (
	"encoding/xml"
	"strconv"
)

// maxRepeat is more often than any program repeats a row or a column.
const maxRepeat = 1 << 24

// repeated is the number that e's attribute says, at least 1.
func repeated(e xml.StartElement, local string) int {
	n, err := strconv.Atoi(attribute(e, local))
	if err != nil {
		return 1
	}
	return min(max(n, 1), maxRepeat)
}

// readRows reads the columns and rows of a sheet, or of a group of rows or
// columns that is folded away with all of them.
func (r *odsReader) readRows(folded bool) error {
	return r.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "table-column":
			r.column(e, folded)
		case "table-row":
			return r.readRow(e, folded)
		case "table-row-group", "table-column-group":
			return r.readRows(folded || attribute(e, "display") == "false")
		case "table-rows", "table-header-rows", "table-columns", "table-header-columns":
			return nil // rows and columns follow
		}
		return r.skip()
	})
}

// column keeps the style that cells of the columns have by default, and whether
// they are shown.
func (r *odsReader) column(e xml.StartElement, folded bool) {
	style := attribute(e, "default-cell-style-name")
	visibility := attribute(e, "visibility")
	if folded || visibility == "collapse" || visibility == "filter" {
		r.sheet.hideCols(len(r.columns)+1, len(r.columns)+repeated(e, "number-columns-repeated"))
	}
	for range min(repeated(e, "number-columns-repeated"), maxCols-len(r.columns)) {
		r.columns = append(r.columns, style)
	}
}

// odsRow is a row being read.
type odsRow struct {
	Row
	style  string // of cells without their own
	col    int    // columns so far
	merges []Range
	// covered are the cells that hold something which a merged cell covers.
	covered []Cell
}

// readRow reads a row, which may stand for many.
func (r *odsReader) readRow(e xml.StartElement, folded bool) error {
	visibility := attribute(e, "visibility")
	row := odsRow{style: attribute(e, "default-cell-style-name")}
	row.Hidden = folded || visibility == "collapse" || visibility == "filter"
	err := r.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "table-cell":
			return r.addCell(e, &row)
		case "covered-table-cell": // what stands in it is not shown
			before := len(row.Cells)
			wide := len(row.merges)
			if err := r.addCell(e, &row); err != nil {
				return err
			}
			row.covered, row.merges = append(row.covered, row.Cells[before:]...), row.merges[:wide]
			row.Cells = row.Cells[:before]
			return nil
		}
		return r.skip()
	})
	if err != nil {
		return err
	}
	first := r.row + 1
	r.row = min(r.row+repeated(e, "number-rows-repeated"), maxRepeat)
	for _, c := range row.covered {
		if len(r.covered) < maxCols && first <= maxRows {
			r.covered = append(r.covered, placed{first, c})
		}
	}
	if len(row.Cells)+len(row.merges) == 0 {
		return nil
	}
	for n := first; n <= r.row; n++ {
		last := r.beyond(n)
		row.Number = n
		if err := r.add(row.Row); err != nil {
			return err
		}
		for _, m := range row.merges {
			m.FirstRow, m.LastRow = n, n+m.LastRow
			r.merge(m)
		}
		if last {
			break
		}
	}
	return nil
}

// addCell adds the cell whose start is e to row, as often as it is repeated. Of
// what lies beyond the columns that are read it adds one cell, so that it can
// be said.
func (r *odsReader) addCell(e xml.StartElement, row *odsRow) error {
	first, times := row.col+1, repeated(e, "number-columns-repeated")
	row.col = min(row.col+times, maxRepeat)
	style := attribute(e, "style-name")
	if style == "" {
		style = row.style
	}
	if style == "" && first <= len(r.columns) {
		style = r.columns[first-1]
	}
	c, err := r.readCell(e, style)
	if err != nil {
		return err
	}
	if wide, tall := repeated(e, "number-columns-spanned"), repeated(e, "number-rows-spanned"); wide*tall > 1 && first <= maxCols {
		row.merges = append(row.merges, Range{FirstCol: first, LastCol: first + wide - 1, LastRow: tall - 1})
	}
	if c.Kind == "" && !c.Stale {
		return nil
	}
	for c.Col = first; c.Col < first+times; c.Col++ {
		if n := len(row.Cells); n > 0 && row.Cells[n-1].Col > maxCols {
			break
		}
		row.Cells = append(row.Cells, c)
	}
	return nil
}
