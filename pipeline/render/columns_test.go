package render

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/report"
)

// Widths are moved to where the table is short, and not below its words.
func TestFitMakesTheTableShorter(t *testing.T) {
	const width = 714
	r, table := renderer(t, "TT01-2011"), progressTable(52)
	fitted := r.fit(table, width)
	if got := sum(fitted.widths); math.Abs(got-width) > tolerance {
		t.Errorf("got widths of %.2f in all, want %d", got, width)
	}
	least := r.leastWidths(table, fitted.size, width, wordLimits[0])
	for i, w := range fitted.widths {
		if w < least[i]-tolerance {
			t.Errorf("column %d: got width %.1f, its longest word needs %.1f", i+1, w, least[i])
		}
	}
	start := r.newSearch(table, width)
	start.at(fitted.size, least)
	before := start.height()
	if after := start.settle(); after > 0.9*before {
		t.Errorf("got height %.0f, want at most nine tenths of the %.0f that the shares give", after, before)
	}
	if diff := cmp.Diff(fitted.widths, r.fit(progressTable(52), width).widths); diff != "" {
		t.Errorf("fitted twice (-first +second):\n%s", diff)
	}
}

func TestShortTablesTakeTheLargestType(t *testing.T) {
	r := renderer(t, "ND30-2020")
	if got, want := r.fit(fieldTable(), 467).size, r.layout.Table.Max; got != want {
		t.Errorf("table of eight rows: got size %v, want %v", got, want)
	}
	if got, want := r.fit(progressTable(520), 714).size, r.layout.Table.Max; got >= want {
		t.Errorf("plan of 520 activities: got size %v, want less than %v", got, want)
	}
}

func TestHeadsAreLow(t *testing.T) {
	r := renderer(t, "TT01-2011")
	pages, _ := layOut(t, r, sample(52))
	low, high := math.Inf(1), 0.0
	for _, b := range pages[len(pages)-2].boxes {
		if b.role == roleRepeat && len(b.runs) > 0 && b.runs[0].y < pages[0].top+60*mm {
			low, high = min(low, b.y), max(high, b.y+b.h)
		}
	}
	if got := (high - low) / mm; got <= 0 || got > 32 {
		t.Errorf("got a head of %.0f mm, want at most 32", got)
	}
}

// Narrow columns under a long merged heading get room for it: the head is on every
// page.
func TestMergedHeadingsAreLow(t *testing.T) {
	r, table := renderer(t, "TT01-2011"), progressTable(52)
	for i, title := range []string{"Trong kỳ", "Lũy kế"} {
		table.Columns = append(table.Columns, report.Column{Group: "Kinh phí đã thực hiện (triệu đồng)", Title: title, Width: 10 + i, Align: report.Right})
	}
	for i := range table.Rows {
		row := &table.Rows[i]
		row.Cells = append(row.Cells, report.Cell{Text: "1"}, report.Cell{Text: "12"})
	}
	fitted := r.fit(table, 714)
	g := &grid{layout: r.layout.Table, widths: fitted.widths, size: fitted.size}
	if got, want := (&section{r: r}).tableHead(table, g).height, 80.0; got > want {
		t.Errorf("got a head of %.0f points, want at most %.0f", got, want)
	}
}

// A table of nothing and one of one word have widths all the same.
func TestFitOfLittle(t *testing.T) {
	r := renderer(t, "TT01-2011")
	for _, table := range []*report.Table{
		{Columns: []report.Column{{Title: ""}}},
		{Columns: []report.Column{{Title: "a"}, {Title: "b"}}, Rows: []report.Row{{Cells: []report.Cell{{}, {}}}}},
	} {
		if got := sum(r.fit(table, 400).widths); math.Abs(got-400) > tolerance {
			t.Errorf("%d columns: got widths of %.1f in all, want 400", len(table.Columns), got)
		}
	}
}
