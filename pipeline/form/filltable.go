package form

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"baocao/pipeline/plan"
)

// formTable is one sheet of a form while it is written.
type formTable struct {
	*formBook
	sheet, title string
	where        string // "asked" or "partner"
	asked        []Asked
	columns      []FormColumn
	row          int // the last one written
	head         [2]int
	inputs       []int // rows of activities
}

func (b *formBook) table(name, title string, asked []Asked) *formTable {
	t := &formTable{formBook: b, sheet: name, title: title, asked: asked, where: "asked"}
	if name == b.t.Sheets.Partner {
		t.where = "partner"
	}
	t.columns = widened(b.t.shown(b.blank, t.where))
	return t
}

// widened lets the columns fill the page, so that print is never made larger than
// it is.
func widened(columns []FormColumn) []FormColumn {
	sum := 0.0
	for _, c := range columns {
		sum += c.Width
	}
	for i := range columns {
		columns[i].Width *= max(1, leastWidth/sum)
	}
	return columns
}

// leastWidth is how wide the columns are together at the least, in millimetres: as
// a page across without its margins.
const leastWidth = 275

func (t *formTable) write() error {
	for i, c := range t.columns {
		col := sheetColumn(i + 1)
		if err := t.file.SetColWidth(t.sheet, col, col, columnChars(c.Width)); err != nil {
			return err
		}
	}
	for _, part := range []func() error{t.letterhead, t.heading, t.body, t.signature, t.validate, t.paper} {
		if err := part(); err != nil {
			return err
		}
	}
	return t.protect(t.sheet)
}

// put writes one cell, merged from column left to right in the rows top to bottom.
func (t *formTable) put(left, top, right, bottom int, value any, look cellLook) error {
	id, err := t.style(look)
	if err != nil {
		return err
	}
	from, to := cellAt(left, top), cellAt(right, bottom)
	if err := t.file.SetCellStyle(t.sheet, from, to, id); err != nil {
		return err
	}
	if from != to {
		if err := t.file.MergeCell(t.sheet, from, to); err != nil {
			return err
		}
	}
	if value == nil || value == "" {
		return nil
	}
	return t.file.SetCellValue(t.sheet, from, value)
}

// line writes a row of its own over all columns, as high as its text.
func (t *formTable) line(text string, look cellLook) error {
	if text == "" {
		return nil
	}
	t.row++
	if err := t.put(1, t.row, len(t.columns), t.row, text, look); err != nil {
		return err
	}
	return t.height(t.row, lines(text, look.size, t.width(1, len(t.columns)), look.bold), look.size)
}

func (t *formTable) height(row, count int, size float64) error {
	return t.file.SetRowHeight(t.sheet, row, min(maxRowHeight, float64(count)*size*lineHeight+3))
}

// width is how wide the columns are together, in points.
func (t *formTable) width(left, right int) float64 {
	sum := 0.0
	for _, c := range t.columns[left-1 : right] {
		sum += c.Width * pointsPerMM
	}
	return sum
}

// body is the table: head, the row of numbers, and the plan's fields and results
// with the activities that are asked.
func (t *formTable) body() error {
	if err := t.tableHead(); err != nil {
		return err
	}
	asked := map[plan.Code]Asked{}
	for _, a := range t.asked {
		asked[a.Activity.Code] = a
	}
	has := func(r plan.Result) bool {
		return slices.ContainsFunc(r.Activities, func(a plan.Activity) bool { _, ok := asked[a.Code]; return ok })
	}
	for _, field := range t.blank.Plan.Fields {
		if !slices.ContainsFunc(field.Results, has) {
			continue
		}
		if err := t.group(string(field.Code), strings.ToUpper(field.Name), true); err != nil {
			return err
		}
		for _, result := range field.Results {
			if !has(result) {
				continue
			}
			said := strings.NewReplacer("{name}", result.Name, "{indicator}", oneSpaced(result.Indicator)).Replace(t.fill(t.t.Result))
			said = strings.TrimRight(said, " –-;")
			if err := t.group(string(result.Code), said, false); err != nil {
				return err
			}
			for _, a := range result.Activities {
				if one, ok := asked[a.Code]; ok {
					if err := t.activity(one); err != nil {
						return fmt.Errorf("activity %s: %w", a.Code, err)
					}
				}
			}
		}
	}
	return nil
}

// oneSpaced is a text on one line.
func oneSpaced(s string) string { return strings.Join(strings.Fields(s), " ") }

