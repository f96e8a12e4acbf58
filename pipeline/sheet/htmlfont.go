package sheet

import (
	"cmp"
	"strings"

	"baocao/pipeline/viet"
)

// htmlFont is the font of an element that is open, "" if it has none of its own.
type htmlFont struct{ element, font string }

// namesFont reports whether an element may change the font of the text in it.
func namesFont(element string) bool {
	switch element {
	case "font", "span", "p", "div":
		return true
	}
	return false
}

// openFont begins an element that may change the font.
func (r *pageReader) openFont(t htmlTag) {
	if len(r.fonts) < maxDepth {
		r.fonts = append(r.fonts, htmlFont{t.name, cmp.Or(t.font, r.flow().font)})
		r.flow().font = cmp.Or(t.font, r.flow().font)
	}
}

// closeFont ends the innermost element of the name, and what is open in it.
func (r *pageReader) closeFont(element string) {
	for i := len(r.fonts) - 1; i >= 0; i-- {
		if r.fonts[i].element == element {
			r.fonts = r.fonts[:i]
			r.flow().font = ""
			if i > 0 {
				r.flow().font = r.fonts[i-1].font
			}
			return
		}
	}
}

// cssFont is the first font that declarations of a style sheet name, as [fontOf]
// gives it.
func cssFont(css string) string {
	if !strings.Contains(css, "font") {
		return ""
	}
	for declaration := range strings.SplitSeq(css, ";") {
		name, value, _ := strings.Cut(declaration, ":")
		if strings.EqualFold(strings.TrimSpace(name), "font-family") {
			return fontOf(familyName(value))
		}
	}
	return ""
}

// decoded is text, typed in font, as Unicode.
func decoded(font, text string) string {
	if font == "" {
		return text
	}
	s, _ := viet.Decode(font, text)
	return viet.Clean(s)
}
