//go:build darwin || freebsd || linux || netbsd || openbsd

package durable_test

import (
	"errors"
	"io/fs"
	"os/signal"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/durable"
)

// A limit on the size of files fails the write half-way, as a full disk does.
func TestWriteFileHalfWay(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "a"), "old")
	before := files(t, dir)

	signal.Ignore(syscall.SIGXFSZ)
	t.Cleanup(func() { signal.Reset(syscall.SIGXFSZ) })
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	low := limit
	low.Cur = 1000
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &low); err != nil {
		t.Fatal(err)
	}
	err := durable.WriteFile(filepath.Join(dir, "a"), make([]byte, 10_000), 0o644)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}

	if !errors.Is(err, syscall.EFBIG) {
		t.Errorf("error: got %v, want %v", err, syscall.EFBIG)
	}
	if diff := cmp.Diff(before, files(t, dir)); diff != "" {
		t.Errorf("files (-before +after):\n%s", diff)
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
