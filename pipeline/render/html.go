package render

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strconv"
	"sync"

	"baocao/pipeline/report"
)

//go:embed page.html
var pageSource string

// pageTemplate is parsed once; executing it is safe from several goroutines.
var pageTemplate = sync.OnceValues(func() (*template.Template, error) {
	faces, err := loadFaces()
	if err != nil {
		return nil, err
	}
	measure := &Renderer{faces: faces} // a chart knows no layout
	return template.New("page").Funcs(template.FuncMap{
		"dashed": dashed,
		"head":   htmlHead,
		"cells":  htmlCells,
		"chart":  measure.htmlChart,
	}).Parse(pageSource)
})

// HTML writes the document as one page that stands by itself: no script, no
// address of anything outside, the style within. Annexes that stand in the
// workbook only are left out.
func (r *Renderer) HTML(w io.Writer, doc *report.Document) error {
	d, err := typeset(doc)
	if err != nil {
		return fmt.Errorf("page: %w", err)
	}
	page, err := pageTemplate()
	if err != nil {
		return fmt.Errorf("page template: %w", err)
	}
	err = page.Execute(w, struct {
		*report.Document
		Font string
	}{d, r.layout.Font})
	if err != nil {
		return fmt.Errorf("page of %q: %w", d.Meta.Title, err)
	}
	return nil
}

// htmlHeading is a cell of a table's head.
type htmlHeading struct {
	Text       string
	Span, Rows int
	Number     bool
}

// htmlHead are the rows of a table's head.
func htmlHead(t *report.Table) [][]htmlHeading {
	merged := groups(t.Columns)
	rows := make([][]htmlHeading, 1, 3)
	if len(merged) > 0 {
		rows = append(rows, nil)
	}
	for i, c := range t.Columns {
		if c.Group == "" {
			rows[0] = append(rows[0], htmlHeading{Text: c.Title, Span: 1, Rows: len(rows)})
			continue
		}
		if len(merged) > 0 && merged[0].first == i {
			rows[0] = append(rows[0], htmlHeading{Text: merged[0].title, Span: merged[0].span, Rows: 1})
			merged = merged[1:]
		}
		rows[1] = append(rows[1], htmlHeading{Text: c.Title, Span: 1, Rows: 1})
	}
	if t.Numbers {
		var numbers []htmlHeading
		for i := range t.Columns {
			numbers = append(numbers, htmlHeading{Text: "(" + strconv.Itoa(i+1) + ")", Span: 1, Rows: 1, Number: true})
		}
		rows = append(rows, numbers)
	}
	return rows
}

// htmlCell is a cell of a table's body.
type htmlCell struct {
	Text  string
	Span  int
	Class report.Align
}

func htmlCells(t *report.Table, row report.Row) []htmlCell {
	var cells []htmlCell
	at := 0
	for _, c := range row.Cells {
		cells = append(cells, htmlCell{Text: c.Text, Span: span(c), Class: alignment(c, t.Columns[at])})
		at += span(c)
	}
	return cells
}
