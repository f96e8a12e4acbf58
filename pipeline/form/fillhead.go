package form

import (
	"cmp"
	"strings"

	"github.com/xuri/excelize/v2"
)

// letterhead is the two boxes of page 1 (NĐ 30/2020/NĐ-CP, PL I): authority,
// agency and number on the left, Quốc hiệu, Tiêu ngữ and date on the right. Number
// and date are the agency's to fill in.
func (t *formTable) letterhead() error {
	left, last := t.middle(), len(t.columns)
	l, b := t.t.Letterhead, t.blank
	plainLook := cellLook{size: 12, align: "center"}
	bold, input := plainLook, plainLook
	bold.bold, input.input, input.italic = true, true, true
	motto, symbol := bold, input
	motto.underline = true
	symbol.italic = false
	issuer := strings.ToUpper(b.Name)
	rows := []struct {
		left, right         string
		leftLook, rightLook cellLook
	}{
		{cmp.Or(t.fill(b.Parent), issuer), t.fill(l.Nation), plainLook, bold},
		{issuer, t.fill(l.Motto), bold, motto},
		{underName(issuer), "", cellLook{size: 6, align: "center"}, plainLook},
		{t.fill(l.Symbol), t.fill(l.Dated), symbol, input},
	}
	if b.Parent == "" {
		rows[0].leftLook = bold
		rows[1].left, rows[1].leftLook = rows[2].left, rows[2].leftLook
		rows[2].left = ""
	}
	for _, r := range rows {
		t.row++
		if err := t.put(1, t.row, left, t.row, r.left, r.leftLook); err != nil {
			return err
		}
		if err := t.put(left+1, t.row, last, t.row, r.right, r.rightLook); err != nil {
			return err
		}
		count, size := 1, 12.0
		if r.right == "" {
			size = r.leftLook.size
		} else {
			count = max(lines(r.left, r.leftLook.size, t.width(1, left), r.leftLook.bold), lines(r.right, size, t.width(left+1, last), r.rightLook.bold))
		}
		if err := t.height(t.row, count, size); err != nil {
			return err
		}
	}
	return t.gap()
}

// underName is the line below an agency's name: a third to a half of its length
// (NĐ 30/2020/NĐ-CP, PL I).
func underName(name string) string {
	return strings.Repeat("—", max(3, int(ems(name)*12*0.4/6)))
}

// middle is the last column of the left box: about half of the sheet.
func (t *formTable) middle() int {
	half, sum := t.width(1, len(t.columns))/2, 0.0
	for i, c := range t.columns {
		if sum += c.Width * pointsPerMM; sum >= half*0.92 {
			return min(max(2, i+1), len(t.columns)-1)
		}
	}
	return 2
}

func (t *formTable) gap() error {
	t.row++
	return t.file.SetRowHeight(t.sheet, t.row, 9)
}

// heading is the title and what is said above the table.
func (t *formTable) heading() error {
	title := cellLook{size: 14, bold: true, align: "center"}
	small := cellLook{size: 11, italic: true, align: "center"}
	for _, l := range []struct {
		text string
		look cellLook
	}{
		{t.t.Titles.Kind, title}, {t.title, title}, {t.t.Titles.Plan, small}, {t.t.Titles.Note, small},
	} {
		if err := t.line(t.fill(l.text), l.look); err != nil {
			return err
		}
	}
	return t.gap()
}

// signature is the room below the table for who drew the report up and who signs:
// one row, which no page breaks. The report is signed once, on its first sheet.
func (t *formTable) signature() error {
	if t.where != "asked" {
		return nil
	}
	if err := t.gap(); err != nil {
		return err
	}
	t.row++
	left, s, look := t.middle(), t.t.Signature, cellLook{size: 12, align: "center", input: true, bare: true}
	for _, side := range []struct {
		from, to int
		texts    []string
	}{{1, left, s.Left}, {left + 1, len(t.columns), s.Right}} {
		if err := t.put(side.from, t.row, side.to, t.row, nil, look); err != nil {
			return err
		}
		var runs []excelize.RichTextRun
		for i, text := range side.texts {
			if i < len(side.texts)-1 {
				text += "\n"
			}
			runs = append(runs, excelize.RichTextRun{Text: t.fill(text), Font: &excelize.Font{Family: t.t.Font, Size: look.size, Bold: i == 0, Italic: i > 0}})
		}
		if len(runs) == 0 {
			continue
		}
		if err := t.file.SetCellRichText(t.sheet, cellAt(side.from, t.row), runs); err != nil {
			return err
		}
	}
	return t.height(t.row, max(len(s.Left), len(s.Right)), look.size)
}
