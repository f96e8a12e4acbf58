// Package sheet turns documents of any format into cells that know where they
// stand, and puts remarks back into them.
//
// It does not know what the cells mean: that is package form's. It evaluates
// no formula and follows no link.
package sheet

import (
	"cmp"
	"slices"
	"strconv"

	"baocao/pipeline/finding"
)

// Format is the kind of document, told from its content and never from its
// name.
type Format string

// The formats read so far.
const (
	XLSX Format = "xlsx"
	XLS  Format = "xls" // of Excel 5 to 2003
	ODS  Format = "ods" // also as one file of XML
	CSV  Format = "csv" // with comma, semicolon, tab or another separator
	HTML Format = "html"
	DOCX Format = "docx"
	Text Format = "text" // with one cell a line, as the decision is published

	XML2003 Format = "xml2003" // an "XML spreadsheet" of Excel 2003
)

// Book is a document as cells.
type Book struct {
	Name   string // as the sender named it; shown, never used as a path
	Format Format
	Sheets []Sheet
}

// Sheet is one sheet of a workbook, or the whole body of a text or DOCX
// document: paragraphs are rows of one cell, table rows have several.
type Sheet struct {
	Name   string // empty for text
	Hidden bool
	Rows   []Row // rows that hold something, by ascending Number
	Merges []Range
	// HiddenCols are the columns that a reader does not see, as blocks; see
	// [Sheet.HiddenCol]. Text, DOCX and CSV documents have none.
	HiddenCols []Columns
	// Grid reports whether cell positions are true column positions. A text
	// document has no grid: a row with a merged cell is simply shorter.
	Grid bool
}

// Row is one row that holds at least one cell with content.
type Row struct {
	Number int // 1-based, as the reader of the document counts; the line of a text file
	Hidden bool
	Cells  []Cell // by ascending Col; in a sheet with a grid, empty cells are left out

	// Of a DOCX document: which of its tables the row belongs to, and which row of
	// that it is, from 1; 0 for a paragraph.
	Table, TableRow int
}

// Kind is what a cell stores.
type Kind string

// The kinds of stored values. An empty Kind is an empty cell.
const (
	String Kind = "string"
	Number Kind = "number"
	Bool   Kind = "bool"
	Date   Kind = "date"  // a number shown as a date
	Failed Kind = "error" // #REF! and its like
)

// Cell is one cell with a value.
type Cell struct {
	Col     int    // 1-based
	Kind    Kind   // what is stored
	Text    string // what a reader sees: "25%", "15/06/2018"; line breaks kept
	Raw     string // what is stored: "0.25", "43266"; equal to Text for strings; dates in the 1900 system
	Format  string // the number format, empty for General and for text
	Font    string // the old Vietnamese font that it was typed in, such as .VnTime; empty for others
	Formula bool   // the value is a formula's last result
	Stale   bool   // a formula that stores no result: the value is not known
	Struck  Struck // what of the text is struck through
	Stored  string // of a page, a number stored beside a Text that shows another; it is not used
	Mark    string // a footnote mark at the figure that Text is, which leaves it out
	Turned  bool   // the reader sees its characters in another order than they are stored in
	Line    int    // of a text document, the line that the cell begins on
}

// Struck says what of a cell is struck through, as people do with a figure that
// holds no more.
type Struck byte

// The values of Struck.
const (
	Partly Struck = iota + 1 // a part, which Text leaves out
	Wholly                   // all that stands in the cell
)

// Columns is a block of columns, both included, 1-based.
type Columns struct{ First, Last int }

// Range is a block of cells, both corners included, 1-based.
type Range struct {
	FirstRow, FirstCol, LastRow, LastCol int
}

// Contains reports whether the cell at row, col lies in r.
func (r Range) Contains(row, col int) bool {
	return r.FirstRow <= row && row <= r.LastRow && r.FirstCol <= col && col <= r.LastCol
}

// within is the part of r that lies in the rows and columns that are read. It is
// no merge if that is a single cell.
func (r Range) within(ok bool) (Range, bool) {
	r.LastRow, r.LastCol = min(r.LastRow, maxRows), min(r.LastCol, maxCols)
	single := r.FirstRow == r.LastRow && r.FirstCol == r.LastCol
	return r, ok && !single && r.FirstRow <= r.LastRow && r.FirstCol <= r.LastCol
}

// Column is the letter name of the 1-based column n: 1 is A, 27 is AA.
func Column(n int) string {
	var s string
	for n > 0 {
		n--
		s = string(rune('A'+n%26)) + s
		n /= 26
	}
	return s
}

// Place is where the cell at row, col stands in the sheet s of b. In a
// document without a grid it names the line that the cell begins on.
func (b *Book) Place(s *Sheet, row, col int) finding.Place {
	p := finding.Place{File: b.Name, Sheet: s.Name, Row: row}
	if b.Format == DOCX {
		at := s.Row(row)
		p.Table, p.TableRow = at.Table, at.TableRow
	}
	switch {
	case col < 1:
	case s.Grid:
		p.Cell = Column(col) + strconv.Itoa(row)
	default:
		if line := s.Row(row).Cell(col).Line; line > 0 {
			p.Row = line
		}
	}
	return p
}

// cellsLeftOut says that the cells of s from the one at p on were not read.
func cellsLeftOut(b *Book, s *Sheet, p position) finding.Finding {
	return finding.Finding{Code: "cells-left-out", Level: finding.Warning, Place: b.Place(s, p.row, p.col)}
}

// Row is the row with the given number, empty when it holds nothing.
func (s *Sheet) Row(number int) Row {
	i, ok := slices.BinarySearchFunc(s.Rows, number, func(r Row, n int) int { return cmp.Compare(r.Number, n) })
	if !ok {
		return Row{Number: number}
	}
	return s.Rows[i]
}

// wideRow is how many cells a row has at the least for a search by halves to
// find one sooner than a look at each.
const wideRow = 24

// Cell is the cell of r in the 1-based column col, empty when there is none.
func (r Row) Cell(col int) Cell {
	if len(r.Cells) >= wideRow {
		i, ok := slices.BinarySearchFunc(r.Cells, col, func(c Cell, col int) int { return cmp.Compare(c.Col, col) })
		if ok {
			return r.Cells[i]
		}
		return Cell{Col: col}
	}
	for i := range r.Cells {
		if r.Cells[i].Col == col {
			return r.Cells[i]
		}
	}
	return Cell{Col: col}
}

// HiddenCol reports whether the 1-based column is hidden from a reader: by its
// width of 0, by a filter, or because it is folded away.
func (s *Sheet) HiddenCol(col int) bool {
	return slices.ContainsFunc(s.HiddenCols, func(c Columns) bool { return c.First <= col && col <= c.Last })
}

// hideCols notes hidden columns, as far as columns are read. Blocks that touch
// become one, and there are never more blocks than columns.
func (s *Sheet) hideCols(first, last int) {
	first, last = max(first, 1), min(last, maxCols)
	if first > last || len(s.HiddenCols) == maxCols {
		return
	}
	if n := len(s.HiddenCols); n > 0 {
		if before := &s.HiddenCols[n-1]; before.First <= first && first <= before.Last+1 {
			before.Last = max(before.Last, last)
			return
		}
	}
	s.HiddenCols = append(s.HiddenCols, Columns{first, last})
}
