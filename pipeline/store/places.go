package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
)

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
