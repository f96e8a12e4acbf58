package sheet

import (
	"cmp"
	"strings"

	"baocao/pipeline/viet"
)

// htmlFont is the font of an element that is open, "" if it has none of its own,
// and the look.
type htmlFont struct {
	element, font string
	look          look
}

// namesFont reports whether an element may change the font or the look of the text
// in it.
func namesFont(element string) bool {
	switch element {
	case "font", "span", "p", "div", "sup", "s", "del", "strike":
		return true
	}
	return false
}

// openFont begins an element that may change the font.
func (r *pageReader) openFont(t htmlTag) {
	if len(r.fonts) < maxDepth {
		as := t.look
		switch t.name {
		case "sup":
			as.raised = true
		case "s", "del", "strike":
			as.struck = struck
		}
		f := htmlFont{t.name, cmp.Or(t.font, r.flow().font), as.within(r.flow().look)}
		r.fonts = append(r.fonts, f)
		r.flow().font, r.flow().look = f.font, f.look
	}
}

// closeFont ends the innermost element of the name, and what is open in it.
func (r *pageReader) closeFont(element string) {
	for i := len(r.fonts) - 1; i >= 0; i-- {
		if r.fonts[i].element == element {
			r.fonts = r.fonts[:i]
			var outer htmlFont
			if i > 0 {
				outer = r.fonts[i-1]
			}
			r.flow().font, r.flow().look = outer.font, outer.look
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

// cssLook is the look that declarations of a style sheet say.
func cssLook(css string) look {
	var l look
	for declaration := range strings.SplitSeq(css, ";") {
		name, value, _ := strings.Cut(declaration, ":")
		switch value = strings.ToLower(value); strings.ToLower(strings.TrimSpace(name)) {
		case "text-decoration", "text-decoration-line":
			if strings.Contains(value, "line-through") {
				l.struck = struck
			}
		case "vertical-align":
			l.raised = l.raised || strings.TrimSpace(value) == "super"
		}
	}
	return l
}

// decoded is text, typed in font, as Unicode.
func decoded(font, text string) string {
	if font == "" {
		return text
	}
	s, _ := viet.Decode(font, text)
	return viet.Clean(s)
}
