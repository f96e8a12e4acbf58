package sheet

import (
	"cmp"
	"slices"
)

// Merges finds the block of merged cells that a cell lies in, without a look at
// all of them.
type Merges struct {
	columns []int           // first columns of blocks, ascending
	reach   []int           // the last column of any block, by first column as in columns
	blocks  map[int][]Range // by first column, top down; none reaches into the next
}

// MergeIndex is the index of the merges of s. Of two blocks that overlap in their
// first column, which no program writes, the lower one is left out.
func (s *Sheet) MergeIndex() Merges {
	m := Merges{blocks: map[int][]Range{}}
	for _, r := range s.Merges {
		m.blocks[r.FirstCol] = append(m.blocks[r.FirstCol], r)
	}
	for col, blocks := range m.blocks {
		m.columns = append(m.columns, col)
		slices.SortStableFunc(blocks, func(a, b Range) int { return cmp.Compare(a.FirstRow, b.FirstRow) })
		kept := blocks[:0]
		for _, r := range blocks {
			if n := len(kept); n == 0 || kept[n-1].LastRow < r.FirstRow {
				kept = append(kept, r)
			}
		}
		m.blocks[col] = kept
	}
	slices.Sort(m.columns)
	for _, col := range m.columns {
		last := col
		for _, r := range m.blocks[col] {
			last = max(last, r.LastCol)
		}
		m.reach = append(m.reach, last)
	}
	return m
}

// At is the block that the cell at row, col lies in.
func (m Merges) At(row, col int) (Range, bool) {
	for i, first := range m.columns {
		if first > col {
			break
		}
		if m.reach[i] < col {
			continue
		}
		blocks := m.blocks[first]
		i, found := slices.BinarySearchFunc(blocks, row, func(r Range, row int) int { return cmp.Compare(r.FirstRow, row) })
		if !found {
			i--
		}
		if i >= 0 && blocks[i].Contains(row, col) {
			return blocks[i], true
		}
	}
	return Range{}, false
}
