package sheet

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// frontColumns are the widths of the front sheet's columns, in digits.
var frontColumns = [6]int{6, 12, 22, 10, 13, 78}

// How many letters of the front sheet's font a line takes across all columns,
// and for each digit of a column's width; how high it is, in points.
const (
	frontLine  = 140
	perDigit   = 1.15
	lineHeight = 16
	maxHeight  = 400
)

// rowHeight is how high a row must be, in points, to show the texts of its
// cells in columns of the given widths. Not every program fits the rows of a
// workbook that another has written.
func rowHeight(texts []string, widths []int) int {
	lines := 1
	for i, text := range texts {
		n := 0
		for part := range strings.Lines(text) {
			n += 1 + max(utf8.RuneCountInString(strings.TrimSpace(part))-1, 0)/max(int(float64(widths[i])*perDigit), 1)
		}
		lines = max(lines, n)
	}
	return min(lines*lineHeight+1, maxHeight)
}

// frontSheet is the front sheet's part, with the row of the table's head.
func (m *marking) frontSheet(front Front, lines []line) (part []byte, head int) {
	f := frontWriter{looks: m.styles.cells}
	f.across(lookTitle, front.Title, 20)
	for _, s := range front.Intro {
		f.across(lookIntro, s, 17)
	}
	f.row++
	f.begin(f.row+1, rowHeight(front.Columns[:], frontColumns[:]))
	for i, s := range front.Columns {
		f.cell(i+1, lookHead, s)
	}
	head = f.row
	f.end()
	for i, l := range lines[:min(len(lines), maxListed)] {
		f.line(i+1, l, front)
	}
	switch more := len(lines) - maxListed; {
	case len(lines) == 0:
		f.across(lookIntro, front.None, 17)
	case more > 0:
		f.across(lookIntro, strings.ReplaceAll(front.More, "{more}", strconv.Itoa(more)), 17)
	}

	var b strings.Builder
	fmt.Fprintf(&b, `%s<worksheet xmlns="%s"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:F%d"/>`, xmlHead, m.space, f.row)
	b.WriteString(`<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15.75"/><cols>`)
	for i, w := range frontColumns {
		fmt.Fprintf(&b, `<col min="%d" max="%[1]d" width="%d" customWidth="1"/>`, i+1, w)
	}
	fmt.Fprintf(&b, `</cols><sheetData>%s</sheetData>`, f.cells.String())
	fmt.Fprintf(&b, `<mergeCells count="%d">%s</mergeCells>`, f.merged, f.merges.String())
	if f.links.Len() > 0 {
		fmt.Fprintf(&b, `<hyperlinks>%s</hyperlinks>`, f.links.String())
	}
	b.WriteString(`<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>` +
		`<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>`)
	return []byte(b.String()), head
}

// frontCode is what the column of activities holds, if anything.
var frontCode = regexp.MustCompile(`^[\dIVX]+(\.\d+)*[a-z]?\.?$`)

// isFront reports whether a sheet is laid out as frontSheet does it: lines
// across, a head of six texts, and rows counted from 1 on, each with one of the
// few levels and a sentence. A sheet of results with figures is not.
func isFront(s *Sheet) bool {
	head, number := false, 0
	levelsSeen := map[string]bool{}
	for i, r := range s.Rows {
		text := func(column int) string {
			if c := r.Cell(column); c.Kind == String {
				return c.Text
			}
			return ""
		}
		across := len(r.Cells) == 1 && text(1) != ""
		switch {
		case slices.ContainsFunc(r.Cells, func(c Cell) bool { return c.Kind != String && c.Kind != "" && c.Col > 1 }):
			return false
		case i == 0 && (r.Number != 1 || !across):
			return false
		case across:
		case !head:
			for column := range frontColumns {
				if text(column+1) == "" {
					return false
				}
			}
			head = true
		default:
			number++
			levelsSeen[text(2)] = true
			code := text(5)
			if r.Cell(1).Raw != strconv.Itoa(number) || text(2) == "" || text(4) == "" || text(6) == "" ||
				code != "" && !frontCode.MatchString(code) {
				return false
			}
		}
	}
	return head && len(levelsSeen) <= len(levels)
}

// frontWriter writes the rows of the front sheet.
type frontWriter struct {
	looks  map[cellLook]int
	row    int // written last
	merged int

	cells, merges, links strings.Builder
}

func (f *frontWriter) begin(row, points int) {
	f.row = row
	fmt.Fprintf(&f.cells, `<row r="%d" ht="%d" customHeight="1">`, row, points)
}

func (f *frontWriter) end() { f.cells.WriteString(`</row>`) }

func (f *frontWriter) cell(column int, look cellLook, text string) {
	fmt.Fprintf(&f.cells, `<c r="%s%d" s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`,
		Column(column), f.row, f.looks[look], xmlText(text))
}

// across writes a text over all columns. A row of merged cells does not grow
// with its text by itself.
func (f *frontWriter) across(look cellLook, text string, points int) {
	lines := 1 + utf8.RuneCountInString(text)/frontLine + strings.Count(text, "\n")
	f.begin(f.row+1, min(points*lines, maxHeight))
	f.cell(1, look, text)
	f.end()
	fmt.Fprintf(&f.merges, `<mergeCell ref="A%d:F%[1]d"/>`, f.row)
	f.merged++
}

// line writes one remark.
func (f *frontWriter) line(number int, l line, front Front) {
	name, place, look, ref := l.Place.Sheet, front.Whole, lookMiddle, ""
	if name == "" {
		place = front.File
	}
	if l.sheet != nil {
		name = l.sheet.name
	}
	if l.sheet != nil && l.at.row > 0 {
		ref, look = Column(l.at.col)+strconv.Itoa(l.at.row), lookLink
		place = ref
		if l.Place.Cell == "" {
			place = strings.ReplaceAll(front.Row, "{row}", strconv.Itoa(l.at.row))
		}
	}
	texts := []string{strconv.Itoa(number), front.Levels[l.Level], name, place, l.Activity, l.Text}
	f.begin(f.row+1, rowHeight(texts, frontColumns[:]))
	for i, look := range []cellLook{lookMiddle, lookMiddle, lookText, look, lookMiddle, lookText} {
		if i == 0 {
			fmt.Fprintf(&f.cells, `<c r="A%d" s="%d"><v>%d</v></c>`, f.row, f.looks[look], number)
			continue
		}
		f.cell(i+1, look, texts[i])
	}
	f.end()
	if ref != "" {
		fmt.Fprintf(&f.links, `<hyperlink ref="D%d" location="%s" display="%s"/>`, f.row, xmlValue(quoted(name)+"!"+ref), xmlValue(place))
	}
}
