package sheet

import (
	"cmp"
	"encoding/xml"
	"math"
	"slices"
	"strconv"
)

// position is a row and a column, 1-based; 0 is not known.
type position struct{ row, col int }

// sheetReader reads the cells of one work sheet.
type sheetReader struct {
	*workbook
	*markup
	sheet  *Sheet
	at     position // the cell read last
	filled int      // the last row with content
	sorted bool
	cut    position // the first cell left out
	noEnd  bool     // of the rows, as far as could be seen: it is not looked for again
}

// readSheet reads the part of one sheet into s, and gives the first cell that
// was left out because it lies beyond the limits.
func (wb *workbook) readSheet(s *Sheet, part string) (cut position, err error) {
	data, err := wb.zip.read(part)
	if err != nil {
		return position{}, err
	}
	r := sheetReader{workbook: wb, markup: newMarkup(part, data), sheet: s, sorted: true}
	root := ""
	err = r.each(func(e xml.StartElement) error {
		switch {
		case r.depth == 1:
			root = e.Name.Space
			return nil
		case isAlternative(e):
			return nil
		case e.Name.Space != root:
			return r.skip()
		}
		switch e.Name.Local {
		case "cols", "sheetData", "mergeCells":
			return nil // what they hold follows
		case "col":
			r.column(e)
		case "row":
			return r.readRow(e)
		case "mergeCell":
			m, ok := parseRange(attribute(e, "ref"))
			if m, ok = m.within(ok); ok && r.merge() {
				s.Merges = append(s.Merges, m)
			}
		}
		return r.skip()
	})
	if err == nil && !r.sorted {
		err = sortRows(s)
	}
	return r.cut, err
}

// isAlternative reports whether e is markup for programs of different ages, or
// what of it is for all that do not know the newer one: ECMA-376 part 3, §10.2.
func isAlternative(e xml.StartElement) bool {
	return e.Name.Local == "AlternateContent" || e.Name.Local == "Fallback"
}

// column notes whether the columns of a col element are shown, ECMA-376 part 1,
// §18.3.1.13.
func (r *sheetReader) column(e xml.StartElement) {
	first, err := strconv.Atoi(attribute(e, "min"))
	if err != nil {
		return
	}
	last, err := strconv.Atoi(attribute(e, "max"))
	if err != nil {
		return
	}
	if width, err := strconv.ParseFloat(attribute(e, "width"), 64); isOn(attribute(e, "hidden")) || err == nil && width == 0 {
		r.sheet.hideCols(first, last)
	}
}

// readRow reads one row. After a long stretch of rows without content the rest
// of them is passed over.
func (r *sheetReader) readRow(e xml.StartElement) error {
	number, space := r.at.row+1, e.Name.Space
	var row Row
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "r":
			n, err := strconv.Atoi(a.Value)
			if err != nil || n < 1 || n > math.MaxInt32 {
				return corrupt(r.part, strconv.ErrRange)
			}
			number = n
		case "hidden":
			row.Hidden = isOn(a.Value)
		case "ht":
			height, err := strconv.ParseFloat(a.Value, 64)
			row.Hidden = row.Hidden || err == nil && height == 0
		}
	}
	r.sorted = r.sorted && number > r.at.row
	r.at = position{row: number}
	row.Number = number
	far := r.isFar(number)
	err := r.children(func(e xml.StartElement) error {
		switch {
		case isAlternative(e):
			return nil
		case e.Name.Local != "c" || e.Name.Space != space:
			return r.skip()
		}
		before := r.at.col
		cell, err := r.readCell(e)
		switch {
		case err != nil || cell.Kind == "" && !cell.Stale:
		case number > maxRows && number <= r.filled+maxGap:
			return rowsBeyond(r.sheet.Name)
		case far || cell.Col > maxCols:
			r.leaveOut(r.at)
		default:
			r.sorted = r.sorted && cell.Col > before
			row.Cells = append(row.Cells, cell)
			return r.cell(r.sheet.Name)
		}
		return err
	})
	if len(row.Cells) > 0 {
		r.sheet.Rows = append(r.sheet.Rows, row)
		r.filled = number
	}
	if far && err == nil && !r.noEnd {
		r.passRows()
	}
	return err
}

// sortRows puts rows and cells into order where a writer has not. Two cells in one
// place must hold the same: which of them is shown depends on the program.
func sortRows(s *Sheet) error {
	slices.SortStableFunc(s.Rows, func(a, b Row) int { return cmp.Compare(a.Number, b.Number) })
	rows := s.Rows[:0]
	for _, row := range s.Rows {
		if n := len(rows); n > 0 && rows[n-1].Number == row.Number {
			rows[n-1].Cells = append(rows[n-1].Cells, row.Cells...)
			rows[n-1].Hidden = rows[n-1].Hidden || row.Hidden
			continue
		}
		rows = append(rows, row)
	}
	for i := range rows {
		cells := rows[i].Cells
		slices.SortStableFunc(cells, func(a, b Cell) int { return cmp.Compare(a.Col, b.Col) })
		kept := cells[:0]
		for _, c := range cells {
			if n := len(kept); n > 0 && kept[n-1].Col == c.Col {
				if kept[n-1].Kind != c.Kind || kept[n-1].Raw != c.Raw {
					return &damage{
						code: codeTwice, sheet: s.Name, at: position{rows[i].Number, c.Col},
						got: seenBriefly(kept[n-1]), want: seenBriefly(c),
					}
				}
				continue
			}
			kept = append(kept, c)
		}
		rows[i].Cells = kept
	}
	s.Rows = rows
	return nil
}
