package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// copyBook is a workbook with the cells of book at the same addresses. A
// formula is there as its result; how the original looked is not known.
func copyBook(book *Book) ([]byte, error) {
	c := copier{formats: map[string]int{}}
	var list, rels, types strings.Builder
	parts := map[string]string{}
	taken := []string{}
	for i := range book.Sheets {
		s := &book.Sheets[i]
		name := s.Name
		if name == "" {
			name = "Sheet" + strconv.Itoa(i+1)
		}
		name = sheetName(name, taken)
		taken = append(taken, name)
		state := ""
		if s.Hidden {
			state = ` state="hidden"`
		}
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%d"%s r:id="rId%[2]d"/>`, xmlValue(name), i+1, state)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%[1]d.xml"/>`, i+1, transitionalRels)
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, i+1)
		parts[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = c.sheet(s)
	}
	fmt.Fprintf(&rels, `<Relationship Id="rIdStyles" Type="%s/styles" Target="styles.xml"/>`, transitionalRels)
	parts["xl/workbook.xml"] = `<workbook xmlns="` + transitionalSpace + `" xmlns:r="` + transitionalRels + `"><bookViews><workbookView/></bookViews><sheets>` + list.String() + `</sheets></workbook>`
	parts["xl/_rels/workbook.xml.rels"] = relsStart + rels.String() + `</Relationships>`
	parts["_rels/.rels"] = relsStart + `<Relationship Id="rId1" Type="` + transitionalRels + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	parts["xl/styles.xml"] = c.styles()
	parts[typesPart] = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>` + types.String() + `</Types>`

	var b bytes.Buffer
	out := zip.NewWriter(&b)
	names := []string{typesPart, "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
	for i := range book.Sheets {
		names = append(names, fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1))
	}
	for _, name := range names {
		if err := writeEntry(out, name, []byte(xmlHead+parts[name])); err != nil {
			return nil, err
		}
	}
	if err := out.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

const relsStart = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`

// copier writes sheets and gathers the number formats that they need.
type copier struct {
	formats map[string]int // index of the cell style
	codes   []string
}

// textFormat keeps a code such as 1.10 from becoming a number when somebody
// corrects it.
const textFormat = "@"

func (c *copier) style(code string) int {
	if code == "" {
		return 1
	}
	i, ok := c.formats[code]
	if !ok {
		c.codes = append(c.codes, code)
		i = len(c.codes) + 1
		c.formats[code] = i
	}
	return i
}

func (c *copier) styles() string {
	var formats, cells strings.Builder
	const look = `fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>`
	cells.WriteString(`<xf numFmtId="0" ` + look)
	for i, code := range c.codes {
		fmt.Fprintf(&formats, `<numFmt numFmtId="%d" formatCode="%s"/>`, 164+i, xmlValue(code))
		fmt.Fprintf(&cells, `<xf numFmtId="%d" %s`, 164+i, look)
	}
	numFmts := ""
	if len(c.codes) > 0 {
		numFmts = fmt.Sprintf(`<numFmts count="%d">%s</numFmts>`, len(c.codes), formats.String())
	}
	const side = ` style="thin"><color rgb="FFBFBFBF"/></`
	return `<styleSheet xmlns="` + transitionalSpace + `">` + numFmts +
		`<fonts count="1"><font><sz val="12"/><name val="Times New Roman"/><family val="1"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>` +
		`<border><left` + side + `left><right` + side + `right><top` + side + `top><bottom` + side + `bottom><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		fmt.Sprintf(`<cellXfs count="%d"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>%s</cellXfs>`, len(c.codes)+2, cells.String()) +
		normalStyle + `</styleSheet>`
}

// sheet is the part of one sheet.
func (c *copier) sheet(s *Sheet) string {
	wide := map[position]bool{} // cells of blocks wider than a column
	var merges strings.Builder
	count := 0
	for _, m := range s.Merges {
		if !s.Grid || m.LastRow > maxSheetRow || m.LastCol > maxSheetCol || m.FirstRow == m.LastRow && m.FirstCol == m.LastCol {
			continue
		}
		if m.FirstCol < m.LastCol {
			wide[position{m.FirstRow, m.FirstCol}] = true
		}
		fmt.Fprintf(&merges, `<mergeCell ref="%s%d:%s%d"/>`, Column(m.FirstCol), m.FirstRow, Column(m.LastCol), m.LastRow)
		count++
	}
	widths := map[int]int{}
	for _, r := range s.Rows {
		for _, cell := range r.Cells {
			if !wide[position{r.Number, cell.Col}] {
				widths[cell.Col] = max(widths[cell.Col], columnWidth(cell.Text))
			}
		}
	}
	var rows, columns strings.Builder
	for _, r := range s.Rows {
		c.row(&rows, r, widths, wide)
	}
	for _, block := range s.HiddenCols {
		for column := block.First; column <= block.Last; column++ {
			widths[column] = max(widths[column], columnWidth(""))
		}
	}
	for _, column := range slices.Sorted(maps.Keys(widths)) {
		hidden := ""
		if s.HiddenCol(column) {
			hidden = ` hidden="1"`
		}
		fmt.Fprintf(&columns, `<col min="%d" max="%[1]d" width="%d" customWidth="1"%s/>`, column, widths[column], hidden)
	}
	text := `<worksheet xmlns="` + transitionalSpace + `"><sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15.75"/>`
	if columns.Len() > 0 {
		text += `<cols>` + columns.String() + `</cols>`
	}
	text += `<sheetData>` + rows.String() + `</sheetData>`
	if count > 0 {
		text += fmt.Sprintf(`<mergeCells count="%d">%s</mergeCells>`, count, merges.String())
	}
	return text + `<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>` +
		`<pageSetup paperSize="9" orientation="landscape"/></worksheet>`
}

// row writes one row, as high as its texts ask for.
func (c *copier) row(b *strings.Builder, r Row, widths map[int]int, wide map[position]bool) {
	var texts []string
	var room []int
	for _, cell := range r.Cells {
		width := widths[cell.Col]
		if wide[position{r.Number, cell.Col}] {
			width = frontLine
		}
		texts, room = append(texts, cell.Text), append(room, width)
	}
	hidden := ""
	if r.Hidden {
		hidden = ` hidden="1"`
	}
	fmt.Fprintf(b, `<row r="%d" ht="%d" customHeight="1"%s>`, r.Number, rowHeight(texts, room), hidden)
	for _, cell := range r.Cells {
		b.WriteString(c.cell(r.Number, cell))
	}
	b.WriteString(`</row>`)
}

// columnWidth is how wide a column should be for the text, in digits.
func columnWidth(text string) int {
	longest := 0
	for part := range strings.Lines(text) {
		longest = max(longest, utf8.RuneCountInString(part))
	}
	return min(max(longest+2, 8), 42)
}

// excelErrors are the error values that a work sheet may hold, ECMA-376 part 1, §18.17.3.
var excelErrors = []string{"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"}

// cell is one cell of the part. A formula without a result stays one.
func (c *copier) cell(row int, cell Cell) string {
	ref := Column(cell.Col) + strconv.Itoa(row)
	open := func(code, kind string) string {
		return fmt.Sprintf(`<c r="%s" s="%d"%s>`, ref, c.style(code), kind)
	}
	switch cell.Kind {
	case Number, Date:
		return open(cell.Format, "") + `<v>` + xmlText(cell.Raw) + `</v></c>`
	case Bool:
		return open("", ` t="b"`) + `<v>` + xmlText(cell.Raw) + `</v></c>`
	case Failed:
		value := cell.Raw
		if !slices.Contains(excelErrors, value) {
			value = "#VALUE!"
		}
		return open("", ` t="e"`) + `<v>` + xmlText(value) + `</v></c>`
	case String:
		return open(textFormat, ` t="inlineStr"`) + `<is><t xml:space="preserve">` + xmlText(cell.Text) + `</t></is></c>`
	}
	if cell.Stale {
		return open("", "") + `<f>NA()</f></c>`
	}
	return open("", "") + `</c>`
}
