package render

import (
	"fmt"
	"math"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifbolditalic"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// style is one of the four cuts of the serif face.
type style int

const (
	regular style = iota
	bold
	italic
	boldItalic
	styles
)

// name is the style in the PDF library's and the workbook's words.
func (s style) name() string { return [styles]string{"", "B", "I", "BI"}[s] }

func (s style) bold() bool   { return s == bold || s == boldItalic }
func (s style) italic() bool { return s == italic || s == boldItalic }

const (
	noGlyph    = math.MaxUint16 // advance of a rune the face cannot draw
	emUnits    = 1000           // advances are in thousandths of the size, as a PDF keeps them
	ascent     = 0.891          // of Times New Roman and its metric twins, in sizes
	descent    = 0.216
	substitute = '□' // for what the face cannot draw
	lastResort = '?'
)

// face is a font's bytes and what is measured of it.
type face struct {
	ttf     []byte
	outline *sfnt.Font
	advance [1 << 16]uint16
}

// loadFaces reads the fonts once per process; they are never written to after.
var loadFaces = sync.OnceValues(func() (*[styles]face, error) {
	var all [styles]face
	for s, ttf := range [styles][]byte{
		liberationserifregular.TTF, liberationserifbold.TTF,
		liberationserifitalic.TTF, liberationserifbolditalic.TTF,
	} {
		if err := all[s].load(ttf); err != nil {
			return nil, fmt.Errorf("font style %q: %w", style(s).name(), err)
		}
	}
	return &all, nil
})

func (f *face) load(ttf []byte) error {
	parsed, err := sfnt.Parse(ttf)
	if err != nil {
		return err
	}
	f.ttf, f.outline = ttf, parsed
	var buf sfnt.Buffer
	em := fixed.I(int(parsed.UnitsPerEm()))
	for r := range f.advance {
		f.advance[r] = noGlyph
		glyph, err := parsed.GlyphIndex(&buf, rune(r))
		if err != nil || glyph == 0 {
			continue
		}
		wide, err := parsed.GlyphAdvance(&buf, glyph, em, font.HintingNone)
		if err != nil {
			return fmt.Errorf("advance of %U: %w", r, err)
		}
		f.advance[r] = uint16(math.Round(float64(wide) * emUnits / float64(em)))
	}
	return nil
}

func (f *face) has(r rune) bool {
	return r < 1<<16 && f.advance[r] != noGlyph
}

// units is the advance of a rune; what cannot be drawn counts as a full em,
// which is what a workbook's program will take for it from another font.
func (f *face) units(r rune) int {
	if !f.has(r) {
		return emUnits
	}
	return int(f.advance[r])
}

// printable replaces what one of the four styles cannot draw by something that
// shows that a character stood there. The PDF library would draw nothing, or
// fall over beyond the BMP.
func (r *Renderer) printable(s string) string {
	missing := func(c rune) bool { return c != '\n' && !r.drawn(c) }
	if strings.IndexFunc(s, missing) < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, c := range s {
		if missing(c) {
			c = r.standIn(c)
		}
		b.WriteRune(c)
	}
	return b.String()
}

func (r *Renderer) drawn(c rune) bool {
	if c == utf8.RuneError {
		return false
	}
	for s := range r.faces {
		if !r.faces[s].has(c) {
			return false
		}
	}
	return true
}
