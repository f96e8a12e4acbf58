package render

import (
	"bytes"
	"fmt"
	"sort"
	"strings"

	"github.com/xuri/excelize/v2"

	"baocao/pipeline/report"
)

const (
	chartRow = 15 // height of the rows that a chart lies over, points
	// Programs place a chart by the cells of its corners. The library reckons
	// these as if every cell had the size of an empty sheet's, in pixels.
	emptyWidth, emptyHeight = 64, 18
)

// sheetChart is a chart over empty rows of a sheet, and where its figures stand.
type sheetChart struct {
	*report.Chart
	top, rows  int
	head       int // row of the names of the series
	first      int // row of the first bar
	last       int
	categories int   // column of the names
	values     []int // columns of the series
}

// chart adds a chart, and under it the table of its figures.
func (s *sheet) chart(c *report.Chart) {
	s.text(c.Title, cellStyle{face: bold, size: s.r.layout.Body.Size, align: report.Center})
	one := sheetChart{Chart: c, top: len(s.rows) + 1}
	each := 2
	if !c.Stacked {
		each = max(2, len(c.Series))
	}
	one.rows = 6 + each*len(c.Bars)
	for range one.rows {
		s.add(sheetRow{height: chartRow})
	}
	t := s.table(c.Table())
	if len(t.rows) == 0 {
		return
	}
	one.head, one.first, one.last = t.rows[0]-1, t.rows[0], t.rows[len(t.rows)-1]
	one.categories, _ = t.columns(0, 1)
	for i := range c.Series {
		column, _ := t.columns(i+1, 1)
		one.values = append(one.values, column)
	}
	s.charts = append(s.charts, one)
}

// hatchColors mark the series in what the library writes, which knows no
// hatching, until [hatchings] stand in their place; a program that has none would
// show them.
var hatchColors = [hatches]string{"000001", "7F7F81", "FFFFF1", "BFBFC1", "DFDFE1"}

// hatchings are the fills of the file format that look like those of paper.
var hatchings = [hatches]string{
	solid:    `<a:solidFill><a:srgbClr val="262626"/></a:solidFill>`,
	diagonal: pattern("wdUpDiag"),
	blank:    `<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>`,
	upright:  pattern("pct20"),
	crossed:  pattern("openDmnd"),
}

func pattern(name string) string {
	return `<a:pattFill prst="` + name + `"><a:fgClr><a:srgbClr val="000000"/></a:fgClr><a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>`
}

const chartOutline = `<a:ln w="6350"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>`

// charts puts the charts of a sheet over their rows.
func (b *workbook) charts(s *sheet) error {
	for _, c := range s.charts {
		if err := b.file.AddChart(s.name, cellName(1, c.top), b.chart(s, c)); err != nil {
			return fmt.Errorf("chart %q: %w", c.Title, err)
		}
		b.drawn++
		if err := b.hatch(fmt.Sprintf("xl/charts/chart%d.xml", b.drawn)); err != nil {
			return fmt.Errorf("chart %q: %w", c.Title, err)
		}
	}
	if len(s.charts) > 0 {
		// With the first chart the library lists kinds of pictures, in the order of a map.
		kinds := b.file.ContentTypes.Defaults
		sort.Slice(kinds, func(i, j int) bool { return kinds[i].Extension < kinds[j].Extension })
	}
	return nil
}

func (b *workbook) chart(s *sheet, c sheetChart) *excelize.Chart {
	at := func(column, from, to int) string {
		name := "'" + strings.ReplaceAll(s.name, "'", "''") + "'!"
		first, _ := excelize.CoordinatesToCellName(column, from, true)
		last, _ := excelize.CoordinatesToCellName(column, to, true)
		if from == to {
			return name + first
		}
		return name + first + ":" + last
	}
	font := excelize.Font{Family: b.font, Size: chartSize, Color: "000000"}
	gap, over, vary := uint(50), 0, false
	made := &excelize.Chart{
		Type: excelize.Bar, VaryColors: &vary, GapWidth: &gap, Overlap: &over,
		Dimension: excelize.ChartDimension{Width: uint(emptyWidth * len(s.widths)), Height: uint(emptyHeight * c.rows)},
		Format:    excelize.GraphicOptions{AltText: c.Title, Positioning: "twoCell"},
		Legend:    excelize.ChartLegend{Position: "top", Font: &font},
		XAxis:     excelize.ChartAxis{ReverseOrder: true, Font: font},
		YAxis:     excelize.ChartAxis{None: true, Minimum: new(float64)},
		PlotArea:  excelize.ChartPlotArea{ShowVal: true, NumFmt: excelize.ChartNumFmt{SourceLinked: true}},
		Border:    excelize.LineOptions{Type: excelize.LineNone},
	}
	label := excelize.ChartDataLabel{Font: font}
	place := excelize.ChartDataLabelsPositionOutsideEnd
	if c.Stacked {
		over = 100
		made.Type = excelize.BarStacked
		made.PlotArea.NumFmt = excelize.ChartNumFmt{CustomNumFmt: "#,##0;;"} // no room for a 0
		label.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFFFFF"}}
		place = excelize.ChartDataLabelsPositionCenter
	}
	plan := chartPlan{Chart: c.Chart}
	for i, column := range c.values {
		made.Series = append(made.Series, excelize.ChartSeries{
			Name: at(column, c.head, c.head), Categories: at(c.categories, c.first, c.last), Values: at(column, c.first, c.last),
			Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{hatchColors[plan.hatch(i)]}},
			DataLabel: label, DataLabelPosition: place,
		})
	}
	return made
}

// hatch gives the bars of a chart their hatching and an outline.
func (b *workbook) hatch(part string) error {
	kept, ok := b.file.Pkg.Load(part)
	content, isBytes := kept.([]byte)
	if !ok || !isBytes {
		return fmt.Errorf("no part %q", part)
	}
	for i, color := range hatchColors {
		old := `<a:solidFill><a:srgbClr val="` + color + `"></a:srgbClr></a:solidFill>`
		content = bytes.ReplaceAll(content, []byte(old), []byte(hatchings[i]+chartOutline))
	}
	b.file.Pkg.Store(part, content)
	return nil
}
