// Sets the table with gopdf, which leaves wrapping and page breaks to its user:
// gopdf TABLE.json OUT.pdf
package main

import (
	"log"
	"os"

	"github.com/signintech/gopdf"

	"peers/table"
)

const (
	margin  = 28.0
	padding = 2.0
	leading = 9.6
)

// setter sets rows one under the other.
type setter struct {
	pdf    *gopdf.GoPdf
	widths []float64
	y      float64
}

func main() {
	t := table.Read()
	s := setter{pdf: &gopdf.GoPdf{}}
	s.pdf.Start(gopdf.Config{PageSize: *gopdf.PageSizeA4Landscape})
	check(s.pdf.AddTTFFont("serif", t.Regular))
	check(s.pdf.AddTTFFont("bold", t.Bold))
	whole := 0
	for _, c := range t.Columns {
		whole += c.Width
	}
	var titles []string
	for _, c := range t.Columns {
		s.widths = append(s.widths, (gopdf.PageSizeA4Landscape.W-2*margin)*float64(c.Width)/float64(whole))
		titles = append(titles, c.Title)
	}
	s.turn(titles)
	for _, r := range t.Rows {
		check(s.pdf.SetFont("serif", "", 8))
		lines, height := s.wrap(r)
		if s.y+height > gopdf.PageSizeA4Landscape.H-margin {
			s.turn(titles)
			check(s.pdf.SetFont("serif", "", 8))
		}
		s.row(lines, height)
	}
	check(s.pdf.WritePdf(os.Args[2]))
}

// turn begins a page with the head.
func (s *setter) turn(titles []string) {
	s.pdf.AddPage()
	s.y = margin
	check(s.pdf.SetFont("bold", "", 8))
	s.row(s.wrap(titles))
}

func (s *setter) wrap(cells []string) (lines [][]string, height float64) {
	for i, text := range cells {
		var one []string
		if text != "" {
			var err error
			one, err = s.pdf.SplitTextWithWordWrap(text, s.widths[i]-2*padding)
			check(err)
		}
		lines = append(lines, one)
		height = max(height, float64(len(one))*leading+2*padding)
	}
	return lines, height
}

func (s *setter) row(lines [][]string, height float64) {
	x := margin
	for i, cell := range lines {
		s.pdf.RectFromUpperLeft(x, s.y, s.widths[i], height)
		for j, line := range cell {
			s.pdf.SetXY(x+padding, s.y+padding+float64(j)*leading)
			check(s.pdf.Cell(nil, line))
		}
		x += s.widths[i]
	}
	s.y += height
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
