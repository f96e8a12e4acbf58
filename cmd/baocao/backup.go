package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"baocao/pipeline/agency"
	"baocao/pipeline/durable"
	"baocao/pipeline/store"
)

func newBackup(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "backup [FILE]",
		Short: "Write one zip of all that the office has: database, originals, letters, inbox, templates, configuration",
		Long: `backup writes one zip while work goes on, reads it back, and compares every file
with its hash. Passwords are not in it: the configuration names the files that
hold them, and these stay where they are.`,
		Example: "  baocao backup\n  baocao backup /media/usb/baocao.zip",
		Args:    atMost(1, "one file to write"),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, done, err := a.open(cmd.Context(), needsStore)
			if err != nil {
				return err
			}
			defer done()
			at := p.Now()
			name := "baocao-" + at.In(agency.Zone).Format("20060102-150405") + ".zip"
			if len(args) == 1 {
				name = args[0]
			}
			if _, err := os.Stat(name); err == nil {
				return fmt.Errorf("backup %q: there is a file of that name already", name)
			}
			also, err := a.backupFolders()
			if err != nil {
				return err
			}
			var m store.BackupManifest
			err = durable.Write(name, 0o600, func(f *os.File) error {
				if m, err = p.Store.Backup(cmd.Context(), f, at, also...); err != nil {
					return err
				}
				info, err := f.Stat()
				if err != nil {
					return err
				}
				_, err = store.VerifyBackup(cmd.Context(), f, info.Size())
				return err
			})
			if err != nil {
				return err
			}
			if asJSON {
				return a.printJSON(m)
			}
			fmt.Fprintf(a.stdout, "written %s: %d files, read back and compared\n", name, len(m.Files))
			for _, fault := range m.Faults {
				fmt.Fprintf(a.stdout, "was not as it should be before: %s\n", fault)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON value")
	return cmd
}

// backupFolders are what belongs to the office beside the store: what came in,
// its own templates, its configuration.
func (a *app) backupFolders() ([]store.BackupFolder, error) {
	folder, _, configured, err := a.config()
	if err != nil {
		return nil, err
	}
	also := []store.BackupFolder{{Name: "inbox", FS: os.DirFS(filepath.Join(folder, "inbox"))}}
	if !configured {
		return also, nil
	}
	if own := filepath.Join(folder, "templates"); isDir(own) {
		also = append(also, store.BackupFolder{Name: "templates", FS: os.DirFS(own)})
	}
	name := a.configFile
	if name == "" {
		name = configName
	}
	return append(also, store.BackupFolder{Name: ".", FS: only{os.DirFS(filepath.Dir(name)), filepath.Base(name)}}), nil
}

// only is one file of a folder.
type only struct {
	fs.FS
	name string
}

func (o only) ReadDir(name string) ([]fs.DirEntry, error) {
	if name != "." {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	info, err := fs.Stat(o.FS, o.name)
	if err != nil {
		return nil, err
	}
	return []fs.DirEntry{fs.FileInfoToDirEntry(info)}, nil
}
