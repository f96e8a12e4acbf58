package form

import (
	"fmt"
	"slices"
)

// howTo is the sheet that explains how the form is filled in, with an example.
func (b *formBook) howTo() error {
	if _, err := b.file.NewSheet(b.t.Sheets.HowTo); err != nil {
		return err
	}
	t := &formTable{formBook: b, sheet: b.t.Sheets.HowTo, where: "asked"}
	for _, c := range b.t.shown(b.blank, "asked") {
		if c.Key == colCode || c.Key == colName || slices.Contains(inputKeys, c.Key) {
			t.columns = append(t.columns, c)
		}
	}
	t.columns = widened(t.columns)
	for i, c := range t.columns {
		col := sheetColumn(i + 1)
		if err := t.file.SetColWidth(t.sheet, col, col, columnChars(c.Width)); err != nil {
			return err
		}
	}
	if err := t.line(b.fill(b.t.HowTo.Title), cellLook{size: 14, bold: true, align: "center"}); err != nil {
		return err
	}
	if err := t.gap(); err != nil {
		return err
	}
	for i, step := range b.t.HowTo.Steps {
		if err := t.line(fmt.Sprintf("%d. %s", i+1, b.fill(step)), cellLook{size: 12}); err != nil {
			return err
		}
	}
	if err := t.gap(); err != nil {
		return err
	}
	if err := t.line(b.fill(b.t.HowTo.Intro), cellLook{size: 12, bold: true, italic: true}); err != nil {
		return err
	}
	if err := t.example(); err != nil {
		return err
	}
	if err := t.paper(); err != nil {
		return err
	}
	return t.protect(t.sheet)
}

// example is the table with the rows that the template makes up.
func (t *formTable) example() error {
	if err := t.tableHead(); err != nil {
		return err
	}
	for _, said := range t.t.HowTo.Rows {
		t.row++
		most := 1
		for i, c := range t.columns {
			look := cellLook{size: t.t.Size, rules: true, align: columnAlign(c.Key), text: true}
			if err := t.put(i+1, t.row, i+1, t.row, t.fill(said[c.Key]), look); err != nil {
				return err
			}
			most = max(most, lines(t.fill(said[c.Key]), look.size, t.width(i+1, i+1), false))
		}
		if err := t.height(t.row, most, t.t.Size); err != nil {
			return err
		}
	}
	return nil
}
