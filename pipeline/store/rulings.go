package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// ErrNoRuling says that there is no ruling of that ID in force.
var ErrNoRuling = errors.New("no such ruling in force")

// KeptRuling is a ruling with how it was made, and undone.
type KeptRuling struct {
	reconcile.Ruling
	Via        string    `json:"via"`
	Undone     time.Time `json:"undone,omitzero"` // zero: it is in force
	UndoneBy   string    `json:"undone_by,omitempty"`
	UndoneVia  string    `json:"undone_via,omitempty"`
	UndoReason string    `json:"undo_reason,omitempty"`
}

// InForce reports whether nobody has undone the ruling.
func (k KeptRuling) InForce() bool { return k.Undone.IsZero() }

// AddRuling is [Store.AddRulings] of one.
func (s *Store) AddRuling(ctx context.Context, r reconcile.Ruling, a Actor) (reconcile.Ruling, error) {
	kept, err := s.AddRulings(ctx, []reconcile.Ruling{r}, a)
	if err != nil {
		return reconcile.Ruling{}, err
	}
	return kept[0], nil
}

// AddRulings keeps what a clerk decided, each ruling with the next ID, By and At:
// all of them or none. If the period of one is issued the error is a [*ClosedError].
func (s *Store) AddRulings(ctx context.Context, rulings []reconcile.Ruling, a Actor) ([]reconcile.Ruling, error) {
	kept := slices.Clone(rulings)
	err := a.check()
	if err == nil && len(kept) > 0 {
		err = s.audited(ctx, func(tx *sql.Tx) (AuditEntry, error) {
			entries := make([]AuditEntry, len(kept))
			for i := range kept {
				var err error
				if kept[i], entries[i], err = s.addRuling(ctx, tx, kept[i], a); err != nil {
					return AuditEntry{}, err
				}
			}
			err := s.appendAudits(ctx, tx, entries)
			return entries[len(entries)-1], err
		})
	}
	if err != nil {
		return nil, fmt.Errorf("add ruling: %w", err)
	}
	return kept, nil
}

// addRuling keeps one ruling, and gives the entry that tells of it.
func (s *Store) addRuling(ctx context.Context, tx *sql.Tx, r reconcile.Ruling, a Actor) (reconcile.Ruling, AuditEntry, error) {
	if err := s.checkOpen(ctx, tx, r.Period); err != nil {
		return r, AuditEntry{}, err
	}
	var last int
	if err := tx.QueryRowContext(ctx, `
		SELECT COALESCE(MAX(number), 0) FROM ruling WHERE office = $1`, s.office).Scan(&last); err != nil {
		return r, AuditEntry{}, err
	}
	r.ID, r.By, r.At = rulingID(last+1), a.Name, a.At.UTC()
	if err := s.archive.irreplaceable("ruling", r.ID+" and all later ones", r.At); err != nil {
		return r, AuditEntry{}, err
	}
	text, err := json.Marshal(r)
	if err != nil {
		return r, AuditEntry{}, err
	}
	if _, err := tx.ExecContext(ctx, `
		INSERT INTO ruling (office, number, period, via, ruling, undone, undone_by, undone_via, undone_why)
		VALUES ($1, $2, $3, $4, $5, '', '', '', '')`,
		s.office, last+1, r.Period.String(), a.Via, string(text)); err != nil {
		return r, AuditEntry{}, err
	}
	e := a.entry(ActionRuling, rulingSubject(r))
	e.Before, e.After, e.Reason = r.Before, string(text), r.Reason
	return r, e, nil
}

func rulingID(number int) string { return "r" + strconv.Itoa(number) }

// rulingSubject is a ruling's name in the audit: "2018-Q1 r7", "r8".
func rulingSubject(r reconcile.Ruling) string {
	return strings.TrimSpace(r.Period.String() + " " + r.ID)
}

