package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/deliver"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/report"
	"baocao/pipeline/store"
)

// receiptDocument is what is said of one document.
func (p *Pipeline) receiptDocument(ctx context.Context, m arrivedMail, sender agency.ID, c Checked, originals []store.Original) (report.ReceiptDocument, error) {
	s := c.Submission
	d := report.ReceiptDocument{
		File: s.File, Hash: s.SHA256[:16], Outcome: string(s.Outcome), Nothing: s.Nothing, Ref: s.Ref,
	}
	for _, a := range s.Attachments {
		d.Attached = append(d.Attached, a.File)
	}
	d.Body = c.data == nil || hasCode(s, codeTableInBody)
	p.receiptFindings(&d, m, s)
	receiptRows(&d, s)
	d.Before = firstReceived(m, s.SHA256, originals)
	if s.Period.IsZero() || !isReport(s) {
		return d, nil
	}
	d.Period = p.periodName(s.Period)
	if err := p.receiptDays(ctx, &d, m, s); err != nil {
		return d, err
	}
	if m.CheckOnly || s.Outcome != form.Accept || s.Agency != sender {
		return d, nil // of another agency nothing more is told, and of a trial no version
	}
	return d, p.receiptVersion(ctx, &d, s)
}

// receiptDays are the days that count for the document's agency, and whether its
// period was issued before the mail came.
func (p *Pipeline) receiptDays(ctx context.Context, d *report.ReceiptDocument, m arrivedMail, s form.Submission) error {
	term, err := p.office.calendar.Term(s.Period)
	if err != nil {
		return nil // no period of the office's calendar has days
	}
	rulings, err := p.Store.Rulings(ctx, s.Period)
	if err != nil {
		return err
	}
	term = reconcile.TermOf(term, rulings, s.Agency)
	on, now := agency.DayOf(m.arrived), agency.DayOf(p.Now())
	d.Due, d.Grace, d.Lock = printedDay(term.Due), printedDay(term.Grace), printedDay(term.Lock)
	d.Late, d.Locked = on.After(term.Due), on.After(term.Lock)
	gate, err := p.Store.Gate(ctx, s.Period)
	if err != nil {
		return err
	}
	if gate.Closed() && m.arrived.After(gate.Issue.AsOf) {
		d.Closed = p.ClosedSentence(gate)
		return nil
	}
	for _, day := range []agency.Day{term.Due, term.Grace, term.Lock} {
		if !now.After(day) {
			d.Until = printedDay(day)
			break
		}
	}
	return nil
}

// sayInReceipt is the sentence for f under the heading of its document: neither
// the document's own name, nor that by which we keep the mail, is said again.
func (p *Pipeline) sayInReceipt(f finding.Finding, m arrivedMail, file string) string {
	if f.Place.File != file && f.Place.File != mailName(m) {
		return oneLine(p.Say(f))
	}
	whole := p.office.wording.Place(finding.Place{File: f.Place.File})
	if place := p.office.wording.Place(f.Place); place == whole {
		return oneLine(p.sayHere(f))
	}
	return capitalised(strings.TrimPrefix(oneLine(p.Say(f)), whole+", "))
}

// firstReceived is when the same document came before the mail, if it did.
func firstReceived(m arrivedMail, sha string, originals []store.Original) string {
	first := m.arrived
	for _, o := range originals {
		if o.SHA256 != sha {
			continue
		}
		for _, a := range o.Arrivals {
			trial := a.Message != nil && (a.Message.CheckOnly || a.Message.AutoReply)
			if !trial && (a.Message == nil || a.Message.From == m.From) && a.Arrived.Before(first) {
				first = a.Arrived
			}
		}
	}
	if first.Equal(m.arrived) {
		return ""
	}
	return printedTime(first)
}

