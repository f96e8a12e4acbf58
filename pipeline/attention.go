package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"baocao/pipeline/deliver"
	"baocao/pipeline/store"
)

// Attention is one thing that the program does not get done by itself: a clerk
// must look.
type Attention struct {
	Kind      AttentionKind `json:"kind"`
	Reference string        `json:"reference"` // by which log, letters and commands name it
	Since     time.Time     `json:"since"`
	Alarm     bool          `json:"alarm"` // it is left lying for longer than AlarmAfter

	Who     string     `json:"who"` // the mail address
	Subject string     `json:"subject"`
	File    string     `json:"file"`
	Tries   int        `json:"tries"`    // that came to nothing; of too-many-mails: the mails
	NextTry *time.Time `json:"next_try"` // null: it is given up, or was not tried
	Detail  string     `json:"detail"`   // what a server or the program said, as the log has it

	Message string `json:"message"` // what it is, in Vietnamese
	Advice  string `json:"advice"`  // and what to do
}

// AttentionKind says what a clerk must look at.
type AttentionKind string

// The kinds.
const (
	AttentionFault        AttentionKind = "fault-of-ours"      // a mail that we cannot answer
	AttentionUnread       AttentionKind = "document-not-read"  // for a reason that may be the machine's
	AttentionNotFetched   AttentionKind = "mail-not-fetched"   // it lies on the mail server
	AttentionNotCollected AttentionKind = "mail-not-collected" // fetched long ago, and not looked at
	AttentionNotAnswered  AttentionKind = "mail-not-answered"  // collected long ago
	AttentionManyMails    AttentionKind = "too-many-mails"     // of one address; the rest gets no answer
	AttentionFailed       AttentionKind = "letter-failed"      // refused for good, or tried too often
	AttentionBounced      AttentionKind = "letter-bounced"     // taken over, and given back
	AttentionMaybeSent    AttentionKind = "letter-maybe-sent"  // not tried again: the server's answers were lost
	AttentionNotSent      AttentionKind = "letter-not-sent"    // waits for long
)

// attentionKinds are all of them, in the order in which they are shown.
var attentionKinds = []AttentionKind{
	AttentionFault, AttentionUnread, AttentionNotFetched, AttentionNotCollected, AttentionNotAnswered,
	AttentionManyMails, AttentionFailed, AttentionBounced, AttentionMaybeSent, AttentionNotSent,
}

// alarmAfter is for how long work may lie where the office says nothing else.
const alarmAfter = 24 * time.Hour

// Attention is all that a clerk must look at as of now, by kind and age.
func (p *Pipeline) Attention(ctx context.Context, now time.Time) ([]Attention, error) {
	g := gathering{Pipeline: p, now: now, within: cmp.Or(p.AlarmAfter, alarmAfter), all: []Attention{}}
	for _, gather := range []func(context.Context) error{g.mailbox, g.mails, g.letters} {
		if err := gather(ctx); err != nil {
			return nil, fmt.Errorf("gather what needs attention: %w", err)
		}
	}
	for i := range g.all {
		a := &g.all[i]
		a.Alarm = now.Sub(a.Since) > g.within
		a.Subject, a.Detail = shown(a.Subject), shown(a.Detail)
		p.office.attention.say(a)
	}
	slices.SortStableFunc(g.all, func(a, b Attention) int {
		return cmp.Or(cmp.Compare(slices.Index(attentionKinds, a.Kind), slices.Index(attentionKinds, b.Kind)), a.Since.Compare(b.Since))
	})
	return g.all, nil
}

// gathering is the state of one Attention.
type gathering struct {
	*Pipeline
	now    time.Time
	within time.Duration
	all    []Attention
}

// old reports whether work that began then lies for too long.
func (g *gathering) old(began time.Time) bool { return g.now.Sub(began) > g.within }

func (g *gathering) mailbox(ctx context.Context) error {
	mails, err := g.MailAttention(ctx)
	if err != nil {
		return err
	}
	for _, m := range mails {
		g.all = append(g.all, Attention{
			Kind: AttentionNotFetched, Reference: fmt.Sprint("UID ", m.UID), Since: m.Received,
			Who: m.From, Subject: m.Subject, Detail: m.Problem,
		})
	}
	waiting, err := g.Store.UncollectedMail(ctx, mostAttention)
	if err != nil {
		return err
	}
	for _, m := range waiting {
		if g.old(m.Received) {
			g.all = append(g.all, Attention{
				Kind: AttentionNotCollected, Reference: m.SHA256[:12], Since: m.Received, Who: m.From, Subject: m.Subject,
				File: m.SHA256 + ".eml", Tries: m.Attempts,
			})
		}
	}
	return nil
}

