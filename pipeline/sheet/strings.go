package sheet

import (
	"encoding/xml"
	"slices"
	"strconv"
	"strings"
)

// readStrings reads the shared strings.
func (wb *workbook) readStrings() error {
	if wb.sst == "" || !wb.zip.has(wb.sst) {
		return nil
	}
	data, err := wb.zip.read(wb.sst)
	if err != nil {
		return err
	}
	m := newMarkup(wb.sst, data)
	return m.each(func(e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		if len(wb.strings) == maxStrings {
			return &damage{code: codeStrings, want: count(maxStrings)}
		}
		t, err := m.richText()
		if wb.needsFonts(t) || t.hasLooks() {
			if wb.rich == nil {
				wb.rich = map[int]typed{}
			}
			wb.rich[len(wb.strings)] = t
		}
		s, _ := t.in("")
		wb.strings = append(wb.strings, s)
		return err
	})
}

// needsFonts reports whether it matters to a cell in which fonts t was typed:
// one is old, or one is not and that of the cell may be.
func (wb *workbook) needsFonts(t typed) bool {
	return slices.ContainsFunc(t, func(r run) bool {
		return r.font != "" && (r.font != otherFont || wb.oldFonts)
	})
}

// richText is the text of a string item or an inline string: its runs without
// the phonetic ones.
func (m *markup) richText() (typed, error) {
	var t typed
	font, as, length := "", look{}, 0
	err := m.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "r":
			font, as = "", look{}
		case "rPr":
			as.struck = unstruck // what a run says counts instead of the cell's style
		case "strike":
			if v := attribute(e, "val"); v == "" || isOn(v) {
				as.struck = struck
			}
		case "vertAlign":
			as.raised = attribute(e, "val") == "superscript"
		case "rFont":
			font = fontOf(attribute(e, "val"))
		case "t":
			s, err := m.text()
			t.writeAs(font, as, unescape(s))
			switch length += len(s); {
			case length > maxField:
				return beyondBytes(codeField, m.part, uint64(length), maxField)
			case len(t) > maxRuns:
				return beyond(codeRuns, m.part, len(t), maxRuns)
			}
			return err
		case "rPh":
			return m.skip()
		}
		return nil
	})
	return t, err
}

// unescape reads the _xHHHH_ by which a string holds what XML cannot,
// ECMA-376 part 1, §22.9.2.19.
func unescape(s string) string {
	start := strings.Index(s, "_x")
	if start < 0 {
		return s
	}
	var b strings.Builder
	for start >= 0 {
		b.WriteString(s[:start])
		s = s[start:]
		code, err := uint64(0), strconv.ErrSyntax
		if len(s) >= 7 && s[6] == '_' {
			code, err = strconv.ParseUint(s[2:6], 16, 32)
		}
		if err == nil {
			b.WriteRune(rune(code))
			s = s[7:]
		} else {
			b.WriteString(s[:2])
			s = s[2:]
		}
		start = strings.Index(s, "_x")
	}
	b.WriteString(s)
	return b.String()
}
