package sheet

import (
	"cmp"
	"encoding/xml"
	"strconv"
	"strings"
)

// odsStyles are the styles of an OpenDocument spreadsheet that say how values
// are shown, and which sheets.
type odsStyles struct {
	data   map[string]dataStyle // number formats by name
	cells  map[string]cellStyle
	hidden map[string]bool // styles of sheets that are not shown
	known  map[string]numberFormat
	parsed map[string]numberFormat // by code
	faces  map[string]string       // fonts by the name that styles call them
	texts  map[string]string       // fonts by style of a stretch of text
	looks  map[string]look         // by style of a stretch of text
}

// dataStyle is a number format, and the names of those that stand in for it
// under a condition: the sections before the last.
type dataStyle struct {
	code     string
	sections []string
}

type cellStyle struct {
	data, parent, font string
	struck             strike
}

func newODSStyles() odsStyles {
	return odsStyles{
		data: map[string]dataStyle{}, cells: map[string]cellStyle{}, hidden: map[string]bool{},
		known: map[string]numberFormat{}, parsed: map[string]numberFormat{},
		faces: map[string]string{}, texts: map[string]string{}, looks: map[string]look{},
	}
}

// defaultCells is the name of the style that all cells begin with.
const defaultCells = "\x00default"

// readStyles reads the styles in the element whose start was read last.
func (r *odsReader) readStyles() error {
	return r.children(func(e xml.StartElement) error {
		if n := len(r.styles.data) + len(r.styles.cells) + len(r.styles.texts) + len(r.styles.looks); n > maxStyles {
			return beyond(codeStyles, r.part, n, maxStyles)
		}
		name := attribute(e, "name")
		switch e.Name.Local {
		case "default-style":
			name = defaultCells
			fallthrough
		case "style":
			return r.readStyle(e, name)
		case "number-style", "percentage-style", "currency-style", "date-style", "time-style":
			style, err := r.dataStyle(e.Name.Local == "percentage-style")
			r.styles.data[name] = style
			return err
		}
		return r.skip()
	})
}

// readStyle reads the style whose start is e: of a sheet, of cells or of
// stretches of text.
func (r *odsReader) readStyle(e xml.StartElement, name string) error {
	font, as := "", look{}
	family := attribute(e, "family")
	err := r.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "text-properties":
			font, as = r.styles.namedFont(e), lookOf(e)
		case "table-properties":
			if family == "table" && attribute(e, "display") == "false" {
				r.styles.hidden[name] = true
			}
		}
		return nil
	})
	switch {
	case family == "table-cell":
		r.styles.cells[name] = cellStyle{attribute(e, "data-style-name"), attribute(e, "parent-style-name"), font, as.struck}
	case family == "text":
		if font != "" {
			r.styles.texts[name] = font
		}
		if as != (look{}) {
			r.styles.looks[name] = as
		}
	}
	return err
}

// readFaces reads the fonts in the element whose start was read last.
func (r *odsReader) readFaces() error {
	return r.children(func(e xml.StartElement) error {
		if len(r.styles.faces) > maxStyles {
			return beyond(codeStyles, r.part, len(r.styles.faces), maxStyles)
		}
		if family := familyName(attribute(e, "font-family")); family != "" {
			r.styles.faces[attribute(e, "name")] = family
		}
		return nil
	})
}

// namedFont is the font that properties of text name, as [fontOf] gives it.
func (s *odsStyles) namedFont(e xml.StartElement) string {
	if face := attribute(e, "font-name"); face != "" {
		return fontOf(cmp.Or(s.faces[face], face))
	}
	return fontOf(familyName(attribute(e, "font-family")))
}

// familyName is the first font of a list such as "'.VnTime', serif".
func familyName(list string) string {
	first, _, _ := strings.Cut(list, ",")
	return strings.Trim(first, `'"`+whiteSpace)
}

// textFont is the font of stretches of text of the style, "" when it says
// nothing.
func (s *odsStyles) textFont(style string) string { return s.texts[style] }

// lookOf is the look that properties of text say, OpenDocument 1.3 part 3, §20.371
// and §20.392.
func lookOf(e xml.StartElement) look {
	var l look
	switch line := cmp.Or(attribute(e, "text-line-through-type"), attribute(e, "text-line-through-style")); line {
	case "":
	case "none":
		l.struck = unstruck
	default:
		l.struck = struck
	}
	height, _, _ := strings.Cut(strings.TrimSpace(attribute(e, "text-position")), " ")
	up, err := strconv.ParseFloat(strings.TrimSuffix(height, "%"), 64)
	l.raised = height == "super" || err == nil && up > 0
	return l
}

// textLook is the look of stretches of text of the style.
func (s *odsStyles) textLook(style string) look { return s.looks[style] }

// isStruck reports whether cells of the style are struck through.
func (s *odsStyles) isStruck(style string) bool {
	for name, left := style, 16; left > 0; left-- { // a style may be its own parent
		cell, ok := s.cells[name]
		if !ok {
			break
		}
		if cell.struck != asCell {
			return cell.struck == struck
		}
		name = cell.parent
	}
	return s.cells[defaultCells].struck == struck
}

// font is the font of cells of the style, "" when none is named.
func (s *odsStyles) font(style string) string {
	for name, left := style, 16; left > 0; left-- { // a style may be its own parent
		cell, ok := s.cells[name]
		if !ok {
			break
		}
		if cell.font != "" {
			return cell.font
		}
		name = cell.parent
	}
	return s.cells[defaultCells].font
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
			code := s.code(data)
			if f, ok = s.parsed[code]; !ok {
				f = parseFormat(code)
				s.parsed[code] = f
			}
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
