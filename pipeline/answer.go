package pipeline

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"net/mail"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/collect"
	"baocao/pipeline/deliver"
	"baocao/pipeline/durable"
	"baocao/pipeline/report"
	"baocao/pipeline/store"
)

// Answered is what one Answer did.
type Answered struct {
	Queued  []ReceiptView `json:"queued"`  // letters written now
	Skipped []SkippedView `json:"skipped"` // mails that get none: a clerk must look
	Faults  []ReceiptView `json:"faults"`  // mails that we could not work on; tried again
	Known   int           `json:"known"`   // mails answered before
	Old     int           `json:"old"`     // mails too old to be answered
}

// ReceiptView is one letter.
type ReceiptView struct {
	Key     string `json:"key"`
	To      string `json:"to"`
	Subject string `json:"subject"`
	Letter  string `json:"letter"`              // the template: receipt-held
	File    string `json:"file,omitempty"`      // where the .eml lies
	Ref     string `json:"reference,omitempty"` // of a fault, also in the log
}

// SkippedView is a mail that is not answered.
type SkippedView struct {
	File   string     `json:"file"` // in the inbox
	From   string     `json:"from"`
	Reason SkipReason `json:"reason"`
}

// SkipReason says why a mail is not answered (RFC 3834 §2; and who is not known
// to us is told nothing).
type SkipReason string

// The reasons.
const (
	SkipAuto            SkipReason = "auto-reply"      // a program sent it: out-of-office, bounce, list
	SkipOwn             SkipReason = "own-mail"        // it is from us
	SkipNoSender        SkipReason = "no-sender"       // not exactly one sender
	SkipUnauthenticated SkipReason = "unauthenticated" // our server does not vouch for the sender
	SkipUnknown         SkipReason = "unknown-sender"  // not in the directory
	SkipMany            SkipReason = "too-many"        // so many mails of that address were answered on that day
)

// arrivedMail is one mail that is kept.
type arrivedMail struct {
	*collect.Message
	file    string
	arrived time.Time
}

// Answer writes one receipt for each mail that was kept and not answered yet,
// into the outbox: about all of its documents, to the address that it came
// from, which must be an agency's own. That a receipt is in the outbox is what
// says that the mail was answered. Nothing is sent, see [Pipeline.Deliver].
func (p *Pipeline) Answer(ctx context.Context) (Answered, error) {
	return p.answer(ctx, &answering{Pipeline: p, put: func(l deliver.Letter, eml []byte) (string, error) {
		_, err := p.Store.Queue(ctx, l, eml, p.Now())
		return filepath.Join(p.Store.Outbox(), l.ID()+".eml"), err
	}})
}

// Preview writes the letters that Answer would queue into a folder, and changes
// nothing else: the mails are not answered by it.
func (p *Pipeline) Preview(ctx context.Context, folder string) (Answered, error) {
	return p.answer(ctx, &answering{Pipeline: p, preview: true, put: func(l deliver.Letter, eml []byte) (string, error) {
		name := filepath.Join(folder, l.ID()+".eml")
		return name, durable.WriteFile(name, eml, 0o644)
	}})
}

// answering is one Answer.
type answering struct {
	*Pipeline
	put     func(deliver.Letter, []byte) (file string, err error)
	preview bool // nothing is kept, no try counted

	originals []store.Original
	excess    map[string]bool // mails that are too many, by hash
	done      *Answered
}

func (p *Pipeline) answer(ctx context.Context, w *answering) (Answered, error) {
	a := Answered{Queued: []ReceiptView{}, Skipped: []SkippedView{}, Faults: []ReceiptView{}}
	if p.Outgoing == nil {
		return a, ErrNoPost
	}
	var err error
	if w.originals, err = p.Store.Originals(ctx); err != nil {
		return a, err
	}
	mails := mailsOf(w.originals)
	w.done, w.excess = &a, p.excess(mails)
	for i, m := range mails {
		p.progress("answer", i+1, len(mails))
		if p.Now().Sub(m.arrived) > p.Outgoing.AnswerWithin {
			a.Old++
			continue
		}
		if err := w.mail(ctx, m); err != nil {
			return a, err
		}
	}
	return a, nil
}

