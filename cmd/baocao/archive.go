package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/durable"
)

func newArchive(a *app) *cobra.Command {
	var to string
	c := &periodCommand{present: true, run: func(a *app, cmd *cobra.Command, p *pipeline.Pipeline, o periodOptions) error {
		if _, err := p.Collect(cmd.Context()); err != nil {
			return err
		}
		name := to
		if name == "" {
			name = filepath.Join(p.Out, o.period.String(), "ho-so-"+o.period.String()+".zip")
		}
		var done pipeline.Archived
		err := durable.Write(name, 0o644, func(f *os.File) (err error) {
			done, err = p.ArchivePeriod(cmd.Context(), o.period, f)
			return err
		})
		if err != nil {
			return err
		}
		if o.asJSON {
			return a.printJSON(done)
		}
		fmt.Fprintf(a.stdout, "written %s: %d documents, %d mails, %d issued revisions\n", name, done.Documents, done.Mails, done.Revisions)
		return nil
	}}
	c.Flags().StringVar(&to, "to", "", "the `file` to write (default: out/PERIOD/ho-so-PERIOD.zip)")
	c.Use = "archive PERIOD"
	c.Short = "Write one zip of all that belongs to a period: originals, mails, reports, rulings, index"
	c.Example = "  baocao archive 2018-Q1"
	return c.build(a)
}
