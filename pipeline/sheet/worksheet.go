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
}

// readSheet reads the part of one sheet into s, and gives the first cell that
// was left out because it lies beyond the limits.
func (wb *workbook) readSheet(s *Sheet, part string) (cut position, err error) {
	data, err := wb.zip.read(part)
	if err != nil {
		return position{}, err
	}
	r := sheetReader{workbook: wb, markup: newMarkup(part, data), sheet: s, sorted: true}
	err = r.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "row":
			return r.readRow(e)
		case "mergeCell":
			m, ok := parseRange(attribute(e, "ref"))
			if m, ok = m.within(ok); ok && r.merge() {
				s.Merges = append(s.Merges, m)
			}
		}
		return nil
	})
	if !r.sorted {
		sortRows(s)
	}
	return r.cut, err
}

// readRow reads one row. After a long stretch of rows without content the rest
// of them is passed over.
func (r *sheetReader) readRow(e xml.StartElement) error {
	number := r.at.row + 1
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
			row.Hidden = row.Hidden || a.Value == "0"
		}
	}
	r.sorted = r.sorted && number > r.at.row
	r.at = position{row: number}
	row.Number = number
	far := r.isFar(number)
	err := r.children(func(e xml.StartElement) error {
		if e.Name.Local != "c" {
			return nil
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
	if far && err == nil {
		return r.passRows()
	}
	return err
}

// sortRows puts rows and cells into order where a writer has not. Of two
// cells in one place the later counts.
func sortRows(s *Sheet) {
	slices.SortStableFunc(s.Rows, func(a, b Row) int { return cmp.Compare(a.Number, b.Number) })
	rows := s.Rows[:0]
	for _, row := range s.Rows {
		if n := len(rows); n > 0 && rows[n-1].Number == row.Number {
			rows[n-1].Cells = append(rows[n-1].Cells, row.Cells...)
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
				kept[n-1] = c
				continue
			}
			kept = append(kept, c)
		}
		rows[i].Cells = kept
	}
	s.Rows = rows
}
