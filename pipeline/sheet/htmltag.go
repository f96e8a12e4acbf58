package sheet

import (
	"bytes"
	"cmp"
	"strconv"
	"strings"
)

// htmlTag is a start tag with what of its attributes is read.
type htmlTag struct {
	name       string
	wide, tall int // columns and rows that a cell takes
	hidden     bool
	selected   bool
	font       string // as [fontOf] gives it
	look       look
	value      htmlValue
}

// htmlValue is what programs say of a cell's value beside its text.
type htmlValue struct {
	number  string // what is stored
	stored  bool   // a number is stored; if number is empty it is the text
	format  string // LibreOffice's and Excel's code
	classes string
	truth   string // "0" or "1"
	formula bool
	failed  bool
}

// readTag reads the attributes of the tag read last.
func (r *pageReader) readTag() htmlTag {
	name, more := r.tags.TagName()
	t := htmlTag{name: string(name), wide: 1, tall: 1}
	for more {
		var key, value []byte
		key, value, more = r.tags.TagAttr()
		switch string(key) {
		case "colspan":
			t.wide = htmlSpan(value, 1000)
		case "rowspan":
			t.tall = htmlSpan(value, maxRows)
			if string(value) == "0" {
				t.tall = maxRows
			}
		case "hidden":
			t.hidden = true
		case "selected":
			t.selected = true
		case "style":
			t.hidden = t.hidden || isHidden(value)
			if code, ok := msoFormat(string(value)); ok {
				t.value.format = code
			}
			t.font = cssFont(string(value))
			t.look = cssLook(string(value))
		case "face":
			t.font = cmp.Or(t.font, fontOf(familyName(string(value))))
		case "class":
			t.value.classes = string(value)
		case "x:num", "sdval":
			t.value.number, t.value.stored = string(value), true
		case "sdnum": // language; language of the format; format
			if parts := strings.SplitN(string(value), ";", 3); len(parts) == 3 {
				t.value.format = parts[2]
			}
		case "x:bool":
			t.value.truth = "0"
			if isOn(strings.ToLower(string(value))) {
				t.value.truth = "1"
			}
		case "x:fmla":
			t.value.formula = true
		case "x:err":
			t.value.failed = true
		}
	}
	for class := range strings.FieldsSeq(t.value.classes) {
		t.hidden = t.hidden || r.unseen[class]
		t.font = cmp.Or(t.font, r.faces[class])
		t.look = t.look.within(r.looks[class])
	}
	return t
}

// htmlSpan is the number of rows or columns that value says, from 1 to most.
func htmlSpan(value []byte, most int) int {
	n, err := strconv.Atoi(string(bytes.TrimSpace(value)))
	if err != nil {
		return 1
	}
	return min(max(n, 1), most)
}

// start goes on with the start tag read last.
func (r *pageReader) start() {
	t := r.readTag()
	if r.skipStart(t) {
		return
	}
	switch t.name {
	case "table":
		r.startTable(t)
		return
	case "thead", "tbody", "tfoot":
		r.startSection(t.hidden)
		return
	case "tr":
		r.startRow(t)
		return
	case "td", "th":
		r.startCell(t)
		return
	case "option":
		if r.chosen { // the end of the one before is left out
			r.chosen = false
			r.skip("select")
			return
		}
	}
	if !isVoid(t.name) && (t.hidden || isAside(t.name)) {
		r.skip(t.name)
		return
	}
	if breaksLine(t.name) {
		r.endLine()
	}
	if namesFont(t.name) {
		r.openFont(t)
	}
}

// end goes on with an end tag.
func (r *pageReader) end(name string) {
	if r.skipEnd(name) {
		return
	}
	switch name {
	case "table":
		r.endTable()
	case "tr", "thead", "tbody", "tfoot":
		r.endRow()
	case "td", "th":
		r.endCell()
	case "option", "select":
		if r.chosen && name == "option" {
			r.skip("select")
		}
		r.chosen = false
	default:
		if breaksLine(name) {
			r.endLine()
		}
		if namesFont(name) {
			r.closeFont(name)
		}
	}
}

// skip passes over the element with that name, whose start was read last.
func (r *pageReader) skip(name string) { r.skipped, r.depth, r.inner = name, 1, 0 }

// skipStart reports whether the start tag t is passed over. What cannot stand
// in the element that is passed over ends it.
func (r *pageReader) skipStart(t htmlTag) bool {
	switch {
	case r.skipped == "":
		return false
	case t.name == "table":
		r.inner++
	case r.inner == 0 && isTablePart(t.name):
		r.skipped = ""
		return false
	case t.name == "option" && r.skipped == "select" && t.selected:
		r.skipped, r.chosen = "", true // the choice is what a reader sees
	case t.name == r.skipped && !isVoid(t.name):
		r.depth++
	}
	return true
}

// skipEnd reports whether the end tag with that name is passed over.
func (r *pageReader) skipEnd(name string) bool {
	switch {
	case r.skipped == "":
		return false
	case name == "table" && r.inner > 0:
		r.inner--
	case r.inner == 0 && isTablePart(name):
		r.skipped = ""
		return false
	case name == r.skipped:
		if r.depth--; r.depth == 0 {
			r.skipped = ""
		}
	}
	return true
}

// isAside reports whether an element holds what is not shown as text, or is
// something to fill in.
func isAside(name string) bool {
	switch name {
	case "script", "style", "title", "select", "datalist", "template", "xml", "comment", "object", "svg", "math",
		"iframe", "noembed", "noframes", "noscript":
		return true
	}
	return false
}

// isVoid reports whether an element has no end.
func isVoid(name string) bool {
	switch name {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr":
		return true
	}
	return false
}

// breaksLine reports whether an element begins and ends a line of its own.
func breaksLine(name string) bool {
	switch name {
	case "br", "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "pre",
		"center", "form", "fieldset", "legend", "blockquote", "address", "article", "section", "header", "footer",
		"main", "nav", "aside", "figure", "caption", "body":
		return true
	}
	return false
}

// isTablePart reports whether an element makes up a table.
func isTablePart(name string) bool {
	switch name {
	case "table", "thead", "tbody", "tfoot", "tr", "td", "th":
		return true
	}
	return false
}
