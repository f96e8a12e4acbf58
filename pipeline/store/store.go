package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"baocao/pipeline/durable"
)

// Store is one office's memory. Its methods may be called by several
// goroutines, and several processes may have a Store on one folder; each
// method is one transaction.
type Store struct {
	db      *sql.DB
	dir     string
	archive archive
	office  string
}

// Open opens the memory of an office in the folder dir: the database
// dir/baocao.db and the originals below dir/archive. What is missing is
// created, and what a killed process left half-done is cleared away.
//
// A database that is missing beside an archive is rebuilt from it, without the
// readings, which can be made again; if it held what cannot be rebuilt, the
// error matches [ErrDatabaseLost] and says what. A file that is empty, damaged,
// of another program or of a newer version of this one matches [ErrRefused]
// and is not touched.
func Open(ctx context.Context, dir, office string) (*Store, error) {
	s, err := open(ctx, dir, office)
	if err != nil {
		return nil, fmt.Errorf("open store %q: %w", dir, err)
	}
	return s, nil
}

func open(ctx context.Context, dir, office string) (*Store, error) {
	if office == "" {
		return nil, errors.New("no office is named")
	}
	if err := durable.MkdirAll(dir); err != nil {
		return nil, err
	}
	if err := durable.SweepTemp(dir); err != nil {
		return nil, err
	}
	s := &Store{dir: dir, archive: archive(filepath.Join(dir, "archive")), office: office}
	file := filepath.Join(dir, "baocao.db")
	there, err := present(file)
	if err == nil && !there {
		err = s.create(ctx, file)
	}
	if err != nil {
		return nil, err
	}
	if s.db, err = connect(file, "mode=rw&_pragma=synchronous(FULL)"); err != nil {
		return nil, err
	}
	err = s.ready(ctx)
	for tries := 0; busy(err) && tries < openTries && ctx.Err() == nil; tries++ {
		time.Sleep(openPause)
		err = s.ready(ctx)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("database %q: %w", file, err), s.db.Close())
	}
	return s, nil
}

// While one process closes the database for the last time, SQLite tells another
// one that opens it to come back, and does not wait for it.
const (
	openTries = 100
	openPause = 20 * time.Millisecond
)

// ready checks the open database and brings it up to date.
func (s *Store) ready(ctx context.Context) error {
	if err := check(ctx, s.db); err != nil {
		return err
	}
	// The mode stays with the file; a file system that cannot have it keeps
	// another one, which is slower and as safe.
	if _, err := s.db.ExecContext(ctx, "PRAGMA journal_mode = WAL"); err != nil {
		return err
	}
	return migrate(ctx, s.db)
}

// ArchiveDir is the folder that the originals are kept in: ab/ab12….xlsx.
func (s *Store) ArchiveDir() string { return string(s.archive) }

// Close closes the database.
func (s *Store) Close() error {
	if err := s.db.Close(); err != nil {
		return fmt.Errorf("close store %q: %w", s.dir, err)
	}
	return nil
}

// write runs f in a transaction that holds the write lock from its beginning,
// also against other processes.
func (s *Store) write(ctx context.Context, f func(*sql.Tx) error) error {
	return transact(ctx, s.db, f)
}

func transact(ctx context.Context, db *sql.DB, f func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := f(tx); err != nil {
		_ = tx.Rollback() // what it could say follows from err
		return err
	}
	return tx.Commit()
}

// querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// stamp is t as the columns hold it: RFC 3339 in UTC, of fixed width.
func stamp(t time.Time) string {
	return t.UTC().Format("2006-01-02T15:04:05.000000000Z")
}
