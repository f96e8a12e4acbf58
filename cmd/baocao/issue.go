package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/agency"
	"baocao/pipeline/store"
)

func newIssue(a *app) *cobra.Command {
	var (
		who    actorFlag
		dryRun bool
		number string
		date   dayFlag
		signed string

		revision int
	)
	c := &periodCommand{run: func(a *app, cmd *cobra.Command, p *pipeline.Pipeline, o periodOptions) error {
		by, err := who.actor(p.Now())
		if err != nil {
			return err
		}
		facts, err := issueFacts(number, date.Day, signed)
		if err != nil {
			return err
		}
		if _, err := p.Collect(cmd.Context()); err != nil {
			return err
		}
		if dryRun {
			return a.printGaps(cmd, p, o)
		}
		gate, err := p.Store.Gate(cmd.Context(), o.period)
		if err != nil {
			return err
		}
		told := number != "" || signed != ""
		switch {
		case told && (revision > 0 || gate.State == store.GateIssued):
			issue, err := p.Complete(cmd.Context(), o.period, revision, facts, by)
			if err != nil {
				return err
			}
			return a.printIssue(o, issue, nil)
		case revision > 0:
			return usageError{cmd.CommandPath(), errors.New("--revision goes with --number or --signed")}
		case told && gate.Revision > 0:
			return fmt.Errorf("%s is open again: say --revision %d if the number or the signed copy is of that one, or issue revision %d first",
				o.period, gate.Revision, gate.Next())
		case told && p.TwoPersons:
			return fmt.Errorf("%s is not issued yet: a number and a signed copy are recorded after baocao approve", o.period)
		}
		issue, files, err := p.Issue(cmd.Context(), o.period, o.asOf.Time, by)
		if err != nil {
			return a.explainGaps(o, err)
		}
		if told {
			if issue, err = p.Complete(cmd.Context(), o.period, issue.Revision, facts, by); err != nil {
				return err
			}
		}
		return a.printIssue(o, issue, files)
	}}
	who.register(&c.Command)
	c.Flags().BoolVar(&dryRun, "dry-run", false, "list what the period lacks, and issue nothing")
	c.Flags().StringVar(&number, "number", "", "the document's `number`, once it has one: 15/BC-SNV; also later")
	c.Flags().Var(&date, "date", "the `day` of that number: 2018-03-21")
	c.Flags().StringVar(&signed, "signed", "", "keep the signed copy, a `file`; also later")
	c.Flags().IntVar(&revision, "revision", 0, "record number or signed copy of issued revision `N`, and issue nothing")
	c.Use = "issue PERIOD"
	c.Short = "Make a period's report official, and close the period"
	c.Long = `issue freezes what the report is made from, renders it once more as issued, and
closes the period: what arrives afterwards waits for the next revision. It
refuses while agencies are missing, documents wait or errors stand, unless each
is waived with a reason (baocao waive). The issued bytes are kept for good:
baocao report PERIOD --revision N gives them back.

Where the configuration asks for two persons (approval: two), issue prepares and
baocao approve by another person issues.`
	c.Example = `  baocao issue 2018-Q1 --dry-run
  baocao issue 2018-Q1 --user "Nguyễn Thị A"
  baocao issue 2018-Q1 --number 15/BC-SNV --date 2018-03-21 --signed 15-BC-SNV.pdf`
	return c.build(a)
}

// issueFacts are what was said of the signed document, checked before anything
// is issued.
func issueFacts(number string, date agency.Day, signed string) (pipeline.IssueFacts, error) {
	facts := pipeline.IssueFacts{Number: strings.TrimSpace(number), Date: date}
	if signed != "" {
		data, err := readFile(signed)
		if err != nil {
			return facts, fmt.Errorf("signed copy: %w", err)
		}
		facts.Signed, facts.SignedExt = append([]byte{}, data...), strings.ToLower(filepath.Ext(signed))
	}
	return facts, facts.Check()
}

// printGaps lists what keeps the period from being issued.
func (a *app) printGaps(cmd *cobra.Command, p *pipeline.Pipeline, o periodOptions) error {
	gaps, err := p.IssueGaps(cmd.Context(), o.period, o.asOf.Time)
	if err != nil {
		return err
	}
	if o.asJSON {
		return a.printJSON(gaps)
	}
	a.printGapTable(gaps)
	return nil
}

