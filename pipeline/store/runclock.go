package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// ScheduleClock is what the schedule's clock has shown.
type ScheduleClock struct {
	Began  time.Time // what was due before is not made up for
	Newest time.Time // the newest time that was seen
}

// ErrClock says that the clock stands so far before a time that it has shown that
// one of the two is wrong.
var ErrClock = errors.New("the clock stands far before a time that it has shown already")

// clockSlack is how far a clock may be set back: an hour by hand, or a day that
// it was wrong.
const clockSlack = 48 * time.Hour

// clockStep is how often the newest time is written down.
const clockStep = 10 * time.Minute

// SeeClock tells what the clock has shown before, and remembers that it shows now;
// the first call begins to count. An error that matches [ErrClock] means that
// nothing must be done by this clock, until it is set or trusted.
func (s *Store) SeeClock(ctx context.Context, now time.Time) (c ScheduleClock, err error) {
	err = s.write(ctx, func(tx *sql.Tx) error {
		var began, newest string
		err := tx.QueryRowContext(ctx, `SELECT began, newest FROM schedule_clock WHERE office = $1`, s.office).Scan(&began, &newest)
		if errors.Is(err, sql.ErrNoRows) {
			c = ScheduleClock{now, now}
			return s.putClock(ctx, tx, c)
		}
		if err != nil {
			return err
		}
		if c.Began, err = timeOrNone(began); err != nil {
			return err
		}
		if c.Newest, err = timeOrNone(newest); err != nil {
			return err
		}
		switch {
		case now.Before(c.Newest.Add(-clockSlack)):
			return fmt.Errorf("%w: %s, and now it is %s", ErrClock, stamp(c.Newest), stamp(now))
		case now.After(c.Newest.Add(clockStep)):
			c.Newest = now
			return s.putClock(ctx, tx, c)
		}
		return nil
	})
	if err != nil {
		return c, fmt.Errorf("see the clock: %w", err)
	}
	return c, nil
}

// TrustClock takes the clock as it stands now for right, whatever it has shown
// before.
func (s *Store) TrustClock(ctx context.Context, now time.Time) error {
	err := s.write(ctx, func(tx *sql.Tx) error { return s.putClock(ctx, tx, ScheduleClock{now, now}) })
	if err != nil {
		return fmt.Errorf("trust the clock: %w", err)
	}
	return nil
}

func (s *Store) putClock(ctx context.Context, tx *sql.Tx, c ScheduleClock) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO schedule_clock (office, began, newest) VALUES ($1, $2, $3)
		ON CONFLICT (office) DO UPDATE SET began = excluded.began, newest = excluded.newest`,
		s.office, stamp(c.Began), stamp(c.Newest))
	return err
}
