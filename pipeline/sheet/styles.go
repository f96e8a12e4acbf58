package sheet

import (
	"encoding/xml"
	"strconv"
)

// readStyles reads the number formats of the cell styles.
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
	return m.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			if id, err := strconv.Atoi(attribute(e, "numFmtId")); err == nil {
				own[id] = attribute(e, "formatCode")
			}
		case "fonts", "fills", "borders", "cellStyleXfs", "cellStyles", "dxfs":
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
				return nil
			})
		}
		return nil
	})
}
