package render

import (
	"encoding/binary"
	"fmt"
)

// trueType is as much of a TrueType font as measuring and cutting take. The fonts
// come with the program: what is checked of them is that they are of the one kind
// that this reader knows.
type trueType struct {
	tables map[string][]byte
	glyphs int // how many it has
	em     int // font units to the size
}

const (
	longOffsets  = 1 // the format of "loca" with 32 bits to an offset
	segments     = 4 // the format of "cmap" with ranges of the BMP
	tableRecord  = 16
	widthRecord  = 4 // of "hmtx": advance and left side bearing
	offsetRecord = 4 // of "loca"
)

func parseTrueType(data []byte) (*trueType, error) {
	f := &trueType{tables: map[string][]byte{}}
	for i := range be16(data, 4) {
		record := data[12+tableRecord*i:]
		from, size := be32(record, 8), be32(record, 12)
		f.tables[string(record[:4])] = data[from : from+size]
	}
	f.glyphs, f.em = be16(f.tables["maxp"], 4), be16(f.tables["head"], 18)
	if got := be16(f.tables["head"], 50); got != longOffsets {
		return nil, fmt.Errorf("offsets of glyphs in format %d, not %d", got, longOffsets)
	}
	if got := be16(f.tables["hhea"], 34); got != f.glyphs {
		return nil, fmt.Errorf("%d widths for %d glyphs", got, f.glyphs)
	}
	if got := be16(f.charmap(), 0); got != segments {
		return nil, fmt.Errorf("map of characters in format %d, not %d", got, segments)
	}
	return f, nil
}

// charmap is the first map of characters: in a font for Unicode, of the BMP.
func (f *trueType) charmap() []byte {
	all := f.tables["cmap"]
	return all[be32(all, 8):]
}

// each calls do with every rune that the font has a glyph for, in order.
func (f *trueType) each(do func(r rune, glyph int)) {
	m := f.charmap()
	twice := be16(m, 6) // of the number of segments: two bytes for each
	ends, starts := m[14:], m[16+twice:]
	deltas, offsets := starts[twice:], starts[2*twice:]
	for at := 0; at < twice; at += 2 {
		start, end, offset := be16(starts, at), be16(ends, at), be16(offsets, at)
		for c := start; c <= end; c++ {
			glyph := c
			if offset != 0 { // from where the offset itself stands
				if glyph = be16(offsets, at+offset+2*(c-start)); glyph == 0 {
					continue
				}
			}
			if glyph = (glyph + be16(deltas, at)) & 0xFFFF; glyph != 0 && glyph < f.glyphs {
				do(rune(c), glyph)
			}
		}
	}
}

// advance is how wide a glyph is, in font units.
func (f *trueType) advance(glyph int) int { return be16(f.tables["hmtx"], widthRecord*glyph) }

// glyph is the outline of a glyph as the font has it; a blank has none.
func (f *trueType) glyph(n int) []byte {
	from := be32(f.tables["loca"], offsetRecord*n)
	to := be32(f.tables["loca"], offsetRecord*(n+1))
	return f.tables["glyf"][from:to]
}

// components are the places in a glyph's outline where it names another glyph
// that it is put together from, as ê is from e and its mark.
func components(outline []byte) []int {
	const (
		wide, scale, more, scales, matrix = 1, 1 << 3, 1 << 5, 1 << 6, 1 << 7 // flags
		header                            = 10
	)
	if len(outline) < header || outline[0]>>7 == 0 { // number of contours: negative
		return nil
	}
	var places []int
	for at := header; ; {
		flags := be16(outline, at)
		places = append(places, at+2)
		at += 6
		if flags&wide != 0 {
			at += 2
		}
		switch {
		case flags&scale != 0:
			at += 2
		case flags&scales != 0:
			at += 4
		case flags&matrix != 0:
			at += 8
		}
		if flags&more == 0 {
			return places
		}
	}
}

func be16(b []byte, at int) int { return int(binary.BigEndian.Uint16(b[at:])) }
func be32(b []byte, at int) int { return int(binary.BigEndian.Uint32(b[at:])) }
