package render

import (
	"fmt"
	"math"

	"baocao/pipeline/report"
)

// A chart is drawn with rules and text only, so that paper and page show the
// same: bars are told apart by how they are hatched, which lasts on any printer,
// and every figure stands beside its bar.

const (
	chartSize   = 10.0 // of the type, points
	chartBand   = 12.0 // a line of it
	chartBar    = 9.0  // how thick a bar is
	chartGap    = 4.0  // between two names, and round texts
	chartNames  = 0.3  // width of the names, of the chart's
	chartSwatch = 14.0 // width of a bar in the legend
	chartLines  = 24   // of one name; what is longer is cut
)

// chartPlan is where the parts of a chart stand.
type chartPlan struct {
	*report.Chart
	face    typeface
	x       float64 // left edge
	width   float64
	axis    float64 // where the bars begin
	scale   float64 // points for each unit
	figures float64 // width of a column of figures
}

// chart lays a chart out from x on: its legend, and a strip for each name.
func (r *Renderer) chart(c *report.Chart, x, width float64) (head strip, bars []strip) {
	p := chartPlan{Chart: c, face: r.typeface(regular, chartSize), x: x, width: width}
	p.axis = x + chartNames*width + chartGap
	most := 0.0
	for _, b := range c.Bars {
		whole := 0.0
		for _, f := range b.Figures {
			p.figures = max(p.figures, p.face.width(f.Text)+2*chartGap)
			if n := amount(f); c.Stacked {
				whole += n
			} else {
				whole = max(whole, n)
			}
		}
		most = max(most, whole)
	}
	right := x + width - p.figures
	if c.Stacked {
		p.figures = max(p.figures, chartSwatch+chartGap)
		right = x + width - p.figures*float64(len(c.Series)) - chartGap
	}
	if most > 0 {
		p.scale = max(0, right-p.axis) / most
	}
	for _, b := range c.Bars {
		bars = append(bars, p.bar(b))
	}
	return p.head(), bars
}

// amount is how long a figure's bar is: nothing for one that is not known.
func amount(f report.Cell) float64 {
	if f.Number == nil {
		return 0
	}
	return max(0, f.Number.InexactFloat64())
}

// head is the legend, and over columns of figures which is which.
func (p *chartPlan) head() strip {
	var s strip
	x, y := p.x, 0.0
	for i, name := range p.Series {
		lines := p.face.wrap(name, p.width-chartSwatch-chartGap, p.width-chartSwatch-chartGap)
		wide := chartSwatch + chartGap + widest(lines)
		if x > p.x && x+wide > p.x+p.width {
			x, y = p.x, y+chartBand+chartGap
		}
		s.swatch(x, y+2, chartSwatch, chartBand-4, p.hatch(i))
		p.text(&s, lines, x+chartSwatch+chartGap, y, wide-chartSwatch-chartGap, report.Left)
		y += float64(max(1, len(lines))-1) * chartBand
		x += wide + 3*chartGap
	}
	s.height = y + chartBand + chartGap
	if !p.Stacked {
		return s
	}
	for i := range p.Series {
		left, width := p.column(i)
		s.swatch(left+width-chartSwatch, s.height, chartSwatch, chartBand-4, p.hatch(i))
	}
	s.height += chartBand - 2
	return s
}

// column is where the figures of a series stand in a chart whose bars are stacked.
func (p *chartPlan) column(series int) (x, width float64) {
	return p.x + p.width - float64(len(p.Series)-series)*p.figures, p.figures
}

// bar is the strip of one name.
func (p *chartPlan) bar(b report.Bar) strip {
	names := p.axis - p.x - 2*chartGap
	lines := p.face.wrap(b.Name, names, names)
	if len(lines) > chartLines {
		lines = lines[:chartLines]
		lines[chartLines-1].text += "…"
	}
	deep := chartBand
	if !p.Stacked {
		deep *= float64(len(b.Figures))
	}
	s := strip{height: max(deep, chartBand*float64(len(lines))) + chartGap}
	p.text(&s, lines, p.x, (s.height-chartBand*float64(len(lines)))/2, names, report.Left)
	x, y := p.axis, (s.height-deep)/2
	for i, f := range b.Figures {
		long := p.scale * amount(f)
		if long > 0 {
			s.swatch(x, y+(chartBand-chartBar)/2, long, chartBar, p.hatch(i))
		}
		one := p.face.wrap(f.Text, math.Inf(1), math.Inf(1))
		if p.Stacked {
			left, width := p.column(i)
			p.text(&s, one, left, y, width, report.Right)
			x += long
		} else {
			p.text(&s, one, p.axis+long+chartGap, y, p.figures-chartGap, report.Left)
			y += chartBand
		}
	}
	s.rule(p.axis, 0, p.axis, s.height, thin)
	return s
}

func (p *chartPlan) text(s *strip, lines []line, x, y, width float64, align report.Align) {
	if len(lines) == 0 {
		return
	}
	s.boxes = append(s.boxes, box{
		x: x, y: y, w: width, h: chartBand * float64(len(lines)), role: roleChart,
		runs: p.face.lines(lines, x, y, width, chartBand, align),
	})
}

// hatch is how the bars of a series are filled. Of two series the second is the
// one that matters: now, or what was spent.
func (p *chartPlan) hatch(series int) hatch {
	if len(p.Series) == 2 {
		return [...]hatch{diagonal, solid}[series]
	}
	return hatch(series % int(hatches))
}

// checkChart finds a bar that does not have a figure for each series.
func checkChart(c *report.Chart) error {
	for i, b := range c.Bars {
		if len(b.Figures) != len(c.Series) {
			return fmt.Errorf("bar %d: %d figures for %d series", i+1, len(b.Figures), len(c.Series))
		}
	}
	return nil
}

func mapChart(from *report.Chart, f func(string) string) *report.Chart {
	c := *from
	c.Title, c.Label, c.Note = f(c.Title), f(c.Label), f(c.Note)
	c.Series = mapStrings(from.Series, f)
	c.Bars = make([]report.Bar, len(from.Bars))
	for i, b := range from.Bars {
		c.Bars[i] = report.Bar{Name: f(b.Name), Figures: make([]report.Cell, len(b.Figures))}
		for j, one := range b.Figures {
			one.Text = f(one.Text)
			c.Bars[i].Figures[j] = one
		}
	}
	return &c
}
