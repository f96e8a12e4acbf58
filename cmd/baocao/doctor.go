package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/store"
	"baocao/templates"
)

// errIll ends doctor when something is not as it should be; the table has told.
var errIll = errors.New("something is not as it should be")

func newDoctor(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Tell what is wrong with mail, plan, directory, disk, clock or database before the deadline does",
		Long: `doctor looks at everything that a report depends on: configuration, templates,
plan, directory, fonts, disk, clock, database, archive, mailbox and mail server,
and what waits for a clerk. Beside what is wrong stands what to do, in Vietnamese.

It logs in to both mail servers, fetches nothing and sends nothing. Each check has
its time, and none keeps the others from being made.

It ends 0 when all is well, and 1 when something is not.`,
		Example: "  baocao doctor\n  baocao doctor --json",
		Args:    exactly(0, "argument"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			d := a.newDoctor()
			all, words, err := d.Examine(cmd.Context())
			if d.Store != nil {
				defer d.Store.Close()
			}
			if err != nil {
				return fmt.Errorf("doctor: %w", err)
			}
			if asJSON {
				err = a.printJSON(all)
			} else {
				err = a.printExamined(all, words)
			}
			if err != nil {
				return err
			}
			for _, e := range all {
				if !e.OK {
					return errIll
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON value")
	return cmd
}

// newDoctor wires the doctor with what the configuration says, as far as it can
// be read.
func (a *app) newDoctor() *pipeline.Doctor {
	name := a.configFile
	if name == "" {
		name = configName
	}
	folder := filepath.Dir(name)
	_, cfg, configured, err := a.config()
	if err != nil {
		cfg = cfg.withDefaults()
	}
	d := &pipeline.Doctor{
		Pipeline: a.wired(folder, cfg, configured || err != nil), Shipped: templates.FS, Backups: folder, ConfigError: err,
		InboxDir: filepath.Join(folder, "inbox"), StateDir: beside(folder, cfg.State),
	}
	d.Log = slog.New(slog.DiscardHandler) // the table tells
	d.OpenStore = func(ctx context.Context) (*store.Store, error) {
		if _, err := os.Stat(filepath.Join(d.StateDir, "baocao.db")); err != nil {
			return nil, nil // the archive, or its lack, tells whether there should be one
		}
		return store.Open(ctx, d.StateDir, cfg.Office)
	}
	d.Jobs = a.extraJobs(d.Pipeline)
	if configured {
		d.Config = name
		a.doctorMail(d, folder, cfg)
	}
	return d
}

// doctorMail gives the doctor both mail servers.
func (a *app) doctorMail(d *pipeline.Doctor, folder string, cfg config) {
	var errIn, errOut error
	if d.Mailbox, errIn = cfg.Mailbox.openMailbox(folder, nil, nil); d.Mailbox != nil {
		d.Secrets = append(d.Secrets, d.Mailbox.Secret.Read)
	}
	if d.Outgoing, errOut = cfg.SMTP.openOutgoing(folder); d.Outgoing != nil && d.Outgoing.Post.Secret != nil {
		d.Secrets = append(d.Secrets, d.Outgoing.Post.Secret)
	}
	d.ConfigError = errors.Join(errIn, errOut)
}

func (a *app) printExamined(all []pipeline.Examined, words pipeline.DoctorWords) error {
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, strings.Join(words.Head, "\t"))
	failed := 0
	for _, e := range all {
		result := words.OK
		if !e.OK {
			result = words.Failed
			failed++
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", e.Check, result, e.Detail)
		if e.Hint != "" {
			fmt.Fprintf(w, "\t\t→ %s\n", e.Hint)
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	sum := words.Whole
	if failed > 0 {
		sum = strings.NewReplacer("{failed}", strconv.Itoa(failed), "{all}", strconv.Itoa(len(all))).Replace(words.Sum)
	}
	_, err := fmt.Fprintln(a.stdout, sum)
	return err
}
