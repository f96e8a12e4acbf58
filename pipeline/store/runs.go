package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"baocao/pipeline/plan"
)

// Run is one time that the schedule had a job done, or did not.
type Run struct {
	Key     string // job, period and step; each Key is done once
	Job     string
	Period  plan.Period // zero: the job is about none
	Step    string
	Planned time.Time
	Until   time.Time // the end of its window

	State    RunState
	Place    string // the folder of the process that is, or was, at it
	Owner    string // that process
	Lease    time.Time
	Attempts int       // begun, but for those that were given back
	NextTry  time.Time // zero: not of itself
	Began    time.Time // the last attempt
	Ended    time.Time // zero: it runs
	Detail   string    // what it did, or why it did not, in English
}

// RunState is how far a run has come.
type RunState string

// The states. Done and Skipped are for ever.
const (
	RunRunning RunState = "running"
	RunWaiting RunState = "waiting" // for what it needs, or to be gone on with
	RunDone    RunState = "done"
	RunSkipped RunState = "skipped" // was not done, and will not be
	RunFailed  RunState = "failed"
)

// MostAttempts is after how many attempts that came to nothing a run is left to
// a person.
const MostAttempts = 6

// RunClaim says who takes a run.
type RunClaim struct {
	Owner string // of this process, not empty
	Place string // the folder that it works on
	Now   time.Time
	Lease time.Duration // for how long the process may be silent
}

// errStopped is the detail of a run whose process died each time.
const errStopped = "the program was stopped while it was at it, each time"

// ClaimRun takes a run, so that no other process does, and reports whether it is
// ours now. It is not when it was done or skipped, when another process is at
// it, or when it is not to be tried yet or any more. A process that was silent for
// longer than its lease has lost the run.
func (s *Store) ClaimRun(ctx context.Context, r Run, c RunClaim) (claimed Run, ours bool, err error) {
	err = s.write(ctx, func(tx *sql.Tx) error {
		known, there, err := s.run(ctx, tx, r.Key)
		if err != nil {
			return err
		}
		if there {
			r = known
			switch {
			case r.State == RunDone || r.State == RunSkipped:
				return nil
			case r.State == RunRunning && r.Lease.After(c.Now):
				return nil
			case r.State == RunRunning && r.Attempts >= MostAttempts:
				r.State, r.Lease, r.Ended, r.Detail = RunFailed, time.Time{}, c.Now, errStopped
				return s.putRun(ctx, tx, r)
			case r.State != RunRunning && (r.NextTry.IsZero() || r.NextTry.After(c.Now)):
				return nil
			}
		}
		ours = true
		r.State, r.Owner, r.Place, r.Lease = RunRunning, c.Owner, c.Place, c.Now.Add(c.Lease)
		r.Began, r.Ended, r.NextTry = c.Now, time.Time{}, time.Time{}
		r.Attempts++
		return s.putRun(ctx, tx, r)
	})
	if err != nil {
		return Run{}, false, fmt.Errorf("claim run %q: %w", r.Key, err)
	}
	return r, ours, nil
}

// ErrRunTaken says that another process has taken over the run that this one was
// at.
var ErrRunTaken = errors.New("another process has taken the run over")

// KeepRun makes the lease of a run that is ours longer. A run that is no longer
// ours matches [ErrRunTaken].
func (s *Store) KeepRun(ctx context.Context, r Run, now time.Time, lease time.Duration) error {
	return s.changeRun(ctx, r, func(known *Run) { known.Lease = now.Add(lease) })
}

// EndRun records what came of a run that is ours: its state, its detail, and for
// one that waits or failed, when it is tried again. GiveBack is for an attempt that
// does not count.
func (s *Store) EndRun(ctx context.Context, r Run, o RunOutcome) error {
	return s.changeRun(ctx, r, func(known *Run) {
		known.State, known.Detail, known.NextTry = o.State, o.Detail, o.NextTry
		known.Lease, known.Ended = time.Time{}, o.At
		if o.GiveBack {
			known.Attempts--
		}
	})
}

// RunOutcome is what came of an attempt.
type RunOutcome struct {
	State    RunState
	Detail   string
	At       time.Time
	NextTry  time.Time
	GiveBack bool // the attempt does not count
}

func (s *Store) changeRun(ctx context.Context, r Run, f func(*Run)) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		known, there, err := s.run(ctx, tx, r.Key)
		if err != nil {
			return err
		}
		if !there || known.State != RunRunning || known.Owner != r.Owner {
			return ErrRunTaken
		}
		f(&known)
		return s.putRun(ctx, tx, known)
	})
	if err != nil {
		return fmt.Errorf("run %q: %w", r.Key, err)
	}
	return nil
}

// SkipRun notes that a run is not done, and why, unless something is known of
// it; it reports whether it noted that.
func (s *Store) SkipRun(ctx context.Context, r Run, reason string, now time.Time) (noted bool, err error) {
	err = s.write(ctx, func(tx *sql.Tx) error {
		_, there, err := s.run(ctx, tx, r.Key)
		if err != nil || there {
			return err
		}
		noted = true
		r.State, r.Detail, r.Ended = RunSkipped, reason, now
		return s.putRun(ctx, tx, r)
	})
	if err != nil {
		return false, fmt.Errorf("skip run %q: %w", r.Key, err)
	}
	return noted, nil
}

// AbandonRuns frees the runs of dead processes that worked on a folder, and tells
// how many there were. The caller must know that none lives.
func (s *Store) AbandonRuns(ctx context.Context, place string, now time.Time) (n int, err error) {
	err = s.write(ctx, func(tx *sql.Tx) error {
		left, err := s.runs(ctx, tx, ` AND state = 'running' AND place = $2`, s.office, place)
		for _, r := range left {
			r.Lease = now
			err = errors.Join(err, s.putRun(ctx, tx, r))
		}
		n = len(left)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("abandon runs of %q: %w", place, err)
	}
	return n, nil
}

// Errors of a person's word about a run.
var (
	ErrNoRun      = errors.New("no run has that name")
	ErrRunNotOver = errors.New("the run is done, at work, or will be tried of itself")
)

// RetryRun makes a run that failed for good be tried again, from the beginning.
func (s *Store) RetryRun(ctx context.Context, key string, now time.Time) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		r, there, err := s.run(ctx, tx, key)
		switch {
		case err != nil:
			return err
		case !there:
			return ErrNoRun
		case r.State != RunFailed || !r.NextTry.IsZero():
			return ErrRunNotOver
		}
		r.Attempts, r.NextTry = 0, now
		return s.putRun(ctx, tx, r)
	})
	if err != nil {
		return fmt.Errorf("try run %q again: %w", key, err)
	}
	return nil
}
