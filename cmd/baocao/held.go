package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/plan"
)

func newHeld(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "held [PERIOD]",
		Short: "List the documents and rows that wait for a clerk, and what else needs a person",
		Long: `held lists what waits for a clerk, each with the reasons and the readings between
which baocao decide chooses: documents of senders that are not known or not
certain, rows whose activity or figure is in doubt. Without a period it lists
those of all periods that are not issued, and the mails and letters that the
program cannot get done by itself.`,
		Example: "  baocao held\n  baocao held 2018-Q1 --json",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			return onePeriod(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			p, done, err := a.open(cmd.Context(), needsStore)
			if err != nil {
				return err
			}
			defer done()
			if _, err := p.Collect(cmd.Context()); err != nil {
				return err
			}
			var period plan.Period
			if len(args) == 1 {
				period, _ = plan.ParsePeriod(args[0]) // onePeriod has checked it
			}
			items, err := p.Held(cmd.Context(), period)
			if err != nil {
				return err
			}
			if asJSON {
				return a.printJSON(items)
			}
			a.printHeld(items)
			if period.IsZero() {
				attention, err := p.Attention(cmd.Context(), p.Now())
				if err != nil {
					return err
				}
				for _, n := range attention {
					fmt.Fprintf(a.stdout, "%s  %s %s\n", n.Reference, n.Message, n.Advice)
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON value")
	return cmd
}

func (a *app) printHeld(items []pipeline.HeldItem) {
	if len(items) == 0 {
		fmt.Fprintln(a.stdout, "Nothing waits for a clerk.")
	}
	for _, it := range items {
		fmt.Fprintf(a.stdout, "%s  %s", it.ID, it.File)
		if it.Agency != nil {
			fmt.Fprintf(a.stdout, "  %s", *it.Agency)
		}
		if it.Period != nil {
			fmt.Fprintf(a.stdout, "  %s", it.Period)
		}
		if it.Activity != "" {
			fmt.Fprintf(a.stdout, "  %s", it.Activity)
		}
		if it.Arrived != nil {
			fmt.Fprintf(a.stdout, "  %s", it.Arrived.Format("2006-01-02 15:04"))
		}
		if it.Sender != "" {
			fmt.Fprintf(a.stdout, "  <%s>", it.Sender)
		}
		fmt.Fprintln(a.stdout)
		for _, r := range it.Reasons {
			fmt.Fprintf(a.stdout, "    %s\n", r.Message)
		}
		for _, c := range it.Choices {
			fmt.Fprintf(a.stdout, "    --choose %d  %s\n", c.Number, c.Text)
		}
	}
}
