package sheet

import "strings"

// readText reads a table that was copied into plain text, as decisions are
// published: a line that starts with a tab begins a cell, lines without one go
// on with it, a blank line parts its paragraphs. A row ends at a blank line
// before a tab, at two blank lines, and after an empty last cell at one. The
// lines before and after the table are rows of one cell.
//
// There is no grid: a row with merged cells is shorter, and empty cells are
// kept, because only their order tells the column.
func readText(book *Book, text string) error {
	var t textReader
	text = strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n")
	for line := range strings.SplitSeq(text, "\n") {
		t.number++
		if t.line(line); t.err != nil {
			return t.err
		}
	}
	t.endRow()
	book.Sheets = []Sheet{t.sheet}
	return t.err
}

// textReader builds rows from lines.
type textReader struct {
	sheet  Sheet
	number int // of the line
	row    Row
	cell   strings.Builder // the cell being read, when row has any
	blanks int             // blank lines before this one
	err    error           // what exceeds the limits
	tally
}

func (t *textReader) line(line string) {
	text := strings.TrimSpace(clean(line))
	switch tabbed := strings.HasPrefix(line, "\t"); {
	case tabbed && t.blanks > 0:
		t.endRow()
		t.beginCell(text)
	case tabbed:
		t.beginCell(text)
	case text == "":
		t.blanks++
		return
	case len(t.row.Cells) == 0, t.blanks > 1, t.blanks == 1 && t.cell.Len() == 0:
		t.endRow()
		t.prose(text)
	default:
		if t.cell.Len() > 0 {
			t.cell.WriteByte('\n')
		}
		t.cell.WriteString(text)
	}
	t.blanks = 0
}

// prose adds a row of one cell.
func (t *textReader) prose(text string) {
	t.beginCell(text)
	t.endRow()
}

func (t *textReader) beginCell(text string) {
	t.endCell()
	if len(t.row.Cells) == maxCols {
		t.endRow() // lines of prose that begin with a tab, all of them
	}
	if len(t.row.Cells) == 0 {
		t.row.Number = t.number
	}
	t.row.Cells = append(t.row.Cells, Cell{Col: len(t.row.Cells) + 1, Line: t.number})
	if err := t.tally.cell(""); err != nil {
		t.err = err
	}
	t.cell.WriteString(text)
}

func (t *textReader) endCell() {
	if n := len(t.row.Cells); n > 0 {
		t.row.Cells[n-1].setText(t.cell.String())
	}
	t.cell.Reset()
}

func (t *textReader) endRow() {
	t.endCell()
	for _, c := range t.row.Cells {
		if c.Kind != "" {
			if len(t.sheet.Rows) == maxRows {
				t.err = rowsBeyond("")
				break
			}
			t.sheet.Rows = append(t.sheet.Rows, t.row)
			break
		}
	}
	t.row = Row{}
}
