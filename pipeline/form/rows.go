package form

import (
	"cmp"
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

	texts   *lexicon             // of the plan
	rulings []RowRuling          // of a clerk, not yet met
	asked   map[plan.Code]bool   // what the agency must answer for
	units   map[Column]viet.Unit // of the table being read
	sums    ledger
	dates   []dateCell // of the table being read

	legend map[string]Progress // figures that stand for a status in the sheet being read
	above  above               // what the row above says
	unseen []hiddenAnswer      // hidden rows that are not used
	ended  *sheet.Sheet        // of which the rest is about a period to come

	lastRow int // number of the row, in the table being read, that belongs to the last entry
	seen    map[plan.Code]bool
	parts   map[finding.Place]string // the letters behind the codes of rows about parts of an activity
}

// read reads every row below the head of t, up to where the sheet begins to speak
// of what comes next.
func (r *rowReader) read(t *table) {
	if r.ended == t.sheet {
		return
	}
	if r.seen == nil {
		r.seen, r.parts = map[plan.Code]bool{}, map[finding.Place]string{}
	}
	r.units = r.tableUnits(t)
	r.settleRivals(t)
	r.unclearUnits(t)
	r.unreadColumns(t)
	r.hiddenColumns(t)
	r.legend = r.words.legendOf(t.sheet)
	r.above = above{}
	if t.below {
		for _, row := range t.headRows() {
			r.aside(t, row, Remark)
		}
	} else if !t.goesOn {
		r.sums.begin()
	}
	r.lastRow = 0
	for i, row := range t.rows() {
		if r.isAhead(t, i) {
			r.endAt(t, i)
			break
		}
		r.row(t, row)
	}
	r.mixedDates(t)
}

// row makes an entry of a row, or sets it aside with a reason. A row that
// holds money is never set aside as a mere remark.
func (r *rowReader) row(t *table, row sheet.Row) {
	label, name := r.label(t, row), t.cell(row, colName).Text
	at := r.place(t, row, t.labelColumn())
	code, kind, isCode := parseCode(label)
	if t.cell(row, t.labelColumn()).Kind == sheet.Date {
		code, kind, isCode = "", noCode, false // the dashes of a date are no code's
	}
	if a, ok := r.ruledRow(t, row); ok {
		r.find(codeRuled, finding.Note, a, at, short(label+" "+name), string(a.Code))
		r.take(t, row, a, false)
		return
	}
	switch {
	case t.again[row.Number] || !isCode && isNumberRow(row):
		r.aside(t, row, Remark)
		return
	case r.unparted(t, row):
		return
	case isCode && kind != activityCode && r.isHeading(t, row, name):
		r.aside(t, row, Heading)
		r.sums.heading(r, t, row, kind)
		return
	case !isCode && (r.isTotal(label) || label == "" && r.isTotal(cmp.Or(name, row.Cells[0].Text))):
		r.aside(t, row, Total)
		r.sums.total(r, t, row, plain(cmp.Or(label, name, row.Cells[0].Text)))
		return
	}
	for _, c := range []Column{t.labelColumn(), colName} {
		if t.cell(row, c).Stale {
			r.find("formula-without-value", finding.Error, nil, r.place(t, row, c), "", "")
		}
	}
	stale := t.cell(row, t.labelColumn()).Stale || t.cell(row, colName).Stale
	if !stale && label+name == "" && r.goesOn(t, row) {
		return
	}
	if !isCode {
		if code = r.codeFromDate(t, row, name, at); code != "" {
			kind = activityCode
		}
	}
	a, held := r.activity(meant{code, label, name, at}, kind)
	if a == nil {
		r.unknown(t, row, label, name, at)
		return
	}
	held = r.turnedLabel(t, row, a, at) || held
	if letter := partLetter(label); letter != "" {
		r.parts[at] = letter
	}
	if row.Hidden && r.sub.Agency != "" && !r.asked[a.Code] {
		r.seen[a.Code] = true
		r.hiddenRow(t, row, a)
		return
	}
	r.planCells(t, row, a)
	r.take(t, row, a, held)
}

// take makes an entry of a row about the activity, or sets it aside when it says
// nothing about it.
func (r *rowReader) take(t *table, row sheet.Row, a *plan.Activity, held bool) {
	at := r.place(t, row, t.labelColumn())
	r.seen[a.Code] = true
	if row.Hidden {
		r.find("row-hidden-entry", finding.Warning, a, at, "", "")
	}
	e := r.entry(t, row, a)
	e.Held = e.Held || held
	r.sums.entry(r, t, row, e.Spent, e.SpentTotal)
	if !e.says() {
		r.aside(t, row, Unfilled)
		if r.asked[a.Code] && r.begun(a) {
			r.find("row-unfilled", finding.Warning, a, at, "", "")
		}
		return
	}
	r.struck(t, row, a, &e)
	r.sub.Entries = append(r.sub.Entries, e)
	r.lastRow = row.Number
	r.above = above{row: row.Number, status: r.saidStatus(t, row), text: e.Text, held: e.Held}
}

// isTotal reports whether a text labels a row of totals: "Tổng", "Tổng lĩnh vực
// I", "Tổng kinh phí đã thực hiện", but not the "Tổng kết …" or "Công khai …" of
// an activity.
func (r *rowReader) isTotal(text string) bool {
	if len(text) > longestTitle {
		return false
	}
	words := plain(text)
	if !beginsWithAny(words, r.words.totals) || beginsWithAny(words, r.words.notTotals) {
		return false
	}
	n := len(strings.Fields(words))
	return (n <= totalWords || n <= 2*totalWords && hasWords(words, "kinh phi")) && r.byText(text) == nil
}

