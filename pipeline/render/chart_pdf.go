package render

import "baocao/pipeline/report"

// chart sets a chart: on one page if a page holds it; else its legend comes again
// on every page.
func (s *section) chart(c *report.Chart) {
	l := s.r.layout.Body
	s.text(c.Title, para{face: s.r.typeface(bold, l.Size), align: report.Center, gap: 2 * l.Gap, keep: true})
	head, bars := s.r.chart(c, s.paper.left, s.paper.measure())
	head.keep, head.gap = true, chartGap
	s.strips = append(s.strips, head)
	for i, b := range bars {
		b.head, b.keep = &head, i < len(bars)-1 || c.Note != ""
		s.strips = append(s.strips, b)
	}
	if c.Note != "" {
		s.text(c.Note, para{face: s.r.typeface(italic, chartSize+1), gap: chartGap})
	}
}
