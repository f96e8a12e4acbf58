package sheet

import (
	"math"
	"slices"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"baocao/pipeline/viet"
)

// fontRun says from which character on a string is in another font.
type fontRun struct{ at, font int }

// unicode reads a string of n UTF-16 units, [MS-XLS] §2.5.293, and gives it as
// two bytes a unit. The units whose upper byte is zero may be stored without
// it; a string that goes on in another record says there anew how it is stored.
func (r *record) unicode(n int) (chars []byte, runs []fontRun) {
	flags := r.u8()
	var fonts, phonetic int
	if flags&0x08 != 0 {
		fonts = r.u16()
	}
	if flags&0x04 != 0 {
		phonetic = int(min(r.u32(), math.MaxInt32))
	}
	chars = make([]byte, 0, 2*min(n, len(r.block)))
	for n > len(chars)/2 && !r.short {
		if len(r.block) == 0 {
			flags = r.u8()
		}
		missing := n - len(chars)/2
		if flags&1 == 0 {
			for _, b := range r.take(min(missing, len(r.block))) {
				chars = append(chars, b, 0)
			}
			continue
		}
		chars = append(chars, r.take(2*min(missing, len(r.block)/2))...)
		r.short = r.short || len(r.block) == 1 && n > len(chars)/2
	}
	runs = r.runs(fonts, 2)
	r.skip(phonetic)
	return chars, runs
}

// runs reads n runs, whose numbers have the given size in bytes.
func (r *record) runs(n, size int) []fontRun {
	var runs []fontRun
	for ; n > 0 && !r.short; n-- {
		runs = append(runs, fontRun{at: int(r.number(size)), font: int(r.number(size))})
	}
	return runs
}

// chars reads a string of n characters as the version of the workbook stores
// it: in two bytes each, or in one.
func (wb *xlsBook) chars(r *record, n int) (chars []byte, runs []fontRun) {
	if wb.unicode {
		return r.unicode(n)
	}
	for n > len(chars) && !r.short {
		chars = append(chars, r.take(n-len(chars))...)
	}
	return chars, nil
}

// text reads a string of n characters whose font does not matter.
func (wb *xlsBook) text(r *record, n int) string {
	chars, _ := wb.chars(r, n)
	return clean(wb.decode(chars, ""))
}

// addString adds a shared string, and its fonts where they matter to a cell.
func (wb *xlsBook) addString(chars []byte, runs []fontRun) error {
	switch {
	case len(wb.strings) == maxStrings:
		return &damage{code: codeStrings, want: count(maxStrings)}
	case len(runs) > maxRuns:
		return beyond(codeRuns, wb.part, len(runs), maxRuns)
	}
	t := wb.typed(chars, runs, "")
	matters := func(r run) bool { return r.font != "" && (r.font != otherFont || wb.oldFonts) }
	if slices.ContainsFunc(t, matters) || t.hasLooks() {
		wb.rich[len(wb.strings)] = t
	}
	s, _ := t.in("")
	wb.strings = append(wb.strings, s)
	return nil
}

// typed is a string with the fonts of its runs, in a cell of the given font.
func (wb *xlsBook) typed(chars []byte, runs []fontRun, cellFont string) typed {
	var t typed
	width := 1
	if wb.unicode {
		width = 2
	}
	font, as, from := "", look{}, 0
	for _, run := range append(runs, fontRun{at: len(chars) / width}) {
		if at := min(width*run.at, len(chars)); at > from {
			t.writeAs(font, as, wb.decode(chars[from:at], font+cellFont))
			from = at
		}
		font, as = fontOf(wb.fontName(run.font)), look{struck: unstruck, raised: wb.isFontRaised(run.font)}
		if wb.isFontStruck(run.font) {
			as.struck = struck
		}
	}
	return t
}

// decode is the text of characters as they are stored. What has one byte a
// character is in the code page of the workbook, but for the old fonts, whose
// letters stand in the places of Western European ones.
func (wb *xlsBook) decode(chars []byte, font string) string {
	if wb.unicode {
		return fromUTF16(chars)
	}
	if oldFont(font) == "" {
		if text, ok := viet.DecodeCharset("windows-"+strconv.Itoa(wb.codePage), chars); ok {
			return text
		}
	}
	text, _ := viet.DecodeCharset("windows-1252", chars)
	return text
}

// fromUTF16 is the text of UTF-16 units, the lower byte of each first.
func fromUTF16(chars []byte) string {
	b := make([]byte, 0, len(chars))
	for ; len(chars) > 1; chars = chars[2:] {
		c := rune(chars[0]) | rune(chars[1])<<8
		if utf16.IsSurrogate(c) && len(chars) > 3 {
			if pair := utf16.DecodeRune(c, rune(chars[2])|rune(chars[3])<<8); pair != utf8.RuneError {
				c = pair
				chars = chars[2:]
			}
		}
		b = utf8.AppendRune(b, c)
	}
	return string(b)
}
