package collect

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"

	"baocao/pipeline/durable"
)

// fetch is one look into the mailbox, over one connection or several.
type fetch struct {
	m     *Mailbox
	state MailState
	got   Fetched
	batch int // messages that are dealt with together; fewer after a failure that nothing explains

	silences int // in a row
}

// Fetch stores what is new in the mailbox. What it could not finish, because
// the connection broke or the time was over, the next one goes on with: an
// error says why, and the Fetched what was done until then.
func (m Mailbox) Fetch(ctx context.Context) (Fetched, error) {
	f, err := m.begin(ctx)
	if err == nil {
		err = f.run(ctx)
	}
	return f.result(err)
}

// begin prepares a run, without connecting.
func (m Mailbox) begin(ctx context.Context) (*fetch, error) {
	m = m.orDefault()
	f := &fetch{m: &m, batch: m.Batch}
	if err := m.CheckSettings(); err != nil {
		return f, err
	}
	if err := durable.MkdirAll(m.Dir); err != nil {
		return f, err
	}
	if free, known := freeSpace(m.Dir); known && free < m.MinFree {
		return f, fmt.Errorf("%w: %d MB are free at %q, and %d must be",
			ErrNoSpace, free/1_000_000, m.Dir, m.MinFree/1_000_000)
	}
	if err := durable.SweepTemp(m.Dir); err != nil {
		return f, err
	}
	var err error
	if f.state, err = m.Ledger.MailState(ctx, m.Place()); err != nil {
		return f, err
	}
	return f, f.adopt(ctx)
}

// result is what Fetch returns, with the mailbox's name in the error.
func (f *fetch) result(err error) (Fetched, error) {
	if f.got.Warnings == nil {
		f.got.Warnings = []string{}
	}
	if err != nil {
		return f.got, fmt.Errorf("mailbox %q of %q: %w", f.m.Folder, f.m.User, err)
	}
	return f.got, nil
}

func (f *fetch) warn(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	f.got.Warnings = append(f.got.Warnings, text)
	f.m.Log.Warn("mailbox", "account", f.m.User, "folder", f.m.Folder, "warning", text)
}

// mostConnections is how often one run connects anew after something broke the
// connection. Each time one message less stands in the way.
const mostConnections = 12

func (f *fetch) run(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx, f.m.PerRun, errRunTime)
	defer cancel()
	for n := 1; ; n++ {
		s, err := f.open(ctx)
		if err != nil {
			return err
		}
		err = f.pass(ctx, s)
		if err == nil {
			s.logout()
			return nil
		}
		s.cut()
		if ctx.Err() != nil || !errors.Is(err, errAgain) || n == mostConnections {
			return causeOf(ctx, err)
		}
		f.m.Log.Info("mailbox: connect again", "account", f.m.User, "err", err)
	}
}

// errAgain marks an error that is worth a new connection: the message that may
// have caused it waits, or fewer are asked for at a time.
var errAgain = errors.New("one message waits")

// pass deals with everything that is to be done now, over one connection.
func (f *fetch) pass(ctx context.Context, s *session) error {
	if err := f.meet(ctx, s); err != nil {
		return err
	}
	if err := f.markRest(ctx, s); err != nil {
		return err
	}
	for {
		due, err := f.m.Ledger.DueMail(ctx, f.m.Place(), f.state.UIDValidity, f.m.Now(), f.batch)
		if err != nil {
			return err
		}
		if len(due) == 0 {
			break
		}
		if err := f.deal(ctx, s, due, true); err != nil {
			return err
		}
	}
	uids, err := f.search(s)
	if err != nil {
		return err
	}
	for len(uids) > 0 {
		n := min(f.batch, len(uids))
		if err := f.deal(ctx, s, uids[:n], false); err != nil {
			return err
		}
		uids = uids[n:]
	}
	return nil
}

// meet compares the mailbox with what is known of it. When its numbers have
// begun anew, every message is looked at again, and known again by what it is.
func (f *fetch) meet(ctx context.Context, s *session) error {
	old := f.state
	switch {
	case old.UIDValidity != s.uidValidity:
		if old.UIDValidity != 0 {
			f.warn("the mailbox numbers its messages anew (UIDVALIDITY %d, before %d); all are compared with what is stored",
				s.uidValidity, old.UIDValidity)
		}
	case s.uidNext != 0 && s.uidNext <= old.Highest:
		f.warn("the mailbox has gone back in time (next UID %d, known up to %d), as after a restored backup; all messages are compared with what is stored",
			s.uidNext, old.Highest)
	default:
		return nil
	}
	f.state.UIDValidity, f.state.Highest = s.uidValidity, 0
	return f.m.Ledger.RecordMail(ctx, f.m.Place(), f.state, nil)
}

// search is the UIDs above those dealt with, in order.
func (f *fetch) search(s *session) ([]uint32, error) {
	above := imap.UIDSet{{Start: imap.UID(f.state.Highest) + 1, Stop: 0}}
	criteria := &imap.SearchCriteria{UID: []imap.UIDSet{above}}
	if f.state.Highest == 0 {
		criteria.Since = f.m.Since
	}
	found, err := s.search(criteria)
	if err != nil {
		return nil, fmt.Errorf("search new messages: %w", err)
	}
	// "n:*" always holds the last message, also when its UID is below n.
	return slices.DeleteFunc(found, func(uid uint32) bool { return uid <= f.state.Highest }), nil
}

// mostFound is far more messages than a mailbox has. A server may name a range
// of any length in a few bytes.
const mostFound = 1 << 20

func (s *session) search(criteria *imap.SearchCriteria) ([]uint32, error) {
	var uids []uint32
	err := s.ask(most, func() error {
		data, err := s.client.UIDSearch(criteria, nil).Wait()
		if err != nil {
			return err
		}
		set, ok := data.All.(imap.UIDSet)
		if !ok {
			return nil
		}
		for _, r := range set {
			if r.Start == 0 || r.Stop < r.Start || uint64(len(uids))+uint64(r.Stop-r.Start) >= mostFound {
				return fmt.Errorf("%w: it finds the messages %v", errMalformed, set.String()[:min(len(set.String()), 100)])
			}
			for uid := uint64(r.Start); uid <= uint64(r.Stop); uid++ {
				uids = append(uids, uint32(uid))
			}
		}
		return nil
	})
	slices.Sort(uids)
	return slices.Compact(uids), err
}

// commitTime is how long a commit may take that must not be interrupted.
const commitTime = time.Minute

// record commits rows. It does so also when the run has just been ended:
// their messages are on the disk.
func (f *fetch) record(ctx context.Context, rows []MailRow) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitTime)
	defer cancel()
	return f.m.Ledger.RecordMail(ctx, f.m.Place(), f.state, rows)
}
