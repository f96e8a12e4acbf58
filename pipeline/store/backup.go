package store

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"
)

// BackupState is the folder, in a backup and where it is restored, that holds
// what lies in the store's own folder.
const BackupState = "out"

// BackupFolder is a folder of somebody else's that goes into a backup.
type BackupFolder struct {
	Name string // in the backup: "inbox"; ".": its files stand at the top
	FS   fs.FS
}

// BackupManifest says what is in a backup.
type BackupManifest struct {
	Format int          `json:"format"`
	Office string       `json:"office"`
	At     time.Time    `json:"at"`
	Schema int64        `json:"schema"` // of the database
	Files  []BackupFile `json:"files"`  // all but the manifest

	// Faults names files that the database refers to and that are missing or
	// not as they were when they were kept, and files whose names no zip can
	// hold. They were so before the backup.
	Faults []string `json:"faults,omitempty"`
}

// BackupFile is a file in a backup.
type BackupFile struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

const (
	backupFormat   = 1
	backupManifest = "manifest.json"
	backupDatabase = BackupState + "/baocao.db"
)

// Backup writes everything that the office remembers as one zip, which
// [VerifyBackup] and [Restore] read: the database as it is at one moment, the
// archive, the letters, and the folders of others. Work may go on meanwhile.
//
// What is kept while the backup is written may be in it or not; what the
// database of the backup speaks of is.
func (s *Store) Backup(ctx context.Context, w io.Writer, at time.Time, also ...BackupFolder) (BackupManifest, error) {
	m, err := s.backup(ctx, w, at, also)
	if err != nil {
		return BackupManifest{}, fmt.Errorf("back up %q: %w", s.dir, err)
	}
	return m, nil
}

func (s *Store) backup(ctx context.Context, w io.Writer, at time.Time, also []BackupFolder) (BackupManifest, error) {
	snap, err := s.snapshot(ctx)
	if err != nil {
		return BackupManifest{}, err
	}
	defer snap.remove()
	sealed := newSealer(w)
	b := &backupWriter{zip: zip.NewWriter(sealed), names: map[string]bool{}}
	b.manifest = BackupManifest{Format: backupFormat, Office: s.office, At: at.UTC(), Schema: snap.schema}
	if err := b.zip.SetComment(sealPlace); err != nil {
		return b.manifest, err
	}
	if _, err := snap.file.Seek(0, io.SeekStart); err != nil {
		return b.manifest, err
	}
	if err := b.add(backupDatabase, 0o600, at, snap.file); err != nil {
		return b.manifest, err
	}
	if err := b.add(BackupState+"/archive/audit.json", 0o644, at, strings.NewReader(snap.heads)); err != nil {
		return b.manifest, err
	}
	own := []BackupFolder{
		{BackupState + "/archive", without{os.DirFS(string(s.archive)), "audit.json"}},
		{BackupState + "/outbox", os.DirFS(s.Outbox())},
	}
	for _, folder := range append(own, also...) {
		if err := b.addFolder(ctx, folder); err != nil {
			return b.manifest, err
		}
	}
	b.manifest.Faults = append(b.manifest.Faults, b.faults(snap.refers)...)
	if err := b.finish(); err != nil {
		return b.manifest, err
	}
	return b.manifest, sealed.seal()
}
