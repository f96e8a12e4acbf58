package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

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
// have reached, on the word of a clerk; its Message-ID stays. The id may be
// cut to its first six digits or more, as long as one letter alone begins so. The
// audit tells of it.
//
// Letters that do not exist match [ErrNoLetter], those that wait, were withdrawn
// or have reached everybody [ErrNotStuck].
func (s *Store) Order(ctx context.Context, id string, who Actor) (deliver.Posting, error) {
	var p deliver.Posting
	err := who.check()
	if err == nil {
		err = s.audited(ctx, func(tx *sql.Tx) (e AuditEntry, err error) {
			p, e, err = s.order(ctx, tx, id, who)
			return e, err
		})
	}
	if err != nil {
		return deliver.Posting{}, fmt.Errorf("send letter %q again: %w", id, err)
	}
	return p, nil
}

func (s *Store) order(ctx context.Context, tx *sql.Tx, id string, who Actor) (p deliver.Posting, e AuditEntry, err error) {
	if p, err = s.letterByID(ctx, tx, id); err != nil {
		return p, e, err
	}
	var before, after []string
	for _, r := range p.Recipients {
		if r.Stuck() {
			before = append(before, strings.TrimSpace(fmt.Sprintf("%s: %s %s", r.Address, r.State, r.Answer)))
			after = append(after, fmt.Sprintf("%s: %s", r.Address, r.Order(who.Name, who.At.UTC()).State))
		}
	}
	if len(before) == 0 {
		return p, e, ErrNotStuck
	}
	// It is written down before it is done: the posting, which is a file, is not
	// undone with the transaction.
	if err := s.archive.irreplaceable("audit", "of "+ActionAgain+" and everything after it", who.At); err != nil {
		return p, e, err
	}
	e = who.entry(ActionAgain, p.Key+" "+p.ID)
	e.Before, e.After = strings.Join(before, "\n"), strings.Join(after, "\n")
	if e, err = s.appendAudit(ctx, tx, e); err != nil {
		return p, e, err
	}
	for i, r := range p.Recipients {
		if !r.Stuck() {
			continue
		}
		again := r.Order(who.Name, who.At.UTC())
		if err := s.putChange(ctx, tx, p.ID, p.Key, &again, "", ""); err != nil {
			return p, e, err
		}
		p.Recipients[i] = again
	}
	return p, e, nil
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
