package form

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"

	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
	"baocao/pipeline/viet"
)

// entry reads the answer columns of a row.
func (r *rowReader) entry(t *table, row sheet.Row, a *plan.Activity) Entry {
	e := Entry{
		Activity:   a.Code,
		Text:       t.cell(row, colText).Text,
		Difficulty: t.cell(row, colDifficulty).Text,
		Proposal:   t.cell(row, colProposal).Text,
		Evidence:   t.cell(row, colEvidence).Text,
		Place:      r.place(t, row, t.labelColumn()),
	}
	e.Cells = Cells{
		Status: r.address(t, row, colStatus), Percent: r.address(t, row, colPercent),
		Spent: r.address(t, row, colSpent), SpentTotal: r.address(t, row, colSpentTotal),
		Text: r.address(t, row, colText),
	}
	e.Spent = r.money(t, row, colSpent, a)
	e.SpentTotal = r.money(t, row, colSpentTotal, a)
	if e.Spent != nil && e.SpentTotal != nil && *e.Spent > *e.SpentTotal {
		r.find("spent-above-total", finding.Warning, a, r.place(t, row, colSpent), sayDong(*e.Spent), sayDong(*e.SpentTotal))
	}
	for _, c := range []Column{colStatus, colText, colDifficulty, colProposal, colEvidence, colDoneOn} {
		if t.cell(row, c).Stale {
			r.find("formula-without-value", finding.Error, a, r.place(t, row, c), "", "")
		}
	}
	if r.pointsUp(row, e.Text) {
		e.Text = r.above.text
		r.fromAbove(t, row, colText, a, e.Text)
	}
	r.progress(t, row, a, &e)
	r.contradictions(t, row, a, &e)
	if c := t.cell(row, colDoneOn); c.Text != "" && !c.Stale {
		r.doneOn(t, row, c, a, &e)
	}
	return e
}

// doneOn reads the day on which an activity was done. A day before the reporting
// year, or after the plan's, is not believed; one after the cut-off is told. The
// day by which an activity is to be done is none on which it was.
func (r *rowReader) doneOn(t *table, row sheet.Row, c sheet.Cell, a *plan.Activity, e *Entry) {
	at := r.place(t, row, colDoneOn)
	day, ok := readDay(c)
	year := r.Reader.term(plan.Period{Year: r.plan.Year, Part: plan.Year})
	switch {
	case !ok:
		if e.Status == Done {
			r.find("date-unclear", finding.Warning, a, at, c.Text, "")
		}
		return
	case day.Year > r.plan.Year || day.Year < r.plan.Year-1 || day.Before(year.From):
		r.find("date-far-off", finding.Error, a, at, sayDay(day), "")
		return
	case e.Status != Done && day.After(r.term.Closes):
		return
	case day.After(r.term.Closes):
		r.find("done-after-closes", finding.Warning, a, at, sayDay(day), sayDay(r.term.Closes))
	}
	e.DoneOn = day
	r.dates = append(r.dates, dateCell{c, day, a.Code, at})
}

// contradictions tells where status, percentage and text say different things.
// What was read of each is kept.
func (r *rowReader) contradictions(t *table, row sheet.Row, a *plan.Activity, e *Entry) {
	if e.Status == InProgress && e.Percent != nil && *e.Percent == 100_00 && e.Cells.Percent != e.Cells.Status {
		r.find("in-progress-at-100", finding.Warning, a, r.place(t, row, colPercent), viet.FormatNumber(e.Percent.Decimal()), "")
	}
	begins := r.words.opening(e.Text)
	if e.Status == Done && begins == NotStarted || e.Status == NotStarted && begins == Done {
		r.find("text-contradicts-status", finding.Warning, a, r.place(t, row, colText), short(e.Text), r.words.says[e.Status])
	}
}

