package render

import (
	"fmt"
	"slices"
	"strings"

	"baocao/pipeline/report"
)

// wordSection is a main text or an annex: pages of one kind that number
// themselves.
type wordSection struct {
	annex      *report.Annex // nil: the main text
	paper      paper
	properties string // of the section, in the file's words
}

// wordMargin is what stands in the upper or lower margin of some pages.
type wordMargin struct {
	kind string // "header" or "footer"
	text string
}

// wordFile plans a prepared document: its sections and what stands in their
// margins.
func (r *Renderer) wordFile(d *report.Document) *wordFile {
	f := &wordFile{r: r, doc: d}
	l := r.layout
	f.section(nil, l.Pages.Main, l.Number.First)
	for i := range d.Annexes {
		a := &d.Annexes[i]
		switch {
		case a.Workbook:
		case a.Landscape:
			f.section(a, l.Pages.Landscape, l.Number.AnnexFirst)
		default:
			f.section(a, l.Pages.Portrait, l.Number.AnnexFirst)
		}
	}
	return f
}

func (f *wordFile) section(a *report.Annex, m Margins, numberFirst bool) {
	landscape := a != nil && a.Landscape
	s := wordSection{annex: a, paper: newPaper(m, landscape)}
	var b strings.Builder
	b.WriteString(`<w:sectPr>`)
	f.reference(&b, "header", "default", f.header(s.paper, true))
	f.reference(&b, "footer", "default", f.footer(s.paper, true))
	if !numberFirst {
		f.reference(&b, "header", "first", f.header(s.paper, false))
		f.reference(&b, "footer", "first", f.footer(s.paper, false))
	}
	orient := ""
	if landscape {
		orient = ` w:orient="landscape"`
	}
	l := f.r.layout
	// The file measures to the margins' text, the layout to the middle of a line.
	header := l.Number.Edge*mm - lineHeight*l.Number.Size/2
	footer := l.Footer.Edge*mm - footerLeading*l.Footer.Size/2
	if l.Number.Place == BottomRight {
		footer = l.Number.Edge*mm - lineHeight*l.Number.Size/2
	}
	fmt.Fprintf(&b, `<w:type w:val="nextPage"/><w:pgSz w:w="%d" w:h="%d"%s/>`, twips(s.paper.width), twips(s.paper.height), orient)
	fmt.Fprintf(&b, `<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/>`,
		twips(m.Top*mm), twips(m.Right*mm), twips(m.Bottom*mm), twips(m.Left*mm), twips(max(0, header)), twips(max(0, footer)))
	b.WriteString(`<w:pgNumType w:start="1"/>`)
	if !numberFirst {
		b.WriteString(`<w:titlePg/>`)
	}
	b.WriteString(`</w:sectPr>`)
	s.properties = b.String()
	f.sections = append(f.sections, s)
}

// reference names a part of the margins in a section's properties; the same
// text is kept once.
func (f *wordFile) reference(b *strings.Builder, kind, pages, text string) {
	m := wordMargin{kind, text}
	i := slices.Index(f.margins, m)
	if i < 0 {
		i = len(f.margins)
		f.margins = append(f.margins, m)
	}
	fmt.Fprintf(b, `<w:%sReference w:type="%s" r:id="%s"/>`, kind, pages, relationID(firstMargin+i))
}

// pageNumber is a field that shows the page's number.
const pageNumber = `<w:fldSimple w:instr=" PAGE "><w:r><w:rPr><w:lang w:val="` + wordLanguage + `"/></w:rPr><w:t>1</w:t></w:r></w:fldSimple>`

const wordTab = `<w:r><w:tab/></w:r>`

// header is what stands above the text: the page's number in the middle where
// the layout has it there, and on the right what a draft is called.
func (f *wordFile) header(p paper, numbered bool) string {
	status := f.doc.Meta.Status
	var b strings.Builder
	fmt.Fprintf(&b, `<w:p><w:pPr><w:pStyle w:val="%s"/><w:tabs><w:tab w:val="center" w:pos="%d"/><w:tab w:val="right" w:pos="%d"/></w:tabs></w:pPr>`,
		wordHeader, twips(p.measure()/2), twips(p.measure()))
	b.WriteString(wordTab)
	if numbered && f.r.layout.Number.Place == TopCenter {
		b.WriteString(pageNumber)
	}
	if status != "" {
		b.WriteString(wordTab)
		writeRun(&b, strings.ReplaceAll(status, "\n", " "), `<w:b/><w:bCs/>`, "")
	}
	b.WriteString(`</w:p>`)
	return marginPart("hdr", b.String())
}

// footer is what stands under the text: the line that every page has, and beside
// it the page's number where the layout has it there.
func (f *wordFile) footer(p paper, numbered bool) string {
	text := wordPara{style: wordFooter, text: f.doc.Meta.Footer}
	var b strings.Builder
	if f.r.layout.Number.Place != BottomRight {
		text.write(&b)
		return marginPart("ftr", b.String())
	}
	widths := columnTwips([]float64{p.measure() - numberRoom, numberRoom})
	const cell = `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>`
	b.WriteString(tableStart(wordFrame, widths))
	fmt.Fprintf(&b, `<w:tr>`+cell, widths[0])
	text.write(&b)
	fmt.Fprintf(&b, `</w:tc>`+cell+`<w:p><w:pPr><w:pStyle w:val="%s"/><w:jc w:val="right"/></w:pPr>`, widths[1], wordHeader)
	if numbered {
		b.WriteString(pageNumber)
	}
	b.WriteString(`</w:p></w:tc></w:tr></w:tbl>`)
	wordPara{style: wordNothing}.write(&b)
	return marginPart("ftr", b.String())
}

func marginPart(element, content string) string {
	return fmt.Sprintf(`%s<w:%s xmlns:w="%s">%s</w:%[2]s>`, xmlHead, element, wordSpace, content)
}
