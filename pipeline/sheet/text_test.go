package sheet

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestText(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     []string // "line: cell|cell"
	}{
		{"rows", "\tStt\n\tNội dung\n\n\t1\n\tA\n", []string{"1: Stt|Nội dung", "4: 1|A"}},
		{"empty cells keep their place", "\tTổng\n\t\n\t\n\t350\n\t\n", []string{"1: Tổng|||350|"}},
		{"paragraphs of a cell", "\t- Chủ trì: A\n\n- Phối hợp: B\n\tTháng 1\n\tTháng\n\n12\n\t\n", []string{"1: - Chủ trì: A¶- Phối hợp: B|Tháng 1|Tháng¶12|"}},
		{"lines of a cell", "\tChỉ số:\n- một\n\n- hai\n\t\n", []string{"1: Chỉ số:¶- một¶- hai|"}},
		{"text before the table", "2. Nhiệm vụ\n\tStt\n\tA\n", []string{"1: 2. Nhiệm vụ", "2: Stt|A"}},
		{"text after an empty last cell", "\tA\n\t\n\nNơi nhận:\n", []string{"1: A|", "4: Nơi nhận:"}},
		{"text after two blank lines", "\tNơi nhận\n\tPHÓ CHỦ TỊCH\n\n\n\nKẾ HOẠCH\nNĂM 2018\n", []string{"1: Nơi nhận|PHÓ CHỦ TỊCH", "6: KẾ HOẠCH", "7: NĂM 2018"}},
		{"empty first cell", "\t\nNơi nhận:\n- VT\n\tKT\n", []string{"1: Nơi nhận:¶- VT|KT"}},
		{"rows of nothing", "\t\n\t\n\n\tA\n", []string{"4: A"}},
		{"Windows line ends and a mark", "\ufeff\tA\r\n\tB\r\n\r\n\tC\r\n", []string{"1: A|B", "4: C"}},
		{"a blank line of spaces", "\tA\n\tB\n  \n\tC\n", []string{"1: A|B", "4: C"}},
		{"no table", "một\nhai\n", []string{"1: một", "2: hai"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			book, findings := Open("x.txt", []byte(tt.in))
			if book == nil || len(findings) > 0 {
				t.Fatal(findings)
			}
			s := book.Sheets[0]
			if book.Format != Text || s.Grid {
				t.Errorf("got format %q, grid %t", book.Format, s.Grid)
			}
			var got []string
			for _, row := range s.Rows {
				var cells []string
				for _, c := range row.Cells {
					cells = append(cells, strings.ReplaceAll(c.Text, "\n", "¶"))
				}
				got = append(got, fmt.Sprintf("%d: %s", row.Number, strings.Join(cells, "|")))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The shipped decision has, from its table on, 3 rows of headings, 7 fields, 24
// results, 52 activities, 5 totals, the grand total and the amount in words.
func TestTextOfDecision(t *testing.T) {
	book := mustOpen(t, "../../templates/plan/1982-QD-UBND-2017.txt")
	counts := map[int]int{}
	for _, row := range book.Sheets[0].Rows {
		if row.Number > 71 {
			counts[len(row.Cells)]++
		}
	}
	want := map[int]int{
		9: 2 + 52,    // second and third row of the head, activities
		8: 1 + 5 + 1, // first row of the head, totals
		4: 2,         // results with an extra cell
		3: 22,        // other results
		2: 7,         // fields
		1: 1,         // the amount in words
	}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Error(diff)
	}
}
