package sheet

import (
	"encoding/xml"
)

// odsStyles are the styles of an OpenDocument spreadsheet that say how values
// are shown, and which sheets.
type odsStyles struct {
	data   map[string]dataStyle // number formats by name
	cells  map[string]cellStyle
	hidden map[string]bool // styles of sheets that are not shown
	known  map[string]numberFormat
}

// dataStyle is a number format, and the names of those that stand in for it
// under a condition: the sections before the last.
type dataStyle struct {
	code     string
	sections []string
}

type cellStyle struct{ data, parent string }

func newODSStyles() odsStyles {
	return odsStyles{map[string]dataStyle{}, map[string]cellStyle{}, map[string]bool{}, map[string]numberFormat{}}
}

// readStyles reads the styles in the element whose start was read last.
func (r *odsReader) readStyles() error {
	return r.children(func(e xml.StartElement) error {
		name := attribute(e, "name")
		switch e.Name.Local {
		case "style":
			if attribute(e, "family") == "table" {
				return r.children(func(e xml.StartElement) error {
					if attribute(e, "display") == "false" {
						r.styles.hidden[name] = true
					}
					return nil
				})
			}
			if attribute(e, "family") == "table-cell" {
				r.styles.cells[name] = cellStyle{attribute(e, "data-style-name"), attribute(e, "parent-style-name")}
			}
		case "number-style", "percentage-style", "currency-style", "date-style", "time-style":
			style, err := r.dataStyle(e.Name.Local == "percentage-style")
			r.styles.data[name] = style
			return err
		}
		return r.skip()
	})
}

// format is the number format of cells of the style.
func (s *odsStyles) format(style string) numberFormat {
	if f, ok := s.known[style]; ok {
		return f
	}
	var f numberFormat
	for name, left := style, 16; left > 0; left-- { // a style may be its own parent
		cell, ok := s.cells[name]
		if !ok {
			break
		}
		if data, ok := s.data[cell.data]; ok {
			f = parseFormat(s.code(data))
			break
		}
		name = cell.parent
	}
	s.known[style] = f
	return f
}

// code is the whole format code, with the sections of d before it.
func (s *odsStyles) code(d dataStyle) string {
	var code string
	for _, name := range d.sections {
		code += s.data[name].code + ";"
	}
	return code + d.code
}
