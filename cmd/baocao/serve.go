package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/agency"
	"baocao/pipeline/durable"
	"baocao/pipeline/schedule"
	"baocao/pipeline/store"
)

func newServe(a *app) *cobra.Command {
	var trust bool
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Let the year run by itself: do what the schedule says, watch the mailbox",
		Long: `serve does each job of templates/schedule.yaml at its time, and fetches, reads and
answers each mail soon after it arrives. It goes on until it is told to end
(Ctrl-C, SIGTERM), and then ends within 5 seconds: what it was at is taken up
again when it is started the next time.

Each job is done once, also by two programs on one database and with a clock that
was set. What was missed while the computer was off is made up for as the schedule
says. A job that fails is tried again, then told to the clerk whom baocao.yaml
names; baocao schedule log shows what was done.

A clock that stands days before a time that it has shown is not believed, and
nothing is done; when it is right now and was wrong before, start once with
--trust-clock.`,
		Example: "  baocao serve\n  baocao serve --config /srv/baocao/baocao.yaml",
		Args:    exactly(0, "argument"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withService(cmd.Context(), func(s *pipeline.Service) error {
				if s.Mailbox != nil && s.Outgoing != nil {
					s.Mailbox.IdleFor = letterPause
				}
				if trust {
					if err := s.TrustClock(cmd.Context()); err != nil {
						return err
					}
				}
				fmt.Fprintf(a.stdout, "Serving %s\n", s.Out)
				return s.Serve(cmd.Context())
			})
		},
	}
	cmd.Flags().BoolVar(&trust, "trust-clock", false, "the clock is right now, whatever it has shown before")
	return cmd
}

// withService opens the office's data and runs f on its schedule.
func (a *app) withService(ctx context.Context, f func(*pipeline.Service) error) error {
	_, cfg, _, err := a.config()
	if err != nil {
		return err
	}
	p, done, err := a.open(ctx, needsStore)
	if err != nil {
		return err
	}
	defer done()
	s := &pipeline.Service{Pipeline: p, Extra: a.extraJobs(p)}
	if s.Clerk, s.Recipients, err = cfg.addressees(); err != nil {
		return err
	}
	if err := s.Prepare(); err != nil {
		return err
	}
	return f(s)
}

// extraJobs are the jobs of the schedule that need more than the pipeline.
func (a *app) extraJobs(p *pipeline.Pipeline) map[string]pipeline.Job {
	return map[string]pipeline.Job{
		"backup": {About: schedule.AboutOffice, Do: func(ctx context.Context, _ schedule.Entry) (string, error) { return a.backupJob(ctx, p) }},
		"doctor": {About: schedule.AboutOffice, Do: func(ctx context.Context, _ schedule.Entry) (string, error) { return a.doctorJob(ctx) }},
	}
}

// backupJob writes a backup beside the configuration and reads it back.
func (a *app) backupJob(ctx context.Context, p *pipeline.Pipeline) (string, error) {
	folder, _, _, err := a.config()
	if err != nil {
		return "", err
	}
	also, err := a.backupFolders()
	if err != nil {
		return "", err
	}
	at := p.Now()
	name := filepath.Join(folder, "baocao-"+at.In(agency.Zone).Format("20060102-150405")+".zip")
	var m store.BackupManifest
	err = durable.Write(name, 0o600, func(f *os.File) error {
		if m, err = p.Store.Backup(ctx, f, at, also...); err != nil {
			return err
		}
		info, err := f.Stat()
		if err != nil {
			return err
		}
		_, err = store.VerifyBackup(ctx, f, info.Size())
		return err
	})
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s: %d files", filepath.Base(name), len(m.Files)), nil
}

// doctorJob looks for what would keep the office from its deadline; what it finds
// is told to the clerk.
func (a *app) doctorJob(ctx context.Context) (string, error) {
	d := a.newDoctor()
	all, _, err := d.Examine(ctx)
	if d.Store != nil {
		defer d.Store.Close()
	}
	if err != nil {
		return "", err
	}
	var wrong []string
	for _, e := range all {
		if !e.OK {
			wrong = append(wrong, fmt.Sprintf("%s: %s (%s)", e.Check, e.Detail, e.Hint))
		}
	}
	if len(wrong) > 0 {
		return "", &pipeline.GivenUpError{Reason: strings.Join(wrong, "; ")}
	}
	return fmt.Sprintf("%d checks, all is well", len(all)), nil
}
