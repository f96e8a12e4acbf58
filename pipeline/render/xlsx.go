package render

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"baocao/pipeline/opc"
	"baocao/pipeline/report"
)

// XLSX writes the document as a workbook: a sheet for the main text and one for
// each annex, those too that stand in the workbook only. Figures are numbers and
// totals are formulas; everything else is text and stays text, whatever it begins
// with. The file is dated Meta.AsOf; a document without that moment is an error.
func (r *Renderer) XLSX(w io.Writer, doc *report.Document) error {
	if doc.Meta.AsOf.IsZero() {
		return fmt.Errorf("workbook of %q: %w", doc.Meta.Title, errNoMoment)
	}
	d, err := typeset(doc)
	if err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	f := excelize.NewFile()
	defer f.Close() // nothing of it lies on disk unless a sheet was huge; what does goes with it
	book := workbook{file: f, meta: d.Meta, words: d.Words, font: r.layout.Font, styles: map[cellStyle]int{}}
	// Columns are measured in digits of the default font: one that every office
	// has, or has a metric twin of.
	if err := f.SetDefaultFont(r.layout.Font); err != nil {
		return fmt.Errorf("workbook of %q: %w", d.Meta.Title, err)
	}
	sheets := r.sheets(d)
	book.places = places(sheets)
	for i, s := range sheets {
		if err := book.write(s, i == 0); err != nil {
			return fmt.Errorf("workbook of %q: sheet %q: %w", d.Meta.Title, s.name, err)
		}
	}
	if err := book.properties(); err != nil {
		return fmt.Errorf("workbook of %q: %w", d.Meta.Title, err)
	}
	var made bytes.Buffer
	if err := f.Write(&made); err != nil {
		return fmt.Errorf("write workbook of %q: %w", d.Meta.Title, err)
	}
	if err := opc.Rewrite(w, made.Bytes(), nil); err != nil {
		return fmt.Errorf("write workbook of %q: %w", d.Meta.Title, err)
	}
	return nil
}

// sheets plans the workbook: what stands in which cell. A document without a main
// text has no sheet for it.
func (r *Renderer) sheets(d *report.Document) []*sheet {
	var wanted []string
	main := len(d.Body) > 0 || d.Kind != "" || len(d.Annexes) == 0
	if main {
		wanted = append(wanted, d.Words.Body)
	}
	for _, a := range d.Annexes {
		wanted = append(wanted, cmp.Or(a.Sheet, a.Label))
	}
	names := sheetNames(wanted)
	var all []*sheet
	if main {
		all = append(all, r.mainSheet(d, names[0]))
	}
	for _, a := range d.Annexes {
		all = append(all, r.annexSheet(d, a, names[len(all)]))
	}
	return all
}

// properties are what the file says about itself.
func (b *workbook) properties() error {
	day := b.meta.AsOf.UTC().Format(time.RFC3339)
	version := ""
	if b.meta.Revision > 0 {
		version = strconv.Itoa(b.meta.Revision)
	}
	err := b.file.SetDocProps(&excelize.DocProperties{
		Title: b.meta.Title, Subject: b.meta.Subject, Creator: b.meta.Author, Keywords: b.meta.Keywords,
		LastModifiedBy: b.meta.Author, ContentStatus: cmp.Or(b.meta.Edition, b.meta.Status), Identifier: b.meta.Data,
		Description: b.meta.Footer, Version: version,
		Language: "vi-VN", Created: day, Modified: day,
	})
	if err != nil {
		return err
	}
	return b.file.SetAppProps(&excelize.AppProperties{Application: "baocao"})
}
