package render

import "baocao/pipeline/report"

// fitSheet is [Renderer.fit] for a sheet, whose cells keep more room beside their
// text than those on paper: with paper's widths many a word would go on in a
// second line.
func (r *Renderer) fitSheet(t *report.Table, width float64) columns {
	other := *r
	other.layout.Table.Pad = (cellPad - other.layout.Table.Rule) / 2
	fitted := other.fit(t, caution*width)
	for i := range fitted.widths {
		fitted.widths[i] /= caution
	}
	return fitted
}

// widen makes the sheet's columns so wide that those of a table that is not the
// widest hold their longest words, too. What they need is taken from where there
// is most.
func (s *sheet) widen(t *report.Table) {
	fitted := s.r.fitSheet(t, s.measure)
	edges := bounds(fitted.widths, s.widths)
	for i, least := range s.r.leastWidths(t, fitted.size, s.measure, wordLimits[0]) {
		least = (least - s.r.layout.Table.around() + cellPad) / caution
		columns := s.widths[edges[i]:edges[i+1]]
		missing := min(least, fitted.widths[i]) - sum(columns)
		if missing <= 0 {
			continue
		}
		most := 0
		for j, w := range s.widths {
			if w > s.widths[most] {
				most = j
			}
		}
		if most >= edges[i] && most < edges[i+1] || s.widths[most] < 2*missing {
			continue
		}
		s.widths[most] -= missing
		columns[0] += missing
	}
}
