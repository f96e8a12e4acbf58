package sheet

import (
	"encoding/xml"
	"errors"
	"math"
	"strconv"
	"strings"
)

var errRowOfCell = errors.New("cell of another row than the one that it stands in")

// readCell reads the cell whose start is e. A cell without a value has no Kind.
func (r *sheetReader) readCell(e xml.StartElement) (Cell, error) {
	r.at.col++
	var kind, value string
	var inline typed
	var style int
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "r":
			if p, ok := parseRef(a.Value); ok {
				if p.row != r.at.row {
					return Cell{}, corrupt(r.part, errRowOfCell)
				}
				r.at.col = p.col
			}
		case "t":
			kind = a.Value
		case "s":
			style, _ = strconv.Atoi(a.Value)
		}
	}
	c := Cell{Col: r.at.col}
	hasValue := false
	space := e.Name.Space
	err := r.children(func(e xml.StartElement) (err error) {
		switch {
		case e.Name.Space != space:
			return r.skip()
		case e.Name.Local == "f":
			c.Formula = true
		case e.Name.Local == "v":
			hasValue = true
			value, err = r.text()
			return err
		case e.Name.Local == "is":
			inline, err = r.markup.richText()
			return err
		}
		return r.skip()
	})
	if err != nil {
		return c, err
	}
	font := ""
	var line Struck
	if 0 <= style && style < len(r.fonts) {
		font = r.fonts[style]
	}
	if r.isStruck(style) {
		line = Wholly
	}
	if kind == "inlineStr" {
		seen := inline.seenIn(font, line != 0)
		value, font, line, c.Mark = seen.text, seen.font, seen.struck, seen.mark
	}
	if value == "" {
		c.Stale = c.Formula && !(hasValue && kind == "str")
		return c, nil
	}
	c.Font, c.Struck = font, line
	return c, r.setValue(&c, kind, value, style)
}

// isStruck reports whether cells of the style are struck through.
func (wb *workbook) isStruck(style int) bool {
	return 0 <= style && style < len(wb.struck) && wb.struck[style]
}

// setValue fills in what a cell of the given type stores, ECMA-376 part 1,
// §18.18.11.
func (r *sheetReader) setValue(c *Cell, kind, value string, style int) error {
	switch kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || i < 0 || i >= len(r.strings) {
			return corrupt(r.part, strconv.ErrRange)
		}
		text := r.strings[i]
		if t, ok := r.rich[i]; ok {
			if err := r.putTogether(text, len(t)); err != nil {
				return err
			}
			seen := t.seenIn(c.Font, c.Struck != 0)
			seen.describe(c)
			text = seen.text
		}
		c.setText(text)
	case "inlineStr":
		c.setText(value)
	case "str":
		c.setText(clean(unescape(value)))
	case "b":
		c.Kind, c.Raw, c.Text = Bool, "0", "FALSE"
		if isOn(strings.TrimSpace(value)) {
			c.Raw, c.Text = "1", "TRUE"
		}
	case "e":
		c.Kind, c.Raw, c.Text = Failed, value, value
	default:
		r.setNumber(c, kind, strings.TrimSpace(value), style)
	}
	return nil
}

func (c *Cell) setText(s string) {
	if s != "" {
		c.Kind, c.Raw, c.Text = String, s, s
	}
}

// setNumber fills in a number, or the date that its format shows it as.
func (r *sheetReader) setNumber(c *Cell, kind, value string, style int) {
	var f numberFormat
	if 0 <= style && style < len(r.styles) {
		f = r.styles[style]
	}
	if kind == "d" {
		serial, ok := parseISO(value)
		if !ok {
			c.setText(clean(value))
			return
		}
		if value = serial; !f.isDate() {
			f = isoFormat
		}
	} else if !isNumber(value) {
		c.setText(clean(value))
		return
	} else if f.isDate() && r.date1904 {
		value = from1904(value)
	}
	c.Kind, c.Raw, c.Format, c.Text = Number, value, f.code, f.show(value)
	if f.isDate() {
		c.Kind = Date
	}
}

// isNumber reports whether s is a decimal number that a float64 can hold. What
// lies outside of that range would cost a decimal computation dearly.
func isNumber(s string) bool {
	if len(s) > 40 || strings.Trim(s, "0123456789+-.eE") != "" {
		return false
	}
	x, err := strconv.ParseFloat(s, 64)
	return err == nil && (x != 0 || strings.Trim(s, "-+0.") == "")
}

// parseRef reads "C12", also "$C$12".
func parseRef(s string) (position, bool) {
	s = strings.ReplaceAll(s, "$", "")
	var p position
	i := 0
	for i < len(s) && i < 4 {
		b := s[i] &^ 0x20
		if b < 'A' || b > 'Z' {
			break
		}
		p.col = p.col*26 + int(b-'A') + 1
		i++
	}
	row, err := strconv.Atoi(s[i:])
	p.row = row
	return p, err == nil && i > 0 && row > 0 && row <= math.MaxInt32
}

// parseRange reads "A1:C3" or "A1".
func parseRange(s string) (Range, bool) {
	from, to, ok := strings.Cut(s, ":")
	if !ok {
		to = from
	}
	a, ok1 := parseRef(from)
	b, ok2 := parseRef(to)
	return Range{
		FirstRow: min(a.row, b.row), FirstCol: min(a.col, b.col),
		LastRow: max(a.row, b.row), LastCol: max(a.col, b.col),
	}, ok1 && ok2
}
