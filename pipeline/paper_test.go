package pipeline

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// mm is a millimetre in points.
const mm = 72 / 25.4

// paper is a PDF as other programs read it: pdftohtml tells what is written where
// and in which letters, qpdf which rules are drawn. Lengths are millimetres from
// the upper left corner, sizes of type points.
type paper struct{ pages []*paperPage }

type paperPage struct {
	width, height float64
	lines         []paperLine // in the file's order
	rules         []paperRule
}

type paperLine struct {
	text              string // with single spaces
	left, right       float64
	top, bottom, base float64 // of its letters' band, and where they stand
	size              float64
	bold, italic      bool
	color             string
}

// paperRule is a straight level or upright line.
type paperRule struct{ left, top, right, bottom float64 }

func (l paperLine) middle() float64 { return (l.left + l.right) / 2 }
func (l paperLine) width() float64  { return l.right - l.left }
func (r paperRule) level() bool     { return r.top == r.bottom }
func (r paperRule) length() float64 { return r.right - r.left }

// command is what a program prints.
func command(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	needs(t, name)
	var told bytes.Buffer
	c := exec.Command(name, args...)
	c.Stderr = &told
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, &told)
	}
	return out
}

// readPaper reads a PDF back.
func readPaper(t *testing.T, data []byte) *paper {
	t.Helper()
	file := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	p := readLetters(t, command(t, "pdftohtml", "-xml", "-i", "-zoom", fmt.Sprint(zoom), "-fontfullname", "-stdout", file))
	readRules(t, p, command(t, "qpdf", "--qdf", "--object-streams=disable", file, "-"))
	return p
}

// zoom is the largest of pdftohtml's: it tells places in whole thirds of a point.
const zoom = 3

// ascent is how far above their line's foot the letters of the typeface reach at
// most, and height the whole of it: of Times New Roman and its metric twins.
const ascent, height = 0.891, 1.107

func readLetters(t testing.TB, data []byte) *paper {
	t.Helper()
	var read struct {
		Pages []struct {
			Width  float64 `xml:"width,attr"`
			Height float64 `xml:"height,attr"`
			Fonts  []struct {
				ID     string  `xml:"id,attr"`
				Size   float64 `xml:"size,attr"`
				Family string  `xml:"family,attr"`
				Color  string  `xml:"color,attr"`
			} `xml:"fontspec"`
			Lines []struct {
				Top   float64 `xml:"top,attr"`
				Left  float64 `xml:"left,attr"`
				Width float64 `xml:"width,attr"`
				Font  string  `xml:"font,attr"`
				Inner string  `xml:",innerxml"`
			} `xml:"text"`
		} `xml:"page"`
	}
	if err := xml.Unmarshal(data, &read); err != nil {
		t.Fatal(err)
	}
	type font struct {
		size         float64
		bold, italic bool
		color        string
	}
	fonts := map[string]font{} // of all pages: each is told where it comes first
	p := &paper{}
	for _, from := range read.Pages {
		for _, f := range from.Fonts {
			style := strings.TrimPrefix(f.Family, "utf8liberationserif")
			fonts[f.ID] = font{f.Size / zoom, strings.Contains(style, "B"), strings.Contains(style, "I"), f.Color}
		}
		page := &paperPage{width: from.Width / zoom / mm, height: from.Height / zoom / mm}
		for _, l := range from.Lines {
			f := fonts[l.Font]
			top := l.Top / zoom / mm
			one := paperLine{
				text: strings.Join(strings.Fields(unmarked(t, l.Inner)), " "), left: l.Left / zoom / mm, right: (l.Left + l.Width) / zoom / mm,
				top: top, base: top + ascent*f.size/mm, bottom: top + height*f.size/mm,
				size: f.size, bold: f.bold, italic: f.italic, color: f.color,
			}
			page.lines = append(page.lines, one)
		}
		p.pages = append(p.pages, page)
	}
	return p
}

var markup = regexp.MustCompile(`</?[bi]>`)

func unmarked(t testing.TB, inner string) string {
	t.Helper()
	var text string
	if err := xml.Unmarshal([]byte("<t>"+markup.ReplaceAllString(inner, "")+"</t>"), &text); err != nil {
		t.Fatal(err)
	}
	return text
}

var (
	pageContents = regexp.MustCompile(`(?s)%% Contents for page (\d+)\n.*?\nstream\n(.*?)endstream`)
	drawnRule    = regexp.MustCompile(`(?m)^([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l S$`)
)

func readRules(t testing.TB, p *paper, data []byte) {
	t.Helper()
	for _, m := range pageContents.FindAllSubmatch(data, -1) {
		n, err := strconv.Atoi(string(m[1]))
		if err != nil || n > len(p.pages) {
			t.Fatalf("contents of page %q of %d", m[1], len(p.pages))
		}
		page := p.pages[n-1]
		height := 297.0 // the letters' reader rounds it
		if page.height < page.width {
			height = 210
		}
		for _, r := range drawnRule.FindAllSubmatch(m[2], -1) {
			var at [4]float64
			for i := range at {
				if at[i], err = strconv.ParseFloat(string(r[i+1]), 64); err != nil {
					t.Fatal(err)
				}
				at[i] /= mm
			}
			page.rules = append(page.rules, paperRule{
				min(at[0], at[2]), height - max(at[1], at[3]), max(at[0], at[2]), height - min(at[1], at[3]),
			})
		}
	}
}

// line is the first line of a page with the text.
func (p *paperPage) line(t testing.TB, text string) paperLine {
	t.Helper()
	for _, l := range p.lines {
		if l.text == text {
			return l
		}
	}
	t.Fatalf("%q is no line of the page", text)
	return paperLine{}
}

// wrapped are the lines of a page that hold the text together.
func (p *paperPage) wrapped(t testing.TB, text string) []paperLine {
	t.Helper()
	for i := range p.lines {
		said := ""
		for j := i; j < len(p.lines) && strings.HasPrefix(text, said); j++ {
			said = strings.TrimSpace(said + " " + p.lines[j].text)
			if said == text {
				return p.lines[i : j+1]
			}
		}
	}
	t.Fatalf("%q is not on the page", text)
	return nil
}

// under is the level rule next below a line, within 4 mm and over its middle.
func (p *paperPage) under(l paperLine) *paperRule {
	var best *paperRule
	for i, r := range p.rules {
		if r.level() && r.left < l.middle() && r.right > l.middle() && r.top > l.base && r.top < l.bottom+4 && (best == nil || r.top < best.top) {
			best = &p.rules[i]
		}
	}
	return best
}

// near tells whether two lengths are the same as far as anybody sees.
func near(a, b float64) bool { return math.Abs(a-b) < 0.5 }
