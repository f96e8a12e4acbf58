package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"baocao/pipeline/deliver"
	"baocao/pipeline/durable"
)

// outbox is the folder of letters:
//
//	<id>.eml   a letter, byte for byte as it is posted
//	<id>.json  its posting: recipients, and how far it got with each
//
// A file is durable before the rows that follow from it. Where posting and rows
// differ the posting is the newer one: a database that was lost, or put back
// from a backup, sends nothing a second time.
type outbox string

func (o outbox) path(id, ext string) string { return filepath.Join(string(o), id+ext) }

// Outbox is the folder where letters lie.
func (s *Store) Outbox() string { return string(s.outbox()) }

func (s *Store) outbox() outbox { return outbox(filepath.Join(s.dir, "outbox")) }

// checkID makes sure that id is a letter's, before it becomes part of a path.
func checkID(id string) error {
	if _, err := hex.DecodeString(id); err != nil || len(id) != 32 || strings.ToLower(id) != id {
		return fmt.Errorf("%q is not the id of a letter", id)
	}
	return nil
}

// posting is that of a letter; false when there is none.
func (o outbox) posting(id string) (deliver.Posting, bool, error) {
	var p deliver.Posting
	data, err := os.ReadFile(o.path(id, ".json"))
	if errors.Is(err, fs.ErrNotExist) {
		return p, false, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &p)
	}
	if err == nil && p.ID != id {
		err = fmt.Errorf("it speaks of %q", p.ID)
	}
	if err != nil {
		return p, false, fmt.Errorf("posting of letter %s: %w", id, err)
	}
	return p, true, nil
}

func (o outbox) putPosting(p deliver.Posting) error {
	if err := writeJSON(o.path(p.ID, ".json"), p); err != nil {
		return fmt.Errorf("posting of letter %s: %w", p.ID, err)
	}
	return nil
}

// Queue puts a letter, composed as eml, into the outbox for each of its
// recipients, and reports whether it was new. A letter whose key is known
// already is left as it is, also when it reads otherwise now.
//
// The letter is durable before its posting, and that before the rows: a Queue
// that was cut off anywhere is completed by the next.
func (s *Store) Queue(ctx context.Context, l deliver.Letter, eml []byte, now time.Time) (bool, error) {
	fresh := false
	err := s.write(ctx, func(tx *sql.Tx) error {
		known, err := s.knowsLetter(ctx, tx, l.Key)
		if err != nil || known {
			return err
		}
		p, there, err := s.outbox().posting(l.ID())
		if err != nil {
			return err
		}
		// A posting without rows is of a Queue that was cut off, and may be
		// written anew; or the rows were lost after the letter had been sent.
		if !there || !slices.ContainsFunc(p.Recipients, func(r deliver.Recipient) bool { return r.Change > 0 }) {
			p, fresh = postingOf(l, eml, now), true
			if p.Number, err = s.nextNumber(ctx, tx); err != nil {
				return err
			}
			if err := durable.WriteFile(s.outbox().path(p.ID, ".eml"), eml, 0o644); err != nil {
				return err
			}
			if err := s.outbox().putPosting(p); err != nil {
				return err
			}
		}
		return insertPosting(ctx, tx, s.office, p)
	})
	if err != nil {
		return false, fmt.Errorf("queue letter %q: %w", l.Key, err)
	}
	return fresh, nil
}

func postingOf(l deliver.Letter, eml []byte, now time.Time) deliver.Posting {
	sum := sha256.Sum256(eml)
	p := deliver.Posting{
		Key: l.Key, Kind: l.Kind, ID: l.ID(), MessageID: l.MessageID(), SHA256: hex.EncodeToString(sum[:]),
		From: l.From.Address, Subject: l.Subject, Queued: now.UTC(),
	}
	for _, to := range l.To {
		p.Recipients = append(p.Recipients, deliver.Recipient{
			Address: to.Address, State: deliver.Queued, NextTry: now.UTC(), Changed: now.UTC(),
		})
	}
	return p
}

