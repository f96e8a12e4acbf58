package render

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"baocao/pipeline/report"
)

// chartWidth is the width a chart is drawn in on a page, in units of its own.
const chartWidth = 480

// htmlChart is a chart as a drawing in a page.
type htmlChart struct {
	*report.Chart
	Width, Height, Size string
	Texts               []htmlChartText
	Rules               []htmlRules
}

// htmlChartText is a line of text on its baseline.
type htmlChartText struct{ X, Y, Text string }

// htmlRules are rules of the same thickness.
type htmlRules struct{ Width, Path string }

func (r *Renderer) htmlChart(c *report.Chart) htmlChart {
	head, bars := r.chart(c, 0, chartWidth)
	drawn := htmlChart{Chart: c, Width: units(chartWidth), Size: units(chartSize)}
	paths := map[float64]*strings.Builder{}
	var order []float64
	y := 0.0
	for _, s := range append([]strip{head}, bars...) {
		placed := s.at(y)
		y += s.height
		for _, b := range placed.boxes {
			for _, one := range b.runs {
				drawn.Texts = append(drawn.Texts, htmlChartText{units(one.x), units(one.y), one.text})
			}
		}
		for _, k := range placed.strokes {
			if paths[k.w] == nil {
				paths[k.w] = &strings.Builder{}
				order = append(order, k.w)
			}
			fmt.Fprintf(paths[k.w], "M%s %sL%s %s", units(k.x1), units(k.y1), units(k.x2), units(k.y2))
		}
	}
	for _, w := range order {
		drawn.Rules = append(drawn.Rules, htmlRules{units(w), paths[w].String()})
	}
	drawn.Height = units(y + 1)
	return drawn
}

// units writes a length as finely as a screen can show it.
func units(v float64) string { return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64) }