// receiptRows tells what becomes of each row about an activity.
func receiptRows(d *report.ReceiptDocument, s form.Submission) {
	faulty := map[string]bool{} // activities with something that is not used
	written := map[finding.Place]string{}
	for _, f := range s.Findings {
		if f.Level == finding.Error {
			faulty[f.Activity] = true
			written[finding.Place{Sheet: f.Place.Sheet, Row: f.Place.Row}] = f.Got
		}
	}
	for _, e := range s.Entries {
		code := string(e.Activity)
		switch {
		case s.Outcome == form.Reject:
			d.Rejected++
		case e.Held || s.Outcome == form.Review:
			d.Held++
			d.Waiting = append(d.Waiting, code)
		default:
			d.Accepted++
			d.Activities = append(d.Activities, code)
			if faulty[code] {
				d.Incomplete = append(d.Incomplete, code)
			}
		}
	}
	for _, row := range s.SetAside {
		if row.Reason != form.Unknown {
			continue
		}
		d.Rejected++
		if got := written[finding.Place{Sheet: row.Place.Sheet, Row: row.Place.Row}]; got != "" {
			d.Unused = append(d.Unused, oneLine(got))
		}
	}
	if len(d.Unused) > mostUnused {
		d.Unused = append(d.Unused[:mostUnused], "…")
	}
	d.Read = d.Accepted + d.Held + d.Rejected
	d.Partly = s.Outcome == form.Accept && !s.Nothing && (d.Held > 0 || d.Rejected > 0 || d.Errors > 0)
}

func (p *Pipeline) receiptFindings(d *report.ReceiptDocument, m arrivedMail, s form.Submission) {
	all := slices.SortedStableFunc(slices.Values(s.Findings), finding.Compare)
	for _, f := range all {
		switch f.Level {
		case finding.Error:
			d.Errors++
		case finding.Warning:
			d.Warnings++
		default:
			d.Notes++
		}
	}
	for _, f := range all[:min(len(all), mostSaid)] {
		d.Findings = append(d.Findings, report.ReceiptFinding{
			Level: p.office.mark.Levels[f.Level], Text: p.sayInReceipt(f, m, s.File),
		})
	}
	d.MoreFindings = len(all) - len(d.Findings)
}

func (p *Pipeline) periodName(period plan.Period) string {
	return strings.ReplaceAll(p.office.mark.Periods[period.Part], "{year}", strconv.Itoa(period.Year))
}

func printedDay(d agency.Day) string {
	return fmt.Sprintf("%d/%d/%d", d.Day, int(d.Month), d.Year)
}

// writtenDay is the day as it stands beside the place in an official document:
// two digits for the day, and for January and February (NĐ 30/2020/NĐ-CP, PL I).
func writtenDay(d agency.Day) string {
	month := strconv.Itoa(int(d.Month))
	if d.Month < 3 {
		month = "0" + month
	}
	return fmt.Sprintf("%02d tháng %s năm %d", d.Day, month, d.Year)
}

func printedTime(t time.Time) string {
	return t.In(agency.Zone).Format("15:04 ngày 2/1/2006")
}

// markedCopy is the document with its remarks in it; empty when there is
// nothing to say, or no workbook to say it in.
func (p *Pipeline) markedCopy(c Checked) (deliver.Attachment, error) {
	if len(c.Submission.Findings) == 0 || c.Submission.Outcome == form.Ignore {
		return deliver.Attachment{}, nil
	}
	var b bytes.Buffer
	err := p.Mark(&b, c)
	switch {
	case errors.Is(err, ErrNothingToMark):
		return deliver.Attachment{}, nil
	case err != nil:
		return deliver.Attachment{}, err
	}
	name := path.Base(c.Submission.File)
	return deliver.Attachment{
		Name: strings.TrimSuffix(strings.TrimSuffix(name, path.Ext(name)), ".ra-soat") + ".ra-soat.xlsx",
		Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		Data: b.Bytes(),
	}, nil
}

// freeName is the name, numbered if another file of the letter has it.
func freeName(name string, files []deliver.Attachment) string {
	free := name
	for n := 2; slices.ContainsFunc(files, func(f deliver.Attachment) bool { return f.Name == free }); n++ {
		free = fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(name, path.Ext(name)), n, path.Ext(name))
	}
	return free
}
