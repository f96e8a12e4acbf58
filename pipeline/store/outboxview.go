package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"baocao/pipeline/deliver"
)

// Letters are the letters of which some recipient is in one of the given
// states, in the order of the queue, each with all its recipients. No state means
// all letters.
func (s *Store) Letters(ctx context.Context, states ...deliver.State) ([]deliver.Posting, error) {
	where, args := "", []any{s.office}
	if len(states) > 0 {
		marks := make([]string, len(states))
		for i, state := range states {
			args = append(args, string(state))
			marks[i] = fmt.Sprintf("$%d", len(args))
		}
		where = ` AND EXISTS (SELECT 1 FROM letter_recipient w
			WHERE w.office = l.office AND w.key = l.key AND w.state IN (` + strings.Join(marks, ", ") + `))`
	}
	return s.postings(ctx, s.db, where, args...)
}

// LetterByMessageID is the letter that has this Message-ID, without angle
// brackets, and whether there is one: a reply names it, a bounce quotes it, and
// a mail of our own that came back carries it.
func (s *Store) LetterByMessageID(ctx context.Context, id string) (deliver.Posting, bool, error) {
	all, err := s.postings(ctx, s.db, " AND l.message_id = $2", s.office, id)
	if err != nil || len(all) == 0 {
		return deliver.Posting{}, false, err
	}
	return all[0], true, nil
}

func (s *Store) postings(ctx context.Context, q querier, where string, args ...any) ([]deliver.Posting, error) {
	all, err := func() ([]deliver.Posting, error) {
		rows, err := q.QueryContext(ctx, `
			SELECT l.key, l.id, l.kind, l.message_id, l.sha256, l.sender, l.subject, l.queued, l.number, r.facts
			FROM letter l JOIN letter_recipient r ON r.office = l.office AND r.key = l.key
			WHERE l.office = $1`+where+`
			ORDER BY l.number, l.queued, l.key, r.address`, args...)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		var all []deliver.Posting
		for rows.Next() {
			var p deliver.Posting
			var r deliver.Recipient
			var queued, facts string
			if err := rows.Scan(&p.Key, &p.ID, &p.Kind, &p.MessageID, &p.SHA256, &p.From, &p.Subject, &queued, &p.Number, &facts); err != nil {
				return nil, err
			}
			if p.Queued, err = time.Parse(time.RFC3339Nano, queued); err != nil {
				return nil, err
			}
			if err := json.Unmarshal([]byte(facts), &r); err != nil {
				return nil, err
			}
			if n := len(all); n > 0 && all[n-1].Key == p.Key {
				all[n-1].Recipients = append(all[n-1].Recipients, r)
				continue
			}
			p.Recipients = []deliver.Recipient{r}
			all = append(all, p)
		}
		return all, rows.Err()
	}()
	if err != nil {
		return nil, fmt.Errorf("read letters: %w", err)
	}
	return all, nil
}

// Retry makes every recipient whose letter failed wait for a try again, and
// tells how many there were. Those who got it, or may have got it, are not
// among them.
func (s *Store) Retry(ctx context.Context, now time.Time) (int, error) {
	n := 0
	err := s.write(ctx, func(tx *sql.Tx) error {
		failed, err := s.postings(ctx, tx, ` AND r.state = 'failed'`, s.office)
		if err != nil {
			return err
		}
		for _, p := range failed {
			for _, r := range p.Recipients {
				again := r.Again(now.UTC())
				if err := s.putChange(ctx, tx, p.ID, p.Key, &again, "", ""); err != nil {
					return err
				}
				n++
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("retry letters: %w", err)
	}
	return n, nil
}

// Abandon takes the letters away from processes that no longer live, or whose
// lease is over, and tells how many there were: those whose last byte cannot
// have gone out wait again, the others may have been sent.
func (s *Store) Abandon(ctx context.Context, lives func(owner string) bool, now time.Time) (int, error) {
	n := 0
	err := s.write(ctx, func(tx *sql.Tx) error {
		taken, err := s.taken(ctx, tx)
		if err != nil {
			return err
		}
		for _, t := range taken {
			if t.lease > stamp(now) && lives(t.owner) {
				continue
			}
			newer, err := s.newerPosting(t.id, t.Recipient)
			if err != nil {
				return err
			}
			if newer != nil {
				t.Recipient = *newer
			}
			after := t.Recipient
			if newer == nil || after.Ended() { // else it had come to its end, which the row did not hear of
				after = t.Abandon(now.UTC())
			}
			if err := s.putChange(ctx, tx, t.id, t.key, &after, "", ""); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("take letters from dead processes: %w", err)
	}
	return n, nil
}

// takenLetter is a letter in the hands of some process.
type takenLetter struct {
	deliver.Recipient
	key, id, owner, lease string
}

func (s *Store) taken(ctx context.Context, q querier) ([]takenLetter, error) {
	rows, err := q.QueryContext(ctx, `
		SELECT r.key, l.id, r.owner, r.lease, r.facts
		FROM letter_recipient r JOIN letter l ON l.office = r.office AND l.key = r.key
		WHERE r.office = $1 AND r.owner <> ''
		ORDER BY r.key, r.address`, s.office)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []takenLetter
	for rows.Next() {
		var t takenLetter
		var facts string
		if err := rows.Scan(&t.key, &t.id, &t.owner, &t.lease, &facts); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(facts), &t.Recipient); err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, rows.Err()
}

// Bounced records that a letter of ours came back from a recipient, and reports
// whether there is such a letter. A bounce that does not say from whom is put
// down to the only recipient. One that had arrived before a clerk had the letter go
// out once more says nothing about that; it is met again with each look at the
// inbox.
func (s *Store) Bounced(ctx context.Context, messageID, address, said string, arrived, now time.Time) (bool, error) {
	found := false
	err := s.write(ctx, func(tx *sql.Tx) error {
		all, err := s.postings(ctx, tx, " AND l.message_id = $2", s.office, messageID)
		if err != nil || len(all) == 0 {
			return err
		}
		p := all[0]
		for _, r := range p.Recipients {
			if !strings.EqualFold(r.Address, address) && (address != "" || len(p.Recipients) > 1) {
				continue
			}
			found = true
			again := func(o deliver.Order) bool { return o.At.After(arrived) }
			if r.State == deliver.Bounced || slices.ContainsFunc(r.Orders, again) {
				return nil
			}
			after := r.Bounce(said, now.UTC())
			return s.putChange(ctx, tx, p.ID, p.Key, &after, "", "")
		}
		return nil
	})
	if err != nil {
		return false, fmt.Errorf("note the bounce of %q: %w", messageID, err)
	}
	return found, nil
}

// putChange writes what became of a recipient into the letter's posting and then
// into its row.
func (s *Store) putChange(ctx context.Context, tx *sql.Tx, id, key string, r *deliver.Recipient, owner, lease string) error {
	p, there, err := s.outbox().posting(id)
	if err != nil {
		return err
	}
	if !there { // somebody removed it: the rows know as much
		all, err := s.postings(ctx, tx, " AND l.key = $2", s.office, key)
		if err != nil {
			return err
		}
		p = all[0]
	}
	r.Change++
	found := false
	for i := range p.Recipients {
		if p.Recipients[i].Address == r.Address {
			r.Change = max(r.Change, p.Recipients[i].Change+1)
			p.Recipients[i], found = *r, true
		}
	}
	if !found {
		return fmt.Errorf("its posting does not know %s", r.Address)
	}
	if err := s.outbox().putPosting(p); err != nil {
		return err
	}
	return s.putRecipient(ctx, tx, key, *r, owner, lease)
}