// mailsOf are the mails that brought the documents, each once, by arrival.
func mailsOf(originals []store.Original) []arrivedMail {
	known := map[string]bool{}
	var mails []arrivedMail
	for _, o := range originals {
		for _, at := range o.Arrivals {
			if m := at.Message; m != nil && !known[m.SHA256] {
				known[m.SHA256] = true
				mails = append(mails, arrivedMail{m, at.File, at.Arrived})
			}
		}
	}
	slices.SortFunc(mails, func(a, b arrivedMail) int {
		return cmp.Or(a.arrived.Compare(b.arrived), cmp.Compare(a.SHA256, b.SHA256))
	})
	return mails
}

// excess are the mails, by hash, before which so many others of their address
// arrived within 24 hours that they get no answer of themselves. It follows from
// the arrivals alone, so that no later run answers them.
func (p *Pipeline) excess(mails []arrivedMail) map[string]bool {
	if p.Outgoing.PerDay == 0 {
		return nil
	}
	many := map[string]bool{}
	before := map[string][]time.Time{}
	for _, m := range mails {
		if m.AutoReply {
			continue
		}
		from := strings.ToLower(m.From)
		recent := slices.DeleteFunc(before[from], func(t time.Time) bool { return m.arrived.Sub(t) >= 24*time.Hour })
		many[m.SHA256] = len(recent) >= p.Outgoing.PerDay
		before[from] = append(recent, m.arrived)
	}
	return many
}

// redirected is the letter as it is sent while everything goes to one address
// of our own.
func (p *Pipeline) redirected(l deliver.Letter) (deliver.Letter, error) {
	if p.Outgoing.OnlyTo == "" {
		return l, nil
	}
	real := onlyTo{Subject: l.Subject, Text: l.Text}
	for _, to := range l.To {
		real.Recipients = append(real.Recipients, to.Address)
	}
	var err error
	l.Subject, l.Text, err = p.office.letters[letterOnlyTo].Fill(real)
	l.To = []mail.Address{{Address: p.Outgoing.OnlyTo}}
	return l, err
}

// answerable is the agency that a mail is answered to, or why it is not.
func (p *Pipeline) answerable(ctx context.Context, m arrivedMail) (agency.ID, SkipReason, error) {
	_, ours, err := p.Store.LetterByMessageID(ctx, m.ID)
	switch {
	case err != nil:
		return "", "", err
	case ours || strings.EqualFold(m.From, p.Outgoing.From.Address):
		return "", SkipOwn, nil
	case m.AutoReply:
		return "", SkipAuto, nil
	case m.From == "":
		return "", SkipNoSender, nil
	}
	id, known := p.office.directory.Sender(m.From, agency.DayOf(m.arrived))
	switch {
	case !known || deliver.CheckAddress(m.From) != nil:
		return "", SkipUnknown, nil
	case !m.Authenticated:
		return "", SkipUnauthenticated, nil
	}
	return id, "", nil
}

// letterOf is a letter that answers a mail, in the words of a template.
func (p *Pipeline) letterOf(name string, kind deliver.Kind, key string, m arrivedMail, r report.Receipt,
	files []deliver.Attachment) (deliver.Letter, error) {
	subject, text, err := p.office.letters[name].Fill(r)
	if err != nil {
		return deliver.Letter{}, fmt.Errorf("letter %s: %w", name, err)
	}
	return deliver.Letter{
		Office: p.Store.Office(), Kind: kind, Key: key,
		From: p.Outgoing.From, To: []mail.Address{{Name: r.Agency, Address: m.From}},
		Subject: subject, Text: text, Attachments: files,
		InReplyTo: m.ID, References: p.thread(m.SHA256),
	}, nil
}

// thread is the mails that the mail says it belongs to.
func (p *Pipeline) thread(sha string) []string {
	raw, err := p.Store.Mail(sha)
	if err != nil {
		return nil
	}
	head, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil { // an odd mail is answered all the same, by its own id
		return nil
	}
	return strings.Fields(strings.ReplaceAll(head.Header.Get("References"), ">", "> "))
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}
