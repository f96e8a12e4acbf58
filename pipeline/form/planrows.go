package form

import (
	"strconv"
	"strings"

	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

// planItem is a row of the table: a field, result, activity or total.
type planItem struct {
	kind  codeKind
	total bool
	code  plan.Code
	label string // as written
	row   int
	cells [planRoles]sheet.Cell
}

// planLine is a row put under the table's columns.
type planLine struct {
	row   sheet.Row
	cells [planRoles]sheet.Cell
}

// readItems reads the rows below the head. A row that cannot be understood is a
// finding, never passed over in silence.
func (r *planReader) readItems() []planItem {
	var items []planItem
	rows := r.sheet.Rows
	r.tall = r.tallMerges()
	ended := false // the grand total or the words have been read
	for i := r.head.next; i < len(rows); i++ {
		row := rows[i]
		if h, ok := r.headAgain(i); ok {
			r.head.columns = h.columns // a table cut in two may have another grid
			i = h.next - 1
			continue
		}
		if isPlanNumberRow(row) {
			continue
		}
		line := r.align(row)
		if item, ok := r.item(line, ended); ok {
			r.checkWidth(line, &item)
			items = append(items, item)
			ended = item.total && isGrandTotal(item.label)
			continue
		}
		words, col, ok := amountWords(row)
		switch {
		case ok:
			r.plan.TotalWords, r.wordsAt, ended = words, r.place(row.Number, col), true
		case !ended && isWholeActivity(line):
			r.find("code-missing", finding.Error, r.place(row.Number, 1), "", short(line.cells[planName].Text), "")
		case r.goesOn(line, items, ended):
			r.goOn(line, &items[len(items)-1])
		case ended:
			// What stands below the table: signature, notes.
		case line.cells[planCode].Text != "" && planFilled(line) > 1:
			r.find("code-unreadable", finding.Error, r.place(row.Number, line.cells[planCode].Col), "", short(line.cells[planCode].Text), "")
		default:
			r.find("row-ignored", finding.Warning, r.place(row.Number, row.Cells[0].Col), "", short(planText(row)), "")
		}
	}
	return items
}

// headAgain reads the head that is repeated at the top of a page.
func (r *planReader) headAgain(i int) (planHead, bool) {
	if _, _, ok := parseCode(r.sheet.Rows[i].Cells[0].Text); ok {
		return planHead{}, false
	}
	return readPlanHead(r.sheet, i)
}

func (r *planReader) place(row, col int) finding.Place { return r.book.Place(r.sheet, row, col) }

// align puts the cells of a row under the columns. In a document without a grid
// a row with merged cells is shorter: a total has its label over two columns, a
// field's name and a result's indicator reach to the end.
func (r *planReader) align(row sheet.Row) planLine {
	line := planLine{row: row}
	shift := 0
	if missing := r.head.width() - len(row.Cells); !r.sheet.Grid && missing > 0 && isTotalLabel(row.Cells[0].Text) {
		shift = missing
	}
	for i, c := range row.Cells {
		col := c.Col
		if i > 0 {
			col += shift
		}
		role, ok := r.head.roleAt(col)
		if !ok && c.Text != "" {
			r.find("cell-outside-table", finding.Warning, r.place(row.Number, c.Col), "", short(c.Text), "")
		}
		if c.Stale && role != planNone {
			r.find("formula-without-value", finding.Error, r.place(row.Number, c.Col), "", "", "")
		}
		if old := line.cells[role]; old.Text != "" && c.Text != "" {
			c.Text, c.Kind = old.Text+"\n"+c.Text, sheet.String
		} else if old.Text != "" {
			c = old
		}
		line.cells[role] = c
	}
	r.fillFromAbove(&line)
	if row.Hidden && !r.hidden {
		r.hidden = true
		r.find("row-hidden", finding.Warning, r.place(row.Number, row.Cells[0].Col), "", short(planText(row)), "")
	}
	return line
}

// fillFromAbove gives an activity the cells that are merged with those of the
// activity above: one lead for several. A merged budget is one amount, and
// counts once.
func (r *planReader) fillFromAbove(line *planLine) {
	if line.cells[planCode].Text == "" {
		return
	}
	for _, m := range r.tall[line.row.Number] {
		switch role, _ := r.head.roleAt(m.FirstCol); role {
		case planNone, planCode, planName, planBudget:
		default:
			if line.cells[role].Text == "" {
				line.cells[role] = r.sheet.Row(m.FirstRow).Cell(m.FirstCol)
			}
		}
	}
}

// tallMerges are the merged cells below the head that reach into each row from
// above.
func (r *planReader) tallMerges() map[int][]sheet.Range {
	tall := map[int][]sheet.Range{}
	first, last := r.sheet.Rows[r.head.next-1].Number, r.sheet.Rows[len(r.sheet.Rows)-1].Number
	most := 100_000 // more cells are no table that a person made
	for _, m := range r.sheet.Merges {
		for row := m.FirstRow + 1; m.FirstRow > first && row <= min(m.LastRow, last) && most > 0; row++ {
			tall[row] = append(tall[row], m)
			most--
		}
	}
	return tall
}

// checkWidth looks at the number of cells where it alone tells the columns.
func (r *planReader) checkWidth(line planLine, it *planItem) {
	n, width := len(line.row.Cells), r.head.width()
	if r.sheet.Grid || it.total {
		return
	}
	got, want := strconv.Itoa(n), strconv.Itoa(width)
	last := line.row.Cells[n-1]
	switch {
	case it.kind == activityCode && n < width:
		r.find("row-too-short", finding.Error, r.place(it.row, 0), it.code, got, want)
	case n > width && last.Text != "":
		r.find("row-too-long", finding.Error, r.place(it.row, 0), it.code, got, want)
	case n > width || n < width && n > 2 && last.Text == "":
		r.find("extra-cell", finding.Note, r.place(it.row, last.Col), it.code, got, strconv.Itoa(n-1))
	}
}

// isWholeActivity reports whether a row without a code says all that an activity
// does, and so is not the rest of another.
func isWholeActivity(line planLine) bool {
	says := func(role planRole) bool { return line.cells[role].Text != "" }
	return !says(planCode) && says(planName) &&
		(says(planDuty) || says(planLead)) &&
		(says(planTime) || says(planStart) || says(planEnd))
}

// goesOn reports whether a row is the rest of the one before, cut off by the
// end of a page: it has no code.
func (r *planReader) goesOn(line planLine, items []planItem, ended bool) bool {
	if ended || len(items) == 0 || line.cells[planCode].Text != "" || planFilled(line) == 0 {
		return false
	}
	last := items[len(items)-1]
	if last.total || last.kind == fieldCode {
		return false
	}
	return r.sheet.Grid || len(line.row.Cells) == r.head.width()
}

func (r *planReader) goOn(line planLine, it *planItem) {
	first := 0
	for role := planName; role < planRoles; role++ {
		c := line.cells[role]
		if c.Text == "" {
			continue
		}
		if first == 0 || c.Col < first {
			first = c.Col
		}
		if to := &it.cells[role]; to.Text == "" {
			*to = c
		} else {
			to.Text, to.Kind = to.Text+"\n"+c.Text, sheet.String
		}
	}
	r.find("row-continued", finding.Note, r.place(line.row.Number, first), it.code, short(planText(line.row)), "")
}

// planFilled is the number of known columns that the row fills.
func planFilled(line planLine) int {
	n := 0
	for _, c := range line.cells[planCode:] {
		if c.Text != "" {
			n++
		}
	}
	return n
}

// planText is the whole text of a row.
func planText(row sheet.Row) string {
	var texts []string
	for _, c := range row.Cells {
		if c.Text != "" {
			texts = append(texts, c.Text)
		}
	}
	return strings.Join(texts, " | ")
}

// isPlanNumberRow reports whether a row numbers the columns: (1), (2), (3), …
func isPlanNumberRow(row sheet.Row) bool {
	n := 0
	for _, c := range row.Cells {
		if c.Text == "" {
			continue
		}
		n++
		if strings.Trim(c.Text, "() ") != strconv.Itoa(n) {
			return false
		}
	}
	return n >= 3
}
