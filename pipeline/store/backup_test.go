package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/store"
)

// busyOffice is a folder with a bit of everything.
func busyOffice(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "out")
	once(t, dir, func(s *store.Store) {
		for i, item := range inboxOf()[:20] {
			o := keep(t, s, item, seen.Add(time.Duration(i)*time.Minute))
			sub := submission("", o.Arrived)
			sub.SHA256 = o.SHA256
			if err := s.SaveReading(t.Context(), "rules", sub); err != nil {
				t.Fatal(err)
			}
		}
		amended(t, s)
		rule(t, s, reconcile.Ruling{Kind: reconcile.Release, Period: firstQuarter, Reason: "đúng"})
		issued(t, s, firstQuarter, "one")
		if err := s.NumberIssue(t.Context(), firstQuarter, 1, "15/BC-SNV", agency.NewDay(2018, 3, 20), clerk); err != nil {
			t.Fatal(err)
		}
		if err := s.Reopen(t.Context(), firstQuarter, "sót", clerk); err != nil {
			t.Fatal(err)
		}
		issued(t, s, firstQuarter, "two")
	})
	return dir
}

func backUp(t testing.TB, s *store.Store, also ...store.BackupFolder) []byte {
	t.Helper()
	var b bytes.Buffer
	m, err := s.Backup(t.Context(), &b, seen, also...)
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Faults) > 0 {
		t.Errorf("faults: got %q, want none", m.Faults)
	}
	verified, err := store.VerifyBackup(t.Context(), bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(m, verified); diff != "" {
		t.Errorf("manifest (-written +read):\n%s", diff)
	}
	return b.Bytes()
}

func restore(data []byte, dir string) error {
	_, err := store.Restore(context.Background(), bytes.NewReader(data), int64(len(data)), dir)
	return err
}

