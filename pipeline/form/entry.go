package form

import (
	"cmp"
	"strings"

	"baocao/pipeline/agency"
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
	if c := t.cell(row, colDoneOn); c.Text != "" {
		e.DoneOn = r.doneOn(c, a, r.place(t, row, colDoneOn))
	}
	r.progress(t, row, a, &e)
	return e
}

// doneOn reads the day on which an activity was done. A day outside the plan's
// year and the one before is not believed; one after the cut-off is told.
func (r *rowReader) doneOn(c sheet.Cell, a *plan.Activity, at finding.Place) agency.Day {
	day, ok := readDay(c)
	switch {
	case !ok:
		r.find("date-unclear", finding.Warning, a, at, c.Text, "")
	case day.Year != r.plan.Year && day.Year != r.plan.Year-1:
		r.find("date-far-off", finding.Error, a, at, c.Text, "")
		return agency.Day{}
	case day.After(r.term.Closes):
		r.find("done-after-closes", finding.Warning, a, at, c.Text, sayDay(r.term.Closes))
	}
	return day
}

// progress reads status and percentage, and holds them against each other. An
// agency that gives only a percentage has said how far it is.
func (r *rowReader) progress(t *table, row sheet.Row, a *plan.Activity, e *Entry) {
	said := t.cell(row, colStatus)
	status, understood := r.words.status(said.Text)
	if said.Text == "" && len(t.marks) > 0 {
		status, e.Cells.Status = r.marked(t, row, a)
	}
	percent := r.percent(t, row, a, status)
	if said.Text != "" && !understood {
		if p, ok := percentOf(said, status); ok && percent == nil {
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
	if e.Status == "" && e.says() {
		e.Held = true
		if said.Text == "" {
			r.find("status-missing", finding.Error, a, r.place(t, row, cmp.Or(t.any(colStatus, colPercent, colText), t.labelColumn())), short(e.Text), "")
		}
	}
}

// any is the first of the columns that the table has.
func (t *table) any(columns ...Column) Column {
	for _, c := range columns {
		if t.has(c) {
			return c
		}
	}
	return ""
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
	return e.figures() == o.figures() && e.DoneOn == o.DoneOn &&
		plain(e.Text) == plain(o.Text) && plain(e.Difficulty) == plain(o.Difficulty) &&
		plain(e.Proposal) == plain(o.Proposal) && plain(e.Evidence) == plain(o.Evidence)
}

// figures are status, percentage and money in one line.
func (e *Entry) figures() string {
	parts := []string{string(e.Status)}
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