// progress reads status and percentage, and holds them against each other. An
// agency that gives only a percentage has said how far it is.
func (r *rowReader) progress(t *table, row sheet.Row, a *plan.Activity, e *Entry) {
	said := r.saidStatus(t, row)
	if own := t.cell(row, colStatus).Text; own != said.Text {
		r.fromAbove(t, row, colStatus, a, said.Text)
	}
	status, understood := r.statusOf(said.Text)
	told := said.Stale // a finding says already what is wrong with the status
	if r.misleads(said, a, r.place(t, row, colStatus)) {
		said, status, understood, told, e.Held = sheet.Cell{}, "", false, true, true
	}
	if said.Text == "" && len(t.marks) > 0 {
		status, e.Cells.Status, told = r.marked(t, row, a)
	}
	if status == Done && r.isToCome(said.Text) {
		status, understood = "", false
	}
	percent := r.percent(t, row, a, status)
	if !t.has(colText) && len(strings.Fields(said.Text)) > sentenceWords {
		e.Text = said.Text // one column for both
		e.Cells.Text = e.Cells.Status
	}
	if percent == nil && understood && !t.has(colPercent) {
		percent = r.percentInText(t, row, a, e, said.Text, status)
	}
	r.moneyInText(t, row, a, e)
	if said.Text != "" && !understood {
		if p, ok := percentOf(said, status); ok && percent == nil && len(r.legend) == 0 {
			percent, e.Cells.Percent = &p, e.Cells.Status
		} else {
			r.find("status-unclear", finding.Error, a, r.place(t, row, colStatus), said.Text, "")
		}
	}
	e.Status, e.Percent = status, percent
	switch {
	case status == "" && percent != nil && (said.Text == "" || e.Cells.Percent == e.Cells.Status):
		e.Status = progressAt(*percent)
		e.Cells.Status = e.Cells.Percent
	case status == Done && percent != nil && *percent < 100_00:
		r.find("done-below-100", finding.Warning, a, r.place(t, row, colPercent), viet.FormatNumber(percent.Decimal()), "100")
	case status == NotStarted && percent != nil && *percent > 0:
		r.find("not-started-above-0", finding.Warning, a, r.place(t, row, colPercent), viet.FormatNumber(percent.Decimal()), "0")
	}
	if e.Status == "" && (e.says() || told) {
		e.Held = true
		if said.Text == "" && !told {
			r.find("status-missing", finding.Error, a, r.place(t, row, cmp.Or(t.any(colStatus, colPercent, colText), t.labelColumn())), short(e.Text), "")
		}
	}
}

// sentenceWords is how many words a status has at the most; more are a text about
// the results.
const sentenceWords = 8

var (
	monthSaid = regexp.MustCompile(`(?i)(?:tháng|thang|t)?\s*\b(\d{1,2})\s*[/.\-]\s*(20\d{2})\b`)
	// The patterns below are for plain text.
	monthNamed = regexp.MustCompile(`\b(?:ngay \d{1,2} (?:thang )?|thang )(\d{1,2})(?: (?:nam )?(20\d{2}))?\b`)
	yearNamed  = regexp.MustCompile(`\bnam (20\d{2})\b`)
)

// isToCome reports whether the month or year that a status names lies after the
// cut-off: "Hoàn thành vào tháng 6/2018" is no answer in March. A month without a
// year is one of the plan's.
func (r *rowReader) isToCome(text string) bool {
	for _, m := range monthSaid.FindAllStringSubmatch(text, -1) {
		if first := dayFrom(m[2], m[1], "1"); first.After(r.term.Closes) {
			return true
		}
	}
	words := plain(documentNumber.ReplaceAllString(text, " "))
	for _, m := range monthNamed.FindAllStringSubmatch(words, -1) {
		if first := dayFrom(cmp.Or(m[2], strconv.Itoa(r.plan.Year)), m[1], "1"); first.After(r.term.Closes) {
			return true
		}
	}
	for _, m := range yearNamed.FindAllStringSubmatch(words, -1) {
		if m[1] > strconv.Itoa(r.plan.Year) {
			return true
		}
	}
	return false
}

// progressAt is what a percentage says when no status stands beside it.
func progressAt(p plan.Percent) Progress {
	switch {
	case p >= 100_00:
		return Done
	case p > 0:
		return InProgress
	default:
		return NotStarted
	}
}

func (r *rowReader) address(t *table, row sheet.Row, c Column) string {
	if t.cell(row, c).Text == "" {
		return ""
	}
	return r.place(t, row, c).Cell
}

// says reports whether the row answers anything.
func (e *Entry) says() bool {
	return e.Status != "" || e.Percent != nil || e.Spent != nil || e.SpentTotal != nil || !e.DoneOn.IsZero() ||
		e.Text != "" || e.Difficulty != "" || e.Proposal != "" || e.Evidence != ""
}

// same reports whether two rows give the same answer.
func (e *Entry) same(o Entry) bool {
	return e.figures(nil) == o.figures(nil) && e.Status == o.Status && e.DoneOn == o.DoneOn &&
		plain(e.Text) == plain(o.Text) && plain(e.Difficulty) == plain(o.Difficulty) &&
		plain(e.Proposal) == plain(o.Proposal) && plain(e.Evidence) == plain(o.Evidence)
}

// figures are status, percentage and money in one line, as the dictionary writes
// a status.
func (e *Entry) figures(says map[Progress]string) string {
	var parts []string
	if e.Status != "" {
		parts = append(parts, says[e.Status])
	}
	if e.Percent != nil {
		parts = append(parts, viet.FormatNumber(e.Percent.Decimal())+"%")
	}
	for _, d := range []*plan.Dong{e.Spent, e.SpentTotal} {
		if d != nil {
			parts = append(parts, sayDong(*d))
		}
	}
	return strings.Join(parts, ", ")
}

// short is the beginning of a long text, for a finding.
func short(s string) string {
	const most = 60
	s = strings.Join(strings.Fields(s), " ")
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	cut := strings.LastIndexByte(string(runes[:most]), ' ')
	if cut < 0 {
		return string(runes[:most]) + "…"
	}
	return string(runes[:most])[:cut] + "…"
}