// contents is a tree with modes, and with times in seconds, as a zip has them;
// the audit's head is written anew.
func contents(t testing.TB, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
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
		found[name] = fmt.Sprintf("%v %v %s", info.Mode(), info.ModTime().Unix(), data)
		if name == "audit.json" {
			found[name] = string(data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// What is restored elsewhere is what was backed up.
func TestBackupAndRestore(t *testing.T) {
	dir := busyOffice(t)
	inbox := fstest.MapFS{
		"2018-03-16/Báo cáo.xlsx": {Data: []byte("inbox"), Mode: 0o644, ModTime: seen.Truncate(time.Second)},
		`a:b\c.xlsx`:              {Data: []byte("odd"), Mode: 0o644, ModTime: seen},
		".hidden":                 {Data: []byte("being written")},
	}
	config := fstest.MapFS{"baocao.yaml": {Data: []byte("office: snv"), Mode: 0o600, ModTime: seen.Truncate(time.Second)}}
	var data []byte
	once(t, dir, func(s *store.Store) {
		data = backUp(t, s, store.BackupFolder{Name: "inbox", FS: inbox}, store.BackupFolder{Name: ".", FS: config})
	})
	for name, into := range map[string]func(string) error{
		"missing":   func(string) error { return nil },
		"empty":     func(dir string) error { return os.MkdirAll(dir, 0o755) },
		"half-done": func(dir string) error { return os.MkdirAll(filepath.Join(dir, ".baocao-restore-1", "out"), 0o755) },
	} {
		t.Run(name, func(t *testing.T) {
			fresh := filepath.Join(t.TempDir(), "máy khác 100% #1?")
			if err := into(fresh); err != nil {
				t.Fatal(err)
			}
			if err := restore(data, fresh); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{"baocao.yaml", "inbox", "out"}, names(t, fresh)); diff != "" {
				t.Errorf("restored (-want +got):\n%s", diff)
			}
			if got, err := os.ReadFile(filepath.Join(fresh, "inbox", "2018-03-16", "Báo cáo.xlsx")); string(got) != "inbox" {
				t.Errorf("inbox: got %q, %v", got, err)
			}
			if got, err := os.ReadFile(filepath.Join(fresh, "inbox", `a:b\c.xlsx`)); string(got) != "odd" {
				t.Errorf("odd name: got %q, %v", got, err)
			}
			sameOffice(t, dir, filepath.Join(fresh, "out"))
		})
	}
}

// sameOffice makes sure that two folders remember the same.
func sameOffice(t *testing.T, dir, other string) {
	t.Helper()
	if diff := cmp.Diff(contents(t, filepath.Join(dir, "archive")), contents(t, filepath.Join(other, "archive"))); diff != "" {
		t.Errorf("archive (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(tables(t, dir), tables(t, other)); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	a, b := open(t, dir), open(t, other)
	verified(t, b)
	look := func(s *store.Store) any {
		log, err := s.RulingLog(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		issues, err := s.AllIssues(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var files []string
		for _, i := range issues {
			data, err := s.Frozen(i.Files[0].SHA256, i.Files[0].Ext)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, string(data))
		}
		return []any{log, issues, files, audit(t, s, store.AuditQuery{}), originals(t, s)}
	}
	if diff := cmp.Diff(look(a), look(b)); diff != "" {
		t.Errorf("remembered (-want +got):\n%s", diff)
	}
}

// A backup made while others write is of one moment.
func TestBackupWhileWriting(t *testing.T) {
	dir := busyOffice(t)
	writer, s := open(t, dir), open(t, dir)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for n := 0; ; n++ {
			select {
			case <-stop:
				return
			default:
			}
			if _, err := writer.Keep(t.Context(), dropped(fmt.Sprintf("new/%d.xlsx", n), fmt.Sprint("new ", n)), seen); err != nil {
				t.Error(err)
				return
			}
			if err := writer.Record(t.Context(), store.AuditEntry{At: seen, Who: "a", Action: "test"}); err != nil {
				t.Error(err)
				return
			}
		}
	})
	for range 4 {
		data := backUp(t, s)
		fresh := t.TempDir()
		if err := restore(data, fresh); err != nil {
			t.Fatal(err)
		}
		once(t, filepath.Join(fresh, "out"), func(s *store.Store) {
			verified(t, s)
			for _, o := range originals(t, s) {
				if _, err := s.Data(o.SHA256); err != nil {
					t.Error(err)
				}
			}
			record(t, s, "after the restore")
			verified(t, s)
		})
	}
	close(stop)
	wg.Wait()
	if got := slices.DeleteFunc(names(t, dir), func(name string) bool { return !strings.HasPrefix(name, ".") }); len(got) > 0 {
		t.Errorf("left behind: %v", got)
	}
}

// A backup that is not as it was written is refused, and leaves nothing.
func TestRestoreRefusesChange(t *testing.T) {
	dir := busyOffice(t)
	var data []byte
	once(t, dir, func(s *store.Store) { data = backUp(t, s) })
	refused := func(t *testing.T, data []byte) {
		t.Helper()
		parent := t.TempDir()
		fresh := filepath.Join(parent, "fresh")
		if err := restore(data, fresh); !errors.Is(err, store.ErrBackup) {
			t.Errorf("restore: got %v, want %v", err, store.ErrBackup)
		}
		if got := names(t, parent); len(got) > 0 {
			t.Errorf("got %v, want nothing left", got)
		}
		if _, err := store.VerifyBackup(t.Context(), bytes.NewReader(data), int64(len(data))); !errors.Is(err, store.ErrBackup) {
			t.Errorf("verify: got %v, want %v", err, store.ErrBackup)
		}
	}
	for at := 0; at < len(data); at += len(data)/60 + 1 {
		changed := bytes.Clone(data)
		changed[at] ^= 1
		refused(t, changed)
	}
	for _, size := range []int{0, 1, 63, 64, 65, len(data) / 2, len(data) - 64, len(data) - 1} {
		refused(t, data[:size])
	}
	refused(t, append(bytes.Clone(data), 0))
}

func TestRestoreRefusesFullFolder(t *testing.T) {
	var data []byte
	once(t, busyOffice(t), func(s *store.Store) { data = backUp(t, s) })
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "note.txt"), []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := restore(data, dir); err == nil || !strings.Contains(err.Error(), `not empty, there is "note.txt"`) {
		t.Errorf("got %v, want it refused", err)
	}
	if got := names(t, dir); !cmp.Equal(got, []string{"note.txt"}) {
		t.Errorf("got %v, want the note alone", got)
	}
}

// What was amiss before stays to be seen: it is no fault of the backup.
func TestBackupTellsFaults(t *testing.T) {
	dir := busyOffice(t)
	lost, changed := hash("document 0"), hash("document 1")
	file := func(sha string) string { return filepath.Join(dir, "archive", sha[:2], sha+".xlsx") }
	if err := os.Remove(file(lost)); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(file(changed), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file(changed), []byte("other"), 0o644); err != nil {
		t.Fatal(err)
	}
	inbox := t.TempDir()
	for _, name := range []string{"a.xlsx", "\xff.xlsx", "\xfe/b.xlsx"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(inbox, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(inbox, name), nil, 0o644); err != nil {
			t.Skip("this file system holds UTF-8 alone")
		}
	}
	byHand(t, dir, "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)")
	var b bytes.Buffer
	once(t, dir, func(s *store.Store) {
		m, err := s.Backup(t.Context(), &b, seen, store.BackupFolder{Name: "inbox", FS: os.DirFS(inbox)})
		if err != nil {
			t.Fatal(err)
		}
		want := []string{
			`"inbox/\xfe": its name is no UTF-8`, `"inbox/\xff.xlsx": its name is no UTF-8`,
			"out/archive/" + changed[:2] + "/" + changed + ".xlsx: changed", "out/archive/" + lost[:2] + "/" + lost + ".xlsx: missing",
		}
		if diff := cmp.Diff(want, m.Faults); diff != "" {
			t.Errorf("faults (-want +got):\n%s", diff)
		}
	})
	fresh := t.TempDir()
	if err := restore(b.Bytes(), fresh); err != nil {
		t.Fatal(err)
	}
	fault, err := open(t, filepath.Join(fresh, "out")).VerifyAudit(t.Context())
	if err != nil || fault == nil || fault.Kind != store.AuditCut {
		t.Errorf("audit: got %v, %v, want the cut to be seen", fault, err)
	}
}

func TestBackupRefusesNames(t *testing.T) {
	s := open(t, t.TempDir())
	for _, folder := range []store.BackupFolder{
		{Name: "../x", FS: fstest.MapFS{"a": {}}},
		{Name: "/x", FS: fstest.MapFS{"a": {}}},
		{Name: "out", FS: fstest.MapFS{"baocao.db": {}}},
		{Name: ".", FS: fstest.MapFS{"manifest.json": {}}},
	} {
		if _, err := s.Backup(t.Context(), new(bytes.Buffer), seen, folder); err == nil {
			t.Errorf("%q: got no error", folder.Name)
		}
	}
}

func BenchmarkBackup(b *testing.B) {
	s := open(b, busyOffice(b))
	for b.Loop() {
		if _, err := s.Backup(b.Context(), new(bytes.Buffer), seen); err != nil {
			b.Fatal(err)
		}
	}
}
