package durable

import (
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"
)

// What Windows says of a file that another program has open, from winerror.h. Access
// is denied, too, where a file that somebody reads is to be replaced.
const (
	accessDenied     = syscall.ERROR_ACCESS_DENIED
	sharingViolation = syscall.Errno(32)
	lockViolation    = syscall.Errno(33)
)

// Virus scanners and indexers open a file as soon as it is there and close it soon
// after.
const (
	patience   = 2 * time.Second
	breathless = 20 * time.Millisecond
)

// An open file cannot be removed on Windows, which is lock enough.
func lock(*os.File) {}

// tryLock reports whether f was left by a dead process: between its being closed
// and renamed nothing holds a file, but it is young then.
func tryLock(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && time.Since(info.ModTime()) > time.Minute
}

func lockDir(string) (unlock func(), err error) { return func() {}, nil }

// rename closes f, because an open file cannot be renamed on Windows, and
// gives it its final name.
func rename(f *os.File, name string) error {
	if err := f.Close(); err != nil {
		return err
	}
	for begun := time.Now(); ; time.Sleep(breathless) {
		err := os.Rename(f.Name(), name)
		if !isHeld(err) {
			return err
		}
		if time.Since(begun) > patience {
			return fmt.Errorf("%w: %w", ErrInUse, err)
		}
	}
}

// isHeld reports whether an error may come from another program's having a file
// open.
func isHeld(err error) bool {
	return errors.Is(err, accessDenied) || errors.Is(err, sharingViolation) || errors.Is(err, lockViolation)
}

// removeOpen closes and removes f. That it cannot be removed means that
// another process has it open: it is that process's to finish.
func removeOpen(f *os.File) error {
	if err := f.Close(); err != nil {
		return err
	}
	_ = os.Remove(f.Name())
	return nil
}

// syncDir does nothing: Windows cannot sync a folder, and its file systems
// journal names.
func syncDir(string) error { return nil }
