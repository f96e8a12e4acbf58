package sheet

import (
	"bytes"
	"cmp"
	"encoding/xml"
)

// maxBased is how many styles may be based on each other.
const maxBased = 20

// documentFonts are the fonts that the styles of a DOCX document give to text.
type documentFonts struct {
	defaults  string // of the whole document
	paragraph string // id of the style of paragraphs that name none
	styles    map[string]documentStyle
}

type documentStyle struct{ font, basedOn string }

// readFonts reads the fonts of the styles, if one of them is an old one.
func readFonts(z *archive) (documentFonts, error) {
	const part = "word/styles.xml"
	f := documentFonts{styles: map[string]documentStyle{}}
	if !z.has(part) {
		return f, nil
	}
	data, err := z.read(part)
	if err != nil || !namesOldFont(data) {
		return f, err
	}
	m := newMarkup(part, data)
	err = m.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "docDefaults":
			return m.children(func(e xml.StartElement) error {
				if e.Name.Local == "rFonts" {
					f.defaults = latinFont(e)
				}
				return nil
			})
		case "style":
			id := attribute(e, "styleId")
			if isOn(attribute(e, "default")) && attribute(e, "type") == "paragraph" {
				f.paragraph = id
			}
			s, err := readStyle(m)
			f.styles[id] = s
			return err
		}
		return nil
	})
	return f, err
}

// namesOldFont reports whether a value in the XML begins as the name of an old
// Vietnamese font does. Styles are many and large, and few name one.
func namesOldFont(data []byte) bool {
	data = bytes.ToLower(data)
	for _, start := range []string{`".vn`, `"vni`, `'.vn`, `'vni`} {
		if bytes.Contains(data, []byte(start)) {
			return true
		}
	}
	return false
}

// readStyle reads the style whose start was read last.
func readStyle(m *markup) (documentStyle, error) {
	var s documentStyle
	err := m.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "basedOn":
			s.basedOn = attribute(e, "val")
		case "rFonts":
			s.font = latinFont(e)
		case "pPr", "tblStylePr":
			return m.skip()
		}
		return nil
	})
	return s, err
}

// latinFont is the font that e, a w:rFonts, gives to the characters of Latin-1
// beyond ASCII, which old encodings use; "" when it says nothing of them.
// ECMA-376 part 1, §17.3.2.26.
func latinFont(e xml.StartElement) string {
	if attribute(e, "hAnsiTheme") != "" {
		return otherFont
	}
	return fontOf(cmp.Or(attribute(e, "hAnsi"), attribute(e, "ascii")))
}

// style is the font of the style with that id, "" when it says nothing.
func (f *documentFonts) style(id string) string {
	for range maxBased {
		s, ok := f.styles[id]
		if !ok || s.font != "" {
			return s.font
		}
		id = s.basedOn
	}
	return ""
}

// ofParagraph is the font of text in a paragraph of the style with that id, "" for
// the usual one.
func (f *documentFonts) ofParagraph(id string) string {
	return cmp.Or(f.style(cmp.Or(id, f.paragraph)), f.defaults)
}

// paragraphFont is the font of a paragraph with the properties whose start was
// read last.
func (r *documentReader) paragraphFont() (string, error) {
	style := ""
	err := r.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "pStyle":
			style = attribute(e, "val")
		case "rPr", "pPrChange": // of the mark at its end; of what it was before
			return r.skip()
		}
		return nil
	})
	return r.fonts.ofParagraph(style), err
}

// isSaid reports whether the property e, which is on or off, is on.
func isSaid(e xml.StartElement) bool {
	v := attribute(e, "val")
	return v == "" || isOn(v)
}

// runLooks are the font and the look of a run with the properties whose start was
// read last. What is hidden is read as what is struck through.
func (r *documentReader) runLooks(usual string) (string, look, error) {
	style, own := "", ""
	var as look
	err := r.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "rStyle":
			style = r.fonts.style(attribute(e, "val"))
		case "rFonts":
			own = latinFont(e)
		case "strike", "dstrike", "vanish":
			if isSaid(e) {
				as.struck = struck
			}
		case "vertAlign":
			as.raised = attribute(e, "val") == "superscript"
		case "rPrChange":
			return r.skip()
		}
		return nil
	})
	return cmp.Or(own, style, usual), as, err
}
