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
	var fonts []styleFont
	anyStruck := false
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
			f, err := m.styleFont()
			fonts, anyStruck = append(fonts, f), anyStruck || f.struck
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
				var font styleFont
				if i, err := strconv.Atoi(attribute(e, "fontId")); err == nil && 0 <= i && i < len(fonts) {
					font = fonts[i]
				}
				wb.styles, wb.fonts = append(wb.styles, f), append(wb.fonts, font.name)
				wb.oldFonts = wb.oldFonts || font.name != ""
				if anyStruck {
					wb.struck = append(wb.struck, font.struck)
				}
				return tooMany(len(wb.styles))
			})
		}
		return nil
	})
}

// styleFont is what is read of a font of the styles.
type styleFont struct {
	name   string // of an old Vietnamese font, else empty
	struck bool
}

// styleFont is the font whose start was read last.
func (m *markup) styleFont() (f styleFont, err error) {
	err = m.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "name":
			f.name = oldFont(attribute(e, "val"))
		case "strike":
			v := attribute(e, "val")
			f.struck = v == "" || isOn(v)
		}
		return nil
	})
	return f, err
}
