package form

import (
	"cmp"
	"slices"
	"sort"

	"baocao/pipeline/sheet"
)

// layout is a sheet with its merged cells indexed by the filled rows that they
// cover, so that a hostile workbook with tens of thousands of them is read as
// fast as any other.
type layout struct {
	*sheet.Sheet
	merged [][]int32 // by index in Rows: indexes in Merges, by ascending FirstCol
	looked int       // cells that were looked at for titles
}

// mostMerges is how many merged cells a row has at the most, on average, before
// the rest are not looked at: merged cells that do not overlap never are as many
// in columns that people fill.
const mostMerges = 64

func newLayout(s *sheet.Sheet) *layout {
	g := &layout{Sheet: s, merged: make([][]int32, len(s.Rows))}
	left := len(s.Merges) + mostMerges*len(s.Rows)
	for i, m := range s.Merges {
		if m.LastRow < m.FirstRow || m.LastCol < m.FirstCol {
			continue
		}
		first := sort.Search(len(s.Rows), func(k int) bool { return s.Rows[k].Number >= m.FirstRow })
		for k := first; k < len(s.Rows) && s.Rows[k].Number <= m.LastRow && left > 0; k++ {
			g.merged[k] = append(g.merged[k], int32(i))
			left--
		}
	}
	for _, row := range g.merged {
		slices.SortStableFunc(row, func(a, b int32) int {
			return cmp.Compare(s.Merges[a].FirstCol, s.Merges[b].FirstCol)
		})
	}
	return g
}

// mergeAt is the merged cell that covers the given row and column; false when
// none does, or when the row holds nothing at all.
func (g *layout) mergeAt(row, col int) (sheet.Range, bool) {
	k, ok := slices.BinarySearchFunc(g.Rows, row, func(r sheet.Row, n int) int { return cmp.Compare(r.Number, n) })
	if !ok {
		return sheet.Range{}, false
	}
	list := g.merged[k]
	after := sort.Search(len(list), func(i int) bool { return g.Merges[list[i]].FirstCol > col })
	if after == 0 {
		return sheet.Range{}, false
	}
	m := g.Merges[list[after-1]]
	return m, m.Contains(row, col)
}

// text is the text of the cell at row, col, or of the merged cell that covers
// it.
func (g *layout) text(row, col int) string {
	if m, ok := g.mergeAt(row, col); ok {
		row, col = m.FirstRow, m.FirstCol
	}
	return g.Row(row).Cell(col).Text
}
