package sheet

import (
	"fmt"
	"path"
	"strconv"
	"strings"

	"baocao/pipeline/finding"
)

// markStyles are the styles of our remarks in the workbook's list of styles.
type markStyles struct {
	colours map[finding.Level]int // differential formats
	cells   map[cellLook]int      // cell formats of the front sheet
}

// cellLook is how a cell of the front sheet looks.
type cellLook string

const (
	lookTitle  cellLook = "title"
	lookIntro  cellLook = "intro"
	lookHead   cellLook = "head"
	lookText   cellLook = "text"
	lookMiddle cellLook = "middle" // short text in the middle
	lookLink   cellLook = "link"
)

// The colours are so light that black print stays readable on them, also in
// print without colours.
var colours = map[finding.Level]string{
	finding.Error: "FFF8B9B9", finding.Warning: "FFFFF0A0", finding.Note: "FFCFE4F7",
}

var levels = []finding.Level{finding.Error, finding.Warning, finding.Note}

// styleOrder is the order of what stands in a list of styles, ECMA-376 part 1, §18.8.39.
var styleOrder = []string{
	"numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors", "extLst",
}

// normalStyle is the one named style that programs look for.
const normalStyle = `<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>`

const noStyles = xmlHead + `<styleSheet xmlns="%s"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>` +
	`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
	`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>` + normalStyle + `</styleSheet>`

// setStyles adds what our remarks need to the list of styles. What is there
// already, from an earlier time, is used again.
func (m *marking) setStyles() error {
	part, err := m.related(m.main, "styles", "")
	if err != nil {
		return err
	}
	if part == "" {
		part = m.free(path.Dir(m.main) + "/styles%d.xml")
		if _, err := m.relate(m.main, m.rels, "styles", part); err != nil {
			return err
		}
		m.types[part] = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
		m.write(part, fmt.Appendf(nil, noStyles, m.space))
	}
	data, err := m.read(part)
	if err != nil {
		return err
	}
	l, err := newStyleList(part, data)
	if err != nil {
		return err
	}
	m.styles = markStyles{colours: map[finding.Level]int{}, cells: map[cellLook]int{}}
	for _, level := range levels {
		m.styles.colours[level] = l.add("dxfs", fmt.Sprintf(
			`<dxf><fill><patternFill patternType="solid"><fgColor rgb="%s"/><bgColor rgb="%[1]s"/></patternFill></fill></dxf>`, colours[level]))
	}
	plain := l.add("fonts", `<font><sz val="12"/><name val="Times New Roman"/><family val="1"/></font>`)
	bold := l.add("fonts", `<font><b/><sz val="12"/><name val="Times New Roman"/><family val="1"/></font>`)
	large := l.add("fonts", `<font><b/><sz val="14"/><name val="Times New Roman"/><family val="1"/></font>`)
	link := l.add("fonts", `<font><u/><sz val="12"/><color rgb="FF0563C1"/><name val="Times New Roman"/><family val="1"/></font>`)
	grey := l.add("fills", `<fill><patternFill patternType="solid"><fgColor rgb="FFE7E6E6"/><bgColor indexed="64"/></patternFill></fill>`)
	side := `style="thin"><color rgb="FF7F7F7F"/>`
	box := l.add("borders", `<border><left `+side+`</left><right `+side+`</right><top `+side+`</top><bottom `+side+`</bottom><diagonal/></border>`)
	for _, c := range []struct {
		look               cellLook
		font, fill, border int
		horizontal         string
	}{
		{lookTitle, large, 0, 0, "left"},
		{lookIntro, plain, 0, 0, "left"},
		{lookHead, bold, grey, box, "center"},
		{lookText, plain, 0, box, "left"},
		{lookMiddle, plain, 0, box, "center"},
		{lookLink, link, 0, box, "center"},
	} {
		vertical := "top"
		if c.look == lookHead {
			vertical = "center"
		}
		m.styles.cells[c.look] = l.add("cellXfs", fmt.Sprintf(
			`<xf numFmtId="0" fontId="%d" fillId="%d" borderId="%d" xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment horizontal="%s" vertical="%s" wrapText="1"/></xf>`,
			c.font, c.fill, c.border, c.horizontal, vertical))
	}
	m.write(part, l.bytes())
	return nil
}

// styleList is a list of styles that grows.
type styleList struct {
	data []byte
	root *element
	more map[string][]string // what is to be added, by group
}

// newStyleList reads a list of styles, in which all groups that we need stand
// afterwards.
func newStyleList(part string, data []byte) (*styleList, error) {
	root, err := outline(part, data, 2)
	if err != nil {
		return nil, err
	}
	var edits []edit
	for _, group := range []string{"fonts", "fills", "borders", "cellXfs", "dxfs"} {
		switch g := root.child(group); {
		case g == nil:
			at := insertAt(root, styleOrder, group)
			edits = append(edits, edit{at, at, prefixed(root.prefix, "<"+group+` count="0"></`+group+">")})
		case g.inner == g.end:
			edits = append(edits, g.addInside(data, ""))
		}
	}
	if edits != nil {
		data = apply(data, edits)
		if root, err = outline(part, data, 2); err != nil {
			return nil, err
		}
	}
	return &styleList{data, root, map[string][]string{}}, nil
}

// add is the index of text in the group, where it is put if it is not there.
func (l *styleList) add(group, text string) int {
	text = prefixed(l.root.prefix, text)
	there := l.root.child(group).children
	for i, c := range there {
		have := string(l.data[c.start:c.end])
		if have == text || group == "dxfs" && sameColour(have, text) {
			return i
		}
	}
	for i, have := range l.more[group] {
		if have == text {
			return len(there) + i
		}
	}
	l.more[group] = append(l.more[group], text)
	return len(there) + len(l.more[group]) - 1
}

// bytes is the list with all that was added.
func (l *styleList) bytes() []byte {
	var edits []edit
	for group, more := range l.more {
		g := l.root.child(group)
		edits = append(edits,
			g.setAttr(l.data, "count", strconv.Itoa(len(g.children)+len(more))),
			g.addInside(l.data, strings.Join(more, "")))
	}
	return apply(l.data, edits)
}

// sameColour reports whether a differential format that another program wrote
// does what ours does, and no more.
func sameColour(have, ours string) bool {
	for _, other := range []string{"font>", "border>", "numFmt ", "alignment"} {
		if strings.Contains(have, other) {
			return false
		}
	}
	for _, colour := range colours {
		if strings.Contains(ours, colour) {
			return strings.Contains(have, `bgColor rgb="`+colour+`"`)
		}
	}
	return false
}
