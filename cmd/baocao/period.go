package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/plan"
)

// periodCommand is a command about one period, with the flags that they share.
type periodCommand struct {
	cobra.Command
	present bool // it is about what stands now, and takes no --as-of
	run     func(a *app, cmd *cobra.Command, p *pipeline.Pipeline, o periodOptions) error
}

// periodOptions are the arguments of a [periodCommand].
type periodOptions struct {
	period plan.Period
	asOf   moment
	asJSON bool
}

// build wires the command up: it opens the office's data, runs, and closes
// them.
func (c *periodCommand) build(a *app) *cobra.Command {
	cmd := &c.Command
	var o periodOptions
	cmd.Flags().BoolVar(&o.asJSON, "json", false, "print one JSON value")
	if !c.present {
		cmd.Flags().Var(&o.asOf, "as-of", "figures as they stood at this `time` (default: now, or the period's lock)")
	}
	cmd.Args = onePeriod
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		o.period, _ = plan.ParsePeriod(args[0]) // onePeriod has checked it
		p, done, err := a.open(cmd.Context(), needsStore)
		if err != nil {
			return err
		}
		defer done()
		return c.run(a, cmd, p, o)
	}
	return cmd
}

// onePeriod is the argument check of commands about one period.
func onePeriod(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usageError{cmd.CommandPath(), fmt.Errorf("want one period, such as 2018-Q1, got %d arguments", len(args))}
	}
	if _, err := plan.ParsePeriod(args[0]); err != nil {
		return usageError{cmd.CommandPath(), err}
	}
	return nil
}

// made collects what lies in the inbox and reconciles a period.
func made(cmd *cobra.Command, p *pipeline.Pipeline, o periodOptions) (*pipeline.Made, error) {
	if _, err := p.Collect(cmd.Context()); err != nil {
		return nil, err
	}
	return p.Statement(cmd.Context(), o.period, o.asOf.Time)
}
