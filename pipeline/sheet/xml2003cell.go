package sheet

import (
	"cmp"
	"encoding/xml"
	"slices"
	"strconv"
)

// index is the position that e says, which must lie behind the last one; the
// next one if it says none.
func (r *xmlReader) index(e xml.StartElement, last int) (int, error) {
	s := attribute(e, "Index")
	if s == "" {
		return last + 1, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n <= last || n > maxRepeat {
		return 0, corrupt(r.part, strconv.ErrRange)
	}
	return n, nil
}

// more is the number that e's attribute says, 0 if there is none.
func more(e xml.StartElement, local string) int {
	n, err := strconv.Atoi(attribute(e, local))
	if err != nil {
		return 0
	}
	return min(max(n, 0), maxRepeat)
}

// readRow reads the row whose start is e; last is the one before it and becomes
// this one, or the last of the empty ones that it stands for.
func (r *xmlReader) readRow(e xml.StartElement, last *int) error {
	number, err := r.index(e, *last)
	if err != nil {
		return err
	}
	*last = min(number+more(e, "Span"), maxRepeat)
	row := Row{Number: number, Hidden: isOn(attribute(e, "Hidden")) || attribute(e, "Height") == "0"}
	style := attribute(e, "StyleID")
	r.tall = slices.DeleteFunc(r.tall, func(m Range) bool { return m.LastRow < number })
	col := 0
	err = r.children(func(e xml.StartElement) error {
		if e.Name.Local != "Cell" {
			return r.skip()
		}
		n, err := r.cellIndex(e, number, col)
		if err != nil {
			return err
		}
		col = min(n+r.mergeCell(e, number, n), maxRepeat)
		columnStyle := ""
		if n <= len(r.columns) {
			columnStyle = r.columns[n-1]
		}
		c, err := r.readCell(e, style, columnStyle)
		c.Col = n
		if past := len(row.Cells); past == 0 || row.Cells[past-1].Col <= maxCols {
			if c.Kind != "" || c.Stale {
				row.Cells = append(row.Cells, c)
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	return r.add(row)
}

// cellIndex is the column of a cell. Excel writes it behind cells that reach
// down from above; other programs that do not write it mean the next free one.
func (r *xmlReader) cellIndex(e xml.StartElement, row, last int) (int, error) {
	col, err := r.index(e, last)
	if attribute(e, "Index") != "" {
		return col, err
	}
	for _, m := range r.tall {
		if m.Contains(row, col) {
			col = m.LastCol + 1
		}
	}
	return col, err
}

// mergeCell records how the cell at row, col is merged, and is how many columns
// more it takes.
func (r *xmlReader) mergeCell(e xml.StartElement, row, col int) int {
	wide, tall := more(e, "MergeAcross"), more(e, "MergeDown")
	if wide+tall == 0 || col > maxCols || r.beyond(row) {
		return wide
	}
	m := Range{FirstRow: row, FirstCol: col, LastRow: row + tall, LastCol: col + wide}
	r.merge(m)
	if m.FirstRow++; tall > 0 && len(r.tall) < maxCols {
		r.tall = append(r.tall, m)
		slices.SortFunc(r.tall, func(a, b Range) int { return cmp.Compare(a.FirstCol, b.FirstCol) })
	}
	return wide
}

// readCell reads the cell whose start is e, in a row and a column of the given
// styles.
func (r *xmlReader) readCell(e xml.StartElement, rowStyle, columnStyle string) (Cell, error) {
	var c Cell
	var kind string
	var typed typed
	style := attribute(e, "StyleID")
	for _, a := range e.Attr {
		c.Formula = c.Formula || a.Name.Local == "Formula"
	}
	err := r.children(func(e xml.StartElement) (err error) {
		if e.Name.Local != "Data" {
			return r.skip() // a comment has Data of its own
		}
		kind = attribute(e, "Type")
		typed, err = r.data()
		return err
	})
	seen := typed.seenIn(r.font(style, rowStyle, columnStyle), r.isStruck(style, rowStyle, columnStyle))
	value := seen.text
	if value != "" {
		seen.describe(&c)
	}
	switch {
	case value == "":
		c.Stale = c.Formula && kind != "String"
	case kind == "Boolean":
		c.Font = ""
		c.Kind, c.Raw, c.Text = Bool, "0", "FALSE"
		if isOn(value) {
			c.Raw, c.Text = "1", "TRUE"
		}
	case kind == "Error", c.Formula && isFormulaError(value):
		c.Font = ""
		c.Kind, c.Raw, c.Text = Failed, value, value
	case kind == "Number" && isNumber(value):
		f := r.format(style, rowStyle, columnStyle)
		if f.isDate() && r.date1904 {
			value = from1904(value)
		}
		c.setNumeric(value, "", f)
	case kind == "DateTime":
		c.setText(value)
		if serial, ok := dateSerial(value); ok {
			c.setNumeric(serial, "", formatFor("date", r.format(style, rowStyle, columnStyle)))
		}
	default:
		c.setText(value)
	}
	return c, err
}

// data is the text of the Data whose start was read last. Stretches of it in
// other fonts are elements of HTML.
func (r *xmlReader) data() (typed, error) {
	end := r.depth - 1
	text := flow{}
	var outer []outerLooks
	for {
		kind, err := r.next()
		if err != nil || kind == atEnd {
			return nil, err
		}
		switch kind {
		case isChars:
			text.write(r.chars)
			if err := text.check(r.part); err != nil {
				return nil, err
			}
		case isStart:
			outer = append(outer, outerLooks{r.depth, text.font, text.look})
			switch r.name.Local {
			case "Font":
				text.font = cmp.Or(fontOf(attribute(r.element(), "Face")), text.font)
			case "S", "Del", "Strike":
				text.look.struck = struck
			case "Sup":
				text.look.raised = true
			}
		case isClose:
			if r.depth == end {
				return text.typed, nil
			}
			last := len(outer) - 1
			text.font, text.look, outer = outer[last].font, outer[last].look, outer[:last]
		}
	}
}
