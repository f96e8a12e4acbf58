package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"baocao/pipeline/deliver"
)

// The errors of a clerk's word that cannot be followed.
var (
	ErrNoLetter = errors.New("no letter in the outbox has that id")
	ErrNotStuck = errors.New("the letter was sent, was withdrawn, or is still tried of itself")
)

// shortID is how many digits of a letter's id a person must write.
const shortID = 6

// Order makes a letter go out once more to those whom it did not, or may not,
// have reached, on the word of the clerk by; its Message-ID stays. The id may be
// cut to its first six digits or more, as long as one letter alone begins so.
//
// Letters that do not exist match [ErrNoLetter], those that wait, were withdrawn
// or have reached everybody [ErrNotStuck].
func (s *Store) Order(ctx context.Context, id, by string, now time.Time) (deliver.Posting, error) {
	var p deliver.Posting
	err := s.write(ctx, func(tx *sql.Tx) (err error) {
		if p, err = s.letterByID(ctx, tx, id); err != nil {
			return err
		}
		ordered := 0
		for i, r := range p.Recipients {
			if !r.Stuck() {
				continue
			}
			after := r.Order(by, now.UTC())
			if err := s.putChange(ctx, tx, p.ID, p.Key, &after, "", ""); err != nil {
				return err
			}
			p.Recipients[i] = after
			ordered++
		}
		if ordered == 0 {
			return ErrNotStuck
		}
		return nil
	})
	if err != nil {
		return deliver.Posting{}, fmt.Errorf("send letter %q again: %w", id, err)
	}
	return p, nil
}

// LetterByID is the letter that has that id, which may be cut as in [Store.Order].
func (s *Store) LetterByID(ctx context.Context, id string) (deliver.Posting, error) {
	p, err := s.letterByID(ctx, s.db, id)
	if err != nil {
		return p, fmt.Errorf("letter %q: %w", id, err)
	}
	return p, nil
}

func (s *Store) letterByID(ctx context.Context, q querier, id string) (deliver.Posting, error) {
	id = strings.ToLower(strings.TrimSuffix(id, ".eml"))
	if len(id) < shortID || strings.Trim(id, "0123456789abcdef") != "" {
		return deliver.Posting{}, fmt.Errorf("%w: want at least %d of its 32 hexadecimal digits", ErrNoLetter, shortID)
	}
	all, err := s.postings(ctx, q, " AND substr(l.id, 1, $2) = $3", s.office, len(id), id)
	switch {
	case err != nil:
		return deliver.Posting{}, err
	case len(all) == 0:
		return deliver.Posting{}, ErrNoLetter
	case len(all) > 1:
		return deliver.Posting{}, fmt.Errorf("%w: %d letters begin so", ErrNoLetter, len(all))
	}
	return all[0], nil
}
