package pipeline

import (
	"context"
	"errors"
	"time"

	"baocao/pipeline/store"
)

// runLease is for how long a process may be silent about a run before another
// one takes it over; it speaks every leaseBeat.
const (
	runLease  = 10 * time.Minute
	leaseBeat = time.Minute
)

// Tick does everything that is due now, one job after the other, and returns what
// it was at. What becomes of each is in the ledger before the next begins, so
// that a process that is killed, or several at once on one database, do each job
// once.
//
// The error of a job is no error of Tick. One that matches [store.ErrClock]
// means that the clock is wrong and nothing was done.
func (s *Service) Tick(ctx context.Context) ([]store.Run, error) {
	planned, err := s.plan(ctx)
	if err != nil {
		return nil, err
	}
	var at []store.Run
	for _, r := range planned {
		done, err := s.do(ctx, r)
		if err != nil || ctx.Err() != nil {
			return at, err
		}
		if done != nil {
			at = append(at, *done)
		}
	}
	return at, nil
}

// do does one run, if it is to be had, and records what came of it; nil when it
// was not.
func (s *Service) do(ctx context.Context, r store.Run) (*store.Run, error) {
	if !s.begin(ctx) {
		return nil, nil
	}
	defer s.end()
	r, ours, err := s.Store.ClaimRun(ctx, r, store.RunClaim{Owner: s.owner, Place: s.place, Now: s.now(), Lease: runLease})
	if err != nil {
		return nil, err
	}
	if !ours {
		if r.State == store.RunFailed && r.NextTry.IsZero() {
			s.tell(ctx, r, troubleFailed) // its process died each time; who was told already is not told again
		}
		return nil, nil
	}
	s.Log.Info("schedule", "job", r.Key, "attempt", r.Attempts)
	detail, err := s.alive(ctx, r)
	o, trouble := s.outcome(ctx, r, detail, err)
	if errEnd := s.Store.EndRun(context.WithoutCancel(ctx), r, o); errEnd != nil {
		if errors.Is(errEnd, store.ErrRunTaken) {
			s.Log.Error("schedule", "job", r.Key, "err", errEnd)
			return nil, nil
		}
		return nil, errEnd
	}
	r.State, r.Detail, r.NextTry, r.Ended, r.Lease = o.State, o.Detail, o.NextTry, o.At, time.Time{}
	s.Log.Info("schedule", "job", r.Key, "state", r.State, "detail", r.Detail)
	if trouble != "" {
		s.tell(context.WithoutCancel(ctx), r, trouble)
	}
	return &r, nil
}

// alive does the job, and keeps its lease meanwhile.
func (s *Service) alive(ctx context.Context, r store.Run) (string, error) {
	ctx, cancel := context.WithCancel(ctx)
	over := make(chan struct{})
	go func() {
		defer close(over)
		beat := time.NewTicker(leaseBeat)
		defer beat.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-beat.C:
			}
			if err := s.Store.KeepRun(ctx, r, s.now(), runLease); errors.Is(err, store.ErrRunTaken) {
				cancel()
				return
			}
		}
	}()
	detail, err := s.attempt(ctx, entryOf(r))
	cancel()
	<-over
	return detail, err
}

// begin waits until nothing else is at work in this process; false when ctx ended
// first.
func (s *Service) begin(ctx context.Context) bool {
	if ctx.Err() != nil {
		return false
	}
	select {
	case s.work <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

func (s *Service) end() { <-s.work }
