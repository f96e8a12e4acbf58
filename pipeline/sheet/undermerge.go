package sheet

import (
	"baocao/pipeline/finding"
)

// placed is a cell and its row.
type placed struct {
	row int
	Cell
}

// underMerges takes the cells out of s over which a merged cell lies: no program
// shows what they store. It tells of what they held, but for texts that are the
// merged cell's own.
func underMerges(book *Book, s *Sheet) []finding.Finding {
	if len(s.Merges) == 0 {
		return nil
	}
	merges := s.MergeIndex()
	begins := map[position]bool{}
	for _, m := range s.Merges {
		begins[position{m.FirstRow, m.FirstCol}] = true
	}
	var covered []placed
	rows := s.Rows[:0]
	for _, row := range s.Rows {
		kept := row.Cells[:0]
		for _, c := range row.Cells {
			_, under := merges.At(row.Number, c.Col)
			if under && !begins[position{row.Number, c.Col}] {
				covered = append(covered, placed{row.Number, c})
				continue
			}
			kept = append(kept, c)
		}
		if row.Cells = kept; len(kept) > 0 {
			rows = append(rows, row)
		}
	}
	s.Rows = rows
	return coveredValues(book, s, covered)
}

// coveredValues says what the cells under merges held.
func coveredValues(book *Book, s *Sheet, covered []placed) []finding.Finding {
	if len(covered) == 0 {
		return nil
	}
	merges := s.MergeIndex()
	found := few{book: book, sheet: s, code: "value-under-merge", level: finding.Warning}
	for _, p := range covered {
		if p.Text == "" {
			continue
		}
		above := ""
		if m, ok := merges.At(p.row, p.Col); ok {
			above = s.Row(m.FirstRow).Cell(m.FirstCol).Text
		}
		if p.Kind != String || p.Text != above {
			found.add(p.row, p.Col, seenBriefly(p.Cell), "")
		}
	}
	return found.all()
}

// mostSeen is how many characters of a cell's text a finding repeats.
const mostSeen = 60

// seenBriefly is the text of c, cut where it is long.
func seenBriefly(c Cell) string {
	n := 0
	for i := range c.Text {
		if n++; n > mostSeen {
			return c.Text[:i] + "…"
		}
	}
	return c.Text
}
