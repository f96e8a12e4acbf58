package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// WithdrawLetter takes a letter back from all who wait for it, for a reason, and tells
// how many there were. The letter stays in the outbox; its key is known as before,
// so that it is not written anew. It is not taken out of a process's hands, and
// who may have got it keeps that state.
func (s *Store) WithdrawLetter(ctx context.Context, key, reason string, now time.Time) (int, error) {
	n := 0
	err := s.write(ctx, func(tx *sql.Tx) error {
		idle, err := s.postings(ctx, tx, ` AND l.key = $2 AND r.owner = '' AND r.state IN ('queued', 'maybe-sent')`, s.office, key)
		if err != nil {
			return err
		}
		for _, p := range idle {
			for _, r := range p.Recipients {
				newer, err := s.newerPosting(p.ID, r)
				if err != nil {
					return err
				}
				if newer != nil {
					r = *newer
				}
				if !r.Waiting() { // the posting knows more than an older database
					if err := s.putRecipient(ctx, tx, p.Key, r, "", ""); err != nil {
						return err
					}
					continue
				}
				after := r.Withdraw(reason, now.UTC())
				if err := s.putChange(ctx, tx, p.ID, p.Key, &after, "", ""); err != nil {
					return err
				}
				n++
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("withdraw letter %q: %w", key, err)
	}
	return n, nil
}

// WithdrawTaken is [Store.WithdrawLetter] of a letter that this process has taken and
// of which it has sent nothing.
func (s *Store) WithdrawTaken(ctx context.Context, j *Job, reason string, now time.Time) error {
	return s.change(ctx, j, j.Recipient.Give(now.UTC()).Withdraw(reason, now.UTC()), false)
}
