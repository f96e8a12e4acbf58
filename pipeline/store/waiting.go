package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"

	"baocao/pipeline/form"
)

// Waiting are the readings of which a clerk may have to decide something, by
// arrival and then by hash: documents that are held or rejected, and accepted
// ones, whose rows may be.
func (s *Store) Waiting(ctx context.Context) ([]form.Submission, error) {
	subs, err := func() ([]form.Submission, error) {
		rows, err := s.db.QueryContext(ctx, `
			SELECT submission FROM reading WHERE office = $1 AND outcome <> $2
			ORDER BY arrived, sha256`, s.office, string(form.Ignore))
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		var subs []form.Submission
		for rows.Next() {
			var text string
			if err := rows.Scan(&text); err != nil {
				return nil, err
			}
			var sub form.Submission
			if err := json.Unmarshal([]byte(text), &sub); err != nil {
				return nil, err
			}
			subs = append(subs, sub)
		}
		return subs, rows.Err()
	}()
	if err != nil {
		return nil, fmt.Errorf("read what waits: %w", err)
	}
	return subs, nil
}

// Original is one document with its arrivals.
func (s *Store) Original(ctx context.Context, sha string) (Original, error) {
	arrivals, err := s.arrivalsOf(ctx, s.db, sha)
	if err == nil && len(arrivals) == 0 {
		err = errors.New("not kept here")
	}
	if err != nil {
		return Original{}, fmt.Errorf("read original %s: %w", sha, err)
	}
	return original(sha, arrivals), nil
}

// Place is where a document's original is kept, relative to the store's
// folder; empty for one that has no document.
func (s *Store) Place(sha string) string {
	side, err := s.archive.sidecar(sha)
	if err != nil || side.Ext == "" {
		return ""
	}
	return s.relative(s.archive.path(sha, side.Ext))
}

// MailPlace is where the mail with that hash is kept, relative to the store's
// folder.
func (s *Store) MailPlace(sha string) string {
	if checkHash(sha) != nil {
		return ""
	}
	return s.relative(s.archive.path(sha, ".eml"))
}

func (s *Store) relative(file string) string {
	if rel, err := filepath.Rel(s.dir, file); err == nil {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(file)
}
