package main

import (
	"bytes"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/report"
)

// statusFlags are what status is asked for besides the table.
type statusFlags struct {
	log      bool
	workbook string
}

func newStatus(a *app) *cobra.Command {
	var f statusFlags
	c := &periodCommand{run: func(a *app, cmd *cobra.Command, p *pipeline.Pipeline, o periodOptions) error {
		return a.status(cmd, p, o, f)
	}}
	c.Use = "status PERIOD"
	c.Short = "Show which agencies have reported, which are missing, and who was reminded when"
	c.Long = `status shows for each agency that must report how it stands and the last reminder
that was written to it: step, day, and what became of the letter. With --log all
reminders are listed instead, also those that were withdrawn, with the reason.

With --xlsx the same is written as a workbook: a sheet of the agencies and one of
the reminders. A file of that name is left alone, unless it is this very workbook.`
	c.Example = "  baocao status 2018-Q1\n  baocao status 2018-Q1 --log\n  baocao status 2018-Q1 --xlsx theo-doi.xlsx"
	c.Flags().BoolVar(&f.log, "log", false, "list every reminder of the period instead")
	c.Flags().StringVar(&f.workbook, "xlsx", "", "write the board as a workbook to this `file`")
	return c.build(a)
}

func (a *app) status(cmd *cobra.Command, p *pipeline.Pipeline, o periodOptions, f statusFlags) error {
	m, err := made(cmd, p, o)
	if err != nil {
		return err
	}
	if err := a.alarm(cmd.Context(), p); err != nil {
		return err
	}
	if f.workbook != "" {
		var b bytes.Buffer
		if err := p.BoardWorkbook(cmd.Context(), &b, m); err != nil {
			return err
		}
		if err := writeOther(f.workbook, b.Bytes()); err != nil {
			return err
		}
		fmt.Fprintf(a.stderr, "Wrote %s\n", f.workbook)
		if !o.asJSON && !f.log {
			return nil
		}
	}
	if f.log {
		return a.printReminders(cmd, p, o)
	}
	board, err := p.Board(cmd.Context(), m)
	if err != nil {
		return err
	}
	if o.asJSON {
		return a.printJSON(board)
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "AGENCY\tNAME\tSTATE\tRECEIVED\tDAYS LATE\tVERSION\tACTIVITIES\tREMINDED\tDUE")
	for _, row := range board {
		printBoardRow(w, row, m.Statement.Term.Due)
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
}

func printBoardRow(w io.Writer, v pipeline.BoardRow, common agency.Day) {
	received, late, reminded := "", "", ""
	if v.ReceivedAt != nil {
		received = v.ReceivedAt.In(agency.Zone).Format("2006-01-02")
	}
	if v.DaysLate > 0 {
		late = fmt.Sprint(v.DaysLate)
	}
	due := v.Due.String()
	if v.Due != common {
		due += " (extended)"
	}
	if r := v.Reminder; r != nil {
		reminded = fmt.Sprintf("%s %s %s", agency.DayOf(r.At), r.Step, r.State)
	}
	fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%d\t%d/%d\t%s\t%s\n",
		v.Agency, v.Name, v.State, received, late, v.Version, v.ActivitiesReported, v.ActivitiesExpected, reminded, due)
}

// printReminders lists all reminders of a period.
func (a *app) printReminders(cmd *cobra.Command, p *pipeline.Pipeline, o periodOptions) error {
	log, err := p.Reminders(cmd.Context(), o.period)
	if err != nil {
		return err
	}
	if o.asJSON {
		return a.printJSON(log)
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "AT\tAGENCY\tSTEP\tTO\tSTATE\tLETTER\tWITHDRAWN FOR")
	for _, r := range log {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%.12s\t%s\n", minute(&r.At), r.Agency, r.Step, r.To, r.State, r.Letter, r.WithdrawnFor)
	}
	return w.Flush()
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
