package store_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/collect"
	"baocao/pipeline/durable"
	"baocao/pipeline/plan"
	"baocao/pipeline/store"
)

func TestOpenOddFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "thư mục 100% #1?", "out")
	once(t, dir, func(s *store.Store) { keep(t, s, dropped("a.xlsx", "data"), seen) })
	once(t, dir, func(s *store.Store) {
		if got := len(originals(t, s)); got != 1 {
			t.Errorf("got %d originals, want 1", got)
		}
	})
	if _, err := os.Stat(filepath.Join(dir, "baocao.db")); err != nil {
		t.Error(err)
	}
}

func TestOpenWithoutOffice(t *testing.T) {
	if _, err := store.Open(t.Context(), t.TempDir(), ""); err == nil {
		t.Error("got no error")
	}
}

// The archive is enough to know every original again, from the first moment on.
func TestOpenRebuilds(t *testing.T) {
	dir := t.TempDir()
	items := []collect.Item{
		dropped("a.xlsx", "one"), dropped("b/a.xlsx", "one"),
		mailed("mail/1.eml", "a.xlsx", "one", seen.AddDate(0, 0, -1), true),
		mailed("mail/2.eml", "Báo cáo.csv", "two", seen, false),
		bare("mail/3.eml"),
		{File: "big.iso", Name: "big.iso", SHA256: hash("path and size")},
	}
	var want []store.Original
	once(t, dir, func(s *store.Store) {
		for i, item := range items {
			keep(t, s, item, seen.Add(time.Duration(i)*time.Minute))
		}
		if _, err := s.SavePlan(t.Context(), &plan.Plan{Number: "1982/QĐ-UBND", Year: 2018}, "plan.txt", []byte("plan"), agency.Day{}, clerk); err != nil {
			t.Fatal(err)
		}
		want = originals(t, s)
	})
	before := dump(t, dir)
	remove(t, dir)
	// What a killed process leaves beside its database.
	if err := os.WriteFile(filepath.Join(dir, "baocao.db-wal"), []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}

	once(t, dir, func(s *store.Store) {
		if diff := cmp.Diff(want, originals(t, s)); diff != "" {
			t.Errorf("rebuilt (-before +after):\n%s", diff)
		}
		for _, item := range items {
			if keep(t, s, item, seen.AddDate(1, 0, 0)).New {
				t.Errorf("%s is new", item.File)
			}
		}
		if _, err := s.SavePlan(t.Context(), &plan.Plan{Number: "1982/QĐ-UBND", Year: 2018}, "plan.txt", []byte("plan"), agency.Day{}, clerk); err != nil {
			t.Fatal(err)
		}
	})
	if diff := cmp.Diff(before, dump(t, dir)); diff != "" {
		t.Errorf("rows and files (-before +after):\n%s", diff)
	}
}

func remove(t *testing.T, dir string) {
	t.Helper()
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(filepath.Join(dir, "baocao.db"+end)); err != nil && (end == "" || !os.IsNotExist(err)) {
			t.Fatal(err)
		}
	}
}

