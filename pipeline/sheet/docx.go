package sheet

import (
	"encoding/xml"
	"strconv"

	"baocao/pipeline/finding"
)

// documentReader reads the body of a DOCX document, ECMA-376 part 1, §17. Its
// paragraphs and the rows of its tables are numbered as they follow each other.
type documentReader struct {
	*markup
	tally
	fonts documentFonts
	sheet Sheet
	row   int

	tables, tableRows int // so far; rows of the table being read

	cut  position    // the first cell left out
	open map[int]int // column → index in sheet.Merges of the vertical merge that stands there

	covered []placed // some of the cells that merged cells cover
}

// readDocument reads the body: a paragraph is a row with one cell in column 1,
// a table row has its cells in the true columns of its table's grid. Deletions
// that a reviewer has proposed are left out, insertions are read. A table within
// a cell is that cell's text.
func readDocument(book *Book, z *archive) ([]finding.Finding, error) {
	const part = "word/document.xml"
	data, err := z.read(part)
	if err != nil {
		return nil, err
	}
	fonts, err := readFonts(z)
	if err != nil {
		return nil, err
	}
	r := documentReader{markup: newMarkup(part, data), fonts: fonts, sheet: Sheet{Grid: true}}
	err = r.each(func(e xml.StartElement) error {
		switch {
		case isLeftOut(e):
			return r.skip()
		case e.Name.Local == "p":
			var text typed
			if err := r.paragraph(&text); err != nil {
				return err
			}
			r.row++
			return r.add(Row{Number: r.row, Cells: text.cells(1)})
		case e.Name.Local == "tbl":
			return r.table()
		}
		return nil
	})
	r.keepMerges()
	book.Sheets = []Sheet{r.sheet}
	findings := append(r.tally.findings(book), coveredValues(book, &r.sheet, r.covered)...)
	if r.cut != (position{}) {
		findings = append(findings, cellsLeftOut(book, &r.sheet, r.cut))
	}
	return findings, err
}

// add keeps a row that holds something.
func (r *documentReader) add(row Row) error {
	if len(row.Cells) == 0 {
		return nil
	}
	if len(r.sheet.Rows) == maxRows {
		return rowsBeyond("")
	}
	for range row.Cells {
		if err := r.cell(""); err != nil {
			return err
		}
	}
	r.sheet.Rows = append(r.sheet.Rows, row)
	return nil
}

// cellsOf is the cell with the text, none if there is no text.
func cellsOf(col int, text string) []Cell {
	if text == "" {
		return nil
	}
	c := Cell{Col: col}
	c.setText(text)
	return []Cell{c}
}

// isLeftOut reports whether e holds what a reader of the document does not
// see: deletions, the second form of a drawing, properties.
func isLeftOut(e xml.StartElement) bool {
	switch e.Name.Local {
	case "del", "moveFrom", "Fallback", "pPr", "rPr", "sdtPr", "sectPr", "tblPr", "tblGrid", "tblPrEx":
		return true
	}
	return false
}

// paragraph adds the text of the paragraph whose start was read last to t. The
// paragraphs of a text box within it are lines of its text.
func (r *documentReader) paragraph(t *typed) error {
	usual := r.fonts.ofParagraph("")
	font, as := usual, look{}
	return r.children(func(e xml.StartElement) (err error) {
		switch e.Name.Local {
		case "pPr":
			usual, err = r.paragraphFont()
			font = usual
			return err
		case "r":
			font, as = usual, look{}
		case "rPr":
			font, as, err = r.runLooks(usual)
			return err
		case "t":
			text, err := r.text()
			t.writeAs(font, as, text)
			return err
		case "tab", "ptab":
			t.write(font, " ")
		case "br", "cr", "p":
			t.write(font, "\n")
		case "noBreakHyphen":
			t.write(font, "-")
		case "softHyphen":
			t.write(font, softHyphen)
		}
		if isLeftOut(e) {
			return r.skip()
		}
		return nil
	})
}

