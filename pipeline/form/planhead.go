package form

import (
	"slices"

	"baocao/pipeline/sheet"
)

// planHead is the head of the table.
type planHead struct {
	first, next int // indexes in sheet.Rows: of the head, of the first row after it
	columns     []planColumn
	headings    [planRoles]string
}

// planColumn is a column: the grid columns from first to last, or the one
// position of a document without a grid.
type planColumn struct {
	role        planRole
	first, last int
	heading     string
}

// findPlanHead finds the first head in the sheet.
func findPlanHead(s *sheet.Sheet) (planHead, bool) {
	for i := range s.Rows {
		if h, ok := readPlanHead(s, i); ok {
			return h, true
		}
	}
	return planHead{}, false
}

// readPlanHead reads the head that begins with the row at index i: one row, or
// two when the second divides the months or the roles.
func readPlanHead(s *sheet.Sheet, i int) (planHead, bool) {
	h := planHead{first: i, next: i + 1}
	row := s.Rows[i]
	h.columns = planTopColumns(s, row)
	if !h.isHead() {
		return planHead{}, false
	}
	if s.Grid {
		for c := range h.columns {
			h.columns[c].first, h.columns[c].last = planSpan(s, row.Number, h.columns[c].first)
		}
	}
	if h.next < len(s.Rows) && isPlanSubHead(s.Rows[h.next]) {
		h.divide(s, s.Rows[h.next])
		h.next++
	}
	for _, c := range h.columns {
		if h.headings[c.role] == "" {
			h.headings[c.role] = c.heading
		}
	}
	return h, true
}

// planTopColumns are the columns of the head's first row, if it is one. Without
// a grid, cells before the first heading are text that ran into the row.
func planTopColumns(s *sheet.Sheet, row sheet.Row) []planColumn {
	if len(row.Cells) < 4 {
		return nil
	}
	var columns []planColumn
	for _, c := range row.Cells {
		role := planRoleOf(c.Text)
		if !s.Grid && role == planNone && len(columns) == 0 {
			continue
		}
		column := planColumn{role: role, heading: c.Text, first: c.Col, last: c.Col}
		if !s.Grid {
			column.first, column.last = len(columns)+1, len(columns)+1
		}
		columns = append(columns, column)
	}
	return columns
}

// planSpan is the columns of the merged cell at row, col.
func planSpan(s *sheet.Sheet, row, col int) (first, last int) {
	for _, m := range s.Merges {
		if m.Contains(row, col) {
			return m.FirstCol, m.LastCol
		}
	}
	return col, col
}

// isHead reports whether the columns are those of a plan's table.
func (h *planHead) isHead() bool {
	var has [planRoles]bool
	count := 0
	for _, c := range h.columns {
		if c.role != planNone && !has[c.role] {
			has[c.role] = true
			count++
		}
	}
	return count >= 4 && has[planName] && (has[planDuty] || has[planLead])
}

// isPlanSubHead reports whether a row holds nothing but headings of the head's
// second row.
func isPlanSubHead(row sheet.Row) bool {
	any := false
	for _, c := range row.Cells {
		switch planRoleOf(c.Text) {
		case planStart, planEnd, planLead, planPartner:
			any = true
		default:
			if c.Text != "" {
				return false
			}
		}
	}
	return any
}

// divide puts the columns of the head's second row in place of the one above
// them.
func (h *planHead) divide(s *sheet.Sheet, row sheet.Row) {
	var subs []planColumn
	for _, c := range row.Cells {
		if role := planRoleOf(c.Text); role != planNone {
			first, last := planSpan(s, row.Number, c.Col)
			subs = append(subs, planColumn{role: role, first: first, last: last, heading: c.Text})
		}
	}
	var columns []planColumn
	for _, top := range h.columns {
		var below []planColumn
		for _, sub := range subs {
			if sub.parent() == top.role {
				below = append(below, sub)
			}
		}
		if len(below) == 0 {
			columns = append(columns, top)
			continue
		}
		parent := planColumn{role: top.role, heading: top.heading} // keeps its heading, holds no cells
		columns = append(columns, below...)
		columns = append(columns, parent)
	}
	h.columns = columns
	if !s.Grid {
		h.number()
	}
}

// number gives the columns of a document without a grid their positions.
func (h *planHead) number() {
	n := 0
	for i := range h.columns {
		if c := &h.columns[i]; c.last > 0 {
			n++
			c.first, c.last = n, n
		}
	}
}

// parent is the role of the heading that stands above a divided one.
func (c planColumn) parent() planRole {
	if c.role == planStart || c.role == planEnd {
		return planTime
	}
	return planDuty
}

// width is the number of columns.
func (h *planHead) width() int {
	n := 0
	for _, c := range h.columns {
		if c.last > 0 {
			n++
		}
	}
	return n
}

// column is the column that holds the role, zero when there is none.
func (h *planHead) column(role planRole) planColumn {
	i := slices.IndexFunc(h.columns, func(c planColumn) bool { return c.role == role && c.last > 0 })
	if i < 0 {
		return planColumn{}
	}
	return h.columns[i]
}

// roleAt is the role of the column that covers col, and whether one does.
func (h *planHead) roleAt(col int) (planRole, bool) {
	for _, c := range h.columns {
		if c.first <= col && col <= c.last {
			return c.role, true
		}
	}
	return planNone, false
}
