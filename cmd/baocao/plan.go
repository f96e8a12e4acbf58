package main

import (
	"fmt"
	"strconv"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/plan"
)

func newPlan(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "plan",
		Short: "Import and show the year's plan and its amendments",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError{cmd.CommandPath(), fmt.Errorf("unknown command %q, want import, show, versions or diff", args[0])}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newPlanImport(a), newPlanShow(a), newPlanVersions(a), newPlanDiff(a))
	return cmd
}

func (a *app) printCounts(thePlan *plan.Plan) {
	results, activities := 0, 0
	for _, f := range thePlan.Fields {
		results += len(f.Results)
		for _, r := range f.Results {
			activities += len(r.Activities)
		}
	}
	fmt.Fprintf(a.stdout, "Decision %s: %d fields, %d results, %d activities; total %s million đồng (%s)\n",
		thePlan.Number, len(thePlan.Fields), results, activities, amount(thePlan.Total), thePlan.TotalWords)
}

// yearArg is the year that may be a command's only argument; 0 without one.
func yearArg(cmd *cobra.Command, args []string) (int, error) {
	if len(args) > 1 {
		return 0, usageError{cmd.CommandPath(), fmt.Errorf("want one year, got %d arguments", len(args))}
	}
	if len(args) == 0 {
		return 0, nil
	}
	year, err := strconv.Atoi(args[0])
	if err != nil || year <= 0 {
		return 0, usageError{cmd.CommandPath(), fmt.Errorf("year %q: want a number such as 2018", args[0])}
	}
	return year, nil
}

func newPlanShow(a *app) *cobra.Command {
	var asJSON bool
	var version int
	cmd := &cobra.Command{
		Use:     "show [YEAR]",
		Short:   "Show the plan of a year (default: the newest that is known)",
		Example: "  baocao plan show 2018 --version 1",
		RunE: func(cmd *cobra.Command, args []string) error {
			year, err := yearArg(cmd, args)
			if err != nil {
				return err
			}
			if version < 1 && cmd.Flags().Changed("version") {
				return usageError{cmd.CommandPath(), fmt.Errorf("version %d: the first is 1", version)}
			}
			p, done, err := a.open(cmd.Context(), usesStore)
			if err != nil {
				return err
			}
			defer done()
			shown, err := p.ShowPlan(cmd.Context(), year, version)
			if err != nil {
				return err
			}
			if asJSON {
				view := p.PlanView(shown.Plan, shown.Findings)
				view.Version, view.Effective = shown.Version, &shown.From
				return a.printJSON(view)
			}
			return a.printPlan(p, shown)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON value")
	cmd.Flags().IntVar(&version, "version", 0, "the version `N` of the year's plan (default: the newest)")
	return cmd
}

func (a *app) printPlan(p *pipeline.Pipeline, shown *pipeline.ShownPlan) error {
	thePlan := shown.Plan
	a.printCounts(thePlan)
	fmt.Fprintf(a.stdout, "Version %d, in force from %s\n", shown.Version, shown.From)
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "CODE\tLEADS\tSTART\tEND\tBUDGET\tNAME")
	for _, f := range thePlan.Fields {
		fmt.Fprintf(w, "%s\t\t\t\t%s\t%s\n", f.Code, f.TotalText, f.Name)
		for _, r := range f.Results {
			for _, act := range r.Activities {
				budget := ""
				if act.Budget != nil {
					budget = act.Budget.String()
				}
				fmt.Fprintf(w, "%s\t%v\t%s\t%s\t%s\t%.60s\n", act.Code, act.Leads, act.Start, act.End, budget, act.Name)
			}
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, f := range shown.Findings {
		fmt.Fprintf(a.stdout, "%s: %s\n", f.Level, p.Say(f))
	}
	return nil
}

func newPlanVersions(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "versions [YEAR]",
		Short:   "List the versions of a year's plan and from when each is in force",
		Example: "  baocao plan versions 2018",
		RunE: func(cmd *cobra.Command, args []string) error {
			year, err := yearArg(cmd, args)
			if err != nil {
				return err
			}
			p, done, err := a.open(cmd.Context(), usesStore)
			if err != nil {
				return err
			}
			defer done()
			all, err := p.PlanVersions(cmd.Context(), year)
			if err != nil {
				return err
			}
			if asJSON {
				return a.printJSON(all)
			}
			w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
			fmt.Fprintln(w, "VERSION\tFROM\tDECISION\tACTIVITIES\tTOTAL\tDOCUMENT")
			for _, v := range all {
				fmt.Fprintf(w, "%d\t%s\t%s\t%d\t%s\t%s\n", v.Version, v.Effective, v.Number, v.Activities, amount(v.Total), v.Name)
			}
			return w.Flush()
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON value")
	return cmd
}
