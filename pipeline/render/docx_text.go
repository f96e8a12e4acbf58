package render

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"unicode"

	"baocao/pipeline/report"
)

// wordPara is a piece of text in a style. Each line of its text becomes a
// paragraph.
type wordPara struct {
	style       string
	text        string
	align       string  // other than the style's; empty: the style's
	size        string  // other than the style's, as properties of a run
	left, right float64 // indents, points
	after       float64 // room below, points
	keep        bool    // with what follows
	section     string  // properties of the section that ends here
}

// markup is where a part is written to; it keeps its first error, or has none.
type markup interface {
	io.Writer
	io.StringWriter
}

func (p wordPara) write(w markup) {
	rest := p.text
	for more := true; more; {
		var text string
		text, rest, more = strings.Cut(rest, "\n")
		w.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + p.style + `"/>`)
		if p.keep {
			w.WriteString(`<w:keepNext/>`)
		}
		if p.after > 0 && !more {
			fmt.Fprintf(w, `<w:spacing w:after="%d"/>`, twips(p.after))
		}
		if p.left > 0 || p.right > 0 {
			fmt.Fprintf(w, `<w:ind w:left="%d" w:right="%d"/>`, twips(p.left), twips(p.right))
		}
		if p.align != "" {
			w.WriteString(`<w:jc w:val="` + p.align + `"/>`)
		}
		if p.size != "" {
			w.WriteString(`<w:rPr>` + p.size + `</w:rPr>`)
		}
		if !more {
			w.WriteString(p.section)
		}
		w.WriteString(`</w:pPr>`)
		if text != "" {
			writeRun(w, text, "", p.size)
		}
		w.WriteString(`</w:p>`)
	}
}

// writeRun writes a piece of one line. Its properties come in the file's order:
// face, size, language.
func writeRun(w markup, text, face, size string) {
	w.WriteString(`<w:r><w:rPr>`)
	w.WriteString(face)
	w.WriteString(size)
	w.WriteString(`<w:lang w:val="` + wordLanguage + `"/></w:rPr><w:t xml:space="preserve">`)
	xml.EscapeText(w, []byte(text))
	w.WriteString(`</w:t></w:r>`)
}

// wordText writes the main part.
type wordText struct {
	r       *Renderer
	w       *bufio.Writer // keeps its first error until it is flushed
	words   report.Words
	paper   paper
	pending *wordPara // the last piece of text, not yet written: what follows may belong into it
	table   bool      // the last thing written is a table
}

// writeText writes the main part: the sections one after the other, each with
// its properties in its last paragraph, those of the last one at the end.
func (f *wordFile) writeText(w *bufio.Writer) {
	t := &wordText{r: f.r, w: w, words: f.doc.Words}
	fmt.Fprintf(w, `%s<w:document xmlns:w="%s" xmlns:r="%s"><w:body>`, xmlHead, wordSpace, relationSpace)
	for i, s := range f.sections {
		t.paper = s.paper
		if s.annex == nil {
			t.main(f.doc)
		} else {
			t.annexHead(s.annex)
			t.blocks(s.annex.Body)
		}
		if i < len(f.sections)-1 {
			t.end(s.properties)
			continue
		}
		t.end("")
		w.WriteString(s.properties)
	}
	w.WriteString(`</w:body></w:document>`)
}

// para adds a piece of text.
func (t *wordText) para(p wordPara) {
	t.flush()
	t.pending = &p
}

func (t *wordText) flush() {
	if t.pending != nil {
		t.pending.write(t.w)
		t.pending, t.table = nil, false
	}
}

// beginTable writes what stands before a table, with the given room below it. Two
// tables that touch would become one.
func (t *wordText) beginTable(gap float64, keep bool) {
	if t.pending == nil && t.table {
		t.pending = &wordPara{style: wordNothing}
	}
	if t.pending != nil {
		t.pending.after += gap
		t.pending.keep = t.pending.keep || keep
	}
	t.flush()
	t.table = true
}

