package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

func newRun(a *app) *cobra.Command {
	var dryRun bool
	c := &periodCommand{run: func(a *app, cmd *cobra.Command, p *pipeline.Pipeline, o periodOptions) error {
		p.DryRun = dryRun
		result, err := p.Run(cmd.Context(), o.period, o.asOf.Time)
		if err != nil {
			return err
		}
		if o.asJSON {
			return a.printJSON(runView(p, result))
		}
		a.tellClosed(p, result.Made)
		a.printRun(result)
		return nil
	}}
	c.Flags().BoolVar(&dryRun, "dry-run", false, dryRunHelp)
	c.Use = "run PERIOD"
	c.Short = "Collect the inbox, reconcile with the plan and write the period's reports"
	c.Long = `run does the scheduled job's work for one period: it fetches new mail, keeps and
reads every document in inbox/, answers the senders, reconciles what agencies
reported with the plan, and writes the PDF, the workbook and a manifest to
out/PERIOD/. Of a period that is issued it puts back what was issued.

It can be run again at any time. What has not changed is not written again.
It ends 0 when the report is written, whatever was set aside.`
	c.Example = "  baocao run 2018-Q1"
	return c.build(a)
}

// runSummary is run --json.
type runSummary struct {
	Period    plan.Period            `json:"period"`
	Mailbox   *pipeline.Fetched      `json:"mailbox,omitempty"`
	Collected pipeline.Collected     `json:"collected"`
	Letters   *pipeline.Corresponded `json:"letters,omitempty"`
	Later     []string               `json:"later"`    // files that arrived after the moment that the figures stand at
	Agencies  map[string]int         `json:"agencies"` // by state
	Total     pipeline.SumView       `json:"total"`
	Findings  map[string]int         `json:"findings"` // by level
	Files     []pipeline.File        `json:"files"`
	Data      string                 `json:"data"` // hash of the inputs
}

func runView(p *pipeline.Pipeline, r *pipeline.Result) runSummary {
	view := p.StatementView(r.Made)
	s := runSummary{
		Period: view.Period, Mailbox: r.Fetched, Collected: r.Collected, Letters: r.Corresponded, Later: laterFiles(r.Made),
		Agencies: map[string]int{}, Total: view.Total, Findings: map[string]int{},
		Files: r.Files, Data: r.Made.Hash,
	}
	for _, ag := range r.Made.Statement.Agencies {
		s.Agencies[string(ag.State)]++
	}
	for _, f := range r.Made.Statement.Findings {
		s.Findings[string(f.Level)]++
	}
	return s
}

func laterFiles(m *pipeline.Made) []string {
	files := []string{}
	for _, s := range m.Later {
		files = append(files, s.File)
	}
	return files
}

func (a *app) printRun(r *pipeline.Result) {
	s := r.Made.Statement
	t := s.Term
	fmt.Fprintf(a.stdout, "Period %s: %s to %s, due %s; figures as of %s\n",
		s.Period, t.From, t.Closes, t.Due, s.AsOf.In(agency.Zone).Format("2006-01-02 15:04"))
	a.printFetched(r.Fetched)
	fmt.Fprintf(a.stdout, "Documents: %d known, %d new, %d read now", r.Collected.Documents, r.Collected.New, r.Collected.Read)
	if r.Collected.Failed > 0 {
		fmt.Fprintf(a.stdout, "; %d files could not be read", r.Collected.Failed)
	}
	fmt.Fprintln(a.stdout)
	a.printUnplaced(r.Collected)
	a.printCorresponded(r.Corresponded)
	for _, later := range r.Made.Later {
		fmt.Fprintf(a.stdout, "Arrived later, not in this report: %s (%s, %s)\n",
			later.File, later.Agency, later.Arrived.In(agency.Zone).Format("2006-01-02"))
	}
	a.printAgencies(s)
	sum := s.Total
	fmt.Fprintf(a.stdout, "Activities: %d; done %d, in progress %d, not started %d, paused or nil %d, not reported %d; overdue %d\n",
		sum.Activities, sum.Done, sum.InProgress, sum.NotStarted, sum.Paused, sum.NotReported, sum.Overdue)
	fmt.Fprintf(a.stdout, "Money: budget %s, spent since the year began %s (million đồng)\n", amount(sum.Budget), amount(sum.Used))
	a.printLevels(s.Findings)
	a.printFiles(r.Files)
}

func (a *app) printFiles(files []pipeline.File) {
	for _, f := range files {
		state := "unchanged"
		if f.Changed {
			state = "written"
		}
		fmt.Fprintf(a.stdout, "%s %s\n", state, f.Path)
		if f.Kept != "" {
			fmt.Fprintf(a.stdout, "kept %s: somebody has changed it; the draft of now stands beside it\n", f.Kept)
		}
	}
}

// printUnplaced names the documents that are in no report, so that a clerk looks
// at them.
func (a *app) printUnplaced(c pipeline.Collected) {
	for _, name := range c.Unplaced {
		fmt.Fprintf(a.stdout, "In no period that a report is made of: %s\n", name)
	}
}

func (a *app) printAgencies(s *reconcile.Statement) {
	count := map[reconcile.State]int{}
	late := 0
	var missing []string
	for _, ag := range s.Agencies {
		count[ag.State]++
		switch {
		case ag.State == reconcile.StateMissing:
			missing = append(missing, string(ag.Agency))
		case ag.Late:
			late++
		}
	}
	fmt.Fprintf(a.stdout, "Agencies: %d expected; accepted %d, nothing to report %d, held %d, rejected %d, missing %d",
		len(s.Agencies), count[reconcile.StateAccepted], count[reconcile.StateNothing],
		count[reconcile.StateHeld], count[reconcile.StateRejected], count[reconcile.StateMissing])
	if n := count[reconcile.StateWaived]; n > 0 {
		fmt.Fprintf(a.stdout, ", waived %d", n)
	}
	fmt.Fprintf(a.stdout, "; late %d\n", late)
	if len(missing) > 0 {
		fmt.Fprintf(a.stdout, "Missing: %v\n", missing)
	}
}

func (a *app) printLevels(findings []reconcile.Noted) {
	count := map[finding.Level]int{}
	for _, f := range findings {
		count[f.Level]++
	}
	fmt.Fprintf(a.stdout, "Findings: %d errors, %d warnings, %d notes\n",
		count[finding.Error], count[finding.Warning], count[finding.Note])
}

// amount is an amount in million đồng, "none stated" when nobody said.
func amount(d *plan.Dong) string {
	if d == nil {
		return "none stated"
	}
	return d.String()
}
