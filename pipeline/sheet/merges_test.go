package sheet

import "testing"

func TestMergeIndex(t *testing.T) {
	s := Sheet{Merges: []Range{{5, 1, 9, 1}, {1, 1, 2, 3}, {3, 2, 3, 4}, {7, 1, 8, 5}, {3, 5, 60_000, 5}}}
	index := s.MergeIndex()
	for _, tt := range []struct {
		row, col int
		want     Range
		ok       bool
	}{
		{1, 1, Range{1, 1, 2, 3}, true},
		{2, 3, Range{1, 1, 2, 3}, true},
		{3, 1, Range{}, false},
		{3, 4, Range{3, 2, 3, 4}, true},
		{9, 1, Range{5, 1, 9, 1}, true},
		{8, 3, Range{}, false}, // of the block that overlaps another
		{8, 5, Range{3, 5, 60_000, 5}, true},
		{10, 1, Range{}, false},
		{0, 0, Range{}, false},
	} {
		if got, ok := index.At(tt.row, tt.col); got != tt.want || ok != tt.ok {
			t.Errorf("At(%d, %d): got %v %v, want %v %v", tt.row, tt.col, got, ok, tt.want, tt.ok)
		}
	}
	if _, ok := (&Sheet{}).MergeIndex().At(1, 1); ok {
		t.Error("a sheet without merges has one")
	}
}
