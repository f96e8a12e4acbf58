package store_test

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"baocao/pipeline/collect"
	"baocao/pipeline/finding"
	"baocao/pipeline/store"
)

// seen is a moment at which the tests keep things, on the half second, so that
// lost fractions show.
var seen = time.Date(2018, 3, 17, 8, 0, 0, 500_000_000, time.UTC)

// clerk is who changes things in the tests.
var clerk = store.Actor{Name: "Người dùng mẫu", Via: "cli", At: seen}

// open opens a store that is closed when the test ends.
func open(t testing.TB, dir string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), dir, "snv")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// once runs f with a store that is closed afterwards.
func once(t testing.TB, dir string, f func(*store.Store)) {
	t.Helper()
	s, err := store.Open(t.Context(), dir, "snv")
	if err != nil {
		t.Fatal(err)
	}
	f(s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func keep(t testing.TB, s *store.Store, item collect.Item, at time.Time) store.Original {
	t.Helper()
	o, err := s.Keep(t.Context(), item, at)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func originals(t testing.TB, s *store.Store) []store.Original {
	t.Helper()
	o, err := s.Originals(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func hash(data string) string {
	sum := sha256.Sum256([]byte(data))
	return hex.EncodeToString(sum[:])
}

// dropped is a file in the inbox.
func dropped(file, data string) collect.Item {
	return collect.Item{
		File: file, Name: file[strings.LastIndexByte(file, '/')+1:], SHA256: hash(data), Data: []byte(data),
	}
}

// mailed is an attachment of a mail that arrived at the given moment.
func mailed(file, name, data string, arrived time.Time, authenticated bool) collect.Item {
	raw := "mail " + file
	item := collect.Item{
		File: file, Name: name, SHA256: hash(data), Data: []byte(data), Arrived: arrived, Basis: collect.Received,
		Message: &collect.Message{
			SHA256: hash(raw), Raw: []byte(raw), ID: file + "@daknong.example", From: "snv@daknong.example",
			Subject: "Báo cáo <quý I>", Date: arrived, Authenticated: authenticated,
		},
	}
	if !authenticated {
		item.Findings = []finding.Finding{{Code: "sender-not-authenticated", Level: finding.Warning, Got: "none"}}
	}
	return item
}

// dump is every row of our tables, and every file of the archive with mode,
// content and time of change.
func dump(t testing.TB, dir string) string {
	t.Helper()
	return tables(t, dir) + strings.Join(tree(t, filepath.Join(dir, "archive")), "\n")
}

// tables is every row of our tables that can be rebuilt.
func tables(t testing.TB, dir string) string {
	t.Helper()
	var b strings.Builder
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: filepath.Join(dir, "baocao.db")}).EscapedPath()+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, q := range [][2]string{
		{"original", "office || '|' || sha256"},
		{"arrival", "office || '|' || sha256 || '|' || file || '|' || name || '|' || message || '|' || arrived || '|' || sender || '|' || facts"},
		{"reading", "office || '|' || sha256 || '|' || rules || '|' || period || '|' || agency || '|' || outcome || '|' || arrived || '|' || submission"},
		{"plan", "office || '|' || year || '|' || version || '|' || sha256 || '|' || number || '|' || name || '|' || effective || '|' || plan"},
		{"audit", "office || '|' || seq || '|' || at || '|' || who || '|' || via || '|' || action || '|' || subject || '|' || was || '|' || became || '|' || reason || '|' || prev || '|' || hash"},
	} {
		var rows string
		query := fmt.Sprintf("SELECT COALESCE(group_concat(r, char(10)), '') FROM (SELECT %s AS r FROM %s ORDER BY 1)", q[1], q[0])
		if err := db.QueryRow(query).Scan(&rows); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "table %s\n%s\n", q[0], rows)
	}
	return b.String()
}

func tree(t testing.TB, dir string) []string {
	t.Helper()
	var lines []string
	fsys := os.DirFS(dir)
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		lines = append(lines, fmt.Sprintf("%s %v %v\n%s", name, info.Mode(), info.ModTime(), data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines
}
