package render

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"baocao/pipeline/report"
)

// DOCX writes the document as a draft that an office goes on writing in: main
// text and annexes with styles by name, without the annexes that stand in the
// workbook only. The file is dated Meta.AsOf; a document without that moment is
// an error.
func (r *Renderer) DOCX(w io.Writer, doc *report.Document) error {
	if doc.Meta.AsOf.IsZero() {
		return fmt.Errorf("word document of %q: %w", doc.Meta.Title, errNoMoment)
	}
	d, err := typeset(doc)
	if err != nil {
		return fmt.Errorf("word document: %w", err)
	}
	f := r.wordFile(d)
	if err := f.write(w); err != nil {
		return fmt.Errorf("write word document of %q: %w", d.Meta.Title, err)
	}
	return nil
}

const (
	xmlHead      = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	wordLanguage = "vi-VN"

	// The names of the vocabularies: ECMA-376, part 1 and 2.
	wordSpace     = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	relationSpace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packageSpace  = "http://schemas.openxmlformats.org/package/2006"
	wordContent   = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// wordFile is a document planned as a package of parts.
type wordFile struct {
	r        *Renderer
	doc      *report.Document
	sections []wordSection
	margins  []wordMargin // what stands in the margins, each text once
}

// wordPart is one file of the package; kind is its content type, and relation
// what it is to the main part, if anything.
type wordPart struct {
	name, kind, relation string
	write                func(*bufio.Writer)
}

// literal is a part whose text is known.
func literal(text string) func(*bufio.Writer) {
	return func(w *bufio.Writer) { w.WriteString(text) }
}

// related are the parts that the main part names; the number of each is its
// place in the list, from 1.
func (f *wordFile) related() []wordPart {
	parts := []wordPart{
		{"word/styles.xml", wordContent + "styles+xml", "styles", func(w *bufio.Writer) { w.Write(f.r.wordStylePart()) }},
		{"word/settings.xml", wordContent + "settings+xml", "settings", literal(wordSettings)},
	}
	for i, m := range f.margins {
		name := fmt.Sprintf("word/%s%d.xml", m.kind, i+1)
		parts = append(parts, wordPart{name, wordContent + m.kind + "+xml", m.kind, literal(m.text)})
	}
	return parts
}

// firstMargin is the number of the first part of the margins among those that
// the main part names.
const firstMargin = 3

// write writes the parts in one order and with one date, so that the bytes
// depend on the document alone.
func (f *wordFile) write(w io.Writer) error {
	related := f.related()
	parts := append([]wordPart{
		{"docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml", "", literal(wordProgram)},
		{"docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", "", literal(coreProperties(f.doc.Meta))},
		{"word/document.xml", wordContent + "document.main+xml", "", f.writeText},
	}, related...)
	parts = append([]wordPart{
		{name: "[Content_Types].xml", write: literal(contentTypes(parts))},
		{name: "_rels/.rels", write: literal(packageRelations)},
		{name: "word/_rels/document.xml.rels", write: literal(textRelations(related))},
	}, parts...)
	out := zip.NewWriter(w)
	for _, p := range parts {
		entry, err := out.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: f.doc.Meta.AsOf.In(hanoi)})
		if err != nil {
			return fmt.Errorf("part %q: %w", p.name, err)
		}
		b := bufio.NewWriterSize(entry, 1<<16)
		p.write(b)
		if err := b.Flush(); err != nil {
			return fmt.Errorf("part %q: %w", p.name, err)
		}
	}
	return out.Close()
}

func contentTypes(parts []wordPart) string {
	var b strings.Builder
	fmt.Fprintf(&b, `%s<Types xmlns="%s/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`, xmlHead, packageSpace)
	for _, p := range parts {
		fmt.Fprintf(&b, `<Override PartName="/%s" ContentType="%s"/>`, p.name, p.kind)
	}
	b.WriteString(`</Types>`)
	return b.String()
}

func textRelations(related []wordPart) string {
	var b strings.Builder
	fmt.Fprintf(&b, `%s<Relationships xmlns="%s/relationships">`, xmlHead, packageSpace)
	for i, p := range related {
		fmt.Fprintf(&b, `<Relationship Id="%s" Type="%s/%s" Target="%s"/>`, relationID(i+1), relationSpace, p.relation, strings.TrimPrefix(p.name, "word/"))
	}
	b.WriteString(`</Relationships>`)
	return b.String()
}

func relationID(n int) string { return fmt.Sprintf("rId%d", n) }

const packageRelations = xmlHead + `<Relationships xmlns="` + packageSpace + `/relationships">` +
	`<Relationship Id="rId1" Type="` + relationSpace + `/officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="rId2" Type="` + packageSpace + `/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
	`<Relationship Id="rId3" Type="` + relationSpace + `/extended-properties" Target="docProps/app.xml"/></Relationships>`

const wordProgram = xmlHead + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>baocao</Application></Properties>`

// wordSettings ask for the layout rules of today's programs: with older ones a
// table would stand out of the margin by its padding.
const wordSettings = xmlHead + `<w:settings xmlns:w="` + wordSpace + `"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>` +
	`<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>` +
	`<w:themeFontLang w:val="` + wordLanguage + `"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>`

// coreProperties are what the file says about itself.
func coreProperties(m report.Meta) string {
	var b strings.Builder
	fmt.Fprintf(&b, `%s<cp:coreProperties xmlns:cp="%s/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`, xmlHead, packageSpace)
	for _, p := range []struct{ name, text string }{
		{"dc:title", m.Title}, {"dc:subject", m.Subject}, {"dc:creator", m.Author}, {"cp:keywords", m.Keywords},
		{"cp:lastModifiedBy", m.Author}, {"cp:contentStatus", m.Status}, {"dc:identifier", m.Data}, {"dc:language", wordLanguage},
	} {
		if p.text != "" {
			fmt.Fprintf(&b, `<%s>%s</%[1]s>`, p.name, escaped(p.text))
		}
	}
	moment := m.AsOf.UTC().Format(time.RFC3339)
	for _, name := range []string{"created", "modified"} {
		fmt.Fprintf(&b, `<dcterms:%s xsi:type="dcterms:W3CDTF">%s</dcterms:%[1]s>`, name, moment)
	}
	b.WriteString(`</cp:coreProperties>`)
	return b.String()
}

// escaped is text as it may stand in markup, also between quotes; a character
// that XML cannot hold becomes U+FFFD.
func escaped(text string) string {
	var b bytes.Buffer
	xml.EscapeText(&b, []byte(text)) // a buffer takes everything
	return b.String()
}
