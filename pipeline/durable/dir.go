package durable

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// MkdirAll creates the folder dir and its missing parents with mode 0o755, so
// that they survive a power failure. A folder that exists is left as it is.
func MkdirAll(dir string) error {
	info, err := os.Stat(dir)
	if err == nil {
		if !info.IsDir() {
			return &fs.PathError{Op: "mkdir", Path: dir, Err: syscall.ENOTDIR}
		}
		return nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	parent := filepath.Dir(dir)
	if parent != dir {
		if err := MkdirAll(parent); err != nil {
			return err
		}
	}
	// Another process may have been quicker; its folder serves as well, but
	// whether it has been synced yet is not known.
	step("mkdir")
	if err := os.Mkdir(dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return SyncDir(parent)
}

// SyncDir makes the names in dir durable: files created, renamed or removed
// there. It does nothing where the system has no such call.
func SyncDir(dir string) error {
	step("sync folder")
	if err := syncDir(dir); err != nil {
		return fmt.Errorf("sync folder %q: %w", dir, err)
	}
	step("synced folder")
	return nil
}