// nextNumber is that of a letter queued now.
func (s *Store) nextNumber(ctx context.Context, tx *sql.Tx) (int, error) {
	var last int
	err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(number), 0) FROM letter WHERE office = $1`, s.office).Scan(&last)
	return last + 1, err
}

func (s *Store) knowsLetter(ctx context.Context, q querier, key string) (bool, error) {
	var n int
	err := q.QueryRowContext(ctx, `SELECT count(*) FROM letter WHERE office = $1 AND key = $2`, s.office, key).Scan(&n)
	return n > 0, err
}

// HasLetter reports whether a letter with that key was ever queued.
func (s *Store) HasLetter(ctx context.Context, key string) (bool, error) {
	known, err := s.knowsLetter(ctx, s.db, key)
	if err != nil {
		return false, fmt.Errorf("look for letter %q: %w", key, err)
	}
	return known, nil
}

// LetterWithdrawn reports whether a letter went to nobody and will not any more,
// because it was withdrawn from all its recipients.
func (s *Store) LetterWithdrawn(ctx context.Context, key string) (bool, error) {
	all, err := s.postings(ctx, s.db, " AND l.key = $2", s.office, key)
	if err != nil {
		return false, fmt.Errorf("look for letter %q: %w", key, err)
	}
	other := func(r deliver.Recipient) bool { return r.State != deliver.Withdrawn || !r.Sent.IsZero() }
	return len(all) == 1 && !slices.ContainsFunc(all[0].Recipients, other), nil
}

// insertPosting adds the rows of a letter that are not there yet.
func insertPosting(ctx context.Context, tx *sql.Tx, office string, p deliver.Posting) error {
	if _, err := tx.ExecContext(ctx, `
		INSERT INTO letter (office, key, id, kind, message_id, sha256, sender, subject, queued, number)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (office, key) DO NOTHING`,
		office, p.Key, p.ID, string(p.Kind), p.MessageID, p.SHA256, p.From, p.Subject, stamp(p.Queued), p.Number); err != nil {
		return err
	}
	for _, r := range p.Recipients {
		facts, err := json.Marshal(r)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `
			INSERT INTO letter_recipient (office, key, address, state, owner, lease, next_try, sent, facts)
			VALUES ($1, $2, $3, $4, '', '', $5, $6, $7)
			ON CONFLICT (office, key, address) DO NOTHING`,
			office, p.Key, r.Address, string(r.State), stampOrNone(r.NextTry), stampOrNone(r.Sent), string(facts)); err != nil {
			return err
		}
	}
	return nil
}

// stampOrNone is t as a column holds it, empty for the zero time.
func stampOrNone(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return stamp(t)
}

// rebuildOutbox fills a new database with the letters whose postings lie in
// the outbox.
func (s *Store) rebuildOutbox(ctx context.Context, tx *sql.Tx) error {
	files, err := os.ReadDir(s.Outbox())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, f := range files {
		id, ok := strings.CutSuffix(f.Name(), ".json")
		if !ok || f.IsDir() || checkID(id) != nil {
			continue
		}
		p, _, err := s.outbox().posting(id)
		if err != nil {
			return err
		}
		if err := insertPosting(ctx, tx, s.office, p); err != nil {
			return err
		}
	}
	return nil
}

// Letter is the bytes of a letter, which are checked against its posting.
func (s *Store) Letter(p deliver.Posting) ([]byte, error) {
	if err := checkID(p.ID); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(s.outbox().path(p.ID, ".eml"))
	if err != nil {
		return nil, fmt.Errorf("letter %s: %w", p.ID, err)
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != p.SHA256 {
		return nil, fmt.Errorf("letter %s: its file in the outbox was changed, it now has the hash %x", p.ID, sum)
	}
	return data, nil
}

// Office is the office whose memory this is.
func (s *Store) Office() string { return s.office }