// totalWords is how many words the label of a row of totals has at the most,
// twice as many where it says of what.
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
	kept := r.aside(t, row, Unknown)
	r.sums.entry(r, t, row, kept.Spent, kept.SpentTotal)
	got := label
	if !coded || got == "" {
		got = cmp.Or(short(name), label)
	}
	near, certain := r.nearest(label, name)
	if dated := r.datedIn(t.cell(row, t.labelColumn())); near == "" && len(dated) > 0 {
		near = strings.Join(dated, ", ")
	}
	if certain != "" {
		r.seen[certain] = true // told here already: it is not missing as well
	}
	r.find("unknown-activity", finding.Error, nil, at, got, near)
}

// answers reports whether a row holds a figure or a status, and so is no mere
// remark, such as a signature that happens to stand under a column of figures.
func (r *rowReader) answers(t *table, row sheet.Row) bool {
	if _, ok := r.words.status(ownCell(t, row, colStatus).Text); ok {
		return true
	}
	for _, c := range []Column{colPercent, colSpent, colSpentTotal} {
		if _, err := cellNumber(ownCell(t, row, c)); err == nil {
			return true
		}
	}
	for _, col := range t.marks {
		if tickIn(row.Cell(col).Text) != unticked {
			return true
		}
	}
	return false
}

// ownCell is the cell of row under the column c, not one merged from above.
func ownCell(t *table, row sheet.Row, c Column) sheet.Cell {
	if !t.has(c) {
		return sheet.Cell{}
	}
	return row.Cell(t.columns[c])
}

// unknownRows reports whether any row has an answer and no activity.
func (r *rowReader) unknownRows() bool {
	return slices.ContainsFunc(r.sub.SetAside, func(row Row) bool { return row.Reason == Unknown })
}

// aside records a row that is no entry, with the money that stands in it so
// that the control totals can prove that none was lost.
func (r *rowReader) aside(t *table, row sheet.Row, reason Reason) Row {
	kept := Row{Place: r.place(t, row, t.labelColumn()), Reason: reason}
	kept.Spent = r.plainMoney(t.cell(row, colSpent), r.units[colSpent])
	kept.SpentTotal = r.plainMoney(t.cell(row, colSpentTotal), r.units[colSpentTotal])
	r.sub.SetAside = append(r.sub.SetAside, kept)
	return kept
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

// missing tells the agency which of the activities that it must answer for,
// and that have begun, its document does not list. The place is the last
// listed activity before the one that is missing.
func (r *rowReader) missing(tables []*table) {
	if r.sub.Outcome != Accept {
		return
	}
	last := tables[0]
	at := r.book.Place(last.sheet, last.headRow(), last.columns[last.labelColumn()])
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

// asks are the activities that the agency must answer for in the term, as the
// directory stood when it closed.
func (r *Reader) asks(p *plan.Plan, id agency.ID, t plan.Term) map[plan.Code]bool {
	asked := map[plan.Code]bool{}
	for _, e := range p.Expected(r.directory, t, r.calendar.Frequency) {
		if e.Agency == id {
			asked[e.Activity.Code] = true
		}
	}
	return asked
}

// sayAnswer is where an entry stands and what it says; the sheet is named when the
// other one stands elsewhere.
func sayAnswer(e, other Entry, says map[Progress]string) string {
	at := cmp.Or(e.Place.Cell, strconv.Itoa(e.Place.Row))
	if e.Place.Sheet != other.Place.Sheet {
		at = "“" + e.Place.Sheet + "” " + at
	}
	return at + ": " + cmp.Or(e.figures(says), short(e.Text))
}

// settleRepeated looks for activities that the document lists more than once:
// the same answer counts once, different ones wait for a clerk.
func (r *rowReader) settleRepeated() {
	first, disputed := map[plan.Code]int{}, map[plan.Code]bool{}
	var kept []Entry
	for _, e := range r.sub.Entries {
		i, again := first[e.Activity]
		if !again || kept[i].Held != e.Held && !disputed[e.Activity] { // a row in doubt does not speak for one that is not
			first[e.Activity] = len(kept)
			kept = append(kept, e)
			continue
		}
		a := r.plan.Activity(e.Activity)
		says, other := sayAnswer(e, kept[i], r.words.says), sayAnswer(kept[i], e, r.words.says)
		switch same := kept[i].same(e); {
		case same && !r.areParts(&kept[i], &e):
			if e.Place.Sheet == kept[i].Place.Sheet { // a sheet that was copied says all of it again
				r.find("duplicate-same", finding.Note, a, e.Place, other, "")
			}
			r.sub.SetAside = append(r.sub.SetAside, Row{Place: e.Place, Reason: Duplicate, Spent: e.Spent, SpentTotal: e.SpentTotal})
			continue
		case same:
			r.find("activity-in-parts", finding.Warning, a, e.Place, says, other)
		default:
			r.find("duplicate-conflict", finding.Error, a, e.Place, says, other)
		}
		kept[i].Held, e.Held, disputed[e.Activity] = true, true, true
		kept = append(kept, e)
	}
	r.sub.Entries = kept
}
