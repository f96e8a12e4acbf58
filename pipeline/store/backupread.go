package store

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
)

// ErrBackup says that a file is no whole backup. Nothing of it is used.
var ErrBackup = errors.New("no whole backup")

// Limits on what a backup may ask for: honest ones stay far below.
const (
	maxManifest  = 256 << 20
	maxInflation = 200      // times the size of the zip
	freeBytes    = 64 << 20 // whatever the size of the zip
)

// backup is one that is whole as a file and whose manifest names its files.
type backup struct {
	manifest BackupManifest
	files    []*zip.File // in the order of manifest.Files
}

// openBackup checks everything but the files' contents.
func openBackup(r io.ReaderAt, size int64) (*backup, error) {
	if err := checkSeal(r, size); err != nil {
		return nil, err
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBackup, err)
	}
	inside := map[string]*zip.File{}
	for _, f := range z.File {
		if inside[f.Name] != nil {
			return nil, fmt.Errorf("%w: it holds %q twice", ErrBackup, f.Name)
		}
		inside[f.Name] = f
	}
	b := &backup{}
	if err := readManifest(inside[backupManifest], &b.manifest); err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrBackup, backupManifest, err)
	}
	delete(inside, backupManifest)
	total := int64(0)
	for _, listed := range b.manifest.Files {
		f := inside[listed.Name]
		delete(inside, listed.Name)
		switch {
		case f == nil:
			return nil, fmt.Errorf("%w: %q is not in it, or listed twice", ErrBackup, listed.Name)
		case !safeName(listed.Name) || !f.Mode().IsRegular():
			return nil, fmt.Errorf("%w: %q is no name of a file", ErrBackup, listed.Name)
		case listed.Size < 0 || f.UncompressedSize64 != uint64(listed.Size):
			return nil, fmt.Errorf("%w: %q is not as large as its manifest says", ErrBackup, listed.Name)
		}
		if total += listed.Size; total-freeBytes > size*maxInflation {
			return nil, fmt.Errorf("%w: its files would take more than %d bytes", ErrBackup, size*maxInflation)
		}
		b.files = append(b.files, f)
	}
	for name := range inside {
		return nil, fmt.Errorf("%w: its manifest does not know %q", ErrBackup, name)
	}
	return b, nil
}

// safeName reports whether name stays in the folder that it is put into.
func safeName(name string) bool {
	return name != "." && fs.ValidPath(name) && filepath.IsLocal(filepath.FromSlash(name)) &&
		!strings.Contains(name, "\x00") && !strings.HasPrefix(name, restoring)
}

func readManifest(f *zip.File, m *BackupManifest) error {
	if f == nil {
		return fs.ErrNotExist
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, maxManifest+1))
	switch {
	case err != nil:
		return err
	case len(data) > maxManifest:
		return errors.New("it is too large")
	}
	if err := json.Unmarshal(data, m); err != nil {
		return err
	}
	if m.Format != backupFormat {
		return fmt.Errorf("%w: its format %d is not %d, the one that this program knows", ErrRefused, m.Format, backupFormat)
	}
	return nil
}

// copyOut writes file i to w, and fails unless it is what the manifest says.
func (b *backup) copyOut(w io.Writer, i int) error {
	want := b.manifest.Files[i]
	r, err := b.files[i].Open()
	if err != nil {
		return fmt.Errorf("%w: %q: %w", ErrBackup, want.Name, err)
	}
	defer r.Close()
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(w, sum), io.LimitReader(r, want.Size))
	switch {
	case err != nil:
		return fmt.Errorf("%q: %w", want.Name, err)
	case n != want.Size || hex.EncodeToString(sum.Sum(nil)) != want.SHA256:
		return fmt.Errorf("%w: %q is not what its manifest says", ErrBackup, want.Name)
	}
	return nil
}

// VerifyBackup reads a backup whole and holds every file against the manifest,
// which it returns. The error matches [ErrBackup] if anything is amiss.
func VerifyBackup(ctx context.Context, r io.ReaderAt, size int64) (BackupManifest, error) {
	b, err := openBackup(r, size)
	if err != nil {
		return BackupManifest{}, fmt.Errorf("verify backup: %w", err)
	}
	for i := range b.files {
		if err = ctx.Err(); err == nil {
			err = b.copyOut(io.Discard, i)
		}
		if err != nil {
			return BackupManifest{}, fmt.Errorf("verify backup: %w", err)
		}
	}
	return b.manifest, nil
}
