package sheet

import (
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
	own := map[int]string{}
	known := map[int]numberFormat{}
	var fonts []string
	return m.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			if id, err := strconv.Atoi(attribute(e, "numFmtId")); err == nil {
				own[id] = attribute(e, "formatCode")
			}
		case "font":
			name, err := m.fontName()
			fonts = append(fonts, oldFont(name))
			return err
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
				wb.styles = append(wb.styles, f)
				font, err := strconv.Atoi(attribute(e, "fontId"))
				if err != nil || font < 0 || font >= len(fonts) {
					wb.fonts = append(wb.fonts, "")
				} else {
					wb.fonts = append(wb.fonts, fonts[font])
				}
				return nil
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
