//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package durable

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// lock marks f as being written until it is closed. A file system without
// locks is no reason to write nothing: there tryLock never succeeds either.
func lock(f *os.File) { _ = flock(f, syscall.LOCK_EX) }

// tryLock reports whether nobody else has f locked, and locks it.
func tryLock(f *os.File) bool { return flock(f, syscall.LOCK_EX|syscall.LOCK_NB) == nil }

// isHeld: nothing keeps a file from being opened or replaced here.
func isHeld(error) bool { return false }

func lockDir(dir string) (unlock func(), err error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	lock(f)
	return func() { _ = f.Close() }, nil
}

func flock(f *os.File, how int) error {
	for {
		err := syscall.Flock(int(f.Fd()), how)
		if !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}

// rename gives f its final name while its lock is held, so that no sweep comes
// in between, and closes it.
func rename(f *os.File, name string) error {
	if err := os.Rename(f.Name(), name); err != nil {
		return err
	}
	// Everything was synced before; what Close could report has no bearing.
	_ = f.Close()
	return nil
}

// removeOpen removes f and closes it.
func removeOpen(f *os.File) error {
	err := os.Remove(f.Name())
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return errors.Join(err, f.Close())
}

func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = f.Sync()
	// Some network and FUSE file systems cannot sync a folder and say so.
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	return errors.Join(err, f.Close())
}
