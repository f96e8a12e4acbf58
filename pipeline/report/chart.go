package report

import "slices"

// Chart shows figures as bars that lie beside their names. A renderer that
// cannot draw shows its [Chart.Table] instead; one that can shows every figure in
// words too, so that nobody has to measure a bar.
type Chart struct {
	Title   string
	Label   string   // what the names are: "Lĩnh vực"
	Series  []string // what the figures of a bar are, in the order of the legend
	Bars    []Bar
	Stacked bool   // the figures of a bar add up, and stand behind each other; else below each other
	Note    string // a line under the chart
}

// Bar is one name of a chart and its figures, one a series. A figure without a
// Number is not known, and none is below 0.
type Bar struct {
	Name    string
	Figures []Cell
}

// told reports whether any figure is known.
func (b Bar) told() bool {
	return slices.ContainsFunc(b.Figures, func(f Cell) bool { return f.Number != nil })
}

// Table is the figures of the chart: a row for each bar.
func (c *Chart) Table() *Table {
	t := &Table{Columns: []Column{{Title: c.Label, Width: 30}}, Note: c.Note}
	for _, s := range c.Series {
		t.Columns = append(t.Columns, Column{Title: s, Width: 14, Align: Right})
	}
	for _, b := range c.Bars {
		t.Rows = append(t.Rows, Row{Cells: append([]Cell{{Text: b.Name}}, b.Figures...)})
	}
	return t
}