// mails gathers the mails that are not answered, and the documents not read.
func (g *gathering) mails(ctx context.Context) error {
	originals, err := g.Store.Originals(ctx)
	if err != nil {
		return err
	}
	faults, err := g.Store.Faults(ctx)
	if err != nil {
		return err
	}
	byJob := map[string]store.Fault{}
	for _, f := range faults {
		byJob[f.Job] = f
	}
	unread, err := g.Store.Unread(ctx)
	if err != nil {
		return err
	}
	for _, o := range originals {
		if _, tried := byJob[readJob(o.SHA256)]; !tried && !(unread[o.SHA256] && g.old(o.Arrived)) {
			continue
		}
		if err := g.unread(ctx, o, byJob); err != nil {
			return err
		}
	}
	if g.Outgoing == nil {
		return nil
	}
	mails := mailsOf(originals)
	excess, many := g.excess(mails), map[string]int{}
	for _, m := range mails {
		if err := g.unanswered(ctx, m, byJob, excess, many); err != nil {
			return err
		}
	}
	return nil
}

// unread gathers a document that could not be read, or was left lying.
func (g *gathering) unread(ctx context.Context, o store.Original, faults map[string]store.Fault) error {
	fault := faults[readJob(o.SHA256)]
	if s, read, err := g.Store.LastReading(ctx, o.SHA256); err != nil || read && !isPassing(s) {
		return err
	}
	a := Attention{
		Kind: AttentionUnread, Reference: faultReference(o.SHA256), Since: o.Arrived, File: originOf(o).Name,
		Tries: fault.Tries, NextTry: timeView(fault.NextTry),
	}
	a.Detail, _, _ = strings.Cut(fault.Problem, rulesMark)
	if m := o.Arrival.Message; m != nil {
		a.Who, a.Subject = m.From, m.Subject
	}
	g.all = append(g.all, a)
	return nil
}

// unanswered gathers a mail that has no answer and should have one; many is
// where the list tells of each address that sent too many.
func (g *gathering) unanswered(ctx context.Context, m arrivedMail, faults map[string]store.Fault, excess map[string]bool, many map[string]int) error {
	fault, tried := faults[answerJob(m.SHA256)]
	old := g.now.Sub(m.arrived) > g.Outgoing.AnswerWithin
	if !tried && (old || !g.old(m.arrived) && !excess[m.SHA256]) {
		return nil
	}
	if known, err := g.Store.HasLetter(ctx, receiptKey(m)); err != nil || known {
		return err
	}
	if _, reason, err := g.answerable(ctx, m); err != nil || reason != "" {
		return err
	}
	a := Attention{
		Kind: AttentionNotAnswered, Reference: faultReference(m.SHA256), Since: m.arrived, Who: m.From, Subject: m.Subject, File: m.file,
		Tries: fault.Tries, NextTry: timeView(fault.NextTry), Detail: fault.Problem,
	}
	switch {
	case tried:
		a.Kind = AttentionFault
	case excess[m.SHA256]:
		from := strings.ToLower(m.From)
		if i, known := many[from]; known {
			g.all[i].Tries++
			return nil
		}
		many[from] = len(g.all)
		a.Kind, a.Tries = AttentionManyMails, 1
	}
	g.all = append(g.all, a)
	return nil
}

// letterKinds are the letters that a clerk must look at, by state.
var letterKinds = map[deliver.State]AttentionKind{
	deliver.Failed: AttentionFailed, deliver.Bounced: AttentionBounced, deliver.MaybeSent: AttentionMaybeSent,
}

func (g *gathering) letters(ctx context.Context) error {
	letters, err := g.Store.Letters(ctx, deliver.Failed, deliver.Bounced, deliver.MaybeSent, deliver.Queued, deliver.Sending)
	if err != nil {
		return err
	}
	for _, l := range letters {
		for _, r := range l.Recipients {
			a := Attention{
				Kind: letterKinds[r.State], Reference: l.ID[:12], Since: r.Changed, Who: r.Address, Subject: l.Subject,
				File: l.ID + ".eml", Tries: r.Attempts, NextTry: timeView(r.NextTry), Detail: r.Answer,
			}
			switch {
			case r.Stuck():
			case r.Waiting() && g.old(l.Queued):
				a.Kind, a.Since = AttentionNotSent, l.Queued
			default:
				continue
			}
			g.all = append(g.all, a)
		}
	}
	return nil
}

// Retry makes be tried again at once what came to nothing and waits, or was given
// up: mails that could not be answered, documents that could not be read.
func (p *Pipeline) Retry(ctx context.Context) error { return p.Store.RetryFaults(ctx, p.Now()) }
