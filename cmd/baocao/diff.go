package main

import (
	"fmt"
	"strconv"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/agency"
	"baocao/pipeline/reconcile"
)

func newDiff(a *app) *cobra.Command {
	var from, to int
	var versions string
	c := &periodCommand{present: true, run: func(a *app, cmd *cobra.Command, p *pipeline.Pipeline, o periodOptions) error {
		if _, err := p.Collect(cmd.Context()); err != nil {
			return err
		}
		var all []reconcile.Difference
		var err error
		if versions != "" {
			all, err = p.VersionDifferences(cmd.Context(), o.period, agency.ID(versions), from, to)
		} else {
			all, err = p.Differences(cmd.Context(), o.period, from, to)
		}
		if err != nil {
			return err
		}
		if o.asJSON {
			if all == nil {
				all = []reconcile.Difference{}
			}
			return a.printJSON(all)
		}
		a.printDifferences(all)
		return nil
	}}
	c.Flags().IntVar(&from, "from", 0, "from this `revision`, or of an agency's documents this version (default: the last issued, the version before the last)")
	c.Flags().IntVar(&to, "to", 0, "to this `revision` or version (default: the figures as they stand now, the last version)")
	c.Flags().StringVar(&versions, "agency", "", "between two documents of the agency of this `id`, not two reports")
	c.Use = "diff PERIOD"
	c.Short = "Show what differs between an issued report and now, two revisions, or two documents of an agency"
	c.Example = "  baocao diff 2018-Q1\n  baocao diff 2018-Q1 --from 1 --to 2\n  baocao diff 2018-Q1 --agency syt"
	return c.build(a)
}

// printDifferences lists figures old → new, with where each was read.
func (a *app) printDifferences(all []reconcile.Difference) {
	if len(all) == 0 {
		fmt.Fprintln(a.stdout, "No figure differs.")
		return
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ACTIVITY\tAGENCY\tWHAT\tOLD\tNEW\tREAD IN")
	for _, d := range all {
		source := ""
		if d.To != nil {
			source = d.To.File + "!" + d.To.Sheet + "!" + d.To.Cell
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", d.Activity, d.Agency, d.What, oneLine(d.Old), oneLine(d.New), source)
	}
	w.Flush()
}

// oneLine is a figure or the beginning of a text, quoted when it is long.
func oneLine(s string) string {
	const most = 40
	if runes := []rune(s); len(runes) > most {
		s = string(runes[:most]) + "…"
	}
	if q := strconv.Quote(s); q != `"`+s+`"` {
		return q
	}
	return s
}
