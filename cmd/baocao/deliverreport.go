package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/plan"
)

// takingPeriod lets deliver take a period, too: then it sends the issued report
// to its recipients.
func takingPeriod(a *app, letters *cobra.Command) *cobra.Command {
	args, run := letters.Args, letters.RunE
	letters.Use = "deliver [PERIOD]"
	letters.Long += `

With a PERIOD it sends the issued report of that period, PDF and workbook as they
were issued, to the recipients whom baocao.yaml names, each in a letter of his own.
Each gets a revision once: run again it sends to new recipients alone, and with
--retry once more to those whom it did not, or may not, have reached. With
--dry-run the letters are written to out/dry-run/.`
	letters.Example += "\n  baocao deliver 2018-Q1"
	letters.Args = func(cmd *cobra.Command, given []string) error {
		if len(given) == 0 {
			return args(cmd, given)
		}
		for _, other := range []string{"list", "again"} {
			if cmd.Flags().Changed(other) {
				return usageError{cmd.CommandPath(), fmt.Errorf("--%s takes no period", other)}
			}
		}
		return onePeriod(cmd, given)
	}
	letters.RunE = func(cmd *cobra.Command, given []string) error {
		if len(given) == 0 {
			return run(cmd, given)
		}
		period, err := plan.ParsePeriod(given[0])
		if err != nil {
			return err
		}
		return a.handOver(cmd, period)
	}
	return letters
}

// handOver sends a report, as the flags of deliver say.
func (a *app) handOver(cmd *cobra.Command, period plan.Period) error {
	var o pipeline.HandOver
	var asJSON bool
	var who actorFlag
	var errs [4]error
	o.DryRun, errs[0] = cmd.Flags().GetBool("dry-run")
	o.Retry, errs[1] = cmd.Flags().GetBool("retry")
	who.name, errs[2] = cmd.Flags().GetString("user")
	asJSON, errs[3] = cmd.Flags().GetBool("json")
	if err := errors.Join(errs[:]...); err != nil {
		return err
	}
	return a.withService(cmd.Context(), func(s *pipeline.Service) error {
		if o.Retry {
			var err error
			if o.By, err = who.actor(s.Now()); err != nil {
				return err
			}
		}
		done, err := s.HandOver(cmd.Context(), period, o)
		var later *pipeline.NotYetError
		if errors.As(err, &later) { // what waits is tried again, by serve or the next deliver
			err = nil
		}
		if asJSON {
			return errors.Join(a.printJSON(done), err)
		}
		if done.Revision > 0 {
			fmt.Fprintf(a.stdout, "Report %s, revision %d: %d letters\n", done.Period, done.Revision, len(done.Letters))
		}
		for _, l := range done.Letters {
			printPosted(a, l)
		}
		return err
	})
}
