package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/agency"
	"baocao/pipeline/report"
)

// made collects what lies in the inbox and reconciles a period.
func (a *app) made(cmd *cobra.Command, args []string, asOf moment) (*pipeline.Pipeline, *pipeline.Made, func(), error) {
	p, done, err := a.open(cmd.Context(), needsStore)
	if err != nil {
		return nil, nil, nil, err
	}
	if _, err := p.Collect(cmd.Context()); err != nil {
		done()
		return nil, nil, nil, err
	}
	m, err := p.Statement(cmd.Context(), parsePeriod(args), asOf.Time)
	if err != nil {
		done()
		return nil, nil, nil, err
	}
	return p, m, done, nil
}

func newStatus(a *app) *cobra.Command {
	var asJSON bool
	var asOf moment
	cmd := &cobra.Command{
		Use:     "status PERIOD",
		Short:   "Show which agencies have reported, and which are missing",
		Example: "  baocao status 2018-Q1",
		Args:    onePeriod,
		RunE: func(cmd *cobra.Command, args []string) error {
			p, m, done, err := a.made(cmd, args, asOf)
			if err != nil {
				return err
			}
			defer done()
			views := p.AgencyViews(m)
			if asJSON {
				return a.printJSON(views)
			}
			w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
			fmt.Fprintln(w, "AGENCY\tNAME\tSTATE\tRECEIVED\tDAYS LATE\tVERSION\tACTIVITIES")
			for _, v := range views {
				received, late := "", ""
				if v.ReceivedAt != nil {
					received = v.ReceivedAt.In(agency.Zone).Format("2006-01-02")
				}
				if v.Late {
					late = fmt.Sprint(v.DaysLate)
				}
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%d\t%d/%d\n",
					v.Agency, v.Name, v.State, received, late, v.Version, v.ActivitiesReported, v.ActivitiesExpected)
			}
			return w.Flush()
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON value")
	cmd.Flags().Var(&asOf, "as-of", "as it stood at this `time` (default: now, or the period's lock)")
	return cmd
}

func newStatement(a *app) *cobra.Command {
	var asJSON bool
	var asOf moment
	cmd := &cobra.Command{
		Use:     "statement PERIOD",
		Short:   "Show the reconciled figures of each activity, with where they come from",
		Example: "  baocao statement 2018-Q1 --json",
		Args:    onePeriod,
		RunE: func(cmd *cobra.Command, args []string) error {
			p, m, done, err := a.made(cmd, args, asOf)
			if err != nil {
				return err
			}
			defer done()
			if asJSON {
				return a.printJSON(p.StatementView(m))
			}
			w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
			fmt.Fprintln(w, "ACTIVITY\tPROGRESS\tTIMING\tPERCENT\tBUDGET\tSPENT\tANSWERS\tSOURCE")
			for _, l := range p.StatementView(m).Lines {
				a.printLine(w, l)
			}
			if err := w.Flush(); err != nil {
				return err
			}
			for _, f := range report.Review(m.Statement.Findings) {
				fmt.Fprintf(a.stdout, "%s: %s\n", f.Level, p.Say(f.Finding))
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON value")
	cmd.Flags().Var(&asOf, "as-of", "as it stood at this `time` (default: now, or the period's lock)")
	return cmd
}

func (a *app) printLine(w *tabwriter.Writer, l pipeline.LineView) {
	percent, budget, spent, answers, source := "", "", "", "", ""
	if l.Percent != nil {
		percent = l.Percent.String()
	}
	if l.Budget != nil {
		budget = l.Budget.String()
	}
	if l.Spent != nil {
		spent = l.Spent.String()
	}
	if c := l.Collective; c != nil {
		answers = fmt.Sprintf("%d done, %d of %d answered", c.Done, c.Answered, c.Expected)
	} else if len(l.Answers) > 0 {
		answers = string(l.Answers[0].Agency)
		if s := l.Answers[0].Source; s != nil {
			source = s.File + "!" + s.Sheet + "!" + s.Cell
		}
	}
	progress := string(l.Progress)
	if progress == "" {
		progress = "not_reported"
	}
	fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", l.Activity, progress, l.Timing, percent, budget, spent, answers, source)
}
