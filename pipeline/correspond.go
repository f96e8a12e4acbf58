package pipeline

import (
	"context"
	"errors"
	"path/filepath"
)

// Corresponded is what a Correspond did.
type Corresponded struct {
	Answered  Answered  `json:"answered"`
	Delivered Delivered `json:"delivered"`
	Error     string    `json:"error,omitempty"`
}

// Correspond answers the mails that were kept and posts what waits in the
// outbox, so that a sender has a receipt soon after his report is here. Without
// a mail server for it it does nothing and returns nil.
//
// In a dry run nothing is sent: the receipts are written to out/dry-run, and
// their mails are answered by the next run that is none. The result is also
// there beside an error, which is in it as text.
func (p *Pipeline) Correspond(ctx context.Context) (*Corresponded, error) {
	if p.Outgoing == nil {
		return nil, nil
	}
	answer := p.Answer
	if p.DryRun {
		answer = func(ctx context.Context) (Answered, error) { return p.Preview(ctx, filepath.Join(p.Out, "dry-run")) }
	}
	answered, err := answer(ctx)
	delivered, errDeliver := p.Deliver(ctx, DeliverOptions{DryRun: p.DryRun})
	err = errors.Join(err, errDeliver)
	c := &Corresponded{Answered: answered, Delivered: delivered}
	if err != nil {
		c.Error = err.Error()
	}
	return c, err
}
