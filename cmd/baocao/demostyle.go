package main

import (
	"fmt"
	"math"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// The looks of a made-up workbook, as officials write theirs: A4 across, one
// page wide, Times New Roman.
const (
	demoFont  = "Times New Roman"
	demoSize  = 12
	demoLine  = 16.5 // points that one line of text takes
	demoPaper = 9    // A4, as Excel counts paper
)

// style makes the sheet one that a person likes to look at: title lines above
// the table, which begins in the row head, and rows as high as their text.
func (s *demoStory) style(f *excelize.File, head int, rows [][]any) error {
	sheet, columns := s.Workbook.Sheet, s.Workbook.Columns
	last, err := excelize.ColumnNumberToName(len(columns))
	if err != nil {
		return err
	}
	for i, c := range columns {
		column, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := f.SetColWidth(sheet, column, column, c.Width); err != nil {
			return err
		}
		align := "left"
		if c.Center {
			align = "center"
		}
		for _, part := range []struct {
			from, to    int
			bold        bool
			across, top string
		}{{head, head, true, "center", "center"}, {head + 1, len(rows), false, align, "top"}} {
			style, err := demoCells(f, part.bold, part.across, part.top, true)
			if err != nil {
				return err
			}
			if part.to < part.from {
				continue
			}
			if err := f.SetCellStyle(sheet, fmt.Sprint(column, part.from), fmt.Sprint(column, part.to), style); err != nil {
				return err
			}
		}
	}
	if err := s.styleTitle(f, head, last); err != nil {
		return err
	}
	for i := head; i <= len(rows); i++ {
		if err := f.SetRowHeight(sheet, i, s.height(rows[i-1], i == head)); err != nil {
			return err
		}
	}
	return s.page(f, head)
}

// styleTitle sets the lines above the table: who and number at the left, title
// and what is reported across the table.
func (s *demoStory) styleTitle(f *excelize.File, head int, last string) error {
	sheet := s.Workbook.Sheet
	for row := 1; row < head-1; row++ {
		bold, align := row == 1 || row == 3, "left"
		if row >= 3 {
			align = "center"
			if err := f.MergeCell(sheet, fmt.Sprint("A", row), fmt.Sprint(last, row)); err != nil {
				return err
			}
		}
		style, err := demoCells(f, bold, align, "center", false)
		if err != nil {
			return err
		}
		if err := f.SetCellStyle(sheet, fmt.Sprint("A", row), fmt.Sprint("A", row), style); err != nil {
			return err
		}
	}
	return nil
}

// demoCells is a style; table cells have lines around them and wrap their text.
func demoCells(f *excelize.File, bold bool, across, down string, table bool) (int, error) {
	st := &excelize.Style{
		Font:      &excelize.Font{Bold: bold, Family: demoFont, Size: demoSize},
		Alignment: &excelize.Alignment{WrapText: table, Horizontal: across, Vertical: down},
	}
	if table {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			st.Border = append(st.Border, excelize.Border{Type: side, Color: "000000", Style: 1})
		}
	}
	return f.NewStyle(st)
}

// height is how high a row must be for its longest cell, in points. Excel and
// LibreOffice fit rows only when a person edits them.
func (s *demoStory) height(row []any, bold bool) float64 {
	lines := 1.0
	for i, v := range row {
		text, ok := v.(string)
		if !ok || i >= len(s.Workbook.Columns) {
			continue
		}
		wide := s.Workbook.Columns[i].Width * 1.1 // letters are narrower than the digits that Excel counts, and words do not break
		if bold {
			wide *= 0.85
		}
		lines = max(lines, math.Ceil(float64(utf8.RuneCountInString(text))/wide))
	}
	return lines*demoLine + 3
}

// page fits the table to the width of the paper and repeats its head.
func (s *demoStory) page(f *excelize.File, head int) error {
	sheet := s.Workbook.Sheet
	if err := f.SetPageLayout(sheet, &excelize.PageLayoutOptions{
		Orientation: new("landscape"), Size: new(demoPaper), FitToWidth: new(1), FitToHeight: new(0),
	}); err != nil {
		return err
	}
	if err := f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: new(true)}); err != nil {
		return err
	}
	return f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$%d:$%d", sheet, head, head), Scope: sheet,
	})
}