func (a *app) printGapTable(gaps []pipeline.Gap) {
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "GAP\tKIND\tWAIVED\tWHAT")
	for _, g := range gaps {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", g.ID, g.Kind, g.Waived, g.Message)
	}
	w.Flush()
}

// explainGaps prints what an error about gaps is made of.
func (a *app) explainGaps(o periodOptions, err error) error {
	var gaps *pipeline.GapsError
	switch {
	case !errors.As(err, &gaps):
		return err
	case o.asJSON:
		return errors.Join(err, a.printJSON(gaps.Gaps))
	}
	a.printGapTable(gaps.Gaps)
	return err
}

func (a *app) printIssue(o periodOptions, i *store.Issue, files []pipeline.File) error {
	if o.asJSON {
		shown := *i
		shown.Files = append([]store.IssueFile{}, i.Files...)
		return a.printJSON(struct {
			store.Issue
			Written []pipeline.File `json:"written"`
		}{shown, append([]pipeline.File{}, files...)})
	}
	what := "Issued"
	if i.State == store.Prepared {
		what = "Prepared, to be approved by another person"
	}
	fmt.Fprintf(a.stdout, "%s: %s revision %d, figures as of %s, data number %s\n", what, i.Period, i.Revision,
		i.AsOf.In(agency.Zone).Format("2006-01-02 15:04"), i.Data[:min(8, len(i.Data))])
	if i.Number != "" {
		fmt.Fprintf(a.stdout, "Number %s of %s\n", i.Number, i.NumberDate)
	}
	a.printFiles(files)
	return nil
}

func newApprove(a *app) *cobra.Command {
	var who actorFlag
	var withdraw string
	c := &periodCommand{present: true, run: func(a *app, cmd *cobra.Command, p *pipeline.Pipeline, o periodOptions) error {
		by, err := who.actor(p.Now())
		if err != nil {
			return err
		}
		if cmd.Flags().Changed("return") {
			if err := p.Withdraw(cmd.Context(), o.period, withdraw, by); err != nil {
				return err
			}
			if o.asJSON {
				return a.printGate(cmd, p, o)
			}
			fmt.Fprintf(a.stderr, "Given back: %s; it can be ruled on and issued again\n", o.period)
			return nil
		}
		issue, files, err := p.Approve(cmd.Context(), o.period, by)
		if err != nil {
			return err
		}
		return a.printIssue(o, issue, files)
	}}
	who.register(&c.Command)
	c.Flags().StringVar(&withdraw, "return", "", "do not approve: give the report back, for this `reason`")
	c.Use = "approve PERIOD"
	c.Short = "Issue what another person has prepared"
	c.Example = `  baocao approve 2018-Q1 --user "Trần Văn B"`
	return c.build(a)
}

// printGate prints how far the period has come.
func (a *app) printGate(cmd *cobra.Command, p *pipeline.Pipeline, o periodOptions) error {
	gate, err := p.Store.Gate(cmd.Context(), o.period)
	if err != nil {
		return err
	}
	if i := gate.Issue; i != nil && i.Files == nil {
		i.Files = []store.IssueFile{}
	}
	return a.printJSON(gate)
}

func newReopen(a *app) *cobra.Command {
	var who actorFlag
	var reason string
	c := &periodCommand{present: true, run: func(a *app, cmd *cobra.Command, p *pipeline.Pipeline, o periodOptions) error {
		by, err := who.actor(p.Now())
		if err != nil {
			return err
		}
		if err := p.Reopen(cmd.Context(), o.period, reason, by); err != nil {
			return err
		}
		if o.asJSON {
			return a.printGate(cmd, p, o)
		}
		gate, err := p.Store.Gate(cmd.Context(), o.period)
		if err != nil {
			return err
		}
		fmt.Fprintf(a.stdout, "Opened again: %s; the next issue is revision %d\n", o.period, gate.Revision+1)
		return nil
	}}
	who.register(&c.Command)
	c.Flags().StringVar(&reason, "reason", "", "why, for the audit trail and the next revision's notes")
	required(&c.Command, "reason")
	c.Use = "reopen PERIOD"
	c.Short = "Open an issued period again, for a next revision"
	c.Example = `  baocao reopen 2018-Q1 --reason "Sở Y tế đính chính kinh phí"`
	return c.build(a)
}
