package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/deliver"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/report"
)

// ErrNobodyLate is the error of a letter about agencies that are late, when none is.
var ErrNobodyLate = errors.New("no agency's report is overdue")

// LetterFormats are the ends of file names that [Pipeline.ReminderLetter] knows.
var LetterFormats = []string{".pdf", ".docx"}

// ReminderLetter is the draft of the công văn that names the agencies whose due day
// is over and whose report is still to come, in one of the [LetterFormats].
func (p *Pipeline) ReminderLetter(ctx context.Context, period plan.Period, format string) ([]byte, error) {
	if p.office.reminder == nil {
		return nil, errNoForms
	}
	made, err := p.standing(ctx, period)
	if err != nil {
		return nil, err
	}
	earlier, err := p.Reminders(ctx, period)
	if err != nil {
		return nil, err
	}
	today := agency.DayOf(p.Now())
	var late []reconcile.AgencyState
	for _, a := range made.Statement.Agencies {
		if isSilent(a) && today.After(a.Due) {
			late = append(late, a)
		}
	}
	if len(late) == 0 {
		return nil, fmt.Errorf("period %s: %w", period, ErrNobodyLate)
	}
	renderer, err := p.office.renderer(today)
	if err != nil {
		return nil, err
	}
	write := map[string]func(io.Writer, *report.Document) error{".pdf": renderer.PDF, ".docx": renderer.DOCX}[format]
	if write == nil {
		return nil, fmt.Errorf("letter format %q: want one of %q", format, LetterFormats)
	}
	var b bytes.Buffer
	if err := write(&b, p.reminderDocument(made, late, earlier)); err != nil {
		return nil, fmt.Errorf("letter about late agencies of %s: %w", period, err)
	}
	return b.Bytes(), nil
}

// reminderDocument is a công văn (NĐ 30/2020/NĐ-CP, PL I): it has no name of its
// kind, and says below its number what it is about.
func (p *Pipeline) reminderDocument(made *Made, late []reconcile.AgencyState, earlier []Reminder) *report.Document {
	w, term, today := p.office.reminder, made.Inputs.Term, agency.DayOf(p.Now())
	reply, until := w.NoReply, w.Until.BeforeLock
	if p.Outgoing != nil {
		reply = p.Outgoing.From.Address
	}
	if today.After(term.Lock) {
		until = w.Until.Locked
	}
	name := p.periodName(term.Period)
	known := strings.NewReplacer(
		"{period}", name, "{PERIOD}", strings.ToUpper(name), "{year}", strconv.Itoa(today.Year), "{plan}", made.Inputs.Plan.Number,
		"{due}", printedDay(term.Due), "{grace}", printedDay(term.Grace), "{lock}", printedDay(term.Lock),
		"{count}", fmt.Sprintf("%02d", len(late)), "{expected}", strconv.Itoa(made.Statement.Reporting.Expected),
		"{today}", printedDay(today), "{day}", writtenDay(today), "{reply}", reply,
	)
	fill := func(text string) string { return known.Replace(strings.ReplaceAll(text, "{until}", until)) }
	each := func(texts []string) []string {
		filled := make([]string, len(texts))
		for i, t := range texts {
			filled[i] = fill(t)
		}
		return filled
	}
	doc := &report.Document{
		Letterhead: report.Letterhead{
			Parent: fill(w.Parent), Issuer: fill(w.Issuer), Symbol: fill(w.Symbol), About: fill(w.Subject),
			Nation: fill(w.Nation), Motto: fill(w.Motto), Place: fill(w.Place),
		},
		Addressee: fill(w.Addressee),
		Signature: report.Signature{Authority: each(w.Authority), Name: w.Name, Recipients: each(w.Recipients)},
		Words: report.Words{
			To: w.Words.To, Recipients: w.Words.Recipients, Page: w.Words.Page, Continued: w.Words.Continued, Body: w.Words.Body,
		},
		Meta: report.Meta{
			Title: strings.Join(strings.Fields(fill(w.Subject)), " "), Author: fill(w.Author), Status: w.Draft, Edition: w.Draft,
			AsOf: today.Start(), Footer: fill(w.Footer),
		},
	}
	doc.Meta.Subject = doc.Meta.Title
	for _, text := range append(each(w.Body), each(w.Closing)...) {
		doc.Body = append(doc.Body, report.Block{Paragraph: text})
	}
	doc.Annexes = []report.Annex{{
		Label: w.Annex.Label, Title: fill(w.Annex.Title), Reference: fill(w.Annex.Reference), Sheet: w.Annex.Sheet, Landscape: true,
		Body: []report.Block{{Table: p.lateTable(made, late, earlier)}},
	}}
	return doc
}

// lateTable lists the late agencies and what is missing of each.
func (p *Pipeline) lateTable(made *Made, late []reconcile.AgencyState, earlier []Reminder) *report.Table {
	w, today := p.office.reminder, agency.DayOf(p.Now())
	t := &report.Table{}
	for _, c := range w.Annex.Columns {
		t.Columns = append(t.Columns, report.Column{Title: c.Title, Width: c.Width, Align: c.Align})
	}
	for i, a := range late {
		var cells []report.Cell
		for _, c := range w.Annex.Columns {
			text := ""
			switch c.Key {
			case "number":
				text = strconv.Itoa(i + 1)
			case "agency":
				text = p.office.directory.Name(a.Agency, made.Inputs.Term.Closes)
			case "due":
				text = printedDay(a.Due)
			case "days":
				text = strconv.Itoa(a.Due.DaysUntil(today))
			case "state":
				text = w.States[a.State]
			case "missing":
				var codes []string
				list, more := missingOf(made.Statement, a.Agency)
				for _, m := range list {
					codes = append(codes, m.Code)
				}
				if more > 0 {
					codes = append(codes, "…")
				}
				text = strings.Join(codes, ", ")
			case "reminded":
				text = strings.Join(remindedOn(earlier, a.Agency), ", ")
			}
			cells = append(cells, report.Cell{Text: text})
		}
		t.Rows = append(t.Rows, report.Row{Cells: cells})
	}
	return t
}

// remindedOn are the days on which an agency was reminded, each once.
func remindedOn(earlier []Reminder, id agency.ID) []string {
	var days []string
	for _, r := range earlier {
		if r.State == deliver.Withdrawn {
			continue
		}
		if day := printedDay(agency.DayOf(r.At)); r.Agency == id && !slices.Contains(days, day) {
			days = append(days, day)
		}
	}
	return days
}
