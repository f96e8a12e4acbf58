package durable

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrInUse is the error of a file that cannot be replaced because another program
// has it open, as Windows keeps it: a workbook in Excel, a PDF in its reader.
var ErrInUse = errors.New("another program has the file open")

// WriteFile puts data under name, in place of any file there, and returns once
// it will survive a power failure. The mode is exactly perm, whatever the
// umask; missing parent folders are created with mode 0o755. A symbolic link
// at name is replaced, not followed.
//
// On an error the old file is untouched and no temporary is left, with one
// exception: when only the last step fails, the folder's own fsync, the new
// file stands there whole but might not survive a power failure.
func WriteFile(name string, data []byte, perm fs.FileMode) error {
	return Write(name, perm, func(f *os.File) error {
		_, err := f.Write(data)
		return err
	})
}

// Write is [WriteFile] of what write puts into the file, for data that are too
// large to be held at once.
func Write(name string, perm fs.FileMode, write func(*os.File) error) error {
	dir := filepath.Dir(name)
	if err := MkdirAll(dir); err != nil {
		return fmt.Errorf("write %q: %w", name, err)
	}
	f, err := CreateTemp(dir)
	if err != nil {
		return fmt.Errorf("write %q: %w", name, err)
	}
	if err := fill(f, write, perm); err != nil {
		discard(f)
		return fmt.Errorf("write %q: %w", name, err)
	}
	step("rename")
	if err := rename(f, name); err != nil {
		discard(f)
		return fmt.Errorf("write %q: %w", name, err)
	}
	if err := SyncDir(dir); err != nil {
		return fmt.Errorf("write %q: %w", name, err)
	}
	return nil
}

func fill(f *os.File, write func(*os.File) error, perm fs.FileMode) error {
	if err := write(f); err != nil {
		return err
	}
	if err := f.Chmod(perm); err != nil {
		return err
	}
	step("sync")
	return f.Sync()
}

// discard closes and removes a temporary that came to nothing. Its errors are
// of no use: the caller has one to report already, and SweepTemp removes what
// is left.
func discard(f *os.File) {
	_ = f.Close()
	_ = os.Remove(f.Name())
}
