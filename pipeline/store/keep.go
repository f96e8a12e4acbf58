package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"time"

	"baocao/pipeline/collect"
)

// Keep remembers an item that was seen at that moment: its document, the whole
// mail and the whole archive that it came in, in the folder of originals, then where it came from beside the document, then
// the rows. Each step is durable before the next, and a repeated one changes
// nothing, so that a Keep which was cut off anywhere is completed by the next.
//
// The same document from a place known already adds nothing, also when
// something is now known better about that place; from a new place it adds an
// arrival. An item without Data is remembered by the hash that identifies it.
func (s *Store) Keep(ctx context.Context, item collect.Item, seen time.Time) (Original, error) {
	o, err := s.keep(ctx, item, seen)
	if err != nil {
		return Original{}, fmt.Errorf("keep %q: %w", item.File, err)
	}
	return o, nil
}

func (s *Store) keep(ctx context.Context, item collect.Item, seen time.Time) (Original, error) {
	if err := checkHash(item.SHA256); err != nil {
		return Original{}, err
	}
	a := arrivalOf(item, seen)
	known, err := s.arrivalsOf(ctx, s.db, item.SHA256)
	if err != nil {
		return Original{}, err
	}
	side, err := s.archive.sidecar(item.SHA256)
	if err != nil {
		return Original{}, err
	}
	if slices.ContainsFunc(known, a.samePlace) && s.archive.has(item, side) {
		return original(item.SHA256, known), nil
	}
	ext, err := s.putFiles(item, side)
	if err != nil {
		return Original{}, err
	}
	return s.record(ctx, item, ext, a)
}

// Holds reports whether the files of an item that was kept are still in the archive:
// its document, mail and archive as far as it has Data and Raw.
func (s *Store) Holds(item collect.Item) bool {
	side, err := s.archive.sidecar(item.SHA256)
	return err == nil && len(side.Arrivals) > 0 && s.archive.has(item, side)
}

// has reports whether the files of an item known already are still there.
func (a archive) has(item collect.Item, side sidecar) bool {
	there := func(sha, ext string) bool {
		_, err := os.Lstat(a.path(sha, ext))
		return err == nil
	}
	if item.Data != nil && (side.Ext == "" || !there(item.SHA256, side.Ext)) {
		return false
	}
	if c := item.Container; c != nil && c.Raw != nil && !there(c.SHA256, containerExt(*c)) {
		return false
	}
	return item.Message == nil || item.Message.Raw == nil || there(item.Message.SHA256, ".eml")
}

// putFiles archives what the item holds, and returns the ending under which
// its document stands; empty when it has none.
func (s *Store) putFiles(item collect.Item, side sidecar) (ext string, err error) {
	if m := item.Message; m != nil && m.Raw != nil {
		if err := checkHash(m.SHA256); err != nil {
			return "", err
		}
		if err := s.archive.put(m.SHA256, ".eml", m.Raw); err != nil {
			return "", err
		}
	}
	if c := item.Container; c != nil && c.Raw != nil {
		if err := checkHash(c.SHA256); err != nil {
			return "", err
		}
		if err := s.archive.put(c.SHA256, containerExt(*c), c.Raw); err != nil {
			return "", err
		}
	}
	if item.Data == nil {
		return side.Ext, nil
	}
	ext = side.Ext
	if ext == "" {
		ext = extension(item.Name)
	}
	return ext, s.archive.put(item.SHA256, ext, item.Data)
}

// record writes the arrival into the sidecar and then into the database, which
// is locked meanwhile: two processes cannot overwrite each other's arrivals.
func (s *Store) record(ctx context.Context, item collect.Item, ext string, a Arrival) (Original, error) {
	var o Original
	err := s.write(ctx, func(tx *sql.Tx) error {
		known, err := s.arrivalsOf(ctx, tx, item.SHA256)
		if err != nil {
			return err
		}
		side, err := s.archive.sidecar(item.SHA256)
		if err != nil {
			return err
		}
		// The sidecar knows what a Keep that was cut off had seen; the rows
		// know what a sidecar that somebody removed had said.
		side.Arrivals = union(side.Arrivals, known, []Arrival{a})
		if side.Ext == "" {
			side.Ext, side.Size = ext, int64(len(item.Data))
		}
		if err := s.archive.putSidecar(side); err != nil {
			return err
		}
		o = original(item.SHA256, side.Arrivals)
		o.New = len(known) == 0
		return insertArrivals(ctx, tx, s.office, item.SHA256, side.Arrivals)
	})
	return o, err
}

// union is all arrivals, of the same place the first one, in the order that
// [Original.Arrivals] has.
func union(lists ...[]Arrival) []Arrival {
	var all []Arrival
	for _, a := range slices.Concat(lists...) {
		if !slices.ContainsFunc(all, a.samePlace) {
			all = append(all, a)
		}
	}
	slices.SortFunc(all, Arrival.compare)
	return all
}

// insertArrivals adds the rows of a document that are not there yet.
func insertArrivals(ctx context.Context, tx *sql.Tx, office, sha string, arrivals []Arrival) error {
	if _, err := tx.ExecContext(ctx, `
		INSERT INTO original (office, sha256) VALUES ($1, $2)
		ON CONFLICT (office, sha256) DO NOTHING`, office, sha); err != nil {
		return err
	}
	for _, a := range arrivals {
		facts, err := json.Marshal(a)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `
			INSERT INTO arrival (office, sha256, file, name, message, arrived, sender, facts)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
			ON CONFLICT (office, sha256, file, name, message) DO NOTHING`,
			office, sha, a.File, a.Name, a.message(), stamp(a.Arrived), a.Sender, string(facts)); err != nil {
			return err
		}
	}
	return nil
}

// Data is the document with that hash, which its bytes are checked against. It
// is nil, without an error, for an original that has no document: a mail
// without attachments, a file over the limits.
func (s *Store) Data(sha string) ([]byte, error) {
	if err := checkHash(sha); err != nil {
		return nil, err
	}
	side, err := s.archive.sidecar(sha)
	switch {
	case err != nil:
		return nil, err
	case side.Ext != "":
		return s.archive.get(sha, side.Ext)
	case len(side.Arrivals) == 0:
		return nil, fmt.Errorf("original %s: not in the archive", sha)
	}
	return nil, nil
}

// Mail is the whole mail with that hash, [collect.Message.SHA256], which its
// bytes are checked against.
func (s *Store) Mail(sha string) ([]byte, error) {
	if err := checkHash(sha); err != nil {
		return nil, err
	}
	return s.archive.get(sha, ".eml")
}
