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
	var as pipeline.ReportAs
	c := &periodCommand{run: func(a *app, cmd *cobra.Command, p *pipeline.Pipeline, o periodOptions) error {
		p.DryRun = dryRun
		switch {
		case revision < 0:
			return usageError{cmd.CommandPath(), fmt.Errorf("--revision %d: want the number of an issued revision, from 1", revision)}
		case asNow && (revision > 0 || !o.asOf.IsZero()), revision > 0 && !o.asOf.IsZero():
			return usageError{cmd.CommandPath(), errors.New("want one of --revision, --as-of and --as-now")}
		case as.Issuer != "" && as.Agency != "", as != (pipeline.ReportAs{}) && (revision > 0 || asNow || dryRun):
			return usageError{cmd.CommandPath(), errors.New("want --issuer or --agency, alone or with --as-of")}
		case as != (pipeline.ReportAs{}):
			return a.reportAs(cmd, p, o, as)
		case revision > 0:
			files, err := p.Revision(cmd.Context(), o.period, revision)
			if err != nil {
				return err
			}
			return a.printReport(o, files)
		case asNow:
			return a.reportAsNow(cmd, p, o)
		}
		result, err := p.Run(cmd.Context(), o.period, o.asOf.Time)
		if err != nil {
			return err
		}
		a.tellClosed(p, result.Made)
		return a.printReport(o, result.Files)
	}}
	c.Flags().BoolVar(&dryRun, "dry-run", false, dryRunHelp)
	c.Flags().IntVar(&revision, "revision", 0, "give the files of issued revision `N` back, byte for byte")
	c.Flags().BoolVar(&asNow, "as-now", false, "render an issued period as its figures stand now, and list what differs from the issue")
	c.Flags().StringVar(&as.Issuer, "issuer", "", "write the report in the name of the issuer with this `id`, of templates/report/issuers")
	c.Flags().StringVar((*string)(&as.Agency), "agency", "", "write only the lines of the agency with this `id`")
	c.Use = "report PERIOD"
	c.Short = "Write the period's PDF and workbook from what is known, or give an issued revision back"
	c.Long = `report collects what lies in inbox/, reconciles, and writes the PDF, the workbook
and the manifest of a period again. With --as-of it writes the figures as they
stood at that moment, into files named after it. Of a period that is issued it
puts back what was issued; --as-now renders it as the figures stand now, into
files of their own, and lists what differs. --issuer writes the same figures in
another name, --agency what is one agency's; both into files named after it, as
drafts.`
	c.Example = `  baocao report 2018-Q1 --as-of 2018-03-16
  baocao report 2018-Q1 --revision 1
  baocao report 2018-Q1 --as-now
  baocao report 2018-6M --issuer ubnd
  baocao report 2018-6M --agency syt`
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
	if o.asJSON {
		return a.printJSON(struct {
			Files       []pipeline.File        `json:"files"`
			Differences []reconcile.Difference `json:"differences"`
		}{files, append([]reconcile.Difference{}, differences...)})
	}
	a.printFiles(files)
	a.printDifferences(differences)
	return nil
}

// reportAs writes a report beside the office's own.
func (a *app) reportAs(cmd *cobra.Command, p *pipeline.Pipeline, o periodOptions, as pipeline.ReportAs) error {
	m, err := made(cmd, p, o)
	if err != nil {
		return err
	}
	files, err := p.ReportAs(cmd.Context(), m, as)
	if err != nil {
		return err
	}
	return a.printReport(o, files)
}

func (a *app) printReport(o periodOptions, files []pipeline.File) error {
	if o.asJSON {
		return a.printJSON(files)
	}
	a.printFiles(files)
	return nil
}

// tellClosed says, in the sentence that everybody is told, that what is written
// is what was issued.
func (a *app) tellClosed(p *pipeline.Pipeline, made *pipeline.Made) {
	if said := p.ClosedSentence(made.Gate); said != "" && !made.Explicit {
		fmt.Fprintln(a.stderr, said)
	}
}
