package form

import (
	"slices"
	"strconv"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
	"baocao/pipeline/viet"
)

// rowReader reads the rows of one document into its submission.
type rowReader struct {
	*Reader
	plan *plan.Plan
	book *sheet.Book
	sub  *Submission
	term plan.Term

	texts []activityText       // of the plan
	asked map[plan.Code]bool   // what the agency must answer for
	units map[Column]viet.Unit // of the table being read
	seen  map[plan.Code]bool
}

// read reads every row below the head of t.
func (r *rowReader) read(t *table) {
	if r.seen == nil {
		r.seen = map[plan.Code]bool{}
	}
	r.units = r.tableUnits(t)
	for _, row := range t.sheet.Rows[t.first:] {
		r.row(t, row)
	}
}

// row makes an entry of a row, or sets it aside with a reason. A row that
// holds money is never set aside as a mere remark.
func (r *rowReader) row(t *table, row sheet.Row) {
	label, name := r.label(t, row), t.cell(row, colName).Text
	at := r.place(t, row, t.labelColumn())
	code, kind, isCode := parseCode(label)
	switch {
	case isCode && kind != activityCode && t.cell(row, colStatus).Text+t.cell(row, colPercent).Text+t.cell(row, colText).Text == "":
		r.aside(t, row, Heading)
		return
	case !isCode && (r.isTotal(label) || label == "" && r.isTotal(name)):
		r.aside(t, row, Total)
		return
	case !isCode && (isNumberRow(row) || r.isHeadAgain(t, row)):
		r.aside(t, row, Remark)
		return
	}
	for _, c := range []Column{t.labelColumn(), colName} {
		if t.cell(row, c).Stale {
			r.find("formula-without-value", finding.Error, nil, r.place(t, row, c), "", "")
		}
	}
	if !isCode {
		code = r.codeFromDate(t, row, name, at)
	}
	a, held := r.activity(code, label, name, at)
	if a == nil {
		r.unknown(t, row, label, name, at)
		return
	}
	r.seen[a.Code] = true
	if row.Hidden {
		r.find("row-hidden-entry", finding.Warning, a, at, "", "")
	}
	r.planCells(t, row, a)
	e := r.entry(t, row, a)
	e.Held = e.Held || held
	if !e.says() {
		r.aside(t, row, Unfilled)
		if r.asked[a.Code] && r.begun(a) {
			r.find("row-unfilled", finding.Warning, a, at, "", "")
		}
		return
	}
	r.sub.Entries = append(r.sub.Entries, e)
}

// isTotal reports whether a text labels a row of totals: "Tổng", "Tổng lĩnh vực
// I", but not the "Tổng kết …" or "Công khai …" of an activity.
func (r *rowReader) isTotal(text string) bool {
	words := plain(text)
	return beginsWithAny(words, r.words.totals) && len(strings.Fields(words)) <= totalWords && r.byText(text) == nil
}

// totalWords is how many words the label of a row of totals has at the most.
const totalWords = 4

// unknown sets aside a row that names no activity of the plan. One that
// carries a code or an answer is told to its sender; titles and signatures
// below the table are not.
func (r *rowReader) unknown(t *table, row sheet.Row, label, name string, at finding.Place) {
	_, kind, _, coded := splitCode(label)
	if !(coded && kind != fieldCode) && !r.answers(t, row) {
		r.aside(t, row, Remark)
		return
	}
	r.aside(t, row, Unknown)
	got := label
	if got == "" || !coded {
		got = strings.TrimSpace(label + " " + short(name))
	}
	near, certain := r.nearest(label, name)
	if dated := r.datedIn(t.cell(row, t.labelColumn())); near == "" && len(dated) > 0 {
		near = strings.Join(dated, ", ")
	}
	if certain {
		r.seen[plan.Code(near)] = true // told here already: it is not missing as well
	}
	r.find("unknown-activity", finding.Error, nil, at, got, near)
}

// answers reports whether a row holds a figure or a status, and so is no mere
// remark, such as a signature that happens to stand under a column of figures.
func (r *rowReader) answers(t *table, row sheet.Row) bool {
	if _, ok := r.words.status(t.cell(row, colStatus).Text); ok {
		return true
	}
	for _, c := range []Column{colPercent, colSpent, colSpentTotal} {
		if _, err := cellNumber(t.cell(row, c)); err == nil {
			return true
		}
	}
	return false
}

// unknownRows reports whether any row has an answer and no activity.
func (r *rowReader) unknownRows() bool {
	return slices.ContainsFunc(r.sub.SetAside, func(row Row) bool { return row.Reason == Unknown })
}

// aside records a row that is no entry, with the money that stands in it so
// that the control totals can prove that none was lost.
func (r *rowReader) aside(t *table, row sheet.Row, reason Reason) {
	kept := Row{Place: r.place(t, row, t.labelColumn()), Reason: reason}
	kept.Spent = r.plainMoney(t.cell(row, colSpent), r.units[colSpent])
	kept.SpentTotal = r.plainMoney(t.cell(row, colSpentTotal), r.units[colSpentTotal])
	r.sub.SetAside = append(r.sub.SetAside, kept)
}

