package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
)

func newDemo(a *app) *cobra.Command {
	var keep string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Show everything with made-up mail; nothing leaves this computer",
		Long: `demo plays the story of one quarter in some seconds: agencies' mails lie in a
mailbox, are fetched and read, each gets its receipt, and the report is made and
sent to those who wait for it.

Mails, figures and addresses are made up; the plan is the one that ships. Mailbox
and mail server are real ones that run inside the program, reached on this
computer alone and gone when demo ends. No configuration is read, neither
baocao.yaml nor --config, and no other server is spoken to.

What was made lies in a new folder, which demo names and leaves for you to look
at and to delete.`,
		Example: "  baocao demo\n  baocao demo --keep try",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError{cmd.CommandPath(), fmt.Errorf("demo takes no argument, got %q", args[0])}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return a.demo(cmd.Context(), keep, asJSON) },
	}
	cmd.Flags().StringVar(&keep, "keep", "", "the `folder` to work in, new or empty (default: a new one among the temporary files)")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON value")
	return cmd
}

func (a *app) demo(ctx context.Context, keep string, asJSON bool) error {
	began := time.Now()
	folder, err := demoFolder(keep)
	if err != nil {
		return err
	}
	d := &demo{app: &app{stdout: a.stdout, stderr: a.stderr, now: a.now, configFile: filepath.Join(folder, configName)}, folder: folder}
	if err := d.play(ctx); err != nil {
		return fmt.Errorf("demo: %w; what was made so far lies in %s", err, folder)
	}
	d.seen.Seconds = time.Since(began).Seconds()
	name := cmp.Or(a.configFile, configName)
	if _, err := os.Stat(name); err == nil {
		d.seen.NotRead = name
	}
	if asJSON {
		return a.printJSON(d.seen)
	}
	d.print()
	return nil
}

// demoFolder is the folder to work in: that of the name, which must not hold
// anything, or a new one.
func demoFolder(keep string) (string, error) {
	if keep == "" {
		return os.MkdirTemp("", "baocao-demo-")
	}
	entries, err := os.ReadDir(keep)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return keep, os.MkdirAll(keep, 0o755)
	case err == nil && len(entries) > 0:
		err = fmt.Errorf("folder %q is not empty", keep)
	}
	return keep, err
}
