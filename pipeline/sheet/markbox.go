package sheet

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// box is the box of a comment; one without text is taken away.
type box struct {
	at   position
	text string
}

const (
	vmlStart = `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">` +
		`<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>` + vmlType
	vmlType = `<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>`
	vmlEnd  = `</xml>`
)

var (
	vmlShape  = regexp.MustCompile(`(?s)<v:shape\s.*?</v:shape>`)
	vmlID     = regexp.MustCompile(`_x0000_s(\d{1,8})`)
	vmlRow    = regexp.MustCompile(`<x:Row>\s*(\d+)\s*</x:Row>`)
	vmlColumn = regexp.MustCompile(`<x:Column>\s*(\d+)\s*</x:Column>`)
)

// drawBoxes draws the boxes into a drawing, in the place of those of the same
// cells. Such a drawing need not be well-formed XML, ECMA-376 part 4, §19.1,
// and is changed as text.
func (m *marking) drawBoxes(part string, boxes []box, l lengths) error {
	data, err := m.read(part)
	if err != nil {
		return err
	}
	replaced := map[position]bool{}
	for _, b := range boxes {
		replaced[b.at] = true
	}
	data = vmlShape.ReplaceAllFunc(data, func(shape []byte) []byte {
		row, column := vmlRow.FindSubmatch(shape), vmlColumn.FindSubmatch(shape)
		if row == nil || column == nil || !bytes.Contains(shape, []byte(`"Note"`)) {
			return shape
		}
		r, _ := strconv.Atoi(string(row[1]))
		c, _ := strconv.Atoi(string(column[1]))
		if replaced[position{r + 1, c + 1}] {
			return nil
		}
		return shape
	})
	id := 1024
	for _, found := range vmlID.FindAllSubmatch(data, -1) {
		n, _ := strconv.Atoi(string(found[1]))
		id = max(id, n)
	}
	end := bytes.LastIndex(data, []byte("</"))
	if end < 0 {
		return errNotEditable
	}
	var text strings.Builder
	if !bytes.Contains(data, []byte(`"_x0000_t202"`)) {
		text.WriteString(vmlType)
	}
	for _, b := range boxes {
		if b.text != "" {
			id++
			text.WriteString(b.shape(id, &l))
		}
	}
	m.write(part, apply(data, []edit{{end, end, text.String()}}))
	return nil
}

// shape draws a box beside its cell, as large as its text asks for.
func (b box) shape(id int, l *lengths) string {
	width, perLine := 320, 48
	if utf8.RuneCountInString(b.text) > 600 {
		width, perLine = 520, 80
	}
	rows := 1
	for paragraph := range strings.Lines(b.text) {
		rows += 1 + utf8.RuneCountInString(paragraph)/perLine
	}
	height := min(rows*17+10, 700)
	column, x := reach(b.at.col, 12, 0, maxSheetCol-1, func(n int) int { return l.columnAt(n) })
	row, y := reach(b.at.row-1, 4, 0, maxSheetRow-1, l.rowAt)
	column2, x2 := reach(column, x, width, maxSheetCol-1, l.columnAt)
	row2, y2 := reach(row, y, height, maxSheetRow-1, l.rowAt)
	return fmt.Sprintf(`<v:shape id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;width:%dpx;height:%dpx;z-index:%d;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">`+
		`<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>`+
		`<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>`+
		`<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%d, %d, %d, %d, %d, %d, %d, %d</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>`,
		id, width, height, id-1024, column, x, row, y, column2, x2, row2, y2, b.at.row-1, b.at.col-1)
}
