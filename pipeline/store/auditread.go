package store

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// AuditQuery asks for entries; what is empty asks for all.
type AuditQuery struct {
	Who     string // exactly
	Action  string // exactly
	Subject string // exactly, or the beginning up to a space: "2018-Q1" also finds "2018-Q1 r7"
	Text    string // anywhere in the entry, in capitals or not
	From    time.Time
	Until   time.Time // with it
}

// fits reports whether e is asked for, as far as the database did not look.
func (q AuditQuery) fits(e AuditEntry) bool {
	if q.Subject != "" && e.Subject != q.Subject && !strings.HasPrefix(e.Subject, q.Subject+" ") {
		return false
	}
	text := strings.ToLower(q.Text)
	for _, field := range []string{e.Who, e.Via, e.Action, e.Subject, e.Before, e.After, e.Reason} {
		if strings.Contains(strings.ToLower(field), text) {
			return true
		}
	}
	return false
}

// Audit are the entries asked for, oldest first. That they are as they were
// written is for [Store.VerifyAudit] to say.
func (s *Store) Audit(ctx context.Context, q AuditQuery) ([]AuditEntry, error) {
	var until string
	if !q.Until.IsZero() {
		until = stamp(q.Until)
	}
	var entries []AuditEntry
	err := auditRows(ctx, s.db, `
		SELECT office, seq, at, who, via, action, subject, was, became, reason, prev, hash FROM audit
		WHERE office = $1 AND ($2 = '' OR who = $2) AND ($3 = '' OR action = $3)
			AND at >= $4 AND ($5 = '' OR at <= $5)
		ORDER BY seq`, []any{s.office, q.Who, q.Action, stampOrNone(q.From), until},
		func(r auditRow, hash string) error {
			at, err := time.Parse(time.RFC3339Nano, r.At)
			if err != nil {
				return fmt.Errorf("entry %d: %w", r.Seq, err)
			}
			e := AuditEntry{
				Seq: r.Seq, At: at, Who: r.Who, Via: r.Via, Action: r.Action, Subject: r.Subject,
				Before: r.Before, After: r.After, Reason: r.Reason, Prev: r.Prev, Hash: hash,
			}
			if q.fits(e) {
				entries = append(entries, e)
			}
			return nil
		})
	if err != nil {
		return nil, fmt.Errorf("read audit: %w", err)
	}
	return entries, nil
}

// auditRows calls f with each row of a query for all columns of the audit.
func auditRows(ctx context.Context, q querier, query string, args []any, f func(r auditRow, hash string) error) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var r auditRow
		var hash string
		if err := rows.Scan(&r.Office, &r.Seq, &r.At, &r.Who, &r.Via, &r.Action, &r.Subject,
			&r.Before, &r.After, &r.Reason, &r.Prev, &hash); err != nil {
			return err
		}
		if err := f(r, hash); err != nil {
			return err
		}
	}
	return rows.Err()
}
