package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/report"
)

func newStatus(a *app) *cobra.Command {
	c := &periodCommand{run: func(a *app, cmd *cobra.Command, p *pipeline.Pipeline, o periodOptions) error {
		m, err := made(cmd, p, o)
		if err != nil {
			return err
		}
		if err := a.alarm(cmd.Context(), p); err != nil {
			return err
		}
		views := p.AgencyViews(m)
		if o.asJSON {
			return a.printJSON(views)
		}
		w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "AGENCY\tNAME\tSTATE\tRECEIVED\tDAYS LATE\tVERSION\tACTIVITIES\tDUE")
		for _, v := range views {
			received, late := "", ""
			if v.ReceivedAt != nil {
				received = v.ReceivedAt.In(agency.Zone).Format("2006-01-02")
			}
			if v.DaysLate > 0 {
				late = fmt.Sprint(v.DaysLate)
			}
			due := v.Due.String()
			if v.Due != m.Statement.Term.Due {
				due += " (extended)"
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%d\t%d/%d\t%s\n",
				v.Agency, v.Name, v.State, received, late, v.Version, v.ActivitiesReported, v.ActivitiesExpected, due)
		}
		if err := w.Flush(); err != nil {
			return err
		}
		attention, err := p.MailAttention(cmd.Context())
		if err != nil {
			return err
		}
		a.printAttention(attention)
		return nil
	}}
	c.Use = "status PERIOD"
	c.Short = "Show which agencies have reported, and which are missing"
	c.Example = "  baocao status 2018-Q1"
	return c.build(a)
}

func newStatement(a *app) *cobra.Command {
	var trace string
	c := &periodCommand{run: func(a *app, cmd *cobra.Command, p *pipeline.Pipeline, o periodOptions) error {
		m, err := made(cmd, p, o)
		if err != nil {
			return err
		}
		if trace != "" {
			return a.printTrace(cmd, p, m, o, plan.Code(trace))
		}
		view := p.StatementView(m)
		if o.asJSON {
			return a.printJSON(view)
		}
		w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "ACTIVITY\tPROGRESS\tTIMING\tPERCENT\tBUDGET\tSPENT\tANSWERS\tSOURCE")
		for _, l := range view.Lines {
			a.printLine(w, l)
		}
		if err := w.Flush(); err != nil {
			return err
		}
		for _, f := range report.Review(m.Statement.Findings) {
			fmt.Fprintf(a.stdout, "%s: %s\n", f.Level, p.Say(f.Finding))
		}
		return nil
	}}
	c.Use = "statement PERIOD"
	c.Short = "Show the reconciled figures of each activity, with where they come from"
	c.Example = `  baocao statement 2018-Q1 --json
  baocao statement 2018-Q1 --trace 1.1.1`
	c.Flags().StringVar(&trace, "trace", "", "show the way of one `activity`'s figures: mail, file, sheet, cell, and where the original is kept")
	return c.build(a)
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
