//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package durable

import "os"

// An open file cannot be removed on Windows, which is lock enough.
func lock(*os.File) {}

func tryLock(*os.File) bool { return true }

func lockDir(string) (unlock func(), err error) { return func() {}, nil }

// rename closes f, because an open file cannot be renamed on Windows, and
// gives it its final name.
func rename(f *os.File, name string) error {
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
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