// tableHead has one row, or two where columns stand under a common heading.
func (t *formTable) tableHead() error {
	look := cellLook{size: t.t.Size, bold: true, align: "center", middle: true, rules: true}
	grouped := slices.ContainsFunc(t.columns, func(c FormColumn) bool { return c.Group != "" })
	top := t.row + 1
	bottom := top
	if grouped {
		bottom++
	}
	upper, lower := 1, 1
	for i := 0; i < len(t.columns); {
		c := t.columns[i]
		if c.Group == "" {
			if err := t.put(i+1, top, i+1, bottom, t.fill(c.Title), look); err != nil {
				return err
			}
			lower = max(lower, lines(t.fill(c.Title), look.size, t.width(i+1, i+1), true)-(bottom-top))
			i++
			continue
		}
		n := i
		for ; n < len(t.columns) && t.columns[n].Group == c.Group; n++ {
			title := t.fill(t.columns[n].Title)
			if err := t.put(n+1, bottom, n+1, bottom, title, look); err != nil {
				return err
			}
			lower = max(lower, lines(title, look.size, t.width(n+1, n+1), true))
		}
		if err := t.put(i+1, top, n, top, t.fill(c.Group), look); err != nil {
			return err
		}
		upper = max(upper, lines(t.fill(c.Group), look.size, t.width(i+1, n), true))
		i = n
	}
	if grouped {
		if err := t.height(top, upper, look.size); err != nil {
			return err
		}
	}
	if err := t.height(bottom, lower, look.size); err != nil {
		return err
	}
	t.row = bottom + 1
	number := look
	number.bold = false
	for i := range t.columns {
		if err := t.put(i+1, t.row, i+1, t.row, fmt.Sprintf("(%d)", i+1), number); err != nil {
			return err
		}
	}
	t.head = [2]int{top, t.row}
	return t.height(t.row, 1, look.size)
}

// group is the row of a lĩnh vực or a kết quả.
func (t *formTable) group(code, text string, bold bool) error {
	t.row++
	look := cellLook{size: t.t.Size, bold: bold, italic: !bold, middle: true, rules: true}
	label := look
	label.align, label.text = "center", true
	if err := t.put(1, t.row, 1, t.row, code, label); err != nil {
		return err
	}
	if err := t.put(2, t.row, len(t.columns), t.row, text, look); err != nil {
		return err
	}
	return t.height(t.row, lines(text, look.size, t.width(2, len(t.columns)), bold), look.size)
}

// activity is the row of one activity: the plan's cells, what was said last, and
// room for the answer.
func (t *formTable) activity(a Asked) error {
	t.row++
	most := 2
	for i, c := range t.columns {
		look := cellLook{size: t.t.Size, rules: true, align: columnAlign(c.Key)}
		var value any
		switch {
		case slices.Contains(inputKeys, c.Key):
			look.input, look.number, look.text = true, numberLook(c.Key), c.Key == colDoneOn
		case c.Key == colBefore:
			value, look.italic = t.before(a), true
		case c.Key == colBudget && a.Activity.Budget != nil:
			d := t.blank.Plan.InUnit(*a.Activity.Budget)
			value, look.number = d.InexactFloat64(), "#,##0.###"
			if d.IsInteger() {
				look.number = "#,##0"
			}
		default:
			value, look.text = planCell(t.blank.Plan, a.Activity, c.Key), c.Key == colCode
		}
		if err := t.put(i+1, t.row, i+1, t.row, value, look); err != nil {
			return err
		}
		if text, ok := value.(string); ok {
			most = max(most, lines(text, look.size, t.width(i+1, i+1), false))
		}
	}
	t.inputs = append(t.inputs, t.row)
	t.grow[t.sheet] = append(t.grow[t.sheet], t.row)
	return t.height(t.row, most, t.t.Size)
}

func columnAlign(key Column) string {
	switch key {
	case colCode, colStart, colEnd, colStatus, colDoneOn:
		return "center"
	case colBudget, colPercent, colSpent, colSpentTotal:
		return "right"
	}
	return ""
}

// numberLook is the number format of a column of figures that are filled in.
func numberLook(key Column) string {
	switch key {
	case colPercent, colSpent, colSpentTotal:
		return "General"
	}
	return ""
}

func sheetColumn(n int) string {
	name, _ := excelize.ColumnNumberToName(n) // n counts columns of a template, which are few
	return name
}

func cellAt(col, row int) string { return fmt.Sprintf("%s%d", sheetColumn(col), row) }