func (r *documentReader) table() error {
	r.open = map[int]int{}
	r.tables++
	r.tableRows = 0
	return r.children(func(e xml.StartElement) error {
		switch {
		case isLeftOut(e):
			return r.skip()
		case e.Name.Local == "tr":
			return r.tableRow()
		}
		return nil
	})
}

// tableRow reads one row of a table. A row that a reviewer deletes is left
// out.
func (r *documentReader) tableRow() error {
	r.row++
	r.tableRows++
	row := Row{Number: r.row, Table: r.tables, TableRow: r.tableRows}
	col, deleted := 1, false
	err := r.children(func(e xml.StartElement) error {
		switch {
		case e.Name.Local == "trPr":
			return r.children(func(e xml.StartElement) error {
				switch e.Name.Local {
				case "gridBefore":
					col += span(e, 0)
				case "del":
					deleted = true
				case "hidden":
					row.Hidden = isSaid(e)
				}
				return nil
			})
		case e.Name.Local == "tc":
			next, text, err := r.tableCell(col)
			if cells := text.cells(col); col <= maxCols {
				row.Cells = append(row.Cells, cells...)
			} else if len(cells) > 0 && r.cut == (position{}) {
				r.cut = position{r.row, col}
			}
			col = next
			return err
		case isLeftOut(e):
			return r.skip()
		}
		return nil
	})
	if err != nil || deleted {
		return err
	}
	return r.add(row)
}

// tableCell reads the cell that begins in column col, and gives the column of
// the next one.
func (r *documentReader) tableCell(col int) (next int, text typed, err error) {
	width, vertical := 1, ""
	inner := r.depth + 1
	err = r.children(func(e xml.StartElement) error {
		switch {
		case e.Name.Local == "tcPr" && r.depth == inner:
			return r.children(func(e xml.StartElement) error {
				switch e.Name.Local {
				case "gridSpan":
					width = max(span(e, 1), 1)
				case "vMerge":
					if vertical = attribute(e, "val"); vertical == "" {
						vertical = "continue"
					}
				}
				return nil
			})
		case e.Name.Local == "p":
			text.endLine()
			return r.paragraph(&text)
		case isLeftOut(e):
			return r.skip()
		}
		return nil
	})
	if r.span(col, width, vertical) { // what stands in it is not shown
		if covered := text.cells(col); len(covered) > 0 && len(r.covered) < maxCols {
			r.covered = append(r.covered, placed{r.row, covered[0]})
		}
		return col + width, nil, err
	}
	return col + width, text, err
}

// span is the number that e holds, at most what a table can have columns.
func span(e xml.StartElement, otherwise int) int {
	n, err := strconv.Atoi(attribute(e, "val"))
	if err != nil || n < 0 || n > maxCols {
		return otherwise
	}
	return n
}

// span records how the cell at col is merged, and reports whether it goes on
// with the one above.
func (r *documentReader) span(col, width int, vertical string) bool {
	if i, ok := r.open[col]; ok && vertical == "continue" {
		r.sheet.Merges[i].LastRow = r.row
		return true
	}
	delete(r.open, col)
	if vertical != "restart" && width == 1 || col > maxCols || !r.merge() {
		return false
	}
	if vertical == "restart" {
		r.open[col] = len(r.sheet.Merges)
	}
	r.sheet.Merges = append(r.sheet.Merges, Range{
		FirstRow: r.row, FirstCol: col, LastRow: r.row, LastCol: col + width - 1,
	})
	return false
}

// keepMerges drops merges of a single cell: a vertical merge may begin and not
// go on.
func (r *documentReader) keepMerges() {
	kept := r.sheet.Merges[:0]
	for _, m := range r.sheet.Merges {
		if m.FirstRow != m.LastRow || m.FirstCol != m.LastCol {
			kept = append(kept, m)
		}
	}
	r.sheet.Merges = kept
}
