package pipeline

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/deliver"
	"baocao/pipeline/durable"
	"baocao/pipeline/store"
)

// DeliverOptions say what is posted.
type DeliverOptions struct {
	Retry  bool // also what failed; never what was, or may have been, sent
	DryRun bool // nothing is sent or changed; the result says what would be

	// Again is the id of a letter that goes out once more on a clerk's word, to
	// those whom it did not, or may not, have reached; see [store.Store.Order].
	Again string
	By    store.Actor // the clerk
}

// Delivered is what one Deliver did.
type Delivered struct {
	Sent      int `json:"sent"`
	MaybeSent int `json:"maybe_sent"` // the server's last answer was lost
	Later     int `json:"later"`      // tried, and to be tried again
	Failed    int `json:"failed"`     // refused for good, or tried too often
	Withdrawn int `json:"withdrawn"`  // overtaken, and not sent any more
	Waiting   int `json:"waiting"`    // recipients that are still to be tried, after this run

	Letters   []PostedView `json:"letters"`   // one for each recipient tried; in a dry run, to be tried
	Attention []PostedView `json:"attention"` // of all letters, those that a clerk must look at
}

// PostedView is one letter and one of its recipients.
type PostedView struct {
	ID       string        `json:"id"` // of the letter: the name of its file
	Key      string        `json:"key"`
	Kind     deliver.Kind  `json:"kind"`
	To       string        `json:"to"`
	Subject  string        `json:"subject"`
	State    deliver.State `json:"state"`
	Attempts int           `json:"attempts"`
	Twice    bool          `json:"maybe_twice"` // sent again after an answer was lost
	NextTry  *time.Time    `json:"next_try"`
	Answer   string        `json:"answer"`
	File     string        `json:"file"`

	Queued time.Time       `json:"queued"`
	Sent   *time.Time      `json:"sent"`   // when its last byte went out for the last time
	Orders []deliver.Order `json:"orders"` // the clerks' words to send it once more

	WithdrawnFor string `json:"withdrawn_for"` // why it is not sent any more; empty: it is not withdrawn
}

func (p *Pipeline) postedView(l deliver.Posting, r deliver.Recipient) PostedView {
	return PostedView{
		ID: l.ID, Key: l.Key, Kind: l.Kind, To: r.Address, Subject: l.Subject, State: r.State, Attempts: r.Attempts,
		Twice: r.Doubts > 0 && (r.State == deliver.Sent || r.Doubts > 1), NextTry: timeView(r.NextTry), Answer: r.Answer,
		File:   filepath.Join(p.Store.Outbox(), l.ID+".eml"),
		Queued: l.Queued.In(agency.Zone), Sent: timeView(r.Sent), Orders: list(r.Orders), WithdrawnFor: r.WithdrawnFor,
	}
}

// Letters is every letter of the outbox and each of its recipients, in the order
// of the queue.
func (p *Pipeline) Letters(ctx context.Context) ([]PostedView, error) {
	letters, err := p.Store.Letters(ctx)
	if err != nil {
		return nil, err
	}
	views := []PostedView{}
	for _, l := range letters {
		for _, r := range l.Recipients {
			views = append(views, p.postedView(l, r))
		}
	}
	return views, nil
}

// ownerLease is for how long a process may be silent about a letter, besides
// what its transfer may take, before another one takes it over. It matters only
// where the file system cannot tell that a process died.
const ownerLease = 15 * time.Minute

// mostLetter is the size of the largest letter that the lease reckons with.
const mostLetter = 40 << 20

