package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"baocao/pipeline/collect"
	"baocao/pipeline/durable"
)

// ErrServed says that another process does the work of the folder already.
var ErrServed = errors.New("another baocao is at work in this folder")

// The files by which a served folder is known, beside the reports.
const (
	serveLockName = "serve.lock"
	healthName    = "serve.json"
)

const (
	// longestWait is how long Serve sleeps at most: a clock that is set, and a
	// computer that was asleep, are noticed then.
	longestWait = time.Minute
	// stopWithin is how long what is at work may take to end; what has not ended
	// then is taken up again by the next Serve.
	stopWithin = 4 * time.Second
)

// Serve does what the schedule says, and watches the mailbox if there is one, until
// the context ends; then it returns nil. Only one process at a time serves a
// folder, else the error matches [ErrServed]. What a process that was killed had
// begun is taken up again.
func (s *Service) Serve(ctx context.Context) error {
	release, err := s.takeFolder(ctx)
	if err != nil {
		return err
	}
	defer release()
	h := &health{file: filepath.Join(s.Out, healthName), seen: Health{
		PID: os.Getpid(), Version: s.Version, Started: s.now(), Seen: s.now(),
	}}
	if s.Mailbox != nil {
		h.seen.Mailbox = &MailboxHealth{}
	}
	if err := h.write(); err != nil {
		return err
	}
	s.watching = s.Mailbox != nil
	var group sync.WaitGroup
	group.Go(func() { s.serveSchedule(ctx, h) })
	if s.watching {
		group.Go(func() { s.serveMailbox(ctx, h) })
	}
	<-ctx.Done()
	if !endsWithin(&group, stopWithin) {
		s.Log.Warn("serve", "stopped", "what was at work is taken up again at the next start")
	}
	return h.stop(s.now())
}

// endsWithin reports whether the group ended in that time.
func endsWithin(group *sync.WaitGroup, d time.Duration) bool {
	over := make(chan struct{})
	go func() {
		group.Wait()
		close(over)
	}()
	select {
	case <-over:
		return true
	case <-time.After(d):
		return false
	}
}

// TickOnce is one Tick of a folder that nobody serves.
func (s *Service) TickOnce(ctx context.Context) ([]RunView, error) {
	release, err := s.takeFolder(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	runs, err := s.Tick(ctx)
	return runViews(runs), err
}

// takeFolder makes this process the one that works on the folder, and frees what
// dead ones had begun.
func (s *Service) takeFolder(ctx context.Context) (release func(), err error) {
	if err := durable.MkdirAll(s.place); err != nil {
		return nil, err
	}
	unlock, err := lockFile(filepath.Join(s.place, serveLockName))
	if err != nil {
		return nil, fmt.Errorf("serve %q: %w", s.place, err)
	}
	err = durable.SweepTemp(s.place)
	if err == nil {
		var n int
		if n, err = s.Store.AbandonRuns(ctx, s.place, s.now()); n > 0 {
			s.Log.Warn("serve", "jobs of a stopped process", n)
		}
	}
	if err != nil {
		unlock()
		return nil, err
	}
	return unlock, nil
}

// serveSchedule ticks until the context ends.
func (s *Service) serveSchedule(ctx context.Context, h *health) {
	for ctx.Err() == nil {
		_, err := s.Tick(ctx)
		if err != nil && ctx.Err() == nil {
			s.Log.Error("schedule", "err", err)
		}
		next, errNext := s.Next(1)
		if err == nil {
			err = errNext
		}
		now, wait := s.now(), longestWait
		seen := (*NextRun)(nil)
		if len(next) > 0 {
			seen = &NextRun{next[0].Job, next[0].Period, next[0].At}
			wait = min(wait, max(next[0].At.Sub(now), time.Second))
		}
		h.ticked(now, err, seen, s.Log)
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
}

// serveMailbox fetches, reads and answers each mail soon after it arrives. Nothing
// but the context ends it: what goes wrong is tried again.
func (s *Service) serveMailbox(ctx context.Context, h *health) {
	again := true
	for ctx.Err() == nil {
		err := s.Mailbox.Watch(ctx, func(ctx context.Context, got collect.Fetched, err error) error {
			if !s.begin(ctx) {
				return nil
			}
			defer s.end()
			h.looked(s.now(), err, s.Log)
			if err != nil && ctx.Err() == nil {
				s.Log.Error("fetch", "err", err)
			}
			if again || got.Stored > 0 {
				collected, err := s.Collect(ctx)
				if again = err != nil || collected.Unjudged > 0; err != nil && ctx.Err() == nil {
					s.Log.Error("collect", "err", err)
				}
			}
			if _, err := s.Correspond(ctx); err != nil && ctx.Err() == nil {
				s.Log.Error("correspond", "err", err)
			}
			return nil
		})
		if err == nil || ctx.Err() != nil {
			return
		}
		s.Log.Error("mailbox", "err", err)
		select {
		case <-ctx.Done():
		case <-time.After(longestWait):
		}
	}
}

// TrustClock takes the clock as it stands for right, see [store.ErrClock].
func (s *Service) TrustClock(ctx context.Context) error {
	return s.Store.TrustClock(ctx, s.now())
}
