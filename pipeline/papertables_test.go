package pipeline

import (
	"cmp"
	"encoding/xml"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// paperWord is a word as pdftotext finds it, in the order of the file.
type paperWord struct {
	Left   float64 `xml:"xMin,attr"`
	Top    float64 `xml:"yMin,attr"`
	Right  float64 `xml:"xMax,attr"`
	Bottom float64 `xml:"yMax,attr"`
	Text   string  `xml:",chardata"`
}

// readWords are the words of each page. Lengths are millimetres.
func readWords(t *testing.T, data []byte) [][]paperWord {
	t.Helper()
	dir := t.TempDir()
	file, out := filepath.Join(dir, "a.pdf"), filepath.Join(dir, "a.html")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	command(t, "pdftotext", "-bbox", "-raw", "-enc", "UTF-8", file, out)
	told, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	var read struct {
		Pages []struct {
			Words []paperWord `xml:"word"`
		} `xml:"body>doc>page"`
	}
	if err := xml.Unmarshal(told, &read); err != nil {
		t.Fatal(err)
	}
	pages := make([][]paperWord, len(read.Pages))
	for i, p := range read.Pages {
		for _, w := range p.Words {
			w.Left, w.Top, w.Right, w.Bottom = w.Left/mm, w.Top/mm, w.Right/mm, w.Bottom/mm
			pages[i] = append(pages[i], w)
		}
	}
	return pages
}

// grid is a row of a table: between two level rules over the whole width stand
// upright ones.
type grid struct {
	top, bottom float64
	edges       []float64
}

func (g grid) has(w paperWord) bool {
	middle := (w.Top + w.Bottom) / 2
	return middle > g.top && middle < g.bottom
}

// cell is in which cell of the row a word stands; a word that reaches over a rule
// stands in none.
func (g grid) cell(w paperWord) int {
	for i := range len(g.edges) - 1 {
		if w.Left > g.edges[i] && w.Right < g.edges[i+1]+0.1 {
			return i
		}
	}
	return -1
}

// grids are the rows of the tables on a page, from above.
func (p *paperPage) grids() []grid {
	const hair = 0.1
	levels := p.levels(hair)
	var all []grid
	for i := range len(levels) - 1 {
		g := grid{top: levels[i], bottom: levels[i+1]}
		for _, r := range p.rules {
			if !r.level() && r.top < g.top+hair && r.bottom > g.bottom-hair {
				g.edges = append(g.edges, r.left)
			}
		}
		slices.Sort(g.edges)
		g.edges = slices.CompactFunc(g.edges, func(a, b float64) bool { return math.Abs(a-b) < hair })
		if len(g.edges) > 1 {
			all = append(all, g)
		}
	}
	return all
}

// levels are the heights at which level rules, one or several, go from margin to
// margin.
func (p *paperPage) levels(hair float64) []float64 {
	rules := slices.DeleteFunc(slices.Clone(p.rules), func(r paperRule) bool { return !r.level() })
	slices.SortFunc(rules, func(a, b paperRule) int {
		if a.top-b.top > hair || b.top-a.top > hair {
			return cmp.Compare(a.top, b.top)
		}
		return cmp.Compare(a.left, b.left)
	})
	var levels []float64
	for i := 0; i < len(rules); {
		top, reached := rules[i].top, rules[i].left
		whole := near(reached, marginLeft)
		for ; i < len(rules) && rules[i].top-top < hair; i++ {
			whole = whole && rules[i].left < reached+hair
			reached = max(reached, rules[i].right)
		}
		if whole && near(reached, p.width-marginRight) {
			levels = append(levels, top)
		}
	}
	return levels
}

// paperText is what a reader has of a paper: the rows of its tables, those that
// go on over a page put together again, and all else in one string. Numbers and
// feet of pages are left out, and a table's head where it comes again.
func paperText(t *testing.T, data []byte, continued string) readText {
	t.Helper()
	p, words := readPaper(t, data), readWords(t, data)
	var all readText
	var prose strings.Builder
	for i, page := range p.pages {
		grids := page.grids()
		rows := make([][]string, len(grids))
		for k, g := range grids {
			rows[k] = make([]string, len(g.edges)-1)
		}
		for _, w := range words[i] {
			if w.Bottom < marginTop+1 || w.Top > page.height-marginBottom-1 {
				continue
			}
			k := slices.IndexFunc(grids, func(g grid) bool { return g.has(w) })
			if k < 0 {
				prose.WriteString(squeeze(w.Text))
				continue
			}
			c := grids[k].cell(w)
			if c < 0 {
				t.Fatalf("page %d: %q stands over a rule of its table", i+1, w.Text)
			}
			rows[k][c] += squeeze(w.Text)
		}
		all.take(grids, rows, squeeze(continued))
	}
	all.prose = prose.String()
	return all
}

// take adds the rows of a page below the heads of its tables.
func (s *readText) take(grids []grid, rows [][]string, continued string) {
	for k, row := range rows {
		begins := k == 0 || grids[k].top-grids[k-1].bottom > 0.1 // a table, with its head
		numbers := row[0] == "(1)" && len(row) > 1 && row[1] == "(2)"
		if begins || numbers {
			continue
		}
		s.add(row, continued)
	}
}
