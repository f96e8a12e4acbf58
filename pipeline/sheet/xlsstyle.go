package sheet

// fontName is the name of a font by its number. There is none with the number
// 4, [MS-XLS] §2.5.129.
func (wb *xlsBook) fontName(i int) string {
	if i > 4 {
		i--
	} else if i == 4 {
		return ""
	}
	if i >= len(wb.fontNames) {
		return ""
	}
	return wb.fontNames[i]
}

// isFontStruck reports whether the font with that number is struck through.
func (wb *xlsBook) isFontStruck(i int) bool {
	if i > 4 {
		i--
	} else if i == 4 {
		return false
	}
	return i < len(wb.fontStruck) && wb.fontStruck[i]
}

// isFontRaised reports whether the font with that number is superscript.
func (wb *xlsBook) isFontRaised(i int) bool {
	if i > 4 {
		i--
	} else if i == 4 {
		return false
	}
	return i < len(wb.fontRaised) && wb.fontRaised[i]
}

// makeStyles finds the number format of each cell style.
func (wb *xlsBook) makeStyles() {
	known := map[int]numberFormat{}
	for _, id := range wb.xfs {
		f, ok := known[id]
		if !ok {
			code, own := wb.formats[id]
			if !own {
				code = builtInFormat(id)
			}
			f = parseFormat(code)
			known[id] = f
		}
		wb.styles = append(wb.styles, f)
	}
}
