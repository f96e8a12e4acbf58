package pipeline

import (
	"context"
	"time"

	"baocao/pipeline/collect"
)

// Fetched is what one look into the mailbox did, and what a clerk must look at
// there.
type Fetched struct {
	collect.Fetched
	Attention []MailView `json:"attention"` // messages that could not be fetched and are not tried again
	Error     string     `json:"error,omitempty"`
}

// MailView is a message that lies in the mailbox and could not be fetched.
type MailView struct {
	From     string    `json:"from"`
	Subject  string    `json:"subject"`
	Received time.Time `json:"received"`
	Size     int64     `json:"size"`
	Problem  string    `json:"problem"` // in English, as the log has it
	UID      uint32    `json:"uid"`
}

// Fetch puts the new mail of the office's mailbox into the inbox, where Collect
// finds it. Without a mailbox it does nothing and returns nil.
//
// The result is also there beside an error, which is in it as text.
func (p *Pipeline) Fetch(ctx context.Context) (*Fetched, error) {
	if p.Mailbox == nil {
		return nil, nil
	}
	p.progress("fetch", 0, 1)
	got, err := p.Mailbox.Fetch(ctx)
	fetched, err := p.fetched(ctx, got, err)
	p.progress("fetch", 1, 1)
	return fetched, err
}

// Watched is what one round of a Watch did; Collected is nil when there was
// nothing new.
type Watched struct {
	Fetched      *Fetched
	Collected    *Collected
	Corresponded *Corresponded
}

// Watch fetches, collects and answers until the context ends: what is in the
// mailbox, and then every message soon after it arrives. Each time it tells what
// was done. The error of a collect ends it; those of the mail servers are
// logged, and it tries again.
func (p *Pipeline) Watch(ctx context.Context, told func(Watched)) error {
	again := true
	return p.Mailbox.Watch(ctx, func(ctx context.Context, got collect.Fetched, err error) error {
		fetched, err := p.fetched(ctx, got, err)
		if err != nil {
			p.Log.Error("fetch", "err", err)
		}
		w := Watched{Fetched: fetched}
		if again || got.Stored > 0 {
			again = false
			collected, err := p.Collect(ctx)
			if err != nil {
				if ctx.Err() != nil {
					return nil
				}
				return err
			}
			w.Collected, again = &collected, collected.Unjudged > 0
		}
		if w.Corresponded, err = p.Correspond(ctx); err != nil { // also what was to be tried again
			p.Log.Error("correspond", "err", err)
		}
		told(w)
		return nil
	})
}

func (p *Pipeline) fetched(ctx context.Context, got collect.Fetched, err error) (*Fetched, error) {
	attention, errRead := p.MailAttention(ctx)
	if err == nil {
		err = errRead
	}
	f := &Fetched{Fetched: got, Attention: attention}
	if err != nil {
		f.Error = err.Error()
	}
	return f, err
}

// mostAttention is how many messages a person is shown at a time.
const mostAttention = 1000

// MailAttention is the messages that a clerk must look at in the mailbox.
func (p *Pipeline) MailAttention(ctx context.Context) ([]MailView, error) {
	views := []MailView{}
	if p.Mailbox == nil {
		return views, nil
	}
	rows, err := p.Store.AttentionMail(ctx, p.Mailbox.Place(), mostAttention)
	if err != nil {
		return views, err
	}
	for _, r := range rows {
		views = append(views, MailView{
			From: r.From, Subject: shown(r.Subject), Received: r.Received, Size: r.Size, Problem: r.Problem, UID: r.UID,
		})
	}
	return views, nil
}
