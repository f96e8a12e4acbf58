package render

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"baocao/pipeline/report"
)

// Text writes the document as plain text: a line for each paragraph and for each
// row of a table, so that a diff names what changed. Cells are parted by " | ", a
// line end within a cell is "¶". Annexes that stand in the workbook only are left
// out.
func (r *Renderer) Text(w io.Writer, doc *report.Document) error {
	d, err := prepare(doc)
	if err != nil {
		return fmt.Errorf("text: %w", err)
	}
	t := textWriter{w: bufio.NewWriter(w)}
	t.document(d)
	if err := t.w.Flush(); err != nil {
		return fmt.Errorf("write text of %q: %w", d.Meta.Title, err)
	}
	return nil
}

type textWriter struct{ w *bufio.Writer }

// line writes a line; the writer keeps its first error until it is flushed.
func (t *textWriter) line(text string) {
	t.w.WriteString(strings.TrimRight(text, " "))
	t.w.WriteByte('\n')
}

// lines writes what there is of some lines and an empty one after them.
func (t *textWriter) lines(all ...string) {
	some := false
	for _, text := range all {
		if text != "" {
			t.line(text)
			some = true
		}
	}
	if some {
		t.line("")
	}
}

func (t *textWriter) document(d *report.Document) {
	h := d.Letterhead
	t.lines(d.Meta.Status)
	t.lines(h.Parent, h.Issuer, h.Symbol, h.About, h.Nation, h.Motto, h.Place)
	t.lines(d.Kind, d.Subject)
	if d.Addressee != "" {
		t.lines(join(d.Words.To, d.Addressee))
	}
	t.blocks(d.Body)
	if len(d.Signature.Recipients) > 0 {
		all := []string{d.Words.Recipients}
		for _, one := range d.Signature.Recipients {
			all = append(all, dashed(one))
		}
		t.lines(all...)
	}
	t.lines(append(append([]string{}, d.Signature.Authority...), d.Signature.Name)...)
	for _, a := range d.Annexes {
		if a.Workbook {
			continue
		}
		t.line(strings.Repeat("-", 72))
		t.lines(a.Label, a.Title, a.Reference)
		t.blocks(a.Body)
	}
	t.lines(d.Meta.Footer)
}

func (t *textWriter) blocks(blocks []report.Block) {
	for _, b := range blocks {
		switch {
		case b.Heading != "":
			t.lines(b.Heading)
		case b.Paragraph != "":
			t.lines(b.Paragraph)
		case b.Item != "":
			t.lines(dashed(b.Item))
		case b.Table != nil:
			t.table(b.Table)
		case b.Chart != nil:
			t.chart(b.Chart)
		}
	}
}

func (t *textWriter) table(table *report.Table) {
	var titles, numbers []string
	for i, c := range table.Columns {
		title := c.Title
		if c.Group != "" {
			title = c.Group + ": " + c.Title
		}
		titles = append(titles, title)
		numbers = append(numbers, "("+strconv.Itoa(i+1)+")")
	}
	t.row(titles)
	if table.Numbers {
		t.row(numbers)
	}
	for _, row := range table.Rows {
		var cells []string
		for _, c := range row.Cells {
			cells = append(cells, c.Text)
		}
		t.row(cells)
	}
	t.lines(table.Note)
	if table.Note == "" {
		t.line("")
	}
}

func (t *textWriter) row(cells []string) {
	t.line(strings.ReplaceAll(strings.Join(cells, " | "), "\n", "¶"))
}
