package render

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/go-pdf/fpdf"

	"baocao/pipeline/report"
)

// family is what the embedded fonts are called in a file.
const family = "LiberationSerif"

// hanoi is the zone files are dated in, whatever zone the program runs in.
var hanoi = time.FixedZone("+07", 7*60*60)

// PDF writes the document as it is signed: main text and annexes, without those
// that stand in the workbook only. The file is dated Meta.AsOf; a document
// without that moment is an error.
func (r *Renderer) PDF(w io.Writer, doc *report.Document) error {
	if doc.Meta.AsOf.IsZero() {
		return fmt.Errorf("pdf of %q: %w", doc.Meta.Title, errNoMoment)
	}
	d, err := typeset(doc)
	if err != nil {
		return fmt.Errorf("pdf: %w", err)
	}
	pages, err := r.pages(d)
	if err != nil {
		return fmt.Errorf("lay out %q: %w", d.Meta.Title, err)
	}
	if err := r.draw(w, d.Meta, pages); err != nil {
		return fmt.Errorf("draw %q: %w", d.Meta.Title, err)
	}
	return nil
}

// draw writes pages with everything already in its place.
func (r *Renderer) draw(w io.Writer, meta report.Meta, pages []*page) error {
	pdf := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: a4Short, Ht: a4Long}})
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.SetCellMargin(0)
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(meta.AsOf.In(hanoi))
	pdf.SetModificationDate(meta.AsOf.In(hanoi))
	pdf.SetTitle(meta.Title, true)
	pdf.SetAuthor(meta.Author, true)
	pdf.SetSubject(meta.Subject, true)
	pdf.SetKeywords(meta.Keywords, true)
	pdf.SetCreator("baocao", true)
	pdf.SetLang("vi-VN")
	for s, used := range usedRunes(pages) {
		if used != nil {
			pdf.AddUTF8FontFromBytes(family, style(s).name(), r.faces[s].font.cut(used))
		}
	}
	last := pages[len(pages)-1]
	marks := map[paper]string{} // each kind of page has the same one
	for _, p := range pages {
		mark, ok := marks[p.paper]
		if !ok {
			var err error
			if mark, err = r.mark(r.printable(meta.Status), p.paper); err != nil {
				return err
			}
			marks[p.paper] = mark
		}
		r.drawPage(pdf, p, mark)
		// The library measures every bookmark from the top of the last page.
		below := last.height - p.height
		if p.bookmark != "" {
			pdf.Bookmark(strings.ReplaceAll(p.bookmark, "\n", " "), 0, below)
		}
		for _, one := range p.sections {
			pdf.Bookmark(strings.ReplaceAll(one.title, "\n", " "), 1, below+one.y)
		}
	}
	return pdf.Output(w)
}

// usedRunes are the runes set in each style, nil for a style that nothing stands
// in: the PDF library embeds a font that is added whether or not it is used.
// Bookmarks need the regular one in any case.
func usedRunes(pages []*page) [styles]*runeSet {
	used := [styles]*runeSet{regular: {}}
	for _, p := range pages {
		for _, b := range p.boxes {
			for _, one := range b.runs {
				if used[one.face.style] == nil {
					used[one.face.style] = &runeSet{}
				}
				for _, c := range one.text {
					used[one.face.style].add(c)
				}
			}
		}
	}
	return used
}

// drawPage draws a page; the library keeps its first error until it writes.
func (r *Renderer) drawPage(pdf *fpdf.Fpdf, p *page, mark string) {
	orientation := "P"
	if p.width > p.height {
		orientation = "L"
	}
	pdf.AddPageFormat(orientation, fpdf.SizeType{Wd: a4Short, Ht: a4Long})
	if mark != "" {
		pdf.RawWriteStr(mark + "\n")
	}
	set := r.typeface(regular, r.layout.Body.Size)
	pdf.SetFont(family, set.style.name(), set.size)
	for _, b := range p.boxes {
		for _, one := range b.runs {
			if one.broken {
				tick(pdf, one)
			}
			if one.face != set {
				set = one.face
				pdf.SetFont(family, set.style.name(), set.size)
			}
			if one.stretch == 0 {
				pdf.Text(one.x, one.y, one.text)
				continue
			}
			// The library sets a cell's baseline 0.3 sizes below its middle.
			pdf.SetXY(one.x, one.y-0.3*one.face.size)
			pdf.CellFormat(one.stretch, 0, one.text, "", 0, "J", false, 0, "")
		}
	}
	for _, k := range p.strokes {
		pdf.SetLineWidth(k.w)
		pdf.Line(k.x1, k.y1, k.x2, k.y2)
	}
}

// tick shows that a word goes on in the next line. It is drawn, because a hyphen
// would become a part of what somebody copies.
func tick(pdf *fpdf.Fpdf, one run) {
	const from, to = 0.3, 1.5 // points, within the cell's padding
	x := one.x + one.face.width(one.text)
	pdf.SetLineWidth(0.4)
	pdf.Line(x+from, one.y+0.1*one.face.size, x+to, one.y-0.2*one.face.size)
}
