package pipeline

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"slices"
)

// Overlay is the shipped templates with the office's own files over them, file
// by file: an upgrade brings new files and never touches the office's.
type Overlay struct {
	Own, Shipped fs.FS
}

// Open opens the office's file, or the shipped one if the office has none.
func (o Overlay) Open(name string) (fs.File, error) {
	f, err := o.Own.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return o.Shipped.Open(name)
	}
	return f, err
}

// free are the folders whose files an office names as it likes.
var free = []string{"layout", "plan", "report/issuers"}

// Files are the office's own files, and those of them that nothing reads: they have
// no name of a shipped one, as after a slip of the pen.
func (o Overlay) Files() (own, unread []string, err error) {
	err = fs.WalkDir(o.Own, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil // the office has none of its own
		case err != nil || d.IsDir():
			return err
		}
		own = append(own, name)
		if _, err := fs.Stat(o.Shipped, name); errors.Is(err, fs.ErrNotExist) && !slices.Contains(free, path.Dir(name)) {
			unread = append(unread, name)
		}
		return nil
	})
	return own, unread, err
}

// ReadDir lists the files of both, each name once.
func (o Overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	own, err := fs.ReadDir(o.Own, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	shipped, shippedErr := fs.ReadDir(o.Shipped, name)
	if shippedErr != nil && (err != nil || !errors.Is(shippedErr, fs.ErrNotExist)) {
		return nil, shippedErr
	}
	for _, e := range shipped {
		if !slices.ContainsFunc(own, func(f fs.DirEntry) bool { return f.Name() == e.Name() }) {
			own = append(own, e)
		}
	}
	slices.SortFunc(own, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	return own, nil
}
