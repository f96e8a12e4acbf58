package collect

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/emersion/go-imap/v2"
)

// How long Watch waits after an error: twice as long each time, up to the
// longest, and by chance up to half less, so that many offices do not return to
// a mended server at the same moment.
const (
	firstWait   = 5 * time.Second
	longestWait = 10 * time.Minute
)

// calm is the time between the word of a new message and the look at it: the
// mail of one moment is fetched together, and a server that cries without end
// is not believed more often.
const calm = time.Second

// Watch fetches what is in the mailbox, and then each message soon after it
// arrives, until the context ends; then it returns nil. The server says when
// there is something new (IDLE, RFC 2177), or is asked every Poll. After an
// error Watch connects again.
//
// Each look is told to the function, which runs before the next look; its error
// ends Watch and is returned.
func (m Mailbox) Watch(ctx context.Context, told func(context.Context, Fetched, error) error) error {
	m = m.orDefault()
	for failures := 0; ; {
		looked, err := m.watchOnce(ctx, told)
		var end endWatch
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.As(err, &end):
			return end.error
		}
		pause := m.Poll
		if err != nil {
			if looked {
				failures = 0
			}
			failures++
			pause = m.pause(failures)
		} else {
			failures = 0
		}
		if !sleep(ctx, pause) {
			return nil
		}
	}
}

// endWatch is an error of the function that Watch tells.
type endWatch struct{ error }

func (m *Mailbox) pause(failures int) time.Duration {
	wait := longestWait
	if failures < 8 {
		wait = min(firstWait<<(failures-1), longestWait)
	}
	return wait - time.Duration(m.Rand()*float64(wait)/2)
}

// sleep waits, and reports whether the context still lasts.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// watchOnce watches over one connection. It returns nil when the server has no
// IDLE: it has been looked at, and is to be asked again later.
func (m Mailbox) watchOnce(ctx context.Context, told func(context.Context, Fetched, error) error) (looked bool, err error) {
	tell := func(f *fetch, err error) error {
		got, err := f.result(err)
		f.got = Fetched{}
		if ctx.Err() != nil {
			return err
		}
		if e := told(ctx, got, err); e != nil {
			return endWatch{e}
		}
		return err
	}
	f, err := m.begin(ctx)
	if err != nil {
		return false, tell(f, err)
	}
	s, err := f.open(ctx)
	if err != nil {
		return false, tell(f, err)
	}
	defer func() { s.cut() }()
	for {
		if s, err = f.look(ctx, s); err != nil {
			return looked, tell(f, err)
		}
		if err := tell(f, nil); err != nil {
			return looked, err
		}
		looked = true
		caps := s.client.Caps()
		if !caps.Has(imap.CapIdle) && !caps.Has(imap.CapIMAP4rev2) {
			s.logout()
			return looked, nil
		}
		if err := m.idle(ctx, s); err != nil {
			if ctx.Err() == nil {
				m.Log.Info("mailbox: connect again", "account", m.User, "err", err)
			}
			return looked, err
		}
		if f, err = m.begin(ctx); err != nil {
			return looked, tell(f, err)
		}
	}
}

// look is one pass over the connection s, with the time limit of a run. When a
// message breaks the connection, the rest is fetched over others, and the
// session returned is a new one.
func (f *fetch) look(ctx context.Context, s *session) (*session, error) {
	for n := 1; ; n++ {
		err := f.lookOnce(ctx, s)
		if !errors.Is(err, errAgain) || n == mostConnections {
			return s, err
		}
		s.cut()
		next, err := f.open(ctx)
		if err != nil {
			return s, err
		}
		s = next
	}
}

func (f *fetch) lookOnce(ctx context.Context, s *session) error {
	ctx, cancel := context.WithTimeoutCause(ctx, f.m.PerRun, errRunTime)
	defer cancel()
	defer context.AfterFunc(ctx, func() { s.guard.Close() })()
	select { // what the server spoke of until now is looked at now
	case <-s.news:
	default:
	}
	if err := f.pass(ctx, s); err != nil {
		return causeOf(ctx, err)
	}
	return nil
}

// idle waits until the server speaks of a new message, or it is time to ask.
func (m *Mailbox) idle(ctx context.Context, s *session) error {
	// Some servers do not tell in IDLE of what came since the last command.
	if err := s.ask(most, func() error { return s.client.Noop().Wait() }); err != nil {
		return fmt.Errorf("idle: %w", err)
	}
	s.expect(most)
	command, err := s.client.Idle()
	s.rest()
	if err != nil {
		return fmt.Errorf("idle: %w", s.explain(err))
	}
	timer := time.NewTimer(m.IdleFor)
	defer timer.Stop()
	select {
	case <-s.news:
		sleep(ctx, calm)
	case <-timer.C:
	case <-s.client.Closed():
	case <-ctx.Done():
	}
	return s.ask(most, func() error {
		if err := command.Close(); err != nil {
			return err
		}
		return command.Wait()
	})
}
