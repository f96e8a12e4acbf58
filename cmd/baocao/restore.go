package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"baocao/pipeline/agency"
	"baocao/pipeline/durable"
	"baocao/pipeline/store"
)

func newRestore(a *app) *cobra.Command {
	var to string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Unpack a backup into an empty folder, on this machine or another",
		Long: `restore checks every file of a backup against its hash and unpacks it into a folder
that is empty or missing. A backup that is not whole leaves nothing. Afterwards
baocao works there as it did: run it in that folder.`,
		Example: "  baocao restore baocao-20180401-080000.zip --to /srv/baocao",
		Args:    exactly(1, "a backup"),
		RunE: func(cmd *cobra.Command, args []string) error {
			f, err := os.Open(args[0])
			if err != nil {
				return fmt.Errorf("restore: %w", err)
			}
			defer f.Close()
			info, err := f.Stat()
			if err != nil {
				return fmt.Errorf("restore: %w", err)
			}
			m, err := store.Restore(cmd.Context(), f, info.Size(), to)
			if err != nil {
				return err
			}
			if err := a.placeState(to); err != nil {
				return err
			}
			if asJSON {
				return a.printJSON(m)
			}
			fmt.Fprintf(a.stdout, "restored to %s: %d files of office %s, as of %s\n", to, len(m.Files), m.Office,
				m.At.In(agency.Zone).Format("2006-01-02 15:04"))
			return nil
		},
	}
	cmd.Flags().StringVar(&to, "to", "", "the `folder` to unpack into, empty or missing")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON value")
	required(cmd, "to")
	return cmd
}

// placeState moves the restored state to where the restored configuration looks
// for it.
func (a *app) placeState(folder string) error {
	restored := &app{stdout: a.stdout, stderr: a.stderr, now: a.now, configFile: filepath.Join(folder, configName)}
	_, cfg, _, err := restored.config()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil // it ran on what ships
	case err != nil:
		return fmt.Errorf("the backup is unpacked to %q; its configuration is not in order here: %w", folder, err)
	case filepath.IsAbs(cfg.State):
		return fmt.Errorf("the backup is unpacked to %q; move its folder out to %q, where the configuration has the state", folder, cfg.State)
	case filepath.Clean(cfg.State) == store.BackupState:
		return nil
	}
	place := filepath.Join(folder, cfg.State)
	if err := durable.MkdirAll(filepath.Dir(place)); err != nil {
		return err
	}
	return os.Rename(filepath.Join(folder, store.BackupState), place)
}
