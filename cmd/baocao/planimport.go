package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
)

func newPlanImport(a *app) *cobra.Command {
	var asJSON bool
	var effective dayFlag
	var by actorFlag
	var o pipeline.PlanImport
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Read a decision's table and keep it as the plan of its year",
		Long: `import reads a decision as text, .docx or .xlsx, lists what is irregular about
it, and keeps it as the plan of its year. A plan with an error, such as a total
that is not the sum of its rows, is refused as a whole: nothing is stored, and
the command ends 3.

A decision that amends the year's plan is kept as its next version, in force from
the day that it names, else from the day that it was signed; --effective says
another. Reports of periods that closed before keep the version before. It must
hold the whole amended table: one that drops activities, ends before its total, or
is in force from an earlier day than the version before, is kept only with
--replace, and one that holds the changed rows alone is refused.`,
		Example: `  baocao plan import 1982-QD-UBND-2017.docx
  baocao plan import 1043-QD-UBND-2018.docx --effective 2018-07-01`,
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
			o.Effective = effective.Day
			if o.By, err = by.actor(p.Now()); err != nil {
				return err
			}
			made, err := p.ImportPlan(cmd.Context(), filepath.Base(args[0]), data, o)
			if err != nil {
				return err
			}
			if made.Plan == nil {
				made.Plan = &plan.Plan{}
			}
			if asJSON {
				err = a.printJSON(importView(p, made))
			} else {
				a.printImport(p, made)
			}
			if err == nil && finding.AnyError(made.Findings) {
				return errReview
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON value")
	cmd.Flags().Var(&effective, "effective", "the first `DAY` on which the plan is in force, as 2018-07-01")
	cmd.Flags().BoolVar(&o.Replace, "replace", false, "keep it also when it drops activities, ends before its total, or is in force from an earlier day")
	by.register(cmd)
	return cmd
}

// importedView is plan import --json.
type importedView struct {
	pipeline.PlanView
	Asks    bool               `json:"asks,omitempty"`    // nothing is stored, and with --replace it would be
	Changes *pipeline.PlanDiff `json:"changes,omitempty"` // of the version before
}

func importView(p *pipeline.Pipeline, made *pipeline.ImportedPlan) importedView {
	v := importedView{PlanView: p.PlanView(made.Plan, made.Findings), Asks: made.Asks, Changes: made.Changes}
	v.Version = made.Version.Version
	if !made.From.IsZero() {
		v.Effective = &made.From
	}
	return v
}

func (a *app) printImport(p *pipeline.Pipeline, made *pipeline.ImportedPlan) {
	switch {
	case made.Asks:
		fmt.Fprintln(a.stdout, "Nothing is stored; with --replace it is kept all the same.")
	case finding.AnyError(made.Findings):
		fmt.Fprintln(a.stdout, "Refused; nothing is stored.")
	case made.Changes != nil:
		fmt.Fprintf(a.stdout, "Kept as version %d of the plan of %d, in force from %s.\n", made.Version.Version, made.Plan.Year, made.From)
	default:
		fmt.Fprintf(a.stdout, "Kept as version %d of the plan of %d.\n", made.Version.Version, made.Plan.Year)
	}
	a.printCounts(made.Plan)
	if d := made.Changes; d != nil {
		fmt.Fprintf(a.stdout, "Against version %d: %d activities added, %d dropped, %d under another code, %d other changes; see plan diff\n",
			d.From, len(d.Added), len(d.Dropped), len(d.Moved), len(d.Changed))
	}
	for _, f := range made.Findings {
		fmt.Fprintf(a.stdout, "%s: %s\n", f.Level, p.Say(f))
	}
}
