package form

import "github.com/xuri/excelize/v2"

// cellLook is how a cell of a form looks, and whether it may be filled in.
type cellLook struct {
	size         float64
	bold, italic bool
	underline    bool
	align        string // empty: left
	middle       bool
	rules        bool
	input        bool   // not locked, and coloured
	bare         bool   // an input without the colour
	text         bool   // what is typed stays as it was typed
	number       string // number format
}

// inputColor is the ground of what an agency fills in: it prints as good as white.
const inputColor = "FFF9E5"

// asText is the number format under which a program takes what is typed for text.
const asText = 49

// style is the number of a look in the workbook, made when first asked for.
func (b *formBook) style(c cellLook) (int, error) {
	if id, ok := b.styles[c]; ok {
		return id, nil
	}
	s := &excelize.Style{
		Font:       &excelize.Font{Family: b.t.Font, Size: c.size, Bold: c.bold, Italic: c.italic},
		Alignment:  &excelize.Alignment{WrapText: true, Vertical: "top", Horizontal: c.align},
		Protection: &excelize.Protection{Locked: !c.input},
	}
	if c.underline {
		s.Font.Underline = "single"
	}
	if c.align == "" {
		s.Alignment.Horizontal = "left"
	}
	if c.middle {
		s.Alignment.Vertical = "center"
	}
	if c.rules {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: "000000", Style: 1})
		}
	}
	if c.input && !c.bare {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{inputColor}}
	}
	switch {
	case c.text:
		s.NumFmt = asText
	case c.number != "" && c.number != "General":
		s.CustomNumFmt = &c.number
	}
	id, err := b.file.NewStyle(s)
	if err != nil {
		return 0, err
	}
	b.styles[c] = id
	return id, nil
}

// protect locks a sheet's cells but those that are filled in. There is no
// password: it keeps slips away, and nobody out. Rows and columns can be widened.
func (b *formBook) protect(sheet string) error {
	return b.file.ProtectSheet(sheet, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true, FormatRows: true, FormatCells: true,
	})
}
