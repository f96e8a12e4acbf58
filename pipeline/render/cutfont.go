package render

import (
	"encoding/binary"
	"slices"
)

// cut gives a font with the glyphs of some runes only. The PDF library reads and
// writes a font's maps whole for every file: of 2,600 glyphs, of which a report
// prints a hundred, that took longer than all the rest of its work.
//
// The cut font has the tables that the library reads; checksums, which it reckons
// itself, and the font's names are left out.
func (f *trueType) cut(used *runeSet) []byte {
	var letters []letter
	f.each(func(r rune, glyph int) {
		if used.has(r) {
			letters = append(letters, letter{r, glyph})
		}
	})
	glyphs, number := f.wanted(letters)
	outlines, offsets, widths := []byte{}, []byte{}, []byte{}
	for _, g := range glyphs {
		offsets = binary.BigEndian.AppendUint32(offsets, uint32(len(outlines)))
		widths = append(widths, f.tables["hmtx"][widthRecord*g:widthRecord*(g+1)]...)
		from := len(outlines)
		outlines = append(outlines, f.glyph(g)...)
		for _, at := range components(outlines[from:]) {
			part := outlines[from+at:]
			binary.BigEndian.PutUint16(part, number[be16(part, 0)])
		}
		for len(outlines)%4 != 0 {
			outlines = append(outlines, 0)
		}
	}
	offsets = binary.BigEndian.AppendUint32(offsets, uint32(len(outlines)))
	many := uint16(len(glyphs))
	return assemble([]fontTable{
		{"OS/2", f.tables["OS/2"]},
		{"cmap", cutMap(letters, number)},
		{"cvt ", f.tables["cvt "]},
		{"fpgm", f.tables["fpgm"]},
		{"gasp", f.tables["gasp"]},
		{"glyf", outlines},
		{"head", f.tables["head"]},
		{"hhea", with16(f.tables["hhea"], 34, many)},
		{"hmtx", widths},
		{"loca", offsets},
		{"maxp", with16(f.tables["maxp"], 4, many)},
		{"name", []byte{0, 0, 0, 0, 0, 6}},            // none
		{"post", with16(f.tables["post"][:32], 0, 3)}, // version 3: no names of glyphs
		{"prep", f.tables["prep"]},
	})
}

// letter is a rune and the glyph it is drawn with.
type letter struct {
	rune
	glyph int
}

// wanted are the glyphs that letters are drawn with, in order, and the number that
// each gets in the cut font. The first is that for what a font does not have.
func (f *trueType) wanted(letters []letter) (glyphs []int, number map[int]uint16) {
	number = map[int]uint16{0: 0}
	var add func(g int)
	add = func(g int) {
		if _, known := number[g]; known {
			return
		}
		number[g] = 0
		glyphs = append(glyphs, g)
		outline := f.glyph(g)
		for _, at := range components(outline) {
			add(be16(outline, at))
		}
	}
	glyphs = append(glyphs, 0)
	for _, l := range letters {
		add(l.glyph)
	}
	slices.Sort(glyphs)
	for i, g := range glyphs {
		number[g] = uint16(i)
	}
	return glyphs, number
}

// cutMap is a "cmap" of one map with a segment for each run of runes whose glyphs
// follow each other too.
func cutMap(letters []letter, number map[int]uint16) []byte {
	type segment struct {
		first, last rune
		glyph       uint16
	}
	var all []segment
	for _, l := range letters {
		g := number[l.glyph]
		if n := len(all) - 1; n >= 0 && l.rune == all[n].last+1 && g == all[n].glyph+uint16(l.rune-all[n].first) {
			all[n].last = l.rune
			continue
		}
		all = append(all, segment{l.rune, l.rune, g})
	}
	all = append(all, segment{0xFFFF, 0xFFFF, 0}) // ends every map
	n := uint16(len(all))
	words := []uint16{0, 1, 3, 1, 0, 12, segments, 16 + 8*n, 0, 2 * n, 0, 0, 0}
	for _, s := range all {
		words = append(words, uint16(s.last))
	}
	words = append(words, 0)
	for _, s := range all {
		words = append(words, uint16(s.first))
	}
	for _, s := range all {
		words = append(words, s.glyph-uint16(s.first))
	}
	words = append(words, make([]uint16, n)...)
	var table []byte
	for _, w := range words {
		table = binary.BigEndian.AppendUint16(table, w)
	}
	return table
}

type fontTable struct {
	name string
	data []byte
}

// assemble writes the tables behind their directory, each at a multiple of four.
func assemble(tables []fontTable) []byte {
	font := []byte{0, 1, 0, 0, 0, byte(len(tables)), 0, 0, 0, 0, 0, 0} // the rest is for searching
	at := len(font) + tableRecord*len(tables)
	for _, t := range tables {
		font = append(font, t.name...)
		font = append(font, 0, 0, 0, 0) // checksum
		font = binary.BigEndian.AppendUint32(font, uint32(at))
		font = binary.BigEndian.AppendUint32(font, uint32(len(t.data)))
		at += (len(t.data) + 3) &^ 3
	}
	for _, t := range tables {
		font = append(font, t.data...)
		for len(font)%4 != 0 {
			font = append(font, 0)
		}
	}
	return font
}

// with16 is a copy of a table with a number in it changed.
func with16(table []byte, at int, n uint16) []byte {
	changed := slices.Clone(table)
	binary.BigEndian.PutUint16(changed[at:], n)
	return changed
}

// runeSet is some of the runes that a face can have: those of the BMP.
type runeSet [1 << 10]uint64

func (s *runeSet) add(r rune)      { s[r>>6] |= 1 << (r & 63) }
func (s *runeSet) has(r rune) bool { return s[r>>6]>>(r&63)&1 == 1 }