// end ends a section. Where it ends in a table, a paragraph without height takes
// its properties.
func (t *wordText) end(section string) {
	if t.pending == nil {
		t.pending = &wordPara{style: wordNothing}
	}
	t.pending.section = section
	t.flush()
}

func (t *wordText) main(d *report.Document) {
	t.letterhead(d.Letterhead)
	t.title(d)
	t.blocks(d.Body)
	t.signature(d.Signature)
}

// centered adds a title within a width, with indents that make a word processor
// break it where its lines come out even, and gives the length of the longest.
func (t *wordText) centered(p wordPara, face typeface, width float64) (wordPara, float64) {
	lines := face.balance(p.text, width-2*wordSlack)
	long := widest(lines)
	p.left = max(0, (t.paper.measure()-width)/2)
	if len(lines) > 1 {
		p.left = max(0, (t.paper.measure()-long-wordSlack)/2)
	}
	p.right = p.left
	return p, long
}

// wordSlack is by how much another program may measure a line longer than we
// do, in points.
const wordSlack = 3

// title sets tên loại, trích yếu and the addressee.
func (t *wordText) title(d *report.Document) {
	l := t.r.layout.Title
	width := titleWidth * t.paper.measure()
	if d.Kind != "" {
		p, _ := t.centered(wordPara{style: wordKind, text: d.Kind}, t.r.typeface(bold, l.Kind), width)
		t.para(p)
	}
	if d.Subject != "" {
		p, long := t.centered(wordPara{style: wordSubject, text: d.Subject}, t.r.typeface(bold, l.Subject), width)
		t.para(p)
		t.para(ruleIn(t.paper.measure(), shortRule*long))
	}
	if d.Addressee != "" {
		p, _ := t.centered(wordPara{style: wordTo, text: join(d.Words.To, d.Addressee), after: 4}, t.r.typeface(regular, l.To), width)
		t.para(p)
	}
}

// annexHead sets the head of a phụ lục.
func (t *wordText) annexHead(a *report.Annex) {
	l := t.r.layout.Annex
	long, measure := 0.0, t.paper.measure()
	for _, one := range []struct {
		style, text string
		face        typeface
		width       float64
	}{
		{wordAnnex, a.Label, t.r.typeface(bold, l.Label), titleWidth * measure},
		{wordAnnexTitle, a.Title, t.r.typeface(bold, l.Title), titleWidth * measure},
		{wordReference, a.Reference, t.r.typeface(italic, l.Reference), measure},
	} {
		if one.text == "" {
			continue
		}
		var p wordPara
		p, long = t.centered(wordPara{style: one.style, text: one.text}, one.face, one.width)
		t.para(p)
	}
	if long > 0 {
		t.para(ruleIn(t.paper.measure(), shortRule*long))
	}
}

// ruleIn is a rule of a length in the middle of a width.
func ruleIn(width, length float64) wordPara {
	side := max(0, (width-length)/2)
	return wordPara{style: wordRule, left: side, right: side}
}

// blocks sets running text.
func (t *wordText) blocks(blocks []report.Block) {
	for _, b := range blocks {
		switch {
		case b.Heading != "":
			t.para(wordPara{style: headingStyle(b.Heading), text: b.Heading})
		case b.Paragraph != "":
			t.para(wordPara{style: wordBody, text: b.Paragraph})
		case b.Item != "":
			t.para(wordPara{style: wordItem, text: dashed(b.Item)})
		case b.Table != nil:
			t.blockTable(b.Table)
		case b.Chart != nil:
			t.chart(b.Chart)
		}
	}
}

// headingStyle tells "1. …" and "a) …", which stand within a part, from "I. …".
func headingStyle(text string) string {
	if r := []rune(text)[0]; unicode.IsDigit(r) || unicode.IsLower(r) {
		return wordSubheading
	}
	return wordHeading
}
