package store_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"baocao/pipeline/store"
)

// forged is a sealed zip of somebody who knows how: files are in it, listed in
// its manifest.
func forged(t testing.TB, files map[string]string, listed []store.BackupFile) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	place := strings.Repeat("0", 64)
	if err := z.SetComment(place); err != nil {
		t.Fatal(err)
	}
	manifest, err := json.Marshal(store.BackupManifest{Format: 1, Office: "snv", Files: listed})
	if err != nil {
		t.Fatal(err)
	}
	add := func(name string, data []byte) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, data := range files {
		add(name, []byte(data))
	}
	add("manifest.json", manifest)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	body := bytes.TrimSuffix(b.Bytes(), []byte(place))
	sum := sha256.Sum256(body)
	return append(body, hex.EncodeToString(sum[:])...)
}

func listing(name, data string) store.BackupFile {
	return store.BackupFile{Name: name, Size: int64(len(data)), SHA256: hash(data)}
}

// A zip that was made with intent gets nothing out of its folder, and nothing
// into it.
func TestRestoreRefusesForged(t *testing.T) {
	bomb := strings.Repeat("\x00", 80<<20)
	tests := map[string]struct {
		files  map[string]string
		listed []store.BackupFile
	}{
		"empty":         {nil, nil},
		"no database":   {map[string]string{"a": "a"}, []store.BackupFile{listing("a", "a")}},
		"text":          {map[string]string{"out/baocao.db": "text"}, []store.BackupFile{listing("out/baocao.db", "text")}},
		"unlisted":      {map[string]string{"a": "a"}, nil},
		"not there":     {nil, []store.BackupFile{listing("a", "a")}},
		"listed twice":  {map[string]string{"a": "a"}, []store.BackupFile{listing("a", "a"), listing("a", "a")}},
		"other bytes":   {map[string]string{"a": "b"}, []store.BackupFile{listing("a", "a")}},
		"other size":    {map[string]string{"a": "bb"}, []store.BackupFile{listing("a", "a")}},
		"negative":      {map[string]string{"a": ""}, []store.BackupFile{{Name: "a", Size: -1, SHA256: hash("")}}},
		"above":         {map[string]string{"../a": "a"}, []store.BackupFile{listing("../a", "a")}},
		"further above": {map[string]string{"out/../../a": "a"}, []store.BackupFile{listing("out/../../a", "a")}},
		"absolute":      {map[string]string{"/a": "a"}, []store.BackupFile{listing("/a", "a")}},
		"backslash":     {map[string]string{`..\a`: "a"}, []store.BackupFile{listing(`..\a`, "a")}},
		"drive":         {map[string]string{"c:/a": "a"}, []store.BackupFile{listing("c:/a", "a")}},
		"folder":        {map[string]string{"a/": ""}, []store.BackupFile{listing("a/", "")}},
		"our own name":  {map[string]string{".baocao-restore-1": "a"}, []store.BackupFile{listing(".baocao-restore-1", "a")}},
		"bomb":          {map[string]string{"a": bomb}, []store.BackupFile{listing("a", bomb)}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			parent := t.TempDir()
			err := restore(forged(t, tt.files, tt.listed), filepath.Join(parent, "fresh"))
			if !errors.Is(err, store.ErrBackup) && !(name == "text" && errors.Is(err, store.ErrRefused)) {
				t.Errorf("got %v, want %v", err, store.ErrBackup)
			}
			if got := names(t, parent); len(got) > 0 {
				t.Errorf("got %v, want nothing left", got)
			}
		})
	}
}

// A backup of a newer version of the program is refused before it has a name.
func TestRestoreRefusesNewer(t *testing.T) {
	dir := t.TempDir()
	once(t, dir, func(*store.Store) {})
	byHand(t, dir, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)", "PRAGMA wal_checkpoint(TRUNCATE)")
	database, err := os.ReadFile(filepath.Join(dir, "baocao.db"))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{"out/baocao.db": string(database)}
	parent := t.TempDir()
	err = restore(forged(t, files, []store.BackupFile{listing("out/baocao.db", string(database))}), filepath.Join(parent, "fresh"))
	if !errors.Is(err, store.ErrRefused) || !strings.Contains(err.Error(), "schema 99 is newer") {
		t.Errorf("got %v, want %v for its schema", err, store.ErrRefused)
	}
	if got := names(t, parent); len(got) > 0 {
		t.Errorf("got %v, want nothing left", got)
	}
}

func FuzzVerifyBackup(f *testing.F) {
	f.Add(forged(f, map[string]string{"a": "a"}, []store.BackupFile{listing("a", "a")}))
	f.Add([]byte("PK"))
	f.Fuzz(func(t *testing.T, body []byte) {
		// The seal is right, so that what is behind it is reached.
		body = body[:max(len(body)-64, 0)]
		sum := sha256.Sum256(body)
		data := append(bytes.Clone(body), hex.EncodeToString(sum[:])...)
		m, err := store.VerifyBackup(t.Context(), bytes.NewReader(data), int64(len(data)))
		if err == nil && m.Format != 1 {
			t.Errorf("got format %d without an error", m.Format)
		}
	})
}
