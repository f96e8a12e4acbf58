package durable

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Publish gives the file f, made by [CreateTemp] in the folder of name, that
// name durably, unless there is a file of that name already: then the error is
// [fs.ErrExist] and that file is untouched. In every case f is closed, and its
// temporary name is gone.
func Publish(f *os.File, name string) error {
	err := publish(f, name)
	step("remove temporary")
	discard(f)
	if err == nil {
		err = SyncDir(filepath.Dir(name))
	}
	if err != nil {
		return fmt.Errorf("publish %q: %w", name, err)
	}
	return nil
}

func publish(f *os.File, name string) error {
	step("sync")
	if err := f.Sync(); err != nil {
		return err
	}
	// A second name can be given only where there is none, in one step.
	step("link")
	err := os.Link(f.Name(), name)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	// FAT and some network shares know no second names. There, of two
	// processes at the same moment, the later one wins.
	if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(err, fs.ErrExist)
	}
	return rename(f, name)
}
