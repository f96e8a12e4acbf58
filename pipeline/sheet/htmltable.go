package sheet

import (
	"cmp"
	"slices"
	"strings"
)

// htmlTable is a table being read, or the page around all tables. Its rows are
// numbered from 1.
type htmlTable struct {
	rows   []Row // with content
	merges []Range
	height int            // rows so far
	spans  []htmlSpanning // by column
	hidden bool           // with all that is in it
	folded bool           // the section being read is hidden
	font   string

	row  *htmlRow  // open
	cell *htmlCell // open
}

// htmlSpanning is a cell that takes its columns in rows to come.
type htmlSpanning struct {
	col, wide int
	rest      int // rows to come
	merge     int // index in merges, -1 when there is none
}

// htmlRow is a row being read.
type htmlRow struct {
	hidden bool
	font   string
	col    int // columns so far
	cells  []htmlCell
}

// htmlCell is a cell being read: text and tables by turns.
type htmlCell struct {
	col, wide, tall int
	value           htmlValue
	font            string
	struck          bool // as a whole
	text            flow
	parts           []htmlPart
}

// htmlPart is a stretch of text, or a table.
type htmlPart struct {
	seen
	table *htmlTable
}

// line adds a row of one cell.
func (t *htmlTable) line(s seen, hidden bool) {
	if s.text == "" {
		return
	}
	t.height++
	cells := cellsOf(1, s.text)
	s.describe(&cells[0])
	t.rows = append(t.rows, Row{Number: t.height, Hidden: hidden || t.hidden, Cells: cells})
}

// splice adds the rows of a table that stood within this one.
func (t *htmlTable) splice(inner *htmlTable, hidden bool) {
	for _, row := range inner.rows {
		row.Number += t.height
		row.Hidden = row.Hidden || hidden
		t.rows = append(t.rows, row)
	}
	for _, m := range inner.merges {
		m.FirstRow += t.height
		m.LastRow += t.height
		t.merges = append(t.merges, m)
	}
	t.height += inner.height
}

// columns is how many columns have content.
func (t *htmlTable) columns() int {
	filled := map[int]bool{}
	for _, row := range t.rows {
		for _, c := range row.Cells {
			filled[c.Col] = true
		}
	}
	return len(filled)
}

// lines is the text of a table that is no more than a part of a cell's text.
func (t *htmlTable) lines() string {
	var b strings.Builder
	for i, row := range t.rows {
		if i > 0 {
			b.WriteByte('\n')
		}
		for j, c := range row.Cells {
			if j > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(decoded(c.Font, c.Text))
		}
	}
	return b.String()
}

// free is the first column from col on that no cell of a row above takes.
func (t *htmlTable) free(col int) int {
	for _, s := range t.spans {
		if s.col <= col && col < s.col+s.wide {
			col = s.col + s.wide
		}
	}
	return col
}

// endRow makes rows of the row that was read: one, or, when it only lays out
// what stands in it, the rows of that.
func (t *htmlTable) endRow(row *htmlRow) {
	hidden := row.hidden || t.hidden || t.folded
	first := t.height + 1
	var spans []htmlSpanning
	if row.laysOut() {
		for _, c := range row.cells {
			for _, p := range c.parts {
				if p.table != nil {
					t.splice(p.table, hidden)
				} else {
					t.line(p.seen, hidden)
				}
			}
		}
	} else {
		t.height++
		made := Row{Number: t.height, Hidden: hidden}
		for _, c := range row.cells {
			made.Cells = append(made.Cells, c.cells()...)
			if s, ok := t.merge(c); ok {
				spans = append(spans, s)
			}
		}
		if len(made.Cells) > 0 {
			t.rows = append(t.rows, made)
		}
	}
	t.pass(first)
	if len(spans) > 0 {
		t.spans = append(t.spans, spans...)
		slices.SortFunc(t.spans, func(a, b htmlSpanning) int { return cmp.Compare(a.col, b.col) })
	}
}

// merge records that c takes several rows or columns. The rows to come are added
// when they do.
func (t *htmlTable) merge(c htmlCell) (htmlSpanning, bool) {
	if c.col > maxCols || c.wide*c.tall == 1 {
		return htmlSpanning{}, false
	}
	s := htmlSpanning{col: c.col, wide: c.wide, rest: c.tall - 1, merge: -1}
	if len(t.merges) <= maxMerges { // one more than is read, so that it can be said
		s.merge = len(t.merges)
		t.merges = append(t.merges, Range{FirstRow: t.height, FirstCol: c.col, LastRow: t.height, LastCol: c.col + c.wide - 1})
	}
	return s, s.rest > 0
}

// pass counts the row that has ended for the cells that reach down from above.
func (t *htmlTable) pass(first int) {
	kept := t.spans[:0]
	for _, s := range t.spans {
		if s.merge >= 0 && t.height >= first {
			t.merges[s.merge].LastRow = t.height
		}
		if s.rest--; s.rest > 0 {
			kept = append(kept, s)
		}
	}
	t.spans = kept
}

// laysOut reports whether the row only says where on the page things stand: a
// table of several columns is in it, and at most one cell beside.
func (r *htmlRow) laysOut() bool {
	tables, others := 0, 0
	for _, c := range r.cells {
		wide := false
		for _, p := range c.parts {
			wide = wide || p.table != nil && p.table.columns() > 1
		}
		switch {
		case wide:
			tables++
		case len(c.parts) > 0:
			others++
		}
	}
	return tables > 0 && others <= 1
}
