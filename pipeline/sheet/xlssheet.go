package sheet

import "errors"

// xlsSheet reads the cells of one work sheet.
type xlsSheet struct {
	*xlsBook
	sheet  *Sheet
	hidden map[int]bool // rows
	sorted bool
	cut    position // the first cell left out
}

// readSheet reads the sheet that begins at the given place of the stream into
// s, and gives the first cell that was left out because it lies beyond the
// limits.
func (wb *xlsBook) readSheet(s *Sheet, at uint32) (cut position, err error) {
	if uint64(at) > uint64(len(wb.stream)) {
		return position{}, errors.New("begins behind the end of the stream")
	}
	wb.at = int(at)
	if wb.peek() != recBOF {
		return position{}, errors.New("no sheet where the list says one begins")
	}
	r := xlsSheet{xlsBook: wb, sheet: s, hidden: map[int]bool{}, sorted: true}
	for depth := 0; ; {
		rec, err := wb.next()
		switch {
		case err != nil:
			return position{}, err
		case rec.id == recBOF:
			depth++ // charts stand within sheets
		case rec.id == recEOF:
			if depth--; depth == 0 {
				return r.cut, r.finish()
			}
		case depth == 1:
			if err := r.read(&rec); err != nil {
				return position{}, err
			}
		}
	}
}

// read reads one record of the sheet.
func (r *xlsSheet) read(rec *record) (err error) {
	switch rec.id {
	case recRow:
		row := rec.u16() + 1
		rec.skip(4)
		height := rec.u16()
		rec.skip(4)
		if rec.u16()&0x20 != 0 || height == 0 {
			r.hidden[row] = true
		}
	case recColInfo: // [MS-XLS] §2.4.53
		first, last, width := rec.u16()+1, rec.u16()+1, rec.u16()
		rec.skip(2)
		if rec.u16()&1 != 0 || width == 0 {
			r.sheet.hideCols(first, last)
		}
	case recMergeCells:
		for n := rec.u16(); n > 0 && !rec.short; n-- {
			m := Range{FirstRow: rec.u16() + 1, LastRow: rec.u16() + 1, FirstCol: rec.u16() + 1, LastCol: rec.u16() + 1}
			if m, ok := m.within(!rec.short); ok && r.merge() {
				r.sheet.Merges = append(r.sheet.Merges, m)
			}
		}
	case recMulRK:
		row, col := rec.u16()+1, rec.u16()+1
		for ; len(rec.block) >= 6 && err == nil; col++ {
			xf := rec.u16()
			c := Cell{Col: col, Font: r.font(xf)}
			if r.isStruck(xf) {
				c.Struck = Wholly
			}
			r.setNumber(&c, rec.rk(), xf)
			err = r.add(row, c)
		}
	case recLabelSST, recLabel, recRString, recNumber, recRK, recBoolErr, recFormula:
		err = r.readCell(rec)
	}
	if rec.short {
		return errShort
	}
	return err
}

// add takes a cell into the sheet. Cells without content are left out.
func (r *xlsSheet) add(row int, c Cell) error {
	if c.Kind == "" && !c.Stale {
		return nil
	}
	if c.Col > maxCols {
		r.leaveOut(position{row, c.Col})
		return nil
	}
	if err := r.cell(r.sheet.Name); err != nil {
		return err
	}
	n := len(r.sheet.Rows)
	if n == 0 || r.sheet.Rows[n-1].Number != row {
		r.sorted = r.sorted && (n == 0 || r.sheet.Rows[n-1].Number < row)
		room := 8
		if !r.sorted {
			room = 1 // a row may begin with every cell
		}
		r.sheet.Rows = append(r.sheet.Rows, Row{Number: row, Cells: make([]Cell, 0, room)})
		n++
	}
	last := &r.sheet.Rows[n-1]
	r.sorted = r.sorted && (len(last.Cells) == 0 || last.Cells[len(last.Cells)-1].Col < c.Col)
	last.Cells = append(last.Cells, c)
	return nil
}

func (r *xlsSheet) leaveOut(p position) {
	if r.cut == (position{}) {
		r.cut = p
	}
}

// finish puts the rows into order, hides those that are hidden, and ends the
// sheet where a long stretch of rows without content begins.
func (r *xlsSheet) finish() error {
	if !r.sorted {
		if err := sortRows(r.sheet); err != nil {
			return err
		}
	}
	filled := 0
	for i := range r.sheet.Rows {
		row := &r.sheet.Rows[i]
		switch {
		case row.Number > filled+maxGap:
			r.leaveOut(position{row.Number, row.Cells[0].Col})
			r.sheet.Rows = r.sheet.Rows[:i]
			return nil
		case row.Number > maxRows:
			return rowsBeyond(r.sheet.Name)
		}
		filled = row.Number
		row.Hidden = r.hidden[row.Number]
	}
	return nil
}
