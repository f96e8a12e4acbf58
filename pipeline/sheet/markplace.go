package sheet

import (
	"slices"
	"strings"

	"baocao/pipeline/finding"
)

// line is a remark on the front sheet: with the cell that it leads to.
type line struct {
	Remark
	sheet *bookSheet // nil: about the whole document
	at    position   // row 0: about no cell
}

// note is what is to be said at one cell.
type note struct {
	at    position
	level finding.Level
	texts []string
}

// place finds for every remark the cell where it is said, and gathers those of
// one cell. Notes are kept by the sheet's index.
func (m *marking) place(book *Book, remarks []Remark) (lines []line, notes map[int][]*note) {
	notes = map[int][]*note{}
	known := map[[3]int]*note{}
	merges := make([]Merges, len(book.Sheets))
	for i := range book.Sheets {
		merges[i] = book.Sheets[i].MergeIndex()
	}
	for _, r := range remarks {
		l := line{Remark: r}
		i, at := m.find(book, merges, r.Place)
		if i >= 0 {
			l.sheet, l.at = m.sheets[i], at
		}
		lines = append(lines, l)
		if i < 0 || at.row == 0 {
			continue
		}
		key := [3]int{i, at.row, at.col}
		n := known[key]
		if n == nil {
			if len(known) == maxComments {
				continue
			}
			n = &note{at: at, level: r.Level}
			known[key] = n
			notes[i] = append(notes[i], n)
		}
		if finding.Compare(finding.Finding{Level: r.Level}, finding.Finding{Level: n.level}) < 0 {
			n.level = r.Level
		}
		n.texts = append(n.texts, r.Text)
	}
	return lines, notes
}

// find is the index of the sheet of p in m and the cell that p means there:
// of a row its first with content, of merged cells the first, which alone is
// seen. The index is -1 when p names no sheet.
func (m *marking) find(book *Book, merges []Merges, p finding.Place) (int, position) {
	index := -1
	if p.Sheet != "" || p.Row > 0 {
		index = slices.IndexFunc(book.Sheets, func(s Sheet) bool { return s.Name == p.Sheet })
	}
	if index < 0 || index >= len(m.sheets) {
		return -1, position{}
	}
	s := &book.Sheets[index]
	at, ok := parseRef(p.Cell)
	switch {
	case ok && (at.row > maxSheetRow || at.col > maxSheetCol) || p.Row > maxSheetRow:
		return index, position{}
	case ok:
	case p.Row > 0:
		at = s.firstAt(p.Row)
	default:
		return index, position{}
	}
	if merged, ok := merges[index].At(at.row, at.col); s.Grid && ok {
		at = position{merged.FirstRow, merged.FirstCol}
	}
	return index, at
}

// The last row and column that a work sheet can have.
const (
	maxSheetRow = 1_048_576
	maxSheetCol = 16_384
)

// firstAt is the first cell with content in the row, or on the line of a text.
func (s *Sheet) firstAt(row int) position {
	if !s.Grid {
		for _, r := range s.Rows {
			for _, c := range r.Cells {
				if c.Line == row {
					return position{r.Number, c.Col}
				}
			}
		}
	}
	for _, c := range s.Row(row).Cells {
		return position{row, c.Col}
	}
	return position{row, 1}
}

// said is the whole text of a comment, cut to what Excel shows.
func (n *note) said() string {
	text := strings.Join(n.texts, "\n")
	if len(text) > maxSaid {
		text = strings.ToValidUTF8(text[:maxSaid], "") + "…"
	}
	return text
}
