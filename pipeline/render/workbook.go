package render

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"baocao/pipeline/report"
)

// workbook writes planned sheets.
type workbook struct {
	file   *excelize.File
	meta   report.Meta
	words  report.Words
	font   string
	styles map[cellStyle]int
	places map[string]string // of the rows that have names
	drawn  int               // charts
}

// maxFrozen is the height of rows that may stay in sight while the others
// scroll: more would leave a small screen nothing to scroll in.
const maxFrozen = 330

// write writes one sheet. The library keeps what is set before a sheet's first
// row only, and its filter overwrites other settings, so the order matters.
func (b *workbook) write(s *sheet, first bool) error {
	if first {
		if err := b.file.SetSheetName(b.file.GetSheetName(0), s.name); err != nil {
			return err
		}
	} else if _, err := b.file.NewSheet(s.name); err != nil {
		return err
	}
	if s.filter != nil {
		if err := b.file.AutoFilter(s.name, s.filter.ref(), nil); err != nil {
			return err
		}
	}
	if err := b.paper(s); err != nil {
		return err
	}
	if len(s.rows) > 0 {
		if err := b.file.SetSheetDimension(s.name, area{1, 1, len(s.widths), len(s.rows)}.ref()); err != nil {
			return err
		}
	}
	if err := b.links(s); err != nil {
		return err
	}
	if err := b.charts(s); err != nil {
		return err
	}
	sw, err := b.file.NewStreamWriter(s.name)
	if err != nil {
		return err
	}
	for i := len(s.widths); i > 0; i-- { // the library writes the last one set first
		if err := sw.SetColWidth(i, i, columnWidth(s.widths[i-1])); err != nil {
			return err
		}
	}
	if err := b.freeze(s, sw); err != nil {
		return err
	}
	for i, row := range s.rows {
		if err := b.row(sw, s, i+1, row); err != nil {
			return fmt.Errorf("row %d: %w", i+1, err)
		}
	}
	for _, m := range s.merges {
		if err := sw.MergeCell(cellName(m.left, m.top), cellName(m.right, m.bottom)); err != nil {
			return err
		}
	}
	return sw.Flush()
}

// columnWidth is points in the unit of workbooks: digits of the default font,
// which in Times New Roman 11 are 7 pixels wide at 96 to the inch.
func columnWidth(points float64) float64 {
	return math.Round(points*96/72/7*100) / 100
}

func (b *workbook) row(sw *excelize.StreamWriter, s *sheet, number int, row sheetRow) error {
	values := make([]any, len(s.widths))
	for _, c := range row.cells {
		id, err := b.style(c.style)
		if err != nil {
			return err
		}
		for i := c.left; i <= c.right; i++ {
			values[i-1] = excelize.Cell{StyleID: id}
		}
		if text, ok := c.value.(string); c.value != nil && (!ok || text != "") {
			values[c.left-1] = excelize.Cell{StyleID: id, Value: c.value, Formula: c.formula}
		}
	}
	return sw.SetRow(cellName(1, number), values, excelize.RowOpts{Height: row.height})
}

// freeze keeps the head of a sheet's only table in sight, and on every page.
func (b *workbook) freeze(s *sheet, sw *excelize.StreamWriter) error {
	if len(s.heads) != 1 || s.prose {
		return nil
	}
	head := s.heads[0]
	err := b.file.SetDefinedName(&excelize.DefinedName{
		Name:     "_xlnm.Print_Titles",
		RefersTo: fmt.Sprintf("'%s'!$%d:$%d", strings.ReplaceAll(s.name, "'", "''"), head.top, head.bottom),
		Scope:    s.name,
	})
	if err != nil {
		return err
	}
	height := 0.0
	for _, row := range s.rows[:head.bottom] {
		height += row.height
	}
	if height > maxFrozen {
		return nil
	}
	return sw.SetPanes(&excelize.Panes{
		Freeze: true, YSplit: head.bottom, ActivePane: "bottomLeft", TopLeftCell: cellName(1, head.bottom+1),
	})
}

// paper is what a sheet looks like when printed: A4, as wide as the page, number
// and total of pages at the foot.
func (b *workbook) paper(s *sheet) error {
	yes, size, wide, tall := true, 9, 1, 0
	if err := b.file.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	orientation := "portrait"
	if s.landscape {
		orientation = "landscape"
	}
	if err := b.file.SetPageLayout(s.name, &excelize.PageLayoutOptions{
		Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &tall,
	}); err != nil {
		return err
	}
	const inch = 25.4
	m := s.margins
	left, right, top, bottom, edge := m.Left/inch, m.Right/inch, m.Top/inch, m.Bottom/inch, 8/inch
	if err := b.file.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{
		Left: &left, Right: &right, Top: &top, Bottom: &bottom, Header: &edge, Footer: &edge,
	}); err != nil {
		return err
	}
	if s.prose {
		no := false
		if err := b.file.SetSheetView(s.name, 0, &excelize.ViewOptions{ShowGridLines: &no}); err != nil {
			return err
		}
	}
	return b.file.SetHeaderFooter(s.name, b.headerFooter())
}

// maxMargin is the length of a header or footer that workbook programs take.
const maxMargin = 255

// headerFooter says status, footer and page on every page. "&" begins a code
// there, and a digit after a size would be read as part of it.
func (b *workbook) headerFooter() *excelize.HeaderFooterOptions {
	font := `&"` + strings.NewReplacer(`"`, "", "&", "").Replace(b.font)
	right := "&R" + font + `,Regular"&9 ` + escapeMargin(b.words.Page) + " &P/&N"
	left := "&L" + font + `,Regular"&8 `
	room := maxMargin - len(utf16.Encode([]rune(left+right)))
	h := &excelize.HeaderFooterOptions{OddFooter: left + fitMargin(b.meta.Footer, room) + right}
	if b.meta.Status != "" {
		center := "&C" + font + `,Bold"&12 `
		h.OddHeader = center + fitMargin(b.meta.Status, maxMargin-len(utf16.Encode([]rune(center))))
	}
	return h
}

func escapeMargin(s string) string {
	return strings.NewReplacer("&", "&&", "\n", " ").Replace(s)
}

// fitMargin escapes text and, if it is longer than a margin takes, ends it with
// an ellipsis.
func fitMargin(s string, room int) string {
	escaped := escapeMargin(s)
	for runes := []rune(s); len(utf16.Encode([]rune(escaped))) > room && len(runes) > 0; {
		runes = runes[:len(runes)-1]
		escaped = escapeMargin(string(runes)) + "…"
	}
	return escaped
}
