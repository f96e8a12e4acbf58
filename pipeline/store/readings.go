package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// Reading is what the document was last read as, if that was under the same
// rules. The key names them: it is a hash of everything the reading depended
// on besides the document.
func (s *Store) Reading(ctx context.Context, sha256, key string) (form.Submission, bool, error) {
	var text string
	err := s.db.QueryRowContext(ctx, `
		SELECT submission FROM reading WHERE office = $1 AND sha256 = $2 AND rules = $3`,
		s.office, sha256, key).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return form.Submission{}, false, nil
	}
	var sub form.Submission
	if err == nil {
		err = json.Unmarshal([]byte(text), &sub)
	}
	if err != nil {
		return form.Submission{}, false, fmt.Errorf("read reading of %s: %w", sha256, err)
	}
	return sub, true, nil
}

// LastReading is what the document was last read as, under whatever rules;
// false when it has not been read.
func (s *Store) LastReading(ctx context.Context, sha256 string) (form.Submission, bool, error) {
	var text string
	err := s.db.QueryRowContext(ctx, `
		SELECT submission FROM reading WHERE office = $1 AND sha256 = $2`, s.office, sha256).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return form.Submission{}, false, nil
	}
	var sub form.Submission
	if err == nil {
		err = json.Unmarshal([]byte(text), &sub)
	}
	if err != nil {
		return form.Submission{}, false, fmt.Errorf("read last reading of %s: %w", sha256, err)
	}
	return sub, true, nil
}

// SaveReading keeps what a document was read as under the rules that key
// names, in place of its former reading. The document must have been kept.
func (s *Store) SaveReading(ctx context.Context, key string, sub form.Submission) error {
	sub.Arrived = sub.Arrived.UTC()
	text, err := json.Marshal(sub)
	if err == nil {
		_, err = s.db.ExecContext(ctx, `
			INSERT INTO reading (office, sha256, rules, period, agency, outcome, arrived, submission)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
			ON CONFLICT (office, sha256) DO UPDATE SET
				rules = excluded.rules, period = excluded.period, agency = excluded.agency,
				outcome = excluded.outcome, arrived = excluded.arrived, submission = excluded.submission`,
			s.office, sub.SHA256, key, sub.Period.String(), string(sub.Agency),
			string(sub.Outcome), stamp(sub.Arrived), string(text))
	}
	if err != nil {
		return fmt.Errorf("save reading of %s: %w", sub.SHA256, err)
	}
	return nil
}

// Submissions are the readings of a period that arrived at until or before, by
// arrival and then by hash.
func (s *Store) Submissions(ctx context.Context, period plan.Period, until time.Time) ([]form.Submission, error) {
	return s.submissions(ctx, period, `
		SELECT submission FROM reading WHERE office = $1 AND period = $2 AND arrived <= $3
		ORDER BY arrived, sha256`, stamp(until))
}

// After are the readings of a period that arrived later than t, by arrival and
// then by hash.
func (s *Store) After(ctx context.Context, period plan.Period, t time.Time) ([]form.Submission, error) {
	return s.submissions(ctx, period, `
		SELECT submission FROM reading WHERE office = $1 AND period = $2 AND arrived > $3
		ORDER BY arrived, sha256`, stamp(t))
}

// submissions runs a query for the readings of a period; it may ask for one thing
// more.
func (s *Store) submissions(ctx context.Context, period plan.Period, query, third string) ([]form.Submission, error) {
	subs, err := func() ([]form.Submission, error) {
		rows, err := s.db.QueryContext(ctx, query, s.office, period.String(), third)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		var subs []form.Submission
		for rows.Next() {
			var text string
			if err := rows.Scan(&text); err != nil {
				return nil, err
			}
			var sub form.Submission
			if err := json.Unmarshal([]byte(text), &sub); err != nil {
				return nil, err
			}
			subs = append(subs, sub)
		}
		return subs, rows.Err()
	}()
	if err != nil {
		return nil, fmt.Errorf("read submissions of %s: %w", period, err)
	}
	return subs, nil
}
