package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
)

// rebuild fills the new database with the documents and plans that the
// archive's sidecars tell of, and with the letters in the outbox.
func (s *Store) rebuild(ctx context.Context, db *sql.DB) error {
	return transact(ctx, db, func(tx *sql.Tx) error {
		if err := s.rebuildOutbox(ctx, tx); err != nil {
			return fmt.Errorf("rebuild from %q: %w", s.Outbox(), err)
		}
		err := filepath.WalkDir(string(s.archive), func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && name == string(s.archive.frozen()) {
				return fs.SkipDir
			}
			sha, ok := strings.CutSuffix(d.Name(), ".json")
			if !ok || d.IsDir() || checkHash(sha) != nil {
				return nil
			}
			side, err := s.archive.sidecar(sha)
			if err != nil {
				return err
			}
			for _, d := range side.Plans {
				if err := insertPlan(ctx, tx, s.office, sha, d); err != nil {
					return err
				}
			}
			if len(side.Arrivals) == 0 {
				return nil
			}
			return insertArrivals(ctx, tx, s.office, sha, side.Arrivals)
		})
		if errors.Is(err, fs.ErrNotExist) {
			return nil // a new office has no archive yet
		}
		if err != nil {
			return fmt.Errorf("rebuild from %q: %w", string(s.archive), err)
		}
		return nil
	})
}
