package render

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"baocao/pipeline/report"
)

// textFormat is the number format under which a program takes what is typed for
// text.
const textFormat = 49

// linkColor is the color that people know links by.
const linkColor = "0563C1"

// style gives the number of a style in the workbook, made when first asked for.
func (b *workbook) style(c cellStyle) (int, error) {
	if id, ok := b.styles[c]; ok {
		return id, nil
	}
	s := &excelize.Style{
		Font: &excelize.Font{Family: b.font, Size: c.size, Bold: c.face.bold(), Italic: c.face.italic()},
		Alignment: &excelize.Alignment{
			WrapText: true, Vertical: "top", Horizontal: horizontal(c),
		},
	}
	if c.underline {
		s.Font.Underline = "single"
	}
	if c.link {
		s.Font.Underline, s.Font.Color = "single", linkColor
	}
	if c.middle {
		s.Alignment.Vertical = "center"
	}
	if c.rules {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: "000000", Style: 1})
		}
	}
	switch {
	case c.number:
		format := numberFormat(c.decimals)
		s.CustomNumFmt = &format
	case c.date != 0:
		format := dateFormats[c.date]
		s.CustomNumFmt = &format
	case c.code:
		s.NumFmt = textFormat
	}
	id, err := b.file.NewStyle(s)
	if err != nil {
		return 0, err
	}
	b.styles[c] = id
	return id, nil
}

func horizontal(c cellStyle) string {
	switch {
	case c.justify:
		return "justify"
	case c.align == report.Center:
		return "center"
	case c.align == report.Right:
		return "right"
	}
	return "left"
}

// vietnamese says that a number is written as in Việt Nam, 1.234,5, whatever the
// reader's computer is set to: Windows' number of the language. LibreOffice heeds
// it; Excel takes the separators that Windows has.
const vietnamese = "[$-42A]"

// numberFormat shows as many decimals as the number has. "#,##0.###" would leave
// a comma behind whole numbers.
func numberFormat(decimals int) string {
	if decimals == 0 {
		return vietnamese + "#,##0"
	}
	return vietnamese + "#,##0." + strings.Repeat("0", decimals)
}
