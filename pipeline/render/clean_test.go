package render

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/report"
)

func TestClean(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "Tiếng Việt", "Tiếng Việt"},
		{"decomposed", "Tie\u0302\u0301ng Vie\u0323\u0302t", "Tiếng Việt"},
		{"line ends", "a\r\nb\rc\u2028d\ve", "a\nb\nc\nd\ne"},
		{"tab", "a\tb", "a b"},
		{"no width", "a\u200bb\ufeffc\u00add\u200de", "abcde"},
		{"steering", "a\x1bb\u202ec\x00d", "a\ufffdb\ufffdc\ufffdd"},
		{"broken", "a\xffb", "a\ufffdb"},
		{"emoji", "😀", "😀"},
		{"no-break space", "a\u00a0b", "a\u00a0b"},
	} {
		if got := clean(c.in); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
		if got := clean(c.want); got != c.want {
			t.Errorf("%s: cleaned twice: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestPrintable(t *testing.T) {
	r := renderer(t, "ND30-2020")
	for in, want := range map[string]string{
		"Đắk R’lấp – “Ủy ban” ≤ 5 × 3 … →": "Đắk R’lấp – “Ủy ban” ≤ 5 × 3 … →",
		"😀 中 ㋀ \ufffd":    "□ □ □ □",
		"✓ đạt ☐ chưa ✗":  "√ đạt □ chưa ×",
		"a\u2011b":        "a-b",
		"a\u2000b\u3000c": "a\u2000b\u00a0c",
		vietnameseLetters: vietnameseLetters,
	} {
		if got := r.printable(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// Renderers share documents with each other and with the caller.
func TestPrepareLeavesTheDocumentAlone(t *testing.T) {
	got, want := torture(), torture()
	if _, err := prepare(got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("document changed (-want +got):\n%s", diff)
	}
}

func TestPrepareRefusesWhatWouldBeLost(t *testing.T) {
	cols := []report.Column{{Title: "a"}, {Title: "b"}}
	table := func(rows ...report.Row) *report.Document {
		return &report.Document{Body: []report.Block{{Table: &report.Table{Columns: cols, Rows: rows}}}}
	}
	for name, doc := range map[string]*report.Document{
		"too few cells":  table(report.Row{Cells: []report.Cell{{Text: "1"}}}),
		"too many cells": table(report.Row{Cells: []report.Cell{{Text: "1"}, {Text: "2", Span: 2}}}),
		"negative span":  table(report.Row{Cells: []report.Cell{{Span: -1}, {Span: 3}}}),
		"sum of nothing": table(report.Row{Cells: []report.Cell{{}, {Sum: []int{7}}}}),
		"sum of itself":  table(report.Row{Cells: []report.Cell{{}, {Sum: []int{0}}}}),
		"no columns":     {Body: []report.Block{{Table: &report.Table{}}}},
		"two fields":     {Annexes: []report.Annex{{Body: []report.Block{{Heading: "a", Item: "b"}}}}},
	} {
		if _, err := prepare(doc); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
}

func TestUnprintable(t *testing.T) {
	r := renderer(t, "ND30-2020")
	for in, want := range map[string]string{
		"":                "",
		vietnameseLetters: "",
		"Tie\u0302\u0301ng Vie\u0323\u0302t a\u200bb": "", // composed, and what has no width
		"a\u2011b c\u3000d ☐ tab\t\r\n":               "",
		"😀 hai 😀, 中":                                  "😀□ 😀□ 中□",
		"☑ đạt ⇒ xong":                                "☑√ ⇒→",
		"a\x07b\u202ec\uf0b7\xff":                     "\x07□ \u202e□ \uf0b7□ \ufffd□",
		"👩\u200d👧\ufe0f":                              "👩□ 👧□",
	} {
		var got []string
		for _, u := range r.Unprintable(in) {
			got = append(got, string(u.Written)+string(u.Printed))
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