// label is the cell that holds the code: of the column of codes, or of the
// running number where that holds them, as the decision's table has it.
func (r *rowReader) label(t *table, row sheet.Row) string {
	if text := t.cell(row, colCode).Text; text != "" {
		return text
	}
	text := t.cell(row, colNumber).Text
	if _, _, ok := parseCode(text); !ok && t.has(colCode) && !beginsWithAny(plain(text), r.words.totals) {
		return ""
	}
	return text
}

// labelColumn is the column that tells which activity a row is about.
func (t *table) labelColumn() Column {
	for _, c := range []Column{colCode, colNumber, colName} {
		if t.has(c) {
			return c
		}
	}
	return colName
}

func (r *rowReader) place(t *table, row sheet.Row, c Column) finding.Place {
	return r.book.Place(t.sheet, row.Number, t.columns[c])
}

func (r *rowReader) find(code string, level finding.Level, a *plan.Activity, at finding.Place, got, want string) {
	f := finding.Finding{Code: code, Level: level, Place: at, Got: got, Want: want}
	if a != nil {
		f.Activity = string(a.Code)
	}
	r.sub.Findings = append(r.sub.Findings, f)
}

// begun reports whether the activity has begun when the period closes; before,
// silence about it is no fault.
func (r *rowReader) begun(a *plan.Activity) bool {
	begins := a.Begins(r.plan.Year)
	return begins.IsZero() || !r.term.Closes.Before(begins)
}

// isNumberRow reports whether a row holds nothing but (1), (2), ….
func isNumberRow(row sheet.Row) bool {
	for i, c := range row.Cells {
		if strings.Trim(c.Text, "()[]. ") == "" || !strings.HasPrefix(strings.TrimSpace(c.Text), "(") && i == 0 {
			return false
		}
		if strings.IndexFunc(strings.Trim(c.Text, "()[]. "), func(r rune) bool { return !isDigit(r) }) >= 0 {
			return false
		}
	}
	return len(row.Cells) > 1
}

// isHeadAgain reports whether the head is repeated, as on each page of a
// printed table.
func (r *rowReader) isHeadAgain(t *table, row sheet.Row) bool {
	same := 0
	for c, col := range t.columns {
		text := row.Cell(col).Text
		if text == "" {
			continue
		}
		if !strings.Contains(plain(t.titles[c]), plain(text)) {
			return false
		}
		same++
	}
	return same >= 2
}

// missing tells the agency which of the activities that it must answer for,
// and that have begun, its document does not list. The place is the last
// listed activity before the one that is missing.
func (r *rowReader) missing(tables []*table) {
	if r.sub.Outcome != Accept {
		return
	}
	last := tables[0]
	at := r.book.Place(last.sheet, last.sheet.Rows[last.head].Number, last.columns[last.labelColumn()])
	places := map[plan.Code]finding.Place{}
	for _, e := range r.sub.Entries {
		places[e.Activity] = e.Place
	}
	head, found := at, len(r.sub.Findings)
	var codes []string
	for a := range r.plan.Activities() {
		if p, ok := places[a.Code]; ok {
			at = p
		}
		if r.asked[a.Code] && !r.seen[a.Code] && r.begun(a) {
			codes = append(codes, string(a.Code))
			r.find("activity-missing", finding.Warning, a, at, "", short(a.Name))
		}
	}
	if len(codes) > missingOneByOne {
		r.sub.Findings = r.sub.Findings[:found]
		r.find("activities-missing", finding.Warning, nil, head, strconv.Itoa(len(codes)), strings.Join(codes, ", "))
	}
}

// missingOneByOne is how many missing activities are told each by itself; more
// of them are told together, so that they drown nothing else.
const missingOneByOne = 5

// asks are the activities that the agency must answer for, as the directory
// stood when the period closed.
func (r *Reader) asks(p *plan.Plan, id agency.ID, on agency.Day) map[plan.Code]bool {
	asked := map[plan.Code]bool{}
	for _, e := range p.Expected(r.directory, on) {
		if e.Agency == id {
			asked[e.Activity.Code] = true
		}
	}
	return asked
}

// settleRepeated looks for activities that the document lists more than once:
// the same answer counts once, different ones wait for a clerk.
func (r *rowReader) settleRepeated() {
	first := map[plan.Code]int{}
	var kept []Entry
	for _, e := range r.sub.Entries {
		i, again := first[e.Activity]
		if !again || kept[i].Held != e.Held { // a row in doubt does not speak for one that is not
			first[e.Activity] = len(kept)
			kept = append(kept, e)
			continue
		}
		if kept[i].same(e) {
			r.sub.SetAside = append(r.sub.SetAside, Row{Place: e.Place, Reason: Duplicate, Spent: e.Spent, SpentTotal: e.SpentTotal})
			continue
		}
		kept[i].Held, e.Held = true, true
		kept = append(kept, e)
		r.find("duplicate-conflict", finding.Error, r.plan.Activity(e.Activity), e.Place, e.figures(), kept[i].figures())
	}
	r.sub.Entries = kept
}
