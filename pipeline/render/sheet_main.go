package render

import "baocao/pipeline/report"

// mainSheet plans the sheet of the main text.
func (r *Renderer) mainSheet(d *report.Document, name string) *sheet {
	s := r.newSheet(d, name, r.layout.Pages.Main, false, d.Body)
	s.prose = true
	s.letterhead(d.Letterhead)
	l := r.layout.Title
	s.skip()
	s.text(d.Kind, cellStyle{face: bold, size: l.Kind, align: report.Center})
	s.text(d.Subject, cellStyle{face: bold, size: l.Subject, align: report.Center})
	if d.Addressee != "" {
		s.skip()
		s.text(join(d.Words.To, d.Addressee), cellStyle{size: l.To, align: report.Center})
	}
	s.skip()
	s.blocks(d.Body)
	s.signature(d.Signature)
	return s
}

// annexSheet plans the sheet of an annex.
func (r *Renderer) annexSheet(d *report.Document, a report.Annex, name string) *sheet {
	margins := r.layout.Pages.Portrait
	if a.Landscape {
		margins = r.layout.Pages.Landscape
	}
	s := r.newSheet(d, name, margins, a.Landscape, a.Body)
	l := r.layout.Annex
	s.text(a.Label, cellStyle{face: bold, size: l.Label, align: report.Center})
	s.text(a.Title, cellStyle{face: bold, size: l.Title, align: report.Center})
	s.text(a.Reference, cellStyle{face: italic, size: l.Reference, align: report.Center})
	s.skip()
	s.blocks(a.Body)
	return s
}

func (s *sheet) letterhead(h report.Letterhead) {
	l := s.r.layout.Letterhead
	center := report.Center
	s.pair(h.Parent, h.Nation, cellStyle{size: l.Parent, align: center}, cellStyle{face: bold, size: l.Nation, align: center})
	s.pair(h.Issuer, h.Motto, cellStyle{face: bold, size: l.Issuer, align: center}, cellStyle{face: bold, size: l.Motto, align: center, underline: true})
	s.pair(h.Symbol, h.Place, cellStyle{size: l.Symbol, align: center}, cellStyle{face: italic, size: l.Place, align: center})
	if h.About != "" {
		s.pair(h.About, "", cellStyle{size: l.about(), align: center}, cellStyle{size: l.about()})
	}
}

// signature sets nơi nhận beside quyền hạn, line by line, and the name below the
// room for signature and seal.
func (s *sheet) signature(g report.Signature) {
	if len(g.Authority) == 0 && len(g.Recipients) == 0 && g.Name == "" {
		return
	}
	l := s.r.layout.Signature
	s.skip()
	var left, right []string
	if len(g.Recipients) > 0 {
		left = append(left, s.words.Recipients)
		for _, one := range g.Recipients {
			left = append(left, dashed(one))
		}
	}
	right = append(right, g.Authority...)
	if g.Name != "" {
		for range 4 {
			right = append(right, "")
		}
		right = append(right, g.Name)
	}
	for i := range max(len(left), len(right)) {
		var a, b string
		label := cellStyle{size: l.Recipients}
		if i == 0 {
			label = cellStyle{face: boldItalic, size: l.Label}
		}
		if i < len(left) {
			a = left[i]
		}
		if i < len(right) {
			b = right[i]
		}
		if a == "" && b == "" {
			s.skip()
			continue
		}
		s.pair(a, b, label, cellStyle{face: bold, size: l.Authority, align: report.Center})
	}
}
