package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Fault is work that came to nothing for a reason that may pass, such as a full
// disk, and how often it was tried.
type Fault struct {
	Job     string // what was tried: "answer:" and the hash of a mail
	Tries   int
	Began   time.Time // the first of them
	Tried   time.Time // the last of them
	NextTry time.Time // zero: given up, a clerk must look
	Problem string    // in English
}

// faultWaits are the times between the tries.
var faultWaits = []time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 12 * time.Hour}

// GivenUp reports whether the work is not tried again of itself.
func (f Fault) GivenUp() bool { return f.Tries > 0 && f.NextTry.IsZero() }

// Due reports whether the work is to be tried now; a Fault of no tries is.
func (f Fault) Due(now time.Time) bool {
	return f.Tries == 0 || !f.GivenUp() && !f.NextTry.After(now)
}

// Fault is what is known of that work; of no tries when it never came to nothing.
func (s *Store) Fault(ctx context.Context, job string) (Fault, error) {
	f, err := s.fault(ctx, s.db, job)
	if err != nil {
		return Fault{}, fmt.Errorf("read tries of %q: %w", job, err)
	}
	return f, nil
}

func (s *Store) fault(ctx context.Context, q querier, job string) (Fault, error) {
	f, err := scanFault(q.QueryRowContext(ctx, `
		SELECT job, tries, began, tried, next_try, problem FROM fault WHERE office = $1 AND job = $2`,
		s.office, job).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return Fault{Job: job}, nil
	}
	return f, err
}

// Failed counts one more try of the work that came to nothing. After the sixth
// it is given up.
func (s *Store) Failed(ctx context.Context, job, problem string, now time.Time) (Fault, error) {
	now = now.UTC()
	var f Fault
	err := s.write(ctx, func(tx *sql.Tx) (err error) {
		if f, err = s.fault(ctx, tx, job); err != nil {
			return err
		}
		if f.Tries == 0 {
			f.Began = now
		}
		f.Tries, f.Tried, f.Problem, f.NextTry = f.Tries+1, now, problem, time.Time{}
		if f.Tries <= len(faultWaits) {
			f.NextTry = now.Add(faultWaits[f.Tries-1])
		}
		_, err = tx.ExecContext(ctx, `
			INSERT INTO fault (office, job, tries, began, tried, next_try, problem)
			VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (office, job) DO UPDATE SET
				tries = excluded.tries, tried = excluded.tried, next_try = excluded.next_try, problem = excluded.problem`,
			s.office, f.Job, f.Tries, stamp(f.Began), stamp(f.Tried), stampOrNone(f.NextTry), f.Problem)
		return err
	})
	if err != nil {
		return Fault{}, fmt.Errorf("count a try of %q: %w", job, err)
	}
	return f, nil
}

// Succeeded forgets the tries of work that is done.
func (s *Store) Succeeded(ctx context.Context, job string) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM fault WHERE office = $1 AND job = $2`, s.office, job)
		return err
	})
	if err != nil {
		return fmt.Errorf("forget the tries of %q: %w", job, err)
	}
	return nil
}

// RetryFaults makes all work be tried at once that came to nothing, and from the
// beginning if it was given up, on a clerk's word.
func (s *Store) RetryFaults(ctx context.Context, now time.Time) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			UPDATE fault SET tries = CASE WHEN next_try = '' THEN 1 ELSE tries END, next_try = $2
			WHERE office = $1`, s.office, stamp(now))
		return err
	})
	if err != nil {
		return fmt.Errorf("retry what came to nothing: %w", err)
	}
	return nil
}

// Faults is all work that came to nothing, the oldest first.
func (s *Store) Faults(ctx context.Context) ([]Fault, error) {
	all, err := func() ([]Fault, error) {
		rows, err := s.db.QueryContext(ctx, `
			SELECT job, tries, began, tried, next_try, problem FROM fault WHERE office = $1 ORDER BY began, job`, s.office)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		var all []Fault
		for rows.Next() {
			f, err := scanFault(rows.Scan)
			if err != nil {
				return nil, err
			}
			all = append(all, f)
		}
		return all, rows.Err()
	}()
	if err != nil {
		return nil, fmt.Errorf("read what came to nothing: %w", err)
	}
	return all, nil
}

func scanFault(scan func(...any) error) (Fault, error) {
	var f Fault
	var began, tried, next string
	err := scan(&f.Job, &f.Tries, &began, &tried, &next, &f.Problem)
	for _, t := range []struct {
		text string
		into *time.Time
	}{{began, &f.Began}, {tried, &f.Tried}, {next, &f.NextTry}} {
		if err == nil {
			*t.into, err = unstamp(t.text)
		}
	}
	return f, err
}
