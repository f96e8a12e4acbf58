package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"baocao/pipeline/durable"
)

// restoring is how the folder begins in which a backup is unpacked.
const restoring = ".baocao-restore-"

// Restore unpacks a backup into the folder dir, which must be empty or missing:
// the store's own folder as dir/out, see [BackupState], the others under their
// names. No file has its name before every one is checked and on the disk; a
// backup that is not whole matches [ErrBackup], one of a newer version of this
// program [ErrRefused], and nothing is left of them.
func Restore(ctx context.Context, r io.ReaderAt, size int64, dir string) (BackupManifest, error) {
	b, err := openBackup(r, size)
	if err == nil {
		err = b.restore(ctx, dir)
	}
	if err != nil {
		return BackupManifest{}, fmt.Errorf("restore into %q: %w", dir, err)
	}
	return b.manifest, nil
}

func (b *backup) restore(ctx context.Context, dir string) (err error) {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		if err := durable.MkdirAll(dir); err != nil {
			return err
		}
		defer func() {
			if err != nil {
				_ = os.Remove(dir) // unless somebody else has put something there
			}
		}()
	}
	unlock, err := durable.LockDir(dir)
	if err != nil {
		return err
	}
	defer unlock()
	if err := clearOut(dir); err != nil {
		return err
	}
	temp, err := os.MkdirTemp(dir, restoring)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	if err := b.unpack(ctx, temp); err != nil {
		return err
	}
	if err := checkRestored(ctx, filepath.Join(temp, filepath.FromSlash(backupDatabase))); err != nil {
		return err
	}
	return giveNames(temp, dir)
}

// clearOut makes sure that the folder is empty, but for what a Restore that was
// killed has left, and removes that.
func clearOut(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), restoring) {
			return fmt.Errorf("the folder is not empty, there is %q", e.Name())
		}
	}
	for _, e := range entries {
		if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// unpack writes all files below dir, durably, and checks them.
func (b *backup) unpack(ctx context.Context, dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	folders := map[string]bool{".": true}
	for i, f := range b.manifest.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		for at := path.Dir(f.Name); !folders[at]; at = path.Dir(at) {
			folders[at] = true
		}
		if err := root.MkdirAll(path.Dir(f.Name), 0o755); err != nil {
			return err
		}
		if err := b.unpackFile(root, i); err != nil {
			return err
		}
	}
	for folder := range folders {
		if err := durable.SyncDir(filepath.Join(dir, filepath.FromSlash(folder))); err != nil {
			return err
		}
	}
	return nil
}

func (b *backup) unpackFile(root *os.Root, i int) error {
	name, head := b.manifest.Files[i].Name, b.files[i]
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	err = b.copyOut(f, i)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := root.Chtimes(name, head.Modified, head.Modified); err != nil {
		return err
	}
	return root.Chmod(name, head.Mode().Perm()&0o644|0o400)
}

// checkRestored makes sure that the database is one that this program can use.
func checkRestored(ctx context.Context, file string) error {
	if there, err := present(file); err != nil || !there {
		return errors.Join(fmt.Errorf("%w: it holds no database", ErrBackup), err)
	}
	db, err := connect(file, "mode=ro&nolock=1&immutable=1")
	if err != nil {
		return err
	}
	_, err = checkWhole(ctx, db)
	return errors.Join(err, db.Close())
}

// giveNames moves everything from temp into dir, the store's own folder last:
// while it is missing nobody takes what is there for an office.
func giveNames(temp, dir string) error {
	entries, err := os.ReadDir(temp)
	if err != nil {
		return err
	}
	slices.SortStableFunc(entries, func(a, b fs.DirEntry) int {
		last := func(e fs.DirEntry) int { return strings.Compare(e.Name(), BackupState) }
		switch {
		case last(a) == 0:
			return 1
		case last(b) == 0:
			return -1
		}
		return 0
	})
	for i, e := range entries {
		err := os.Rename(filepath.Join(temp, e.Name()), filepath.Join(dir, e.Name()))
		if err != nil {
			for _, moved := range entries[:i] {
				err = errors.Join(err, os.RemoveAll(filepath.Join(dir, moved.Name())))
			}
			return err
		}
	}
	return durable.SyncDir(dir)
}
