package render

import (
	"testing"

	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifbolditalic"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

var shippedFonts = [styles][]byte{
	liberationserifregular.TTF, liberationserifbold.TTF, liberationserifitalic.TTF, liberationserifbolditalic.TTF,
}

// readFont is a font as another reader sees it.
type readFont struct {
	t    *testing.T
	font *sfnt.Font
	buf  sfnt.Buffer
}

func readTrueType(t *testing.T, data []byte) *readFont {
	t.Helper()
	f, err := sfnt.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	return &readFont{t: t, font: f}
}

func (f *readFont) glyph(r rune) sfnt.GlyphIndex {
	glyph, err := f.font.GlyphIndex(&f.buf, r)
	if err != nil {
		f.t.Fatal(err)
	}
	return glyph
}

// drawn is what the font draws for a rune, and how wide it is, in font units.
func (f *readFont) drawn(r rune) (sfnt.Segments, fixed.Int26_6) {
	em := fixed.I(int(f.font.UnitsPerEm()))
	outline, err := f.font.LoadGlyph(&f.buf, f.glyph(r), em, nil)
	if err != nil {
		f.t.Fatalf("%U: %v", r, err)
	}
	outline = append(sfnt.Segments{}, outline...)
	wide, err := f.font.GlyphAdvance(&f.buf, f.glyph(r), em, font.HintingNone)
	if err != nil {
		f.t.Fatalf("%U: %v", r, err)
	}
	return outline, wide
}

// The widths that text is wrapped by are those of the fonts, of every rune.
func TestFacesMeasureAsTheirFonts(t *testing.T) {
	faces, err := loadFaces()
	if err != nil {
		t.Fatal(err)
	}
	for s, ttf := range shippedFonts {
		want := readTrueType(t, ttf)
		em := float64(fixed.I(int(want.font.UnitsPerEm())))
		for r := range rune(1 << 16) {
			has := want.glyph(r) != 0
			if faces[s].has(r) != has {
				t.Fatalf("style %d: %U: got %v, want %v", s, r, !has, has)
			}
			if !has {
				continue
			}
			_, wide := want.drawn(r)
			if got := float64(faces[s].units(r)); got-float64(wide)*emUnits/em > 0.5 || float64(wide)*emUnits/em-got > 0.5 {
				t.Errorf("style %d: %U: got %v thousandths, want %v of %v", s, r, got, wide, em)
			}
		}
	}
}

// A cut font draws what it was cut for as the whole one does, each rune by itself
// and all of them together.
func TestCutFontsDrawTheSame(t *testing.T) {
	for s, ttf := range shippedFonts {
		whole := readTrueType(t, ttf)
		font, err := parseTrueType(ttf)
		if err != nil {
			t.Fatal(err)
		}
		var all, letters runeSet
		font.each(func(r rune, _ int) { all.add(r) })
		for _, r := range vietnameseLetters {
			letters.add(r)
		}
		for _, used := range []*runeSet{&all, &letters, {}} {
			cut := readTrueType(t, font.cut(used))
			font.each(func(r rune, _ int) {
				if !used.has(r) {
					if cut.glyph(r) != 0 {
						t.Errorf("style %d: %U was not cut away", s, r)
					}
					return
				}
				wantOutline, wantWide := whole.drawn(r)
				outline, wide := cut.drawn(r)
				if wide != wantWide || !cmp.Equal(outline, wantOutline) {
					t.Errorf("style %d: %U is drawn differently", s, r)
				}
			})
		}
	}
}

// A font of another build than those that come with the program is refused, not
// misread.
func TestOnlyKnownFontsAreRead(t *testing.T) {
	font := func(change func(all map[string][]byte)) []byte {
		known, err := parseTrueType(liberationserifregular.TTF)
		if err != nil {
			t.Fatal(err)
		}
		change(known.tables)
		var all []fontTable
		for _, name := range []string{"cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp"} {
			all = append(all, fontTable{name, known.tables[name]})
		}
		return assemble(all)
	}
	if _, err := parseTrueType(font(func(map[string][]byte) {})); err != nil {
		t.Fatalf("the font that comes with the program: %v", err)
	}
	for name, change := range map[string]func(map[string][]byte){
		"short offsets":   func(all map[string][]byte) { all["head"] = with16(all["head"], 50, 0) },
		"widths left out": func(all map[string][]byte) { all["hhea"] = with16(all["hhea"], 34, 1) },
		"another map":     func(all map[string][]byte) { all["cmap"] = with16(all["cmap"], be32(all["cmap"], 8), 12) },
	} {
		if _, err := parseTrueType(font(change)); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
}