// UndoRuling ends a ruling, "r7", for the reason given; it stays in the log. The
// error matches [ErrNoRuling] when it is not in force, and is a [*ClosedError]
// when its period is issued.
func (s *Store) UndoRuling(ctx context.Context, id, reason string, a Actor) (reconcile.Ruling, error) {
	var r reconcile.Ruling
	err := errors.Join(a.check(), needReason(reason))
	if err == nil {
		err = s.audited(ctx, func(tx *sql.Tx) (e AuditEntry, err error) {
			r, e, err = s.undoRuling(ctx, tx, id, reason, a)
			return e, err
		})
	}
	if err != nil {
		return reconcile.Ruling{}, fmt.Errorf("undo ruling %q: %w", id, err)
	}
	return r, nil
}

func (s *Store) undoRuling(ctx context.Context, tx *sql.Tx, id, reason string, a Actor) (r reconcile.Ruling, e AuditEntry, err error) {
	digits, _ := strings.CutPrefix(id, "r")
	number, err := strconv.Atoi(digits)
	if err != nil {
		return r, e, ErrNoRuling
	}
	var text string
	err = tx.QueryRowContext(ctx, `
		SELECT ruling FROM ruling WHERE office = $1 AND number = $2 AND undone = ''`, s.office, number).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return r, e, ErrNoRuling
	}
	if err == nil {
		err = json.Unmarshal([]byte(text), &r)
	}
	if err == nil {
		err = s.checkOpen(ctx, tx, r.Period)
	}
	if err == nil {
		_, err = tx.ExecContext(ctx, `
			UPDATE ruling SET undone = $3, undone_by = $4, undone_via = $5, undone_why = $6
			WHERE office = $1 AND number = $2`, s.office, number, stamp(a.At), a.Name, a.Via, reason)
	}
	if err != nil {
		return r, e, err
	}
	e = a.entry(ActionUndo, rulingSubject(r))
	e.Before, e.Reason = text, reason
	e, err = s.appendAudit(ctx, tx, e)
	return r, e, err
}

func needReason(reason string) error {
	if strings.TrimSpace(reason) == "" {
		return errors.New("no reason is given")
	}
	return nil
}

// Rulings are those in force for a period, and those that hold in every one, in
// the order of their IDs.
func (s *Store) Rulings(ctx context.Context, period plan.Period) ([]reconcile.Ruling, error) {
	kept, err := s.rulings(ctx, `
		SELECT ruling, via, undone, undone_by, undone_via, undone_why FROM ruling
		WHERE office = $1 AND undone = '' AND period IN ('', $2) ORDER BY number`, s.office, period.String())
	if err != nil {
		return nil, fmt.Errorf("read rulings of %s: %w", period, err)
	}
	var rulings []reconcile.Ruling
	for _, k := range kept {
		rulings = append(rulings, k.Ruling)
	}
	return rulings, nil
}

// RulingLog are all rulings that were ever made, in the order of their IDs.
func (s *Store) RulingLog(ctx context.Context) ([]KeptRuling, error) {
	kept, err := s.rulings(ctx, `
		SELECT ruling, via, undone, undone_by, undone_via, undone_why FROM ruling
		WHERE office = $1 ORDER BY number`, s.office)
	if err != nil {
		return nil, fmt.Errorf("read rulings: %w", err)
	}
	return kept, nil
}

func (s *Store) rulings(ctx context.Context, query string, args ...any) ([]KeptRuling, error) {
	rows, err := s.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var kept []KeptRuling
	for rows.Next() {
		var k KeptRuling
		var text, undone string
		if err := rows.Scan(&text, &k.Via, &undone, &k.UndoneBy, &k.UndoneVia, &k.UndoReason); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(text), &k.Ruling); err != nil {
			return nil, err
		}
		if k.Undone, err = unstamp(undone); err != nil {
			return nil, err
		}
		kept = append(kept, k)
	}
	return kept, rows.Err()
}
