package render

import (
	"errors"
	"fmt"

	"baocao/pipeline/report"
)

// errNoMoment says that a file would be dated by the clock, so that its bytes
// could not be made a second time.
var errNoMoment = errors.New("document without a moment its figures stand at")

// checkDocument finds what no renderer can set without losing something.
func checkDocument(doc *report.Document) error {
	if err := checkBlocks(doc.Body); err != nil {
		return fmt.Errorf("document %q: main text: %w", doc.Meta.Title, err)
	}
	for i, a := range doc.Annexes {
		if err := checkBlocks(a.Body); err != nil {
			return fmt.Errorf("document %q: annex %d: %w", doc.Meta.Title, i+1, err)
		}
	}
	return nil
}

func checkBlocks(blocks []report.Block) error {
	for i, b := range blocks {
		set := 0
		for _, text := range []string{b.Heading, b.Paragraph, b.Item} {
			if text != "" {
				set++
			}
		}
		if b.Table != nil {
			set++
		}
		if b.Chart != nil {
			set++
		}
		if set > 1 {
			return fmt.Errorf("block %d: %d fields set where one may be", i+1, set)
		}
		if b.Table != nil {
			if err := checkTable(b.Table); err != nil {
				return fmt.Errorf("block %d: table: %w", i+1, err)
			}
		}
		if b.Chart != nil {
			if err := checkChart(b.Chart); err != nil {
				return fmt.Errorf("block %d: chart: %w", i+1, err)
			}
		}
	}
	return nil
}

func checkTable(t *report.Table) error {
	if len(t.Columns) == 0 {
		return errors.New("no columns")
	}
	for i, row := range t.Rows {
		covered := 0
		for _, c := range row.Cells {
			if c.Span < 0 {
				return fmt.Errorf("row %d: span %d", i+1, c.Span)
			}
			covered += span(c)
			for _, from := range c.Sum {
				if from < 0 || from >= len(t.Rows) || from == i {
					return fmt.Errorf("row %d: sum of row %d of %d", i+1, from, len(t.Rows))
				}
			}
		}
		if covered != len(t.Columns) {
			return fmt.Errorf("row %d: cells cover %d of %d columns", i+1, covered, len(t.Columns))
		}
	}
	return nil
}

// span is the number of columns a cell covers.
func span(c report.Cell) int {
	if c.Span == 0 {
		return 1
	}
	return c.Span
}

// alignment is where a cell's text stands: its own word, else its column's.
func alignment(c report.Cell, col report.Column) report.Align {
	if c.Align != nil {
		return *c.Align
	}
	return col.Align
}
