package sheet

import (
	"math"
	"strconv"
)

// readCell reads the cell that one record holds.
func (r *xlsSheet) readCell(rec *record) error {
	row, c, xf := rec.u16()+1, Cell{Col: rec.u16() + 1}, rec.u16()
	c.Font = r.font(xf)
	if r.isStruck(xf) {
		c.Struck = Wholly
	}
	switch rec.id {
	case recLabelSST:
		if err := r.setShared(&c, rec.u32()); err != nil {
			return err
		}
	case recLabel, recRString:
		r.setTyped(&c, rec)
	case recNumber:
		r.setNumber(&c, rec.real(), xf)
	case recRK:
		r.setNumber(&c, rec.rk(), xf)
	case recBoolErr:
		if value := rec.u8(); rec.u8() != 0 {
			c.setError(value)
		} else {
			c.setBool(value != 0)
		}
	case recFormula:
		if err := r.readFormula(&c, rec, xf); err != nil {
			return err
		}
	}
	if rec.short {
		return errShort
	}
	if c.Stale || c.Kind == "" {
		c.Struck = 0
	}
	if c.Stale {
		c.Font = ""
	}
	return r.add(row, c)
}

// font is the old font of a cell style, if it has one.
func (wb *xlsBook) font(style int) string {
	if style < len(wb.fonts) {
		return wb.fonts[style]
	}
	return ""
}

// setShared fills in a shared string.
func (wb *xlsBook) setShared(c *Cell, i uint32) error {
	if uint64(i) >= uint64(len(wb.strings)) {
		return strconv.ErrRange
	}
	text := wb.strings[i]
	if t, ok := wb.rich[int(i)]; ok {
		if err := wb.putTogether(text, len(t)); err != nil {
			return err
		}
		seen := t.seenIn(c.Font, c.Struck != 0)
		seen.describe(c)
		text = seen.text
	}
	c.setText(text)
	return nil
}

// setTyped fills in a string that stands in the cell itself.
func (wb *xlsBook) setTyped(c *Cell, rec *record) {
	chars, runs := wb.chars(rec, rec.u16())
	if rec.id == recRString && wb.unicode {
		runs = rec.runs(rec.u16(), 2)
	} else if rec.id == recRString {
		runs = rec.runs(rec.u8(), 1)
	}
	seen := wb.typed(chars, runs, c.Font).seenIn(c.Font, c.Struck != 0)
	seen.describe(c)
	c.setText(seen.text)
}

// readFormula reads the result that is stored with a formula, [MS-XLS]
// §2.5.133.
func (r *xlsSheet) readFormula(c *Cell, rec *record, xf int) error {
	c.Formula = true
	bits := rec.number(8)
	onOpening := rec.u16()&calcOnOpening != 0
	value := int(bits >> 16 & 0xFF)
	switch {
	case bits>>48 != 0xFFFF:
		x := math.Float64frombits(bits)
		if c.Stale = x == 0 && onOpening && !r.computes; !c.Stale {
			r.setNumber(c, x, xf)
		}
	case bits&0xFF == resultString:
		stored, err := r.stringResult(c)
		c.Stale = !stored
		return err
	case bits&0xFF == resultBool:
		c.setBool(value != 0)
	case bits&0xFF == resultError:
		c.setError(value)
	case bits&0xFF == resultBlank:
		// Also what xlwt stores instead of a result.
		c.Stale = !r.computes && (onOpening || !r.recalculated)
	default:
		c.Stale = true
	}
	return nil
}

// What is stored as a formula's result when it is no number.
const (
	resultString = 0
	resultBool   = 1
	resultError  = 2
	resultBlank  = 3
)

// calcOnOpening marks a formula whose writer wants it to be computed when the
// workbook is opened. Most of those writers store 0 as its result.
const calcOnOpening = 2

// resultsOnOpening reports whether the workbook has a formula that is to be
// computed on opening and yet stores a result: its zeros are results as well.
func (wb *xlsBook) resultsOnOpening() bool {
	for all := (recordReader{stream: wb.stream, left: len(wb.stream)}); ; {
		rec, err := all.next()
		if err != nil {
			return false
		}
		if rec.id != recFormula {
			continue
		}
		rec.skip(6)
		bits := rec.number(8)
		none := bits<<1 == 0 || bits>>48 == 0xFFFF && bits&0xFF == resultBlank
		if rec.u16()&calcOnOpening != 0 && !none && !rec.short {
			return true
		}
	}
}

// stringResult fills in the text that a formula gives. It follows in a record
// of its own, behind the formula that the cell shares with others.
func (r *xlsSheet) stringResult(c *Cell) (stored bool, err error) {
	for {
		id := r.peek()
		if id != recArray && id != recShared && id != recOldShared && id != recTable && id != recString {
			return false, nil
		}
		rec, err := r.next()
		if err != nil {
			return false, err
		}
		if id != recString {
			continue
		}
		r.setTyped(c, &rec)
		if rec.short {
			return false, errShort
		}
		return true, nil
	}
}

// setNumber fills in a number of the given style, or the date that the style
// shows it as.
func (wb *xlsBook) setNumber(c *Cell, x float64, style int) {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		c.Kind, c.Raw, c.Text = Failed, "#NUM!", "#NUM!"
		return
	}
	layout := byte('f')
	if size := math.Abs(x); size >= 1e20 || size < 1e-10 && x != 0 {
		layout = 'E'
	}
	r := sheetReader{workbook: &wb.workbook}
	r.setNumber(c, "", strconv.FormatFloat(x+0, layout, -1, 64), style) // +0 turns -0 into 0
}

func (c *Cell) setBool(on bool) {
	c.Kind, c.Raw, c.Text = Bool, "0", "FALSE"
	if on {
		c.Raw, c.Text = "1", "TRUE"
	}
}

// setError fills in an error, [MS-XLS] §2.5.10.
func (c *Cell) setError(code int) {
	text, ok := map[int]string{
		0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!",
		0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
	}[code]
	if !ok {
		text = "#" + strconv.Itoa(code)
	}
	c.Kind, c.Raw, c.Text = Failed, text, text
}
