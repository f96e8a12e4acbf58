package durable

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// tempPrefix marks our temporaries. The dot hides them from those who list a
// folder and from package collect.
const tempPrefix = ".baocao-tmp-"

// CreateTemp creates a temporary file in dir, which must exist, with mode
// 0o600. While it is open [SweepTemp] leaves it alone; the caller removes it or
// gives it its final name.
func CreateTemp(dir string) (*os.File, error) {
	for {
		f, err := os.CreateTemp(dir, tempPrefix)
		if err != nil {
			return nil, err
		}
		lock(f)
		there, err := stands(f)
		if err != nil {
			discard(f)
			return nil, err
		}
		if there {
			return f, nil
		}
		// A sweep was quicker than the lock: take another.
		_ = f.Close()
	}
}

// stands reports whether the open file f is still to be found under its name.
func stands(f *os.File) (bool, error) {
	ours, err := f.Stat()
	if err != nil {
		return false, err
	}
	there, err := os.Lstat(f.Name())
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && os.SameFile(ours, there), err
}

// SweepTemp removes the temporaries that a killed process left in dir and the
// folders below it. Those that a living process is still writing stay. A
// missing dir is no error.
func SweepTemp(dir string) error {
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case !d.Type().IsRegular() || !strings.HasPrefix(d.Name(), tempPrefix):
			return nil
		}
		return sweep(name)
	})
	if err != nil {
		return fmt.Errorf("sweep temporaries: %w", err)
	}
	return nil
}

// sweep removes the temporary name unless somebody holds it.
func sweep(name string) error {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if errors.Is(err, fs.ErrPermission) {
		// Its mode may already be that of the finished file, without write
		// permission; whoever may write to the folder may still remove it.
		f, err = os.Open(name)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist), isHeld(err):
		return nil
	case err != nil:
		return err
	}
	if !tryLock(f) {
		return f.Close()
	}
	return removeOpen(f)
}
