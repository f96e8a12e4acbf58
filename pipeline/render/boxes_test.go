package render

import (
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"baocao/pipeline/report"
)

// readPage is a page as another program finds it in the file.
type readPage struct {
	Width  float64    `xml:"width,attr"`
	Height float64    `xml:"height,attr"`
	Words  []readWord `xml:"flow>block>line>word"`
}

type readWord struct {
	Left   float64 `xml:"xMin,attr"`
	Top    float64 `xml:"yMin,attr"`
	Right  float64 `xml:"xMax,attr"`
	Bottom float64 `xml:"yMax,attr"`
	Text   string  `xml:",chardata"`
}

// readBoxes reads the pages from first to last, counted from 0; last is left out.
func readBoxes(t *testing.T, pdf string, first, last int) []readPage {
	t.Helper()
	path := filepath.Join(t.TempDir(), "boxes.html")
	output(t, "pdftotext", "-bbox-layout", "-enc", "UTF-8", "-f", strconv.Itoa(first+1), "-l", strconv.Itoa(last), pdf, path)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all struct {
		Pages []readPage `xml:"body>doc>page"`
	}
	if err := xml.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all.Pages
}

// readEnds is how many pages at each end of a long plan are read back; with
// BAOCAO_LONG all are.
const readEnds = 40

// Every word that another program finds stands between the page's margins, and
// in one cell: none runs over a rule into its neighbour.
func TestWordsStayInTheirCells(t *testing.T) {
	docs := map[string]*report.Document{"52": sample(52), "torture": torture(), "crowd": crowd(), "5200": sample(5200)}
	for kind, doc := range docs {
		t.Run(kind, func(t *testing.T) {
			r := renderer(t, "TT01-2011")
			path := pdfFile(t, r, doc)
			pages, _ := layOut(t, r, doc)
			ends := [][2]int{{0, len(pages)}}
			if len(pages) > 2*readEnds && os.Getenv("BAOCAO_LONG") == "" {
				ends = [][2]int{{0, readEnds}, {len(pages) - readEnds, len(pages)}}
			}
			for _, part := range ends {
				got := readBoxes(t, path, part[0], part[1])
				if len(got) != part[1]-part[0] {
					t.Fatalf("got %d pages, want %d", len(got), part[1]-part[0])
				}
				for i, one := range got {
					checkWords(t, part[0]+i+1, pages[part[0]+i], one.Words)
				}
			}
		})
	}
}

// checkWords holds the words of a page against its boxes and against each other.
func checkWords(t *testing.T, n int, p *page, words []readWord) {
	t.Helper()
	const hair = 1.5 // a reader reckons a word's box from the font's, not from its letters
	if len(words) == 0 {
		t.Errorf("page %d: no words", n)
	}
	for _, w := range words {
		if w.Left < p.left-hair || w.Right > p.right+hair || w.Top < 0 || w.Bottom > p.height {
			t.Errorf("page %d: %q stands outside the margins: %.1f–%.1f", n, w.Text, w.Left, w.Right)
		}
		held := false
		middle := (w.Top + w.Bottom) / 2
		for _, b := range p.boxes {
			if middle > b.y-hair && middle < b.y+b.h+hair && w.Left > b.x-hair && w.Right < b.x+b.w+hair {
				held = true
				break
			}
		}
		if !held {
			t.Errorf("page %d: %q at %.1f–%.1f runs over the edge of its cell", n, w.Text, w.Left, w.Right)
		}
	}
	for i, a := range words {
		for _, b := range words[i+1:] {
			wide := min(a.Right, b.Right) - max(a.Left, b.Left)
			tall := min(a.Bottom, b.Bottom) - max(a.Top, b.Top)
			// Boxes of two lines touch: a font is taller than its lines are apart.
			if wide > 0.5 && tall > 0.5*min(a.Bottom-a.Top, b.Bottom-b.Top) {
				t.Errorf("page %d: %q lies over %q", n, a.Text, b.Text)
			}
		}
	}
}

// crowd is a plan whose rows say too much and too little: forty leading agencies,
// ten thousand characters of result, five hundred without a space, nothing.
func crowd() *report.Document {
	d := sample(7)
	table := d.Annexes[0].Body[0].Table
	var agencies []string
	for i := range 40 {
		agencies = append(agencies, fmt.Sprintf("Sở thứ %d", i+1))
	}
	texts := []string{
		strings.TrimSpace(strings.Repeat("Đã ban hành kế hoạch. ", 10000/22)),
		strings.Join(agencies, "; "), vietnameseLetters, "😀 中文 ☑ \x07", strings.Repeat("ệ", 500), "",
	}
	for i, n := 0, 0; i < len(table.Rows); i++ {
		if table.Rows[i].Kind != report.Plain {
			continue
		}
		for j := range table.Rows[i].Cells {
			if c := &table.Rows[i].Cells[j]; j > 0 && c.Number == nil {
				c.Text = ""
				if j == 9 || j == 5 {
					c.Text = texts[n%len(texts)]
				}
			}
		}
		n++
	}
	d.Annexes = append(d.Annexes, report.Annex{})
	return d
}

func TestSectionsAreBookmarked(t *testing.T) {
	pages, d := layOut(t, renderer(t, "ND30-2020"), sample(52))
	var got []string
	for i, p := range pages {
		for _, one := range p.sections {
			got = append(got, one.title)
			if one.y < p.top-tolerance || one.y > p.bottom {
				t.Errorf("page %d: %q is marked at %.0f", i+1, one.title, one.y)
			}
		}
	}
	var want []string
	for _, b := range d.Body {
		if b.Heading != "" {
			want = append(want, b.Heading)
		}
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got sections %q, want %q", got, want)
	}
}
