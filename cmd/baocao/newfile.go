package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"baocao/pipeline/durable"
)

// errInTheWay is the error of a file that a person named, and that is there already
// with something else in it.
var errInTheWay = errors.New("there is another file of that name")

// writeOther writes a file that a person named. One that is there already is left
// alone, and is an error unless it holds the same.
func writeOther(name string, data []byte) error {
	err := publishNew(name, data)
	switch {
	case !errors.Is(err, fs.ErrExist):
		return err
	case holds(name, data):
		return nil
	}
	return fmt.Errorf("write %q: %w", name, errInTheWay)
}

// publishNew writes a file that must not be there yet.
func publishNew(name string, data []byte) error {
	f, err := durable.CreateTemp(filepath.Dir(name))
	if err != nil {
		return fmt.Errorf("write %q: %w", name, err)
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err != nil {
		_ = f.Close()
		_ = os.Remove(f.Name())
		return fmt.Errorf("write %q: %w", name, err)
	}
	return durable.Publish(f, name)
}

// holds reports whether the ordinary file of that name holds the data.
func holds(name string, data []byte) bool {
	info, err := os.Lstat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(data)) {
		return false
	}
	there, err := os.ReadFile(name)
	return err == nil && bytes.Equal(there, data)
}
