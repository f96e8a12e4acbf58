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
	"path"
	"strings"
	"time"
)

// without is a folder without one of its files.
type without struct {
	fs.FS
	name string
}

func (w without) Open(name string) (fs.File, error) {
	if name == w.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return w.FS.Open(name)
}

// backupWriter adds files to a backup, and tells of each in the manifest.
type backupWriter struct {
	zip      *zip.Writer
	manifest BackupManifest
	names    map[string]bool
}

// addFolder adds the regular files of a folder, which may be missing, but for
// hidden ones, such as what is only being written. One that goes away meanwhile
// is left out.
func (b *backupWriter) addFolder(ctx context.Context, folder BackupFolder) error {
	if !fs.ValidPath(folder.Name) {
		return fmt.Errorf("%q cannot be the name of a folder", folder.Name)
	}
	return fs.WalkDir(folder.FS, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case !fs.ValidPath(name): // no UTF-8: no zip can hold it
			b.manifest.Faults = append(b.manifest.Faults, fmt.Sprintf("%q: its name is no UTF-8", path.Join(folder.Name, name)))
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case name != "." && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case !d.Type().IsRegular():
			return nil
		}
		f, err := folder.FS.Open(name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		info, err := f.Stat()
		if err == nil {
			err = b.add(path.Join(folder.Name, name), info.Mode().Perm(), info.ModTime(), f)
		}
		return errors.Join(err, f.Close())
	})
}

func (b *backupWriter) add(name string, perm fs.FileMode, changed time.Time, r io.Reader) error {
	if b.names[name] || name == backupManifest {
		return fmt.Errorf("%q cannot be in a backup twice", name)
	}
	b.names[name] = true
	head := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: changed.UTC()}
	head.SetMode(perm)
	w, err := b.zip.CreateHeader(head)
	if err != nil {
		return err
	}
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(w, sum), r)
	if err != nil {
		return fmt.Errorf("%q: %w", name, err)
	}
	b.manifest.Files = append(b.manifest.Files, BackupFile{Name: name, Size: n, SHA256: hex.EncodeToString(sum.Sum(nil))})
	return nil
}

// faults are the files of the archive that are not what their names say, and
// those referred to that are not there.
func (b *backupWriter) faults(refers []string) []string {
	var faults []string
	for _, f := range b.manifest.Files {
		base := path.Base(f.Name)
		sha := strings.TrimSuffix(base, path.Ext(base))
		sidecar := path.Ext(base) == ".json" && !strings.HasPrefix(f.Name, BackupState+"/archive/"+issuedFolder+"/")
		if strings.HasPrefix(f.Name, BackupState+"/archive/") && !sidecar && checkHash(sha) == nil && sha != f.SHA256 {
			faults = append(faults, f.Name+": changed")
		}
	}
	for _, name := range refers {
		if !b.names[name] {
			faults = append(faults, name+": missing")
		}
	}
	return faults
}

// finish writes the manifest and the zip's directory.
func (b *backupWriter) finish() error {
	w, err := b.zip.CreateHeader(&zip.FileHeader{Name: backupManifest, Method: zip.Deflate, Modified: b.manifest.At})
	if err != nil {
		return err
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(b.manifest); err != nil {
		return err
	}
	return b.zip.Close()
}
