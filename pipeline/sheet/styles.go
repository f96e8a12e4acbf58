package sheet

import (
	"cmp"
	"encoding/xml"
	"strconv"
)

// readStyles reads the number formats of the cell styles, and which of them
// have an old Vietnamese font.
func (wb *workbook) readStyles() error {
	if wb.css == "" || !wb.zip.has(wb.css) {
		return nil
	}
	data, err := wb.zip.read(wb.css)
	if err != nil {
		return err
	}
	m := newMarkup(wb.css, data)
	tooMany := func(n int) error {
		if n > maxStyles {
			return beyond(codeStyles, wb.css, n, maxStyles)
		}
		return nil
	}
	own := map[int]string{}
	known := map[int]numberFormat{}
	var fonts []string
	return m.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			if id, err := strconv.Atoi(attribute(e, "numFmtId")); err == nil {
				own[id] = attribute(e, "formatCode")
			}
			if len(own) > maxFormats {
				return beyond(codeStyles, wb.css, len(own), maxFormats)
			}
		case "font":
			name, err := m.fontName()
			fonts = append(fonts, oldFont(name))
			return cmp.Or(err, tooMany(len(fonts)))
		case "fills", "borders", "cellStyleXfs", "cellStyles", "dxfs":
			return m.skip()
		case "cellXfs":
			return m.children(func(e xml.StartElement) error {
				if e.Name.Local != "xf" {
					return nil
				}
				id, _ := strconv.Atoi(attribute(e, "numFmtId"))
				f, ok := known[id]
				if !ok {
					code, custom := own[id]
					if !custom {
						code = builtInFormat(id)
					}
					f = parseFormat(code)
					known[id] = f
				}
				font := ""
				if i, err := strconv.Atoi(attribute(e, "fontId")); err == nil && 0 <= i && i < len(fonts) {
					font = fonts[i]
				}
				wb.styles, wb.fonts = append(wb.styles, f), append(wb.fonts, font)
				wb.oldFonts = wb.oldFonts || font != ""
				return tooMany(len(wb.styles))
			})
		}
		return nil
	})
}

// fontName is the name in the font whose start was read last.
func (m *markup) fontName() (name string, err error) {
	err = m.children(func(e xml.StartElement) error {
		if e.Name.Local == "name" {
			name = attribute(e, "val")
		}
		return nil
	})
	return name, err
}
