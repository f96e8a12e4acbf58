package render

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"baocao/pipeline/report"
)

// wordGrid is a table's columns and the size of its type.
type wordGrid struct {
	t      *report.Table
	fitted columns
	cols   []int  // widths in twips
	size   string // of the type, as properties of a run
}

// tableStart is a table as far as its first row.
func tableStart(style string, cols []int) string {
	var b strings.Builder
	total := 0
	for _, c := range cols {
		total += c
	}
	fmt.Fprintf(&b, `<w:tbl><w:tblPr><w:tblStyle w:val="%s"/><w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`, style, total)
	for _, c := range cols {
		fmt.Fprintf(&b, `<w:gridCol w:w="%d"/>`, c)
	}
	b.WriteString(`</w:tblGrid>`)
	return b.String()
}

// columnTwips rounds widths so that their sum is that of the widths.
func columnTwips(widths []float64) []int {
	cols := make([]int, len(widths))
	at, done := 0.0, 0
	for i, w := range widths {
		at += w
		cols[i] = twips(at) - done
		done += cols[i]
	}
	return cols
}

// blockTable sets a table: its head, which every page repeats, its rows and the
// line under it.
func (t *wordText) blockTable(table *report.Table) {
	fitted := t.r.fit(table, t.paper.measure())
	g := wordGrid{t: table, fitted: fitted, cols: columnTwips(fitted.widths)}
	if l := t.r.layout.Table; fitted.size != l.Max {
		g.size = wordSize(math.Floor(2*fitted.size) / 2)
	}
	t.beginTable(t.r.layout.Body.Gap, false)
	t.w.WriteString(tableStart(wordTable, g.cols))
	heights := t.headHeights(&g)
	t.head(&g, heights)
	room := t.paper.room() - sum(heights[:])
	for i, row := range table.Rows {
		last := i == len(table.Rows)-1
		keep := !last && (row.Kind == report.Group || row.Kind == report.Sub || table.Rows[i+1].Kind == report.Totals) ||
			last && table.Note != ""
		t.row(&g, row, keep, t.rowHeight(&g, row) <= room)
	}
	t.w.WriteString(`</w:tbl>`)
	if table.Note != "" {
		t.para(wordPara{style: wordNote, text: table.Note})
	}
}

// wordCellText is a cell to be written.
type wordCellText struct {
	first, span int
	merge       string // "restart" begins a cell of several rows, "continue" goes on in it
	middle      bool   // from top to bottom
	para        wordPara
}

func (t *wordText) cell(g *wordGrid, c wordCellText) {
	width := 0
	for _, w := range g.cols[c.first : c.first+c.span] {
		width += w
	}
	fmt.Fprintf(t.w, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, width)
	if c.span > 1 {
		fmt.Fprintf(t.w, `<w:gridSpan w:val="%d"/>`, c.span)
	}
	if c.merge != "" {
		fmt.Fprintf(t.w, `<w:vMerge w:val="%s"/>`, c.merge)
	}
	if c.middle {
		t.w.WriteString(`<w:vAlign w:val="center"/>`)
	}
	t.w.WriteString(`</w:tcPr>`)
	c.para.size = g.size
	c.para.write(t.w)
	t.w.WriteString(`</w:tc>`)
}

// headRow begins a row of the head. A heading over two rows does not make them
// tall enough in every program, so they are told how tall they are at least.
func (t *wordText) headRow(height float64) {
	fmt.Fprintf(t.w, `<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="%d" w:hRule="atLeast"/><w:tblHeader/></w:trPr>`, twips(height))
}

// head writes the headings: two rows if there are merged ones, and under them the
// numbers of the columns.
func (t *wordText) head(g *wordGrid, heights [3]float64) {
	merged := groups(g.t.Columns)
	heading := func(first, span int, merge, text string) {
		t.cell(g, wordCellText{first: first, span: span, merge: merge, middle: true, para: wordPara{style: wordColumn, text: text}})
	}
	t.headRow(heights[0])
	for i, next := 0, 0; i < len(g.t.Columns); {
		if next < len(merged) && merged[next].first == i {
			heading(i, merged[next].span, "", merged[next].title)
			i += merged[next].span
			next++
			continue
		}
		merge := ""
		if len(merged) > 0 {
			merge = "restart"
		}
		heading(i, 1, merge, g.t.Columns[i].Title)
		i++
	}
	t.w.WriteString(`</w:tr>`)
	if len(merged) > 0 {
		t.headRow(heights[1])
		for i, c := range g.t.Columns {
			if c.Group == "" {
				heading(i, 1, "continue", "")
			} else {
				heading(i, 1, "", c.Title)
			}
		}
		t.w.WriteString(`</w:tr>`)
	}
	if g.t.Numbers {
		t.headRow(heights[2])
		for i := range g.t.Columns {
			t.cell(g, wordCellText{first: i, span: 1, middle: true, para: wordPara{style: wordNumber, text: "(" + strconv.Itoa(i+1) + ")"}})
		}
		t.w.WriteString(`</w:tr>`)
	}
}

// row writes a row; whole is one that no page break goes through.
func (t *wordText) row(g *wordGrid, row report.Row, keep, whole bool) {
	t.w.WriteString(`<w:tr>`)
	if whole {
		t.w.WriteString(`<w:trPr><w:cantSplit/></w:trPr>`)
	}
	style, at := wordRowStyle(row.Kind), 0
	for _, c := range row.Cells {
		p := wordPara{style: style, text: c.Text, keep: keep}
		if align := alignment(c, g.t.Columns[at]); align != report.Left {
			p.align = wordAlign(align)
		}
		t.cell(g, wordCellText{first: at, span: span(c), para: p})
		at += span(c)
	}
	t.w.WriteString(`</w:tr>`)
}

// lines is how many lines a text takes in some columns.
func (t *wordText) lines(g *wordGrid, face typeface, first, span int, text string) int {
	l := t.r.layout.Table
	room := sum(g.fitted.widths[first:first+span]) - 2*l.Pad - l.Rule
	return max(1, len(face.wrap(text, room, room)))
}

func (t *wordText) tall(g *wordGrid, lines int) float64 {
	l := t.r.layout.Table
	return float64(lines)*l.Leading*g.fitted.size + 2*l.Pad
}

func (t *wordText) rowHeight(g *wordGrid, row report.Row) float64 {
	face := t.r.typeface(rowStyle(row.Kind), g.fitted.size)
	most, at := 1, 0
	for _, c := range row.Cells {
		most = max(most, t.lines(g, face, at, span(c), c.Text))
		at += span(c)
	}
	return t.tall(g, most)
}

// headHeights are the heights of the rows of a table's head: of the merged
// headings or the only ones, of those below them, and of the numbers.
func (t *wordText) headHeights(g *wordGrid) [3]float64 {
	face := t.r.typeface(bold, g.fitted.size)
	var all [3]float64
	for _, m := range groups(g.t.Columns) {
		all[0] = max(all[0], t.tall(g, t.lines(g, face, m.first, m.span, m.title)))
	}
	under := all[0]
	for i, c := range g.t.Columns {
		height := t.tall(g, t.lines(g, face, i, 1, c.Title))
		if c.Group != "" {
			height += under
		}
		if under > 0 {
			all[1] = max(all[1], height-under)
		} else {
			all[0] = max(all[0], height)
		}
	}
	if g.t.Numbers {
		all[2] = t.tall(g, 1)
	}
	return all
}
