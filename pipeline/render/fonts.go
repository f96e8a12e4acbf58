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

// face is a font and what is measured of it.
type face struct {
	font    *trueType
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

func (f *face) load(ttf []byte) (err error) {
	if f.font, err = parseTrueType(ttf); err != nil {
		return err
	}
	for r := range f.advance {
		f.advance[r] = noGlyph
	}
	f.font.each(func(r rune, glyph int) {
		f.advance[r] = uint16(math.Round(float64(f.font.advance(glyph)*emUnits) / float64(f.font.em)))
	})
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
