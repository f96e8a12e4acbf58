package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"baocao/pipeline/agency"
	"baocao/pipeline/deliver"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// The reasons for which a letter that waits is not sent any more.
//
// A reminder of any step is withdrawn for each of them, a blank form only when
// its period is issued. All other letters are sent whatever happens: receipts
// answer a mail, questions are a clerk's own words, drafts tell of their moment,
// and an issued report stays issued.
const (
	WithdrawnReceived = "report-received" // the report came in: accepted, nothing to report, or held
	WithdrawnWaived   = "waived"          // a clerk lets the period be issued without it
	WithdrawnMoved    = "due-day-moved"   // the agency has another due day than the letter says
	WithdrawnNotAsked = "not-asked"       // the agency need not report in the period any more
	WithdrawnClosed   = "period-issued"
)

// overtaken tells of letters whether what they say has been overtaken. What it
// computes of a period it keeps: it is of one moment.
type overtaken struct {
	*Pipeline
	periods map[plan.Period]*Made
}

func (p *Pipeline) overtaken() *overtaken {
	return &overtaken{p, map[plan.Period]*Made{}}
}

// canBe reports whether anything can overtake letters of a kind.
func (*overtaken) canBe(kind deliver.Kind) bool { return kind == kindReminder || kind == kindForm }

// reason is why a letter is not to be sent any more; empty: it is.
func (o *overtaken) reason(ctx context.Context, l deliver.Posting) (string, error) {
	switch l.Kind {
	case kindForm:
		period, ok := formedFor(l.Key)
		if !ok {
			return "", nil
		}
		gate, err := o.Store.Gate(ctx, period)
		if err == nil && gate.Closed() {
			return WithdrawnClosed, nil
		}
		return "", err
	case kindReminder:
		if about, ok := remindedOf(l.Key); ok {
			return o.reminder(ctx, about)
		}
	}
	return "", nil
}

func (o *overtaken) reminder(ctx context.Context, about reminded) (string, error) {
	gate, err := o.Store.Gate(ctx, about.period)
	switch {
	case err != nil:
		return "", err
	case gate.Closed():
		return WithdrawnClosed, nil
	}
	made := o.periods[about.period]
	if made == nil {
		made, err = o.Statement(ctx, about.period, lastSecond(agency.DayOf(o.Now())))
		switch {
		case errors.Is(err, ErrNotReported):
			return WithdrawnNotAsked, nil
		case err != nil:
			return "", fmt.Errorf("letters of %s: %w", about.period, err)
		}
		o.periods[about.period] = made
	}
	i := slices.IndexFunc(made.Statement.Agencies, func(a reconcile.AgencyState) bool { return a.Agency == about.agency })
	if i < 0 {
		return WithdrawnNotAsked, nil
	}
	switch a := made.Statement.Agencies[i]; {
	case a.State == reconcile.StateWaived:
		return WithdrawnWaived, nil
	case !isSilent(a):
		return WithdrawnReceived, nil
	case ownDue(a, made.Statement.Term) != about.own:
		return WithdrawnMoved, nil
	}
	return "", nil
}

// withdraw takes back what waits in the outbox and is overtaken, and tells from
// how many recipients. One that a
// process has in its hands is judged there, see [postRun.overtaken]. That
// something cannot be judged is logged, and keeps nothing from being done: it is
// judged again before it is sent.
func (p *Pipeline) withdraw(ctx context.Context) (withdrawn int, err error) {
	if p.DryRun {
		return 0, nil
	}
	letters, err := p.Store.Letters(ctx, deliver.Queued, deliver.MaybeSent)
	if err != nil {
		return withdrawn, err
	}
	o := p.overtaken()
	for _, l := range letters {
		if !o.canBe(l.Kind) || !slices.ContainsFunc(l.Recipients, deliver.Recipient.Waiting) {
			continue
		}
		reason, err := o.reason(ctx, l)
		if err != nil {
			if ctx.Err() != nil {
				return withdrawn, err
			}
			p.Log.Error("withdraw", "key", l.Key, "err", err)
			continue
		}
		if reason == "" {
			continue
		}
		n, err := p.Store.WithdrawLetter(ctx, l.Key, reason, p.Now())
		if err != nil {
			return withdrawn, err
		}
		if withdrawn += n; n > 0 {
			p.Log.Info("withdraw", "key", l.Key, "recipients", n, "reason", reason)
		}
	}
	return withdrawn, nil
}
