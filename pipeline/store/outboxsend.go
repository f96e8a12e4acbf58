package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"baocao/pipeline/deliver"
)

// ErrNotOurs says that another process has taken over what this one was at: it
// was silent for longer than its lease.
var ErrNotOurs = errors.New("another process has taken the letter over")

// Claim says who takes the next letter, and which one may be taken.
type Claim struct {
	Owner string        // of this process, not empty
	Now   time.Time     // letters due by now are taken
	Lease time.Duration // for how long the process may be silent

	Only string // this address only; empty: every one

	// At most so many letters to everybody within a minute, to one address within
	// an hour, and within 24 hours, of all that any process ever sent; 0: as many
	// as there are.
	PerMinute, PerHour, PerDay int
}

// Job is one letter to one recipient in the hands of a process.
type Job struct {
	deliver.Posting   // without Recipients
	deliver.Recipient // the one it is for
	owner             string
}

// Take takes the next letter that is due, in the order of the queue, so that no
// other process takes it. It is nil when there is none, or when so many were sent
// that the rest must wait.
func (s *Store) Take(ctx context.Context, c Claim) (*Job, error) {
	for {
		var job *Job
		settled := false
		err := s.write(ctx, func(tx *sql.Tx) (err error) {
			job, settled, err = s.take(ctx, tx, c)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("take a letter: %w", err)
		}
		if !settled {
			return job, nil
		}
	}
}

// take takes one; settled means that the first one found had been sent already,
// which only its posting knew.
func (s *Store) take(ctx context.Context, tx *sql.Tx, c Claim) (job *Job, settled bool, err error) {
	job, err = scanJob(tx.QueryRowContext(ctx, `
		SELECT l.key, l.id, l.kind, l.message_id, l.sha256, l.sender, l.subject, l.queued, l.number, r.facts
		FROM letter_recipient r JOIN letter l ON l.office = r.office AND l.key = r.key
		WHERE r.office = $1 AND r.owner = '' AND r.state IN ('queued', 'maybe-sent')
			AND r.next_try <> '' AND r.next_try <= $2 AND ($3 = '' OR r.address = $3)
			AND ($4 = 0 OR (SELECT count(*) FROM letter_recipient o
				WHERE o.office = r.office AND o.address = r.address AND o.sent > $5) < $4)
			AND ($6 = 0 OR (SELECT count(*) FROM letter_recipient o
				WHERE o.office = r.office AND o.address = r.address AND o.sent > $7) < $6)
			AND ($8 = 0 OR (SELECT count(*) FROM letter_recipient o
				WHERE o.office = r.office AND o.sent > $9) < $8)
		ORDER BY l.number, l.queued, l.key, r.address LIMIT 1`,
		s.office, stamp(c.Now), c.Only, c.PerHour, stamp(c.Now.Add(-time.Hour)),
		c.PerDay, stamp(c.Now.Add(-24*time.Hour)), c.PerMinute, stamp(c.Now.Add(-time.Minute))))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	newer, err := s.newerPosting(job.ID, job.Recipient)
	if err != nil {
		return nil, false, err
	}
	if newer != nil && !newer.Due(c.Now) {
		return nil, true, s.putRecipient(ctx, tx, job.Key, *newer, "", "")
	}
	if newer != nil {
		job.Recipient = *newer
	}
	job.owner = c.Owner
	job.Recipient = job.Take(c.Now.UTC())
	return job, false, s.putRecipient(ctx, tx, job.Key, job.Recipient, c.Owner, stamp(c.Now.Add(c.Lease)))
}

// newerPosting is what a letter's posting says of a recipient, if that is newer
// than the row, which says known.
func (s *Store) newerPosting(id string, known deliver.Recipient) (*deliver.Recipient, error) {
	p, there, err := s.outbox().posting(id)
	if err != nil || !there {
		return nil, err
	}
	for _, r := range p.Recipients {
		if r.Address == known.Address && r.Change > known.Change {
			return &r, nil
		}
	}
	return nil, nil
}

func scanJob(row *sql.Row) (*Job, error) {
	var j Job
	var queued, facts string
	err := row.Scan(&j.Key, &j.ID, &j.Kind, &j.MessageID, &j.SHA256, &j.From, &j.Subject, &queued, &j.Number, &facts)
	if err != nil {
		return nil, err
	}
	if j.Queued, err = time.Parse(time.RFC3339Nano, queued); err != nil {
		return nil, err
	}
	return &j, json.Unmarshal([]byte(facts), &j.Recipient)
}

func (s *Store) putRecipient(ctx context.Context, tx *sql.Tx, key string, r deliver.Recipient, owner, lease string) error {
	facts, err := json.Marshal(r)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		UPDATE letter_recipient SET state = $4, owner = $5, lease = $6, next_try = $7, sent = $8, facts = $9
		WHERE office = $1 AND key = $2 AND address = $3`,
		s.office, key, r.Address, string(r.State), owner, lease,
		stampOrNone(r.NextTry), stampOrNone(r.Sent), string(facts))
	return err
}

// End records, durably, that the last byte of the letter is about to be sent.
// If the process was silent for too long and another one has the letter now,
// the error matches [ErrNotOurs] and nothing must be sent.
func (s *Store) End(ctx context.Context, j *Job, now time.Time) error {
	return s.change(ctx, j, j.Recipient.End(now.UTC()), true)
}

// Settle records what came of the try, and gives the letter out of the
// process's hands.
func (s *Store) Settle(ctx context.Context, j *Job, o deliver.Outcome, now time.Time) error {
	return s.change(ctx, j, j.Recipient.Settle(o, now.UTC()), false)
}

// Give gives the letter back untried.
func (s *Store) Give(ctx context.Context, j *Job, now time.Time) error {
	return s.change(ctx, j, j.Recipient.Give(now.UTC()), false)
}

// change writes what became of a recipient into the posting and then into its
// row, while the process still has it.
func (s *Store) change(ctx context.Context, j *Job, r deliver.Recipient, keep bool) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		var owner, lease string
		if err := tx.QueryRowContext(ctx, `
			SELECT owner, lease FROM letter_recipient WHERE office = $1 AND key = $2 AND address = $3`,
			s.office, j.Key, r.Address).Scan(&owner, &lease); err != nil {
			return err
		}
		if owner != j.owner {
			return ErrNotOurs
		}
		if !keep {
			owner, lease = "", ""
		}
		return s.putChange(ctx, tx, j.ID, j.Key, &r, owner, lease)
	})
	if err != nil {
		return fmt.Errorf("letter %q to %s: %w", j.Key, r.Address, err)
	}
	j.Recipient = r
	return nil
}
