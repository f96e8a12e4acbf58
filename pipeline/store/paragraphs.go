package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// SetParagraph keeps what a clerk writes into a section of a period's report, in
// place of what stood there; empty text takes it out. To write what stands there
// already changes nothing. For a period that is issued the error is a
// [*ClosedError] and nothing is kept.
func (s *Store) SetParagraph(ctx context.Context, period plan.Period, section, text string, a Actor) error {
	err := a.check()
	if err == nil {
		err = s.audited(ctx, func(tx *sql.Tx) (AuditEntry, error) { return s.setParagraph(ctx, tx, period, section, text, a) })
	}
	if err != nil {
		return fmt.Errorf("write section %q of %s: %w", section, period, err)
	}
	return nil
}

func (s *Store) setParagraph(ctx context.Context, tx *sql.Tx, period plan.Period, section, text string, a Actor) (AuditEntry, error) {
	if err := s.checkOpen(ctx, tx, period); err != nil {
		return AuditEntry{}, err
	}
	standing, last, err := s.paragraphs(ctx, tx, period)
	if err != nil {
		return AuditEntry{}, err
	}
	before := ""
	if i := slices.IndexFunc(standing, func(p reconcile.Paragraph) bool { return p.Section == section }); i >= 0 {
		before = standing[i].Text
	}
	if before == text {
		return AuditEntry{}, nil
	}
	if err := s.archive.irreplaceable("paragraph", fmt.Sprintf("of %s, section %s, and all later ones", period, section), a.At); err != nil {
		return AuditEntry{}, err
	}
	if _, err := tx.ExecContext(ctx, `
		INSERT INTO paragraph (office, period, number, section, body, author, via, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		s.office, period.String(), last+1, section, text, a.Name, a.Via, stamp(a.At)); err != nil {
		return AuditEntry{}, err
	}
	e := a.entry(ActionParagraph, period.String()+" "+section)
	e.Before, e.After = before, text
	return s.appendAudit(ctx, tx, e)
}

// Paragraphs are what stands written into a period's report, in the order of the
// sections' names.
func (s *Store) Paragraphs(ctx context.Context, period plan.Period) ([]reconcile.Paragraph, error) {
	all, _, err := s.paragraphs(ctx, s.db, period)
	if err != nil {
		return nil, fmt.Errorf("read paragraphs of %s: %w", period, err)
	}
	return all, nil
}

// paragraphs also gives the number of the last one that was ever written.
func (s *Store) paragraphs(ctx context.Context, q querier, period plan.Period) (standing []reconcile.Paragraph, last int, err error) {
	rows, err := q.QueryContext(ctx, `
		SELECT number, section, body, author, at FROM paragraph
		WHERE office = $1 AND period = $2 ORDER BY number`, s.office, period.String())
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var p reconcile.Paragraph
		var at string
		if err := rows.Scan(&last, &p.Section, &p.Text, &p.By, &at); err != nil {
			return nil, 0, err
		}
		if p.At, err = unstamp(at); err != nil {
			return nil, 0, err
		}
		standing = slices.DeleteFunc(standing, func(old reconcile.Paragraph) bool { return old.Section == p.Section })
		if p.Text != "" {
			standing = append(standing, p)
		}
	}
	slices.SortFunc(standing, func(a, b reconcile.Paragraph) int { return strings.Compare(a.Section, b.Section) })
	return standing, last, rows.Err()
}
