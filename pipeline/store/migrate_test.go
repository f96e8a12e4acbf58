package store

import (
	"context"
	"io/fs"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/pressly/goose/v3"

	"baocao/pipeline/agency"
)

// formerDatabase makes a database with the schema files up to last, as a former
// version of the program left it, with two versions of a plan.
func formerDatabase(t *testing.T, dir, last string) {
	t.Helper()
	files := fstest.MapFS{}
	all, err := fs.Glob(schema, "schema/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range all {
		if base := filepath.Base(name); base[:4] <= last {
			data, err := schema.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files[base] = &fstest.MapFile{Data: data}
		}
	}
	db, err := connect(filepath.Join(dir, "baocao.db"), "mode=rwc")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.Up(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		"PRAGMA application_id = 1650552675",
		`INSERT INTO plan (office, year, version, sha256, number, name, plan) VALUES
			('snv', 2018, 1, 'a', '1', 'a', '{"number":"1","year":2018,"signed":"2017-12-18"}'),
			('snv', 2018, 2, 'b', '2', 'b', '{"number":"2","year":2018,"signed":"2018-07-02"}'),
			('snv', 2018, 3, 'c', '3', 'c', '{"number":"3","year":2018}')`,
	} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
}

// A database of every former version is brought up to date, and plans without a
// day have one.
func TestMigrateFormer(t *testing.T) {
	for _, last := range []string{"0001", "0002", "0003", "0004", "0010", "0011", "0012"} {
		t.Run(last, func(t *testing.T) {
			dir := t.TempDir()
			formerDatabase(t, dir, last)
			for range 2 {
				s, err := Open(t.Context(), dir, "snv")
				if err != nil {
					t.Fatal(err)
				}
				versions, err := s.PlanVersions(t.Context(), 2018)
				if err != nil || len(versions) != 3 {
					t.Fatalf("got %v, %v, want three versions", versions, err)
				}
				for i, want := range []agency.Day{agency.NewDay(2018, 1, 1), agency.NewDay(2018, 7, 2), agency.NewDay(2018, 1, 1)} {
					if got := versions[i].Effective; got != want {
						t.Errorf("version %d: in force from %s, want %s", i+1, got, want)
					}
				}
				if fault, err := s.VerifyAudit(t.Context()); fault != nil || err != nil {
					t.Errorf("audit: got %v, %v, want it whole", fault, err)
				}
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}