// Deliver posts the letters that wait in the outbox, each to one recipient
// after the other. What is done with a letter is recorded before and after each
// step, so that a Deliver which was killed anywhere is gone on with by the next,
// and several at once share the letters.
//
// A server that does not answer, or takes no letter of ours, is an error that
// matches [deliver.ErrServer]; the letters wait, and no try is counted.
//
// A reminder of a report that came in meanwhile, and whatever else is overtaken,
// is withdrawn instead of being sent: it stays in the outbox, with the reason.
func (p *Pipeline) Deliver(ctx context.Context, o DeliverOptions) (Delivered, error) {
	d := Delivered{Letters: []PostedView{}, Attention: []PostedView{}}
	if p.Outgoing == nil {
		return d, ErrNoPost
	}
	var err error
	if o.DryRun {
		err = p.wouldDeliver(ctx, o, &d)
	} else {
		err = p.deliver(ctx, o, &d)
	}
	return d, errors.Join(err, p.waiting(context.WithoutCancel(ctx), &d))
}

// wouldDeliver lists what is due.
func (p *Pipeline) wouldDeliver(ctx context.Context, o DeliverOptions, d *Delivered) error {
	letters, err := p.Store.Letters(ctx)
	if err != nil {
		return err
	}
	again := deliver.Posting{}
	if o.Again != "" {
		if again, err = p.Store.LetterByID(ctx, o.Again); err != nil {
			return err
		}
	}
	judge := p.overtaken()
	for _, l := range letters {
		for _, r := range l.Recipients {
			due := r.Due(p.Now()) || o.Retry && r.State == deliver.Failed || l.ID == again.ID && r.Stuck()
			if !due || p.Outgoing.OnlyTo != "" && r.Address != p.Outgoing.OnlyTo {
				continue
			}
			reason, err := judge.reason(ctx, l)
			if err != nil {
				return err
			}
			if reason != "" {
				r = r.Withdraw(reason, p.Now())
			}
			d.Letters = append(d.Letters, p.postedView(l, r))
		}
	}
	return nil
}

// waiting fills in what is left, and what a clerk must look at.
func (p *Pipeline) waiting(ctx context.Context, d *Delivered) error {
	letters, err := p.Store.Letters(ctx)
	if err != nil {
		return err
	}
	for _, l := range letters {
		for _, r := range l.Recipients {
			if r.Waiting() {
				d.Waiting++
			}
			if r.Stuck() || r.State == deliver.MaybeSent && r.Waiting() {
				d.Attention = append(d.Attention, p.postedView(l, r))
			}
		}
	}
	return nil
}

func (p *Pipeline) deliver(ctx context.Context, o DeliverOptions, d *Delivered) error {
	owner, release, err := p.takeOutbox(ctx)
	if err != nil {
		return err
	}
	defer release()
	if o.Again != "" {
		letter, err := p.Store.Order(ctx, o.Again, o.By)
		if err != nil {
			return err
		}
		p.Log.Info("deliver", "again", letter.Key, "id", letter.ID, "by", o.By.Name)
	}
	if o.Retry {
		if _, err := p.Store.Retry(ctx, p.Now()); err != nil {
			return err
		}
	}
	if d.Withdrawn, err = p.withdraw(ctx); err != nil {
		return err
	}
	run := postRun{Pipeline: p, d: d}
	defer run.close()
	for n := 0; n < p.Outgoing.PerRun; n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		job, err := p.Store.Take(ctx, store.Claim{
			Owner: owner, Now: p.Now(), Lease: ownerLease + p.Outgoing.Post.Longest(mostLetter),
			Only:      p.Outgoing.OnlyTo,
			PerMinute: p.Outgoing.PerMinute, PerHour: p.Outgoing.PerHour, PerDay: p.Outgoing.PerDay,
		})
		if err != nil || job == nil {
			return err
		}
		p.progress("deliver", n+1, 0)
		if err := run.post(ctx, job); err != nil {
			return err
		}
	}
	return nil
}

