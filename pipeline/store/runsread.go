package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"
)

// OpenRuns are the runs that are at work, wait, or are tried again, by their
// times.
func (s *Store) OpenRuns(ctx context.Context) ([]Run, error) {
	all, err := s.runs(ctx, s.db, ` AND (state = 'running' OR next_try <> '') ORDER BY planned, key`, s.office)
	if err != nil {
		return nil, fmt.Errorf("read open runs: %w", err)
	}
	return all, nil
}

// Runs are the newest runs by their times, oldest first, at most so many.
func (s *Store) Runs(ctx context.Context, most int) ([]Run, error) {
	all, err := s.runs(ctx, s.db, ` AND key IN (
		SELECT key FROM run WHERE office = $1 ORDER BY planned DESC, key LIMIT $2) ORDER BY planned, key`, s.office, most)
	if err != nil {
		return nil, fmt.Errorf("read runs: %w", err)
	}
	return all, nil
}

// RunByKey is the run of that key, and whether anything is known of it.
func (s *Store) RunByKey(ctx context.Context, key string) (Run, bool, error) {
	r, there, err := s.run(ctx, s.db, key)
	if err != nil {
		return Run{}, false, fmt.Errorf("read run %q: %w", key, err)
	}
	return r, there, nil
}

// StuckRuns are the runs that failed, also those that are tried again, by their
// times.
func (s *Store) StuckRuns(ctx context.Context) ([]Run, error) {
	all, err := s.runs(ctx, s.db, ` AND state = 'failed' ORDER BY planned, key`, s.office)
	if err != nil {
		return nil, fmt.Errorf("read failed runs: %w", err)
	}
	return all, nil
}

func (s *Store) run(ctx context.Context, q querier, key string) (Run, bool, error) {
	all, err := s.runs(ctx, q, ` AND key = $2`, s.office, key)
	if err != nil || len(all) == 0 {
		return Run{}, false, err
	}
	return all[0], true, nil
}

func (s *Store) runs(ctx context.Context, q querier, where string, args ...any) ([]Run, error) {
	rows, err := q.QueryContext(ctx, `
		SELECT key, job, period, step, planned, until, state, place, owner, lease, attempts, next_try, began, ended, detail
		FROM run WHERE office = $1`+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Run
	for rows.Next() {
		var r Run
		var period string
		times := make([]string, 6)
		if err := rows.Scan(&r.Key, &r.Job, &period, &r.Step, &times[0], &times[1], &r.State, &r.Place, &r.Owner,
			&times[2], &r.Attempts, &times[3], &times[4], &times[5], &r.Detail); err != nil {
			return nil, err
		}
		if err := r.Period.UnmarshalText([]byte(period)); err != nil {
			return nil, err
		}
		for i, into := range []*time.Time{&r.Planned, &r.Until, &r.Lease, &r.NextTry, &r.Began, &r.Ended} {
			if *into, err = timeOrNone(times[i]); err != nil {
				return nil, err
			}
		}
		all = append(all, r)
	}
	return all, rows.Err()
}

func (s *Store) putRun(ctx context.Context, tx *sql.Tx, r Run) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO run (office, key, job, period, step, planned, until, state, place, owner, lease, attempts, next_try, began, ended, detail)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
		ON CONFLICT (office, key) DO UPDATE SET state = excluded.state, place = excluded.place, owner = excluded.owner,
			lease = excluded.lease, attempts = excluded.attempts, next_try = excluded.next_try, began = excluded.began,
			ended = excluded.ended, detail = excluded.detail`,
		s.office, r.Key, r.Job, r.Period.String(), r.Step, stamp(r.Planned), stamp(r.Until), string(r.State), r.Place, r.Owner,
		stampOrNone(r.Lease), r.Attempts, stampOrNone(r.NextTry), stampOrNone(r.Began), stampOrNone(r.Ended),
		strings.ToValidUTF8(r.Detail, "\uFFFD"))
	return err
}

// timeOrNone reads what [stampOrNone] wrote.
func timeOrNone(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	return time.Parse(time.RFC3339Nano, s)
}
