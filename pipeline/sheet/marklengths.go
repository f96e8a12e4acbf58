package sheet

import (
	"regexp"
	"strconv"
)

// lengths are the widths of a sheet's columns and the heights of its rows, in
// pixels of a screen, as far as they are not the usual ones.
type lengths struct {
	column  int
	rows    map[int]int
	row     int
	columns map[int]int
}

const (
	usualColumn = 64
	usualRow    = 20
	pixelsPoint = 4.0 / 3
)

var rowTag = regexp.MustCompile(`<(?:\w+:)?row\s[^>]*>`)
var rowAttr = regexp.MustCompile(`\s(r|ht|hidden)="([^"]*)"`)

// lengthsOf measures a sheet. It serves to give comments their size: what
// cannot be read has the usual length.
func lengthsOf(data []byte, root *element) lengths {
	l := lengths{column: usualColumn, row: usualRow, rows: map[int]int{}, columns: map[int]int{}}
	if f := root.child("sheetFormatPr"); f != nil {
		if h, err := strconv.ParseFloat(f.attr("defaultRowHeight"), 64); err == nil && h > 0 && h < 410 {
			l.row = int(h * pixelsPoint)
		}
		if w, err := strconv.ParseFloat(f.attr("defaultColWidth"), 64); err == nil && w > 0 && w < 256 {
			l.column = columnPixels(w)
		}
	}
	past := 0 // the last column so far; they come in order
	for _, c := range root.child("cols").all("col") {
		first, _ := strconv.Atoi(c.attr("min"))
		last, _ := strconv.Atoi(c.attr("max"))
		w, err := strconv.ParseFloat(c.attr("width"), 64)
		switch {
		case isOn(c.attr("hidden")):
			w = 0
		case err != nil || w < 0 || w > 256:
			continue
		}
		for n := max(first, past+1); n <= min(last, maxSheetCol); n++ {
			l.columns[n], past = columnPixels(w), n
		}
	}
	cells := root.child("sheetData")
	if cells == nil {
		return l
	}
	for _, tag := range rowTag.FindAll(data[cells.inner:cells.innerEnd], maxRows) {
		number, height := 0, -1.0
		for _, a := range rowAttr.FindAllSubmatch(tag, -1) {
			switch value := string(a[2]); string(a[1]) {
			case "r":
				number, _ = strconv.Atoi(value)
			case "ht":
				height, _ = strconv.ParseFloat(value, 64)
			case "hidden":
				if isOn(value) {
					height = 0
				}
			}
		}
		if height >= 0 && height < 410 {
			l.rows[number] = int(height * pixelsPoint)
		}
	}
	return l
}

// columnPixels is the width in pixels of a column of w digits.
func columnPixels(w float64) int {
	if w == 0 {
		return 0
	}
	return int(w*7) + 5
}

func (l *lengths) columnAt(n int) int {
	if w, ok := l.columns[n]; ok {
		return w
	}
	return l.column
}

func (l *lengths) rowAt(n int) int {
	if h, ok := l.rows[n]; ok {
		return h
	}
	return l.row
}

// mostReached is how many rows or columns a box may lie over: those that are
// hidden take no room.
const mostReached = 1_000

// reach is the line, counted from 0, and the offset in it that lie the given
// length behind the offset in the line from.
func reach(from, offset, length, last int, at func(int) int) (line, rest int) {
	rest = offset + length
	last = min(last, from+mostReached)
	for line = from; line < last && rest > at(line+1); line++ {
		rest -= at(line + 1)
	}
	return line, rest
}
