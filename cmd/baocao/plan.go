package main

import (
	"fmt"
	"path/filepath"
	"strconv"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
)

func newPlan(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "plan",
		Short: "Import and show the year's plan",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError{cmd.CommandPath(), fmt.Errorf("unknown command %q, want import or show", args[0])}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newPlanImport(a), newPlanShow(a))
	return cmd
}

func newPlanImport(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Read a decision's table and keep it as the plan of its year",
		Long: `import reads a decision as text, .docx or .xlsx, lists what is irregular about
it, and keeps it as the plan of its year. A plan with an error, such as a total
that is not the sum of its rows, is refused as a whole: nothing is stored, and
the command ends 3.`,
		Example: "  baocao plan import 1982-QD-UBND-2017.docx",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError{cmd.CommandPath(), fmt.Errorf("want one file, got %d arguments", len(args))}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			data, err := readFile(args[0])
			if err != nil {
				return err
			}
			p, done, err := a.open(cmd.Context(), needsStore)
			if err != nil {
				return err
			}
			defer done()
			thePlan, version, findings, err := p.ImportPlan(cmd.Context(), filepath.Base(args[0]), data)
			if err != nil {
				return err
			}
			if thePlan == nil {
				thePlan = &plan.Plan{}
			}
			if asJSON {
				view := p.PlanView(thePlan, findings)
				view.Version = version.Version
				err = a.printJSON(view)
			} else {
				a.printImport(p, thePlan, version.Version, findings)
			}
			if err == nil && finding.AnyError(findings) {
				return errReview
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON value")
	return cmd
}

func (a *app) printImport(p *pipeline.Pipeline, thePlan *plan.Plan, version int, findings []finding.Finding) {
	if finding.AnyError(findings) {
		fmt.Fprintln(a.stdout, "Refused; nothing is stored.")
	} else {
		fmt.Fprintf(a.stdout, "Kept as version %d of the plan of %d.\n", version, thePlan.Year)
	}
	a.printCounts(thePlan)
	for _, f := range findings {
		fmt.Fprintf(a.stdout, "%s: %s\n", f.Level, p.Say(f))
	}
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

func newPlanShow(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "show [YEAR]",
		Short:   "Show the plan of a year (default: the newest that is known)",
		Example: "  baocao plan show --json",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usageError{cmd.CommandPath(), fmt.Errorf("want one year, got %d arguments", len(args))}
			}
			if len(args) == 1 {
				if _, err := strconv.Atoi(args[0]); err != nil {
					return usageError{cmd.CommandPath(), fmt.Errorf("year %q: want a number such as 2018", args[0])}
				}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			p, done, err := a.open(cmd.Context(), usesStore)
			if err != nil {
				return err
			}
			defer done()
			year := 0
			if len(args) == 1 {
				year, _ = strconv.Atoi(args[0])
			}
			thePlan, findings, err := p.ShowPlan(cmd.Context(), year)
			if err != nil {
				return err
			}
			if asJSON {
				return a.printJSON(p.PlanView(thePlan, findings))
			}
			return a.printPlan(p, thePlan, findings)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON value")
	return cmd
}

func (a *app) printPlan(p *pipeline.Pipeline, thePlan *plan.Plan, findings []finding.Finding) error {
	a.printCounts(thePlan)
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
	for _, f := range findings {
		fmt.Fprintf(a.stdout, "%s: %s\n", f.Level, p.Say(f))
	}
	return nil
}
