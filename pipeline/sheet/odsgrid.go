package sheet

import (
	"slices"
	"strconv"

	"baocao/pipeline/finding"
)

// bookBuilder adds sheets to a book, of the formats that are not Excel's own,
// within the limits of the package and says what it leaves out.
type bookBuilder struct {
	book     *Book
	findings []finding.Finding
	tally

	sheet  Sheet    // being built
	filled int      // its last row with content
	cut    position // its first cell that was left out
	// covered are some of its cells that merged cells cover.
	covered []placed
}

// begin begins a sheet with a grid. It is false when there are too many.
func (b *bookBuilder) begin(name string) bool {
	if len(b.book.Sheets) < maxSheets {
		b.sheet, b.filled, b.cut, b.covered = Sheet{Name: name, Grid: true}, 0, position{}, nil
		return true
	}
	if n := len(b.findings); n == 0 || b.findings[n-1].Code != "sheets-left-out" {
		b.findings = append(b.findings, finding.Finding{
			Code: "sheets-left-out", Level: finding.Warning,
			Place: finding.Place{File: b.book.Name, Sheet: name}, Want: strconv.Itoa(maxSheets),
		})
	}
	return false
}

// end adds the sheet to the book.
func (b *bookBuilder) end() {
	b.book.Sheets = append(b.book.Sheets, b.sheet)
	b.findings = append(b.findings, coveredValues(b.book, &b.sheet, b.covered)...)
	if b.cut != (position{}) {
		b.findings = append(b.findings, cellsLeftOut(b.book, &b.sheet, b.cut))
	}
}

// all is what was found in the sheets so far.
func (b *bookBuilder) all() []finding.Finding {
	return append(b.findings, b.tally.findings(b.book)...)
}

// beyond reports whether nothing of the row with that number would be read.
func (b *bookBuilder) beyond(number int) bool {
	return number > maxRows || number > b.filled+maxGap
}

// add adds the cells of row that hold something; the others are not kept, nor is
// the slice. Rows come by ascending number, their cells by ascending column.
func (b *bookBuilder) add(row Row) error {
	var kept []Cell
	for i, c := range row.Cells {
		switch {
		case c.Kind == "" && !c.Stale:
		case row.Number > maxRows && row.Number <= b.filled+maxGap:
			return rowsBeyond(b.sheet.Name)
		case b.beyond(row.Number) || c.Col > maxCols:
			if b.cut == (position{}) {
				b.cut = position{row.Number, c.Col}
			}
		default:
			if kept == nil {
				kept = slices.Grow(kept, len(row.Cells)-i)
			}
			kept = append(kept, c)
			if err := b.cell(b.sheet.Name); err != nil {
				return err
			}
		}
	}
	if len(kept) > 0 {
		b.filled = row.Number
		row.Cells = kept
		b.sheet.Rows = append(b.sheet.Rows, row)
	}
	return nil
}

// merge adds a block of merged cells, as far as columns are read.
func (b *bookBuilder) merge(m Range) {
	m, ok := m.within(true)
	if !ok || !b.tally.merge() {
		return
	}
	b.sheet.Merges = append(b.sheet.Merges, m)
}

// setNumeric fills in a number, or the date that f shows it as. What a reader
// sees is shown, or, if that is not known, what f makes of the number.
func (c *Cell) setNumeric(value, shown string, f numberFormat) {
	if shown == "" {
		shown = f.show(value)
	}
	c.Kind, c.Raw, c.Text, c.Format = Number, value, shown, f.code
	if f.isDate() {
		c.Kind = Date
	}
}
