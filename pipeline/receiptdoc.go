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
	p.receiptFindings(&d, s)
	for _, e := range s.Entries {
		switch {
		case s.Outcome == form.Reject:
			d.Rejected++
		case e.Held || s.Outcome == form.Review:
			d.Held++
		default:
			d.Accepted++
			d.Activities = append(d.Activities, string(e.Activity))
		}
	}
	for _, row := range s.SetAside {
		if row.Reason == form.Unknown {
			d.Rejected++
		}
	}
	d.Read = d.Accepted + d.Held + d.Rejected
	d.Before = firstReceived(m, s.SHA256, originals)
	if s.Period.IsZero() || !isReport(s) {
		return d, nil
	}
	d.Period = p.periodName(s.Period)
	if term, err := p.office.calendar.Term(s.Period); err == nil {
		on, now := agency.DayOf(m.arrived), agency.DayOf(p.Now())
		d.Due, d.Grace, d.Lock = printedDay(term.Due), printedDay(term.Grace), printedDay(term.Lock)
		d.Late, d.Locked = on.After(term.Due), on.After(term.Lock)
		for _, day := range []agency.Day{term.Due, term.Grace, term.Lock} {
			if !now.After(day) {
				d.Until = printedDay(day)
				break
			}
		}
	}
	if m.CheckOnly || s.Outcome != form.Accept || s.Agency != sender {
		return d, nil // of another agency nothing more is told, and of a trial no version
	}
	return d, p.receiptVersion(ctx, &d, s)
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

func (p *Pipeline) receiptFindings(d *report.ReceiptDocument, s form.Submission) {
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
			Level: p.office.mark.Levels[f.Level], Text: strings.Join(strings.Fields(p.Say(f)), " "),
		})
	}
	d.MoreFindings = len(all) - len(d.Findings)
}

// receiptVersion tells which valid document of its agency and period this one
// is, and what it changes.
func (p *Pipeline) receiptVersion(ctx context.Context, d *report.ReceiptDocument, s form.Submission) error {
	all, err := p.Store.Submissions(ctx, s.Period, s.Arrived)
	if err != nil {
		return err
	}
	d.Version = 1
	var before *form.Submission
	for i, other := range all {
		if other.Agency == s.Agency && other.Outcome == form.Accept && other.SHA256 != s.SHA256 {
			d.Version++
			before = &all[i]
		}
	}
	if before == nil {
		return nil
	}
	d.Previous = printedTime(before.Arrived)
	changes := p.changes(*before, s)
	d.MoreChanges = max(0, len(changes)-mostChanges)
	d.Changes = changes[:len(changes)-d.MoreChanges]
	return nil
}

// changes are the figures that the newer of two submissions changes, in its
// order. An activity that it says nothing about keeps the older figures.
func (p *Pipeline) changes(before, after form.Submission) []report.ReceiptChange {
	old := map[plan.Code]form.Entry{}
	for _, e := range before.Entries {
		if !e.Held {
			old[e.Activity] = e
		}
	}
	var all []report.ReceiptChange
	for _, e := range after.Entries {
		if e.Held {
			continue
		}
		all = append(all, p.entryChanges(e.Activity, old[e.Activity], e)...)
	}
	return all
}

func (p *Pipeline) entryChanges(code plan.Code, was, is form.Entry) []report.ReceiptChange {
	millions := " " + p.office.receipt.Unit
	var all []report.ReceiptChange
	for _, f := range []struct{ key, before, after string }{
		{"status", p.progressWord(was.Status), p.progressWord(is.Status)},
		{"percent", figure(was.Percent, ""), figure(is.Percent, "")},
		{"spent", figure(was.Spent, millions), figure(is.Spent, millions)},
		{"spent_total", figure(was.SpentTotal, millions), figure(is.SpentTotal, millions)},
	} {
		if f.before != f.after {
			all = append(all, report.ReceiptChange{
				Activity: string(code), What: p.office.outline.Figure[f.key], Before: f.before, After: f.after,
			})
		}
	}
	return all
}

func (p *Pipeline) progressWord(s form.Progress) string {
	if s == "" {
		return ""
	}
	return p.office.outline.Progress[s]
}

// figure is a figure as it is written in Vietnamese, empty when there is none.
func figure[T fmt.Stringer](v *T, unit string) string {
	if v == nil {
		return ""
	}
	return strings.ReplaceAll((*v).String(), ".", ",") + unit
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
