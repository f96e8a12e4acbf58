//go:build darwin || freebsd || linux || netbsd || openbsd

package durable_test

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/durable"
)

// A limit on the size of files fails the write half-way, as a full disk does. It
// is set in a process of its own: this one's also writes for the go command.
func TestWriteFileHalfWay(t *testing.T) {
	const given = "DURABLE_TEST_HALF_WAY"
	if name := os.Getenv(given); name != "" {
		writeHalfWay(t, name)
		return
	}
	dir := t.TempDir()
	put(t, filepath.Join(dir, "a"), "old")
	before := files(t, dir)
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestWriteFileHalfWay$", "-test.v")
	child.Env = append(os.Environ(), given+"="+filepath.Join(dir, "a"))
	if out, err := child.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS: TestWriteFileHalfWay") {
		t.Errorf("%v\n%s", err, out)
	}
	if diff := cmp.Diff(before, files(t, dir)); diff != "" {
		t.Errorf("files (-before +after):\n%s", diff)
	}
}

func writeHalfWay(t *testing.T, name string) {
	signal.Ignore(syscall.SIGXFSZ)
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	limit.Cur = 1000
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	if err := durable.WriteFile(name, make([]byte, 10_000), 0o644); !errors.Is(err, syscall.EFBIG) {
		t.Errorf("error: got %v, want %v", err, syscall.EFBIG)
	}
}

func TestLockDir(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	var holders atomic.Int32
	for range 4 {
		wg.Go(func() {
			for range 100 {
				unlock, err := durable.LockDir(dir)
				if err != nil {
					t.Error(err)
					return
				}
				if n := holders.Add(1); n != 1 {
					t.Errorf("got %d holders of the lock, want 1", n)
				}
				holders.Add(-1)
				unlock()
			}
		})
	}
	wg.Wait()
	if _, err := durable.LockDir(filepath.Join(dir, "missing")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing folder: got %v, want %v", err, fs.ErrNotExist)
	}
}
