package durable_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/durable"
)

func TestWriteFile(t *testing.T) {
	tests := map[string]struct {
		name string
		old  string
		data string
		perm fs.FileMode
	}{
		"new file":                {"báo cáo.pdf", "", "whole", 0o644},
		"in place of an old file": {"a", "old and longer than the new", "new", 0o600},
		"read-only":               {"a", "", "kept", 0o444},
		"empty":                   {"a", "old", "", 0o644},
		"missing parents":         {"2018-Q1/phụ lục/a", "", "deep", 0o644},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, filepath.FromSlash(tt.name))
			if tt.old != "" {
				put(t, file, tt.old)
			}
			if err := durable.WriteFile(file, []byte(tt.data), tt.perm); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(map[string]string{tt.name: tt.data}, files(t, dir)); diff != "" {
				t.Errorf("files (-want +got):\n%s", diff)
			}
			info, err := os.Stat(file)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := info.Mode(), tt.perm; got != want {
				t.Errorf("mode: got %v, want %v", got, want)
			}
		})
	}
}

func TestWriteFileAgain(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a")
	for _, data := range []string{"first", "second", "second"} {
		if err := durable.WriteFile(file, []byte(data), 0o444); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(map[string]string{"a": data}, files(t, dir)); diff != "" {
			t.Errorf("files (-want +got):\n%s", diff)
		}
	}
}

// Whatever goes wrong, what was there before is there afterwards, and nothing
// else.
func TestWriteFileErrors(t *testing.T) {
	tests := map[string]string{ // name that cannot be written
		"a folder stands in the way": "folder",
		"a file is no folder":        "file/a",
		"nor is it one further down": "file/b/a",
		"name too long":              strings.Repeat("a", 300),
		"parent's name too long":     strings.Repeat("a", 300) + "/a",
		"no name":                    "folder/",
	}
	for name, file := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			put(t, filepath.Join(dir, "file"), "old")
			put(t, filepath.Join(dir, "folder", "inside"), "old")
			before := files(t, dir)

			err := durable.WriteFile(dir+string(filepath.Separator)+filepath.FromSlash(file), []byte("new"), 0o644)
			if err == nil {
				t.Fatal("got no error")
			}
			if got, want := err.Error(), "write "; !strings.HasPrefix(got, want) {
				t.Errorf("error: got %q, want it to begin with %q", got, want)
			}
			if diff := cmp.Diff(before, files(t, dir)); diff != "" {
				t.Errorf("files (-before +after):\n%s", diff)
			}
		})
	}
}

func TestMkdirAll(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out", "archive", "ab")
	for range 2 {
		if err := durable.MkdirAll(dir); err != nil {
			t.Fatal(err)
		}
	}
	info, err := os.Stat(dir)
	if err != nil {
		t.Fatal(err)
	}
	if !info.IsDir() {
		t.Errorf("%s is no folder", dir)
	}
}

// put writes a file the ordinary way.
func put(t testing.TB, file, data string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

// files is what stands below dir: slash-separated names and contents.
func files(t testing.TB, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	fsys := os.DirFS(dir)
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		found[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func BenchmarkWriteFile(b *testing.B) {
	file := filepath.Join(b.TempDir(), "a")
	data := make([]byte, 20<<10)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if err := durable.WriteFile(file, data, 0o644); err != nil {
			b.Fatal(err)
		}
	}
}