// takeOutbox makes this process known as one that posts letters, by a file that
// vanishes with it, and takes over what dead ones had begun.
func (p *Pipeline) takeOutbox(ctx context.Context) (owner string, release func(), err error) {
	dir := p.Store.Outbox()
	if err := durable.MkdirAll(dir); err != nil {
		return "", nil, err
	}
	if err := durable.SweepTemp(dir); err != nil {
		return "", nil, err
	}
	f, err := durable.CreateTemp(dir)
	if err != nil {
		return "", nil, err
	}
	release = func() {
		_ = f.Close() // it is empty
		_ = os.Remove(f.Name())
	}
	lives := func(owner string) bool {
		_, err := os.Lstat(filepath.Join(dir, filepath.Base(owner)))
		return err == nil
	}
	n, err := p.Store.Abandon(ctx, lives, p.Now())
	if err != nil {
		release()
		return "", nil, err
	}
	if n > 0 {
		p.Log.Warn("deliver", "letters of a stopped process", n)
	}
	return filepath.Base(f.Name()), release, nil
}

// postRun is the connection of one run.
type postRun struct {
	*Pipeline
	session *deliver.Session
	d       *Delivered
}

func (r *postRun) close() {
	if r.session != nil {
		r.session.Close()
		r.session = nil
	}
}

// post tries one letter. What came of it is recorded even if ctx ends.
func (r *postRun) post(ctx context.Context, job *store.Job) error {
	keep := context.WithoutCancel(ctx)
	if gone, err := r.overtaken(keep, job); gone || err != nil {
		return err
	}
	if r.session != nil && r.session.Broken() {
		r.close()
	}
	if r.session == nil {
		var err error
		if r.session, err = r.Outgoing.Post.Open(ctx); err != nil {
			return errors.Join(err, r.Store.Give(keep, job, r.Now()))
		}
	}
	eml, err := r.Store.Letter(job.Posting)
	if err != nil { // the other letters do not wait for this one
		r.Log.Error("deliver", "key", job.Key, "err", err)
		return r.settle(keep, job, deliver.Outcome{Result: deliver.Later, Answer: "the letter's file is missing or was changed"})
	}
	outcome, err := r.session.Send(ctx, job.From, job.Address, eml, func() error {
		return r.Store.End(keep, job, r.Now())
	})
	switch {
	case errors.Is(err, store.ErrNotOurs):
		r.Log.Error("deliver", "key", job.Key, "err", err)
		return nil
	case err != nil:
		return errors.Join(err, r.Store.Give(keep, job, r.Now()))
	}
	return r.settle(keep, job, outcome)
}

// overtaken settles a letter that is not to be sent any more, and one of which
// that cannot be told now: it is tried again, and sent when it can.
func (r *postRun) overtaken(ctx context.Context, job *store.Job) (bool, error) {
	judge := r.Pipeline.overtaken()
	if !judge.canBe(job.Kind) {
		return false, nil
	}
	reason, err := judge.reason(ctx, job.Posting)
	switch {
	case err != nil:
		r.Log.Error("deliver", "key", job.Key, "err", err)
		return true, r.settle(ctx, job, deliver.Outcome{Result: deliver.Later, Answer: "whether it is still to be sent cannot be told; the log says why"})
	case reason == "":
		return false, nil
	}
	if err := r.Store.WithdrawTaken(ctx, job, reason, r.Now()); err != nil {
		return true, err
	}
	r.Log.Info("deliver", "key", job.Key, "to", job.Address, "state", job.State, "withdrawn", reason)
	r.d.Withdrawn++
	r.d.Letters = append(r.d.Letters, r.postedView(job.Posting, job.Recipient))
	return true, nil
}

func (r *postRun) settle(ctx context.Context, job *store.Job, o deliver.Outcome) error {
	if err := r.Store.Settle(ctx, job, o, r.Now()); err != nil {
		return err
	}
	r.Log.Info("deliver", "key", job.Key, "to", job.Address, "state", job.State, "answer", job.Answer)
	switch job.State {
	case deliver.Sent:
		r.d.Sent++
	case deliver.Failed:
		r.d.Failed++
	case deliver.MaybeSent:
		r.d.MaybeSent++
	default:
		r.d.Later++
	}
	r.d.Letters = append(r.d.Letters, r.postedView(job.Posting, job.Recipient))
	return nil
}
