package render

import (
	"fmt"
	"strconv"

	"baocao/pipeline/report"
)

// pages lays a prepared document out.
func (r *Renderer) pages(d *report.Document) ([]*page, error) {
	d = mapText(d, r.printable)
	tables := 0
	main := r.section(d, r.layout.Pages.Main, false, &tables)
	main.letterhead(d.Letterhead)
	main.title(d)
	main.blocks(d.Body)
	main.signature(d.Signature)
	all, err := main.pages(d.Meta, r.layout.Number.First)
	if err != nil {
		return nil, fmt.Errorf("main text: %w", err)
	}
	all[0].bookmark = join(d.Kind, d.Subject)
	for i, a := range d.Annexes {
		if a.Workbook {
			continue
		}
		margins := r.layout.Pages.Portrait
		if a.Landscape {
			margins = r.layout.Pages.Landscape
		}
		s := r.section(d, margins, a.Landscape, &tables)
		s.annexHead(a)
		s.blocks(a.Body)
		pages, err := s.pages(d.Meta, r.layout.Number.AnnexFirst)
		if err != nil {
			return nil, fmt.Errorf("annex %d: %w", i+1, err)
		}
		pages[0].bookmark = join(a.Label, a.Title)
		all = append(all, pages...)
	}
	return all, nil
}

// section begins a main text or annex. The lines of the footer that the margin
// cannot hold are taken from the page's foot.
func (r *Renderer) section(d *report.Document, m Margins, landscape bool, tables *int) *section {
	s := &section{r: r, words: d.Words, paper: newPaper(m, landscape), tables: tables}
	if n := len(s.footer(d.Meta)); n > 0 {
		l := r.layout.Footer
		s.paper.bottom = min(s.paper.bottom, s.paper.height-l.Edge*mm-(float64(n)-0.5)*footerLeading*l.Size-6)
	}
	return s
}

// footerLeading is the leading of the footer's small type.
const footerLeading = 1.2

// footer is the line that stands on every page, wrapped.
func (s *section) footer(m report.Meta) []line {
	width := s.footerWidth()
	return s.r.typeface(regular, s.r.layout.Footer.Size).wrap(m.Footer, width, width)
}

// footerWidth leaves room for a page number at the foot.
func (s *section) footerWidth() float64 {
	if s.r.layout.Number.Place == BottomRight {
		return s.paper.measure() - numberRoom
	}
	return s.paper.measure()
}

// numberRoom is the width kept for a page number beside the footer, in points.
const numberRoom = 48

// pages breaks the section into pages and puts what stands in the margins on
// each of them.
func (s *section) pages(m report.Meta, numberFirst bool) ([]*page, error) {
	pages, err := paginate(s.paper, s.strips)
	if err != nil {
		return nil, err
	}
	for i, p := range pages {
		if i > 0 || numberFirst {
			p.boxes = append(p.boxes, s.number(i+1))
		}
		p.boxes = append(p.boxes, s.footerBoxes(m)...)
	}
	return pages, nil
}

// number is a page's number: Arabic, upright (NĐ 30/2020/NĐ-CP, PL I, mục I).
func (s *section) number(n int) box {
	l := s.r.layout.Number
	face := s.r.typeface(regular, l.Size)
	text := strconv.Itoa(n)
	one := []line{{text: text, width: face.width(text), end: true}}
	band := headLeading * l.Size
	b := box{w: numberRoom, h: band, role: roleMargin}
	align := report.Center
	switch l.Place {
	case TopCenter:
		b.x, b.y = (s.paper.left+s.paper.right-b.w)/2, l.Edge*mm-band/2
	case BottomRight:
		b.x, b.y = s.paper.right-b.w, s.paper.height-l.Edge*mm-band/2
		align = report.Right
	}
	b.runs = face.lines(one, b.x, b.y, b.w, band, align)
	return b
}

func (s *section) footerBoxes(m report.Meta) []box {
	lines := s.footer(m)
	l := s.r.layout.Footer
	band := footerLeading * l.Size
	y := s.paper.height - l.Edge*mm + band/2 - float64(len(lines))*band
	var boxes []box
	for i, one := range lines {
		b := box{x: s.paper.left, y: y + float64(i)*band, w: s.footerWidth(), h: band, role: roleMargin}
		b.runs = s.r.typeface(regular, l.Size).lines([]line{one}, b.x, b.y, b.w, band, report.Left)
		boxes = append(boxes, b)
	}
	return boxes
}
