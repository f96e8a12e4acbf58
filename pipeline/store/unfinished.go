package store

import (
	"context"
	"fmt"

	"baocao/pipeline/collect"
)

// UncollectedMail is the messages that were fetched and whose documents are not
// kept yet: at most limit, by arrival, each mail once.
func (s *Store) UncollectedMail(ctx context.Context, limit int) ([]collect.MailRow, error) {
	rows, err := s.db.QueryContext(ctx, `
		SELECT `+mailColumns+` FROM mail
		WHERE mail.office = $1 AND mail.sha256 <> ''
			AND NOT EXISTS (SELECT 1 FROM arrival a WHERE a.office = mail.office AND a.message = mail.sha256)
			AND NOT EXISTS (SELECT 1 FROM original o WHERE o.office = mail.office AND o.sha256 = mail.sha256)
		ORDER BY mail.received, mail.uidvalidity, mail.uid LIMIT $2`, s.office, limit)
	if err != nil {
		return nil, fmt.Errorf("read mail: %w", err)
	}
	defer rows.Close()
	known := map[string]bool{}
	var all []collect.MailRow
	for rows.Next() {
		row, err := scanMail(rows.Scan)
		if err != nil {
			return nil, fmt.Errorf("read mail: %w", err)
		}
		if !known[row.SHA256] {
			known[row.SHA256] = true
			all = append(all, row)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read mail: %w", err)
	}
	return all, nil
}

// Unread is the documents, by hash, that were never read.
func (s *Store) Unread(ctx context.Context) (map[string]bool, error) {
	rows, err := s.db.QueryContext(ctx, `
		SELECT o.sha256 FROM original o
		WHERE o.office = $1 AND NOT EXISTS (SELECT 1 FROM reading r WHERE r.office = o.office AND r.sha256 = o.sha256)`, s.office)
	if err != nil {
		return nil, fmt.Errorf("look for unread documents: %w", err)
	}
	defer rows.Close()
	unread := map[string]bool{}
	for rows.Next() {
		var sha string
		if err := rows.Scan(&sha); err != nil {
			return nil, fmt.Errorf("look for unread documents: %w", err)
		}
		unread[sha] = true
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("look for unread documents: %w", err)
	}
	return unread, nil
}