func TestOpenRebuildRefusesDamage(t *testing.T) {
	dir := t.TempDir()
	once(t, dir, func(s *store.Store) { keep(t, s, dropped("a.xlsx", "one"), seen) })
	remove(t, dir)
	sidecar := filepath.Join(dir, "archive", hash("one")[:2], hash("one")+".json")
	for _, damage := range []string{"{", `{"sha256":"` + hash("two") + `"}`, `{"sha256":"` + hash("one") + `","ext":"/../x"}`} {
		if err := os.WriteFile(sidecar, []byte(damage), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := store.Open(t.Context(), dir, "snv")
		if err == nil || !strings.Contains(err.Error(), hash("one")) {
			t.Errorf("%s: got %v, want an error that names the sidecar", damage, err)
		}
	}
	if got := names(t, dir); !cmp.Equal(got, []string{"archive"}) {
		t.Errorf("got %v, want the archive alone", got)
	}
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// A database that held what cannot be rebuilt: no new one takes its place.
func TestOpenDatabaseLost(t *testing.T) {
	dir := t.TempDir()
	once(t, dir, func(s *store.Store) {
		if _, err := s.SavePlan(t.Context(), &plan.Plan{Number: "1982/QĐ-UBND", Year: 2018}, "plan.txt", []byte("plan"), agency.Day{}, clerk); err != nil {
			t.Fatal(err)
		}
	})
	noted := `{"entries":[{"kind":"issue","what":"2018-Q1 r1","when":"2018-03-17T00:00:00Z"}]}`
	if err := os.WriteFile(filepath.Join(dir, "archive", "irreplaceable.json"), []byte(noted), 0o644); err != nil {
		t.Fatal(err)
	}
	backup, err := os.ReadFile(filepath.Join(dir, "baocao.db"))
	if err != nil {
		t.Fatal(err)
	}
	remove(t, dir)

	for range 2 {
		_, err := store.Open(t.Context(), dir, "snv")
		if !errors.Is(err, store.ErrDatabaseLost) {
			t.Fatalf("got %v, want %v", err, store.ErrDatabaseLost)
		}
		want := `issue 2018-Q1 r1 (2018-03-17)`
		if strings.Count(err.Error(), want) != 1 {
			t.Errorf("got %q, want it to say once %s", err, want)
		}
	}
	if got := names(t, dir); !cmp.Equal(got, []string{"archive"}) {
		t.Errorf("got %v, want the archive alone", got)
	}

	if err := os.WriteFile(filepath.Join(dir, "baocao.db"), backup, 0o600); err != nil {
		t.Fatal(err)
	}
	once(t, dir, func(s *store.Store) {
		if kept, err := s.PlanVersions(t.Context(), 2018); len(kept) != 1 || err != nil {
			t.Errorf("after a restore: got %v, %v, want the plan", kept, err)
		}
	})
}

// What is no database of ours is refused and stays as it is.
func TestOpenRefuses(t *testing.T) {
	foreign := func(t *testing.T, file string, statements ...string) {
		db, err := sql.Open("sqlite", file)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		for _, statement := range statements {
			if _, err := db.Exec(statement); err != nil {
				t.Fatal(err)
			}
		}
	}
	put := func(data string) func(*testing.T, string) {
		return func(t *testing.T, file string) {
			if err := os.WriteFile(file, []byte(data), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	tests := map[string]struct {
		make func(t *testing.T, file string)
		want string
	}{
		"empty":       {put(""), "is empty"},
		"short":       {put("SQLite"), "not a database"},
		"text":        {put(strings.Repeat("not a database\n", 1000)), "not a database"},
		"only a head": {put("SQLite format 3\x00"), "not a database"},
		"foreign": {func(t *testing.T, file string) {
			foreign(t, file, "CREATE TABLE original (x)")
		}, "another program"},
		"newer": {func(t *testing.T, file string) {
			once(t, filepath.Dir(file), func(*store.Store) {})
			foreign(t, file, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)")
		}, "schema 99 is newer"},
		"damaged": {func(t *testing.T, file string) {
			once(t, filepath.Dir(file), func(s *store.Store) {
				for i := range 50 {
					keep(t, s, dropped(fmt.Sprint(i), fmt.Sprint(i)), seen)
				}
			})
			f, err := os.OpenFile(file, os.O_RDWR, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			for page := range 6 { // the first page is the schema's
				if _, err := f.WriteAt([]byte(strings.Repeat("damaged!", 100)), int64(page+2)*4096); err != nil {
					t.Fatal(err)
				}
			}
		}, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, "baocao.db")
			tt.make(t, file)
			before, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			_, err = store.Open(t.Context(), dir, "snv")
			if !errors.Is(err, store.ErrRefused) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %v that says %q", err, store.ErrRefused, tt.want)
			}
			after, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if string(before) != string(after) {
				t.Error("the file was changed")
			}
		})
	}
}

func TestOpenSweeps(t *testing.T) {
	dir := t.TempDir()
	sub := filepath.Join(dir, "archive", "ab")
	if err := os.MkdirAll(sub, 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := durable.CreateTemp(sub)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	open(t, dir)
	if got := names(t, sub); len(got) != 0 {
		t.Errorf("got %v, want nothing left", got)
	}
}

// Several processes may open a new folder at the same moment.
func TestOpenTogether(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			s, err := store.Open(t.Context(), dir, "snv")
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			if _, err := s.Keep(t.Context(), dropped(fmt.Sprintf("%d.xlsx", i), fmt.Sprint(i)), seen); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := len(originals(t, open(t, dir))); got != 8 {
		t.Errorf("got %d originals, want 8", got)
	}
}

// Two stores on one folder lose nothing of each other's.
func TestKeepTogether(t *testing.T) {
	dir := t.TempDir()
	const documents = 20
	var wg sync.WaitGroup
	for _, who := range []string{"a", "b"} {
		s := open(t, dir)
		wg.Go(func() {
			for i := range documents {
				data := fmt.Sprint("document ", i)
				if _, err := s.Keep(t.Context(), dropped(who+"/"+fmt.Sprint(i)+".xlsx", data), seen); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	rows := originals(t, open(t, dir))
	if len(rows) != documents {
		t.Errorf("got %d originals, want %d", len(rows), documents)
	}
	for _, o := range rows {
		if len(o.Arrivals) != 2 {
			t.Errorf("%s: got %d arrivals, want 2", o.SHA256, len(o.Arrivals))
		}
	}

	other := t.TempDir()
	if err := os.CopyFS(filepath.Join(other, "archive"), os.DirFS(filepath.Join(dir, "archive"))); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(rows, originals(t, open(t, other))); diff != "" {
		t.Errorf("from the sidecars (-rows +sidecars):\n%s", diff)
	}
}
