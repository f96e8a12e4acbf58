package main

import (
	"fmt"
	"strconv"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/plan"
)

func newPlanDiff(a *app) *cobra.Command {
	var asJSON bool
	var numbers []int // year, version, version; year 0: the newest
	cmd := &cobra.Command{
		Use:   "diff [YEAR] VERSION VERSION",
		Short: "Show what a later version of a year's plan changes",
		Long: `diff lists the activities that the second version adds or drops, what it says
otherwise about the others, and the budgets of fields and plan before and after,
in million đồng. An activity with the same text under another code is the same.`,
		Example: "  baocao plan diff 2018 1 2",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 2 && len(args) != 3 {
				return usageError{cmd.CommandPath(), fmt.Errorf("want two versions, got %d arguments", len(args))}
			}
			numbers = make([]int, 3-len(args), 3)
			for _, s := range args {
				n, err := strconv.Atoi(s)
				if err != nil || n < 1 {
					return usageError{cmd.CommandPath(), fmt.Errorf("%q: want a year or a version as a number", s)}
				}
				numbers = append(numbers, n)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, done, err := a.open(cmd.Context(), usesStore)
			if err != nil {
				return err
			}
			defer done()
			d, err := p.PlanDiff(cmd.Context(), numbers[0], numbers[1], numbers[2])
			if err != nil {
				return err
			}
			if asJSON {
				return a.printJSON(d)
			}
			return a.printDiff(d)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON value")
	return cmd
}

func (a *app) printDiff(d *pipeline.PlanDiff) error {
	fmt.Fprintf(a.stdout, "Plan of %d, version %d → %d: %d activities added, %d dropped, %d under another code, %d other changes\n",
		d.Year, d.From, d.To, len(d.Added), len(d.Dropped), len(d.Moved), len(d.Changed))
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for _, row := range d.Added {
		fmt.Fprintf(w, "added\t%s\t%s\t%.60s\n", row.Code, amount(row.Budget), row.Name)
	}
	for _, row := range d.Dropped {
		fmt.Fprintf(w, "dropped\t%s\t%s\t%.60s\n", row.Code, amount(row.Budget), row.Name)
	}
	for _, m := range d.Moved {
		fmt.Fprintf(w, "code\t%s\t%s\t%.60s\n", m.To, m.From+" → "+m.To, m.Name)
	}
	for _, c := range d.Changed {
		fmt.Fprintf(w, "%s\t%s\t%s → %s\n", c.What, c.Code, said(c.Before), said(c.After))
	}
	fmt.Fprintln(w, "\nBUDGET\tBEFORE\tAFTER\tCHANGE")
	for _, f := range d.Fields {
		printSum(w, string(f.Code), f.PlanSumChange)
	}
	printSum(w, "total", d.Total)
	return w.Flush()
}

func printSum(w *tabwriter.Writer, of string, s pipeline.PlanSumChange) {
	var before, after plan.Dong
	if s.Before != nil {
		before = *s.Before
	}
	if s.After != nil {
		after = *s.After
	}
	fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", of, amount(s.Before), amount(s.After), after-before)
}

// said is a text as a table shows it: its beginning, or a dash for none.
func said(s string) string {
	if s == "" {
		return "–"
	}
	return fmt.Sprintf("%.60s", s)
}
