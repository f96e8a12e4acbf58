package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"baocao/pipeline/durable"
)

// ErrRefused says that there is a database that this program must not use. It
// has not been touched.
var ErrRefused = errors.New("database refused")

// application marks our files in the header of SQLite's format: "baoc".
const application = 0x62616f63

// present reports whether there is a database file. It must not open it: a
// process that closes a file loses its locks on it, also those that SQLite
// holds for another Store (https://www.sqlite.org/howtocorrupt.html §2.2).
func present(file string) (bool, error) {
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, err
	case info.Size() == 0: // SQLite would take it for a new one
		return false, fmt.Errorf("%w: %q is empty", ErrRefused, file)
	}
	return true, nil
}

// create makes a database with what the archive holds. It gets its name only
// when it is complete, so that a kill leaves none.
func (s *Store) create(ctx context.Context, file string) error {
	unlock, err := durable.LockDir(s.dir)
	if err != nil {
		return err
	}
	defer unlock()
	if there, err := present(file); err != nil || there {
		return err // another process was quicker
	}
	if err := s.archive.checkLost(file); err != nil {
		return err
	}
	// What a killed process leaves beside its database would be read into the
	// new one.
	for _, rest := range []string{"-wal", "-shm", "-journal"} {
		if err := os.Remove(file + rest); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	f, err := durable.CreateTemp(s.dir)
	if err != nil {
		return err
	}
	if err := s.fill(ctx, f.Name()); err != nil {
		return errors.Join(err, f.Close(), os.Remove(f.Name()))
	}
	if err := durable.Publish(f, file); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// fill writes schema and content into the new file. Nobody else knows it, so
// it needs neither locks, which might clash with the temporary's own, nor a
// journal.
func (s *Store) fill(ctx context.Context, file string) error {
	db, err := connect(file, "nolock=1&_pragma=journal_mode(OFF)&_pragma=synchronous(OFF)")
	if err != nil {
		return err
	}
	err = func() error {
		if _, err := db.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", application)); err != nil {
			return err
		}
		if err := migrate(ctx, db); err != nil {
			return err
		}
		return s.rebuild(ctx, db)
	}()
	return errors.Join(err, db.Close())
}

// connect prepares the database file with the given options on top of those
// that always hold. There is one connection: SQLite has one writer anyway.
func connect(file, options string) (*sql.DB, error) {
	source, err := fileURL(file)
	if err != nil {
		return nil, err
	}
	source += "?_txlock=immediate&_pragma=busy_timeout(5000)&_pragma=foreign_keys(ON)&" + options
	db, err := sql.Open("sqlite", source)
	if err != nil {
		return nil, fmt.Errorf("open database %q: %w", file, err)
	}
	db.SetMaxOpenConns(1)
	return db, nil
}

// fileURL is the name under which SQLite knows a file, to which options can be
// added after a "?".
func fileURL(file string) (string, error) {
	full, err := filepath.Abs(file)
	if err != nil {
		return "", err
	}
	full = filepath.ToSlash(full)
	if !strings.HasPrefix(full, "/") {
		full = "/" + full // a Windows drive: file:///C:/…
	}
	return "file://" + (&url.URL{Path: full}).EscapedPath(), nil
}

// check makes sure that the file is ours and whole before anything is written
// to it.
func check(ctx context.Context, db *sql.DB) error {
	var id uint32
	if err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return refusal(err)
	}
	if id != application {
		return fmt.Errorf("%w: it belongs to another program (application id %#x)", ErrRefused, id)
	}
	var said string
	if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&said); err != nil {
		return refusal(err)
	}
	if said != "ok" {
		return fmt.Errorf("%w: it is damaged: %s", ErrRefused, said)
	}
	return nil
}

// checkWhole is check, with all that it leaves out for the sake of time, of a
// database that is not newer than this program; and the schema that it has.
func checkWhole(ctx context.Context, db *sql.DB) (schema int64, err error) {
	if err := check(ctx, db); err != nil {
		return 0, err
	}
	var said string
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&said); err != nil {
		return 0, refusal(err)
	}
	if said != "ok" {
		return 0, fmt.Errorf("%w: it is damaged: %s", ErrRefused, said)
	}
	var orphans int
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM pragma_foreign_key_check").Scan(&orphans); err != nil {
		return 0, refusal(err)
	}
	if orphans > 0 {
		return 0, fmt.Errorf("%w: %d rows speak of others that are not there", ErrRefused, orphans)
	}
	_, schema, err = versions(ctx, db)
	return schema, err
}

// refusal is err, as [ErrRefused] if it says that the file is not, or no
// longer, a database.
func refusal(err error) error {
	var e *sqlite.Error
	if errors.As(err, &e) {
		switch e.Code() & 0xff { // without the extension of the code
		case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
			return fmt.Errorf("%w: %w", ErrRefused, err)
		}
	}
	return err
}

// busy reports whether err says that the database is locked by somebody else.
func busy(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_BUSY
}

//go:embed schema/*.sql
var schema embed.FS

// versions is what applies schema files, and the newest that the database has;
// one that this program does not know is refused.
func versions(ctx context.Context, db *sql.DB) (*goose.Provider, int64, error) {
	files, err := fs.Sub(schema, "schema")
	if err != nil {
		return nil, 0, err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return nil, 0, fmt.Errorf("read schema: %w", err)
	}
	has, knows, err := provider.GetVersions(ctx)
	if err != nil {
		return nil, 0, fmt.Errorf("read schema version: %w", err)
	}
	if has > knows {
		return nil, 0, fmt.Errorf("%w: its schema %d is newer than %d, the newest that this program knows", ErrRefused, has, knows)
	}
	return provider, has, nil
}

// migrate applies the schema files that the database does not have yet.
func migrate(ctx context.Context, db *sql.DB) error {
	provider, has, err := versions(ctx, db)
	if err != nil {
		return err
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("bring schema from %d up to date: %w", has, err)
	}
	return nil
}
