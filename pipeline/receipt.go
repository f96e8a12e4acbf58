package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/deliver"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/report"
	"baocao/pipeline/store"
)

// Limits on what a receipt says and carries; the marked workbook says the rest.
const (
	mostSaid     = 20
	mostChanges  = 10
	mostUnused   = 10
	mostAttached = 10 << 20 // bytes of all marked workbooks of one letter
)

// errReaderDied says that our reader broke down over a document: that is no
// fault of its sender.
var errReaderDied = errors.New("its reader broke down")

// receiptLetter is the answer to a mail, and by which template.
//
// What it says is what [Pipeline.Check] says of the mail as it arrived: an
// agency reads in its receipt what it could have read before it sent the
// documents, and of no other arrival of the same document.
func (p *Pipeline) receiptLetter(ctx context.Context, m arrivedMail, sender agency.ID, originals []store.Original) (deliver.Letter, string, error) {
	raw, err := p.Store.Mail(m.SHA256)
	if err != nil {
		return deliver.Letter{}, "", err
	}
	checked, err := p.Check(ctx, mailName(m), raw, CheckOptions{AsOf: m.arrived})
	if err != nil {
		return deliver.Letter{}, "", err
	}
	for _, c := range checked {
		if hasCode(c.Submission, codeReaderDied) {
			return deliver.Letter{}, "", fmt.Errorf("document %q: %w", c.Submission.File, errReaderDied)
		}
	}
	r := p.receiptHead(m, sender)
	var files []deliver.Attachment
	size := 0
	for i, c := range checked {
		d, err := p.receiptDocument(ctx, m, sender, c, originals)
		if err != nil {
			return deliver.Letter{}, "", err
		}
		d.Number = i + 1
		marked, err := p.markedCopy(c)
		if err != nil { // the receipt says what there is to say without it
			p.Log.Error("answer", "ref", faultReference(m.SHA256), "file", m.file, "err", err)
		}
		if size += len(marked.Data); marked.Data != nil && size <= mostAttached {
			marked.Name = freeName(marked.Name, files)
			d.Marked = marked.Name
			files = append(files, marked)
		}
		r.Documents = append(r.Documents, d)
		r.Partly = r.Partly || d.Partly
	}
	name := letterFor(m, checked, &r)
	p.nameReceipt(m, sender, checked, &r)
	pdf, err := p.receiptPDF(r, m.arrived)
	if err != nil {
		return deliver.Letter{}, "", err
	}
	files = append([]deliver.Attachment{pdf}, files...)
	letter, err := p.letterOf(name, deliver.Receipt, receiptKey(m), m, r, files)
	return letter, name, err
}

// mailName is the name of the mail's file; of a mail that lay in an archive,
// one by which it is known as a mail.
func mailName(m arrivedMail) string {
	if name := path.Base(m.file); strings.EqualFold(path.Ext(name), ".eml") {
		return name
	}
	return m.SHA256[:12] + ".eml"
}

// receiptHead is what is known of a mail without its documents.
func (p *Pipeline) receiptHead(m arrivedMail, sender agency.ID) report.Receipt {
	at := m.arrived.In(agency.Zone)
	day := agency.DayOf(m.arrived)
	r := report.Receipt{
		Number:   at.Format("20060102") + "-" + m.SHA256[:8],
		Received: at.Format("15 giờ 04 phút, ngày ") + printedDay(day),
		Day:      writtenDay(day),
		Agency:   p.office.directory.Name(sender, day),
		Sender:   m.From, Subject: m.Subject,
	}
	r.Token = receiptToken(plan.Period{}, sender, m.SHA256)
	return r
}

// receiptToken is what a reply carries in its subject.
func receiptToken(period plan.Period, sender agency.ID, sha string) string {
	words := []string{"BC"}
	if !period.IsZero() {
		words = append(words, period.String())
	}
	return "[" + strings.Join(append(words, strings.ToUpper(string(sender)), sha[:6]), " ") + "]"
}

// nameReceipt puts the period of the first document that tells one at the head.
func (p *Pipeline) nameReceipt(m arrivedMail, sender agency.ID, checked []Checked, r *report.Receipt) {
	for _, c := range checked {
		if s := c.Submission; !s.Period.IsZero() && isReport(s) {
			r.Period = p.periodName(s.Period)
			r.Token = receiptToken(s.Period, sender, m.SHA256)
			return
		}
	}
}

// letterFor is the template for a mail. What holds no table, such as the signed
// copy beside the workbook, decides only when there is nothing else; of several
// tables the one with the greatest need does.
func letterFor(m arrivedMail, checked []Checked, r *report.Receipt) string {
	worst, reports := 0, false
	for _, c := range checked {
		s := c.Submission
		if !isReport(s) {
			continue
		}
		reports = true
		switch {
		case s.Outcome == form.Reject:
			worst = max(worst, 3)
		case s.Outcome == form.Review:
			worst = max(worst, 2)
		case !s.Nothing:
			worst = max(worst, 1)
		}
	}
	tables := slices.ContainsFunc(checked, func(c Checked) bool {
		return c.Submission.Outcome == form.Reject && hasCode(c.Submission, "no-table") && !isUnread(c.Submission)
	})
	switch {
	case m.CheckOnly:
		r.Outcome = "check"
		return letterCheck
	case !reports && !tables:
		r.Outcome = "nothing"
		return letterNothing
	case !reports || worst == 3:
		r.Outcome = "rejected"
		return letterRejected
	case worst == 2:
		r.Outcome = "held"
		return letterHeld
	case worst == 1:
		r.Outcome = "accepted"
		return letterAccepted
	}
	r.Outcome = "nil"
	return letterNil
}

// receiptPDF is the receipt for the agency's files.
func (p *Pipeline) receiptPDF(r report.Receipt, arrived time.Time) (deliver.Attachment, error) {
	doc, err := p.office.outline.Receipt(&p.office.receipt, r, arrived)
	if err != nil {
		return deliver.Attachment{}, err
	}
	renderer, err := p.office.renderer(agency.DayOf(arrived))
	if err != nil {
		return deliver.Attachment{}, err
	}
	var b bytes.Buffer
	if err := renderer.PDF(&b, doc); err != nil {
		return deliver.Attachment{}, fmt.Errorf("receipt %s: %w", r.Number, err)
	}
	return deliver.Attachment{Name: "giay-xac-nhan-" + r.Number + ".pdf", Type: "application/pdf", Data: b.Bytes()}, nil
}
