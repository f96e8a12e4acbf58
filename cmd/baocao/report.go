package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/reconcile"
)

func newReport(a *app) *cobra.Command {
	var dryRun, asNow bool
	var revision int
	c := &periodCommand{run: func(a *app, cmd *cobra.Command, p *pipeline.Pipeline, o periodOptions) error {
		p.DryRun = dryRun
		switch {
		case asNow && (revision > 0 || !o.asOf.IsZero()), revision > 0 && !o.asOf.IsZero():
			return usageError{cmd.CommandPath(), errors.New("want one of --revision, --as-of and --as-now")}
		case revision > 0:
			files, err := p.Revision(cmd.Context(), o.period, revision)
			if err != nil {
				return err
			}
			return a.printReport(o, files, nil)
		case asNow:
			return a.reportAsNow(cmd, p, o)
		}
		result, err := p.Run(cmd.Context(), o.period, o.asOf.Time)
		if err != nil {
			return err
		}
		a.tellClosed(p, result.Made)
		return a.printReport(o, result.Files, nil)
	}}
	c.Flags().BoolVar(&dryRun, "dry-run", false, dryRunHelp)
	c.Flags().IntVar(&revision, "revision", 0, "give the files of issued revision `N` back, byte for byte")
	c.Flags().BoolVar(&asNow, "as-now", false, "render an issued period as its figures stand now, and list what differs from the issue")
	c.Use = "report PERIOD"
	c.Short = "Write the period's PDF and workbook from what is known, or give an issued revision back"
	c.Long = `report collects what lies in inbox/, reconciles, and writes the PDF, the workbook
and the manifest of a period again. With --as-of it writes the figures as they
stood at that moment, into files named after it. Of a period that is issued it
puts back what was issued; --as-now renders it as the figures stand now, into
files of their own, and lists what differs.`
	c.Example = `  baocao report 2018-Q1 --as-of 2018-03-16
  baocao report 2018-Q1 --revision 1
  baocao report 2018-Q1 --as-now`
	return c.build(a)
}

// reportAsNow renders the figures as they stand now beside what was issued.
func (a *app) reportAsNow(cmd *cobra.Command, p *pipeline.Pipeline, o periodOptions) error {
	if _, err := p.Collect(cmd.Context()); err != nil {
		return err
	}
	differences, err := p.Differences(cmd.Context(), o.period, 0, 0)
	if err != nil {
		return err
	}
	made, err := p.AsNow(cmd.Context(), o.period)
	if err != nil {
		return err
	}
	files, err := p.Report(cmd.Context(), made)
	if err != nil {
		return err
	}
	return a.printReport(o, files, differences)
}

func (a *app) printReport(o periodOptions, files []pipeline.File, differences []reconcile.Difference) error {
	switch {
	case o.asJSON && differences != nil:
		return a.printJSON(struct {
			Files       []pipeline.File        `json:"files"`
			Differences []reconcile.Difference `json:"differences"`
		}{files, differences})
	case o.asJSON:
		return a.printJSON(files)
	}
	a.printFiles(files)
	if differences != nil {
		a.printDifferences(differences)
	}
	return nil
}

// tellClosed says, in the sentence that everybody is told, that what is written
// is what was issued.
func (a *app) tellClosed(p *pipeline.Pipeline, made *pipeline.Made) {
	if said := p.ClosedSentence(made.Gate); said != "" && !made.Explicit {
		fmt.Fprintln(a.stderr, said)
	}
}
