package store

import (
	"context"
	"fmt"
	"time"
)

// AuditQuery asks for entries; what is empty asks for all.
type AuditQuery struct {
	Action      string // exactly
	From, Until time.Time
}

// Audit are the entries asked for, oldest first. That they are as they were
// written is for [Store.VerifyAudit] to say.
func (s *Store) Audit(ctx context.Context, q AuditQuery) ([]AuditEntry, error) {
	var entries []AuditEntry
	err := auditRows(ctx, s.db, `
		SELECT office, seq, at, who, via, action, subject, was, became, reason, prev, hash FROM audit
		WHERE office = $1 AND ($2 = '' OR action = $2) AND at >= $3 AND ($4 = '' OR at <= $4)
		ORDER BY seq`, []any{s.office, q.Action, stampOrNone(q.From), stampOrNone(q.Until)},
		func(r auditRow, hash string) error {
			at, err := time.Parse(time.RFC3339Nano, r.At)
			if err != nil {
				return fmt.Errorf("entry %d: %w", r.Seq, err)
			}
			entries = append(entries, AuditEntry{
				Seq: r.Seq, At: at, Who: r.Who, Via: r.Via, Action: r.Action, Subject: r.Subject,
				Before: r.Before, After: r.After, Reason: r.Reason, Prev: r.Prev, Hash: hash,
			})
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
