package form

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// paper is what a sheet looks like when printed: A4 across, as wide as the page,
// the head of the table on every page, and the head in sight on the screen.
func (t *formTable) paper() error {
	f, yes, no, size, wide, tall, across := t.file, true, false, 9, 1, 0, "landscape"
	if err := f.SetSheetProps(t.sheet, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	if err := f.SetPageLayout(t.sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &across, FitToWidth: &wide, FitToHeight: &tall}); err != nil {
		return err
	}
	// NĐ 30/2020/NĐ-CP, PL I: 20–25 mm above and below, 30–35 left, 15–20 right; a
	// table across the page has the wide margin above, where it is bound.
	const inch = 25.4
	left, right, top, bottom, edge := 15/inch, 15/inch, 20/inch, 15/inch, 8/inch
	if err := f.SetPageMargins(t.sheet, &excelize.PageLayoutMarginsOptions{
		Left: &left, Right: &right, Top: &top, Bottom: &bottom, Header: &edge, Footer: &edge, Horizontally: &yes,
	}); err != nil {
		return err
	}
	if err := f.SetSheetView(t.sheet, 0, &excelize.ViewOptions{ShowGridLines: &no}); err != nil {
		return err
	}
	font := `&"` + strings.NewReplacer(`"`, "", "&", "").Replace(t.t.Font) + `,Regular"&9 `
	footer := "&L" + font + shortened(strings.ReplaceAll(t.fill(t.t.Footer), "&", "&&"), longestFooter) + "&R" + font + "&P/&N"
	if err := f.SetHeaderFooter(t.sheet, &excelize.HeaderFooterOptions{OddFooter: footer}); err != nil {
		return err
	}
	if len(t.inputs) == 0 {
		return nil
	}
	quoted := "'" + strings.ReplaceAll(t.sheet, "'", "''") + "'!"
	for _, name := range []excelize.DefinedName{
		{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("%s$%d:$%d", quoted, t.head[0], t.head[1]), Scope: t.sheet},
		{Name: "_xlnm.Print_Area", RefersTo: fmt.Sprintf("%s$A$1:$%s$%d", quoted, sheetColumn(len(t.columns)), t.row), Scope: t.sheet},
	} {
		if err := f.SetDefinedName(&name); err != nil {
			return err
		}
	}
	first := cellAt(t.firstInput(), t.inputs[0])
	return f.SetPanes(t.sheet, &excelize.Panes{
		Freeze: true, XSplit: 2, YSplit: t.head[1], ActivePane: "bottomRight", TopLeftCell: cellAt(3, t.head[1]+1),
		Selection: []excelize.Selection{{SQRef: first, ActiveCell: first, Pane: "bottomRight"}},
	})
}

// longestFooter keeps a footer within the 255 letters that programs take.
const longestFooter = 160

// firstInput is the first column that is filled in.
func (t *formTable) firstInput() int {
	for i, c := range t.columns {
		if c.Key == colText || c.Key == colStatus {
			return i + 1
		}
	}
	return 1
}
