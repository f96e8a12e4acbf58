package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/agency"
	"baocao/pipeline/deliver"
	"baocao/pipeline/plan"
)

func newForm(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "form",
		Short: "Make the blank forms of a period, send them, check their template",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newFormMake(a), newFormSend(a), newFormCheck(a))
	return cmd
}

func newFormMake(a *app) *cobra.Command {
	var only []string
	var to string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "make PERIOD",
		Short: "Make one workbook for each agency, with its own activities",
		Long: `make writes one Excel workbook for each agency that must report in the period, to
out/PERIOD/bieu-mau/: its own activities with the plan's cells locked, what it
reported the period before, lists to choose from, and a sheet that explains. The
same data give the same bytes.

How the forms look and what they say is in templates/form/form.yaml; baocao form
check tells whether it is understood.`,
		Example: "  baocao form make 2018-Q1\n  baocao form make 2018-Q1 --agency stp --to D:/bieu",
		Args:    onePeriod,
		RunE: func(cmd *cobra.Command, args []string) error {
			p, done, err := a.open(cmd.Context(), needsStore)
			if err != nil {
				return err
			}
			defer done()
			period, _ := plan.ParsePeriod(args[0]) // onePeriod has checked it
			if _, err := p.Collect(cmd.Context()); err != nil {
				return err
			}
			if to == "" {
				to = p.FormFolder(period)
			}
			files, err := p.MakeForms(cmd.Context(), period, agencyIDs(only), to)
			if err != nil {
				return err
			}
			if asJSON {
				return a.printJSON(files)
			}
			for _, f := range files {
				fmt.Fprintf(a.stdout, "%s: %d activities, %d in cooperation (%s)\n", f.Path, f.Activities, f.Partner, f.Name)
			}
			fmt.Fprintf(a.stdout, "Forms: %d\n", len(files))
			return nil
		},
	}
	cmd.Flags().StringSliceVar(&only, "agency", nil, "only of these agencies, by `id`")
	cmd.Flags().StringVar(&to, "to", "", "the `folder` to write to (default: out/PERIOD/bieu-mau)")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON value")
	return cmd
}

func agencyIDs(names []string) []agency.ID {
	var ids []agency.ID
	for _, name := range names {
		ids = append(ids, agency.ID(strings.TrimSpace(name)))
	}
	return ids
}

// mailFlags are what the commands share that write to agencies.
type mailFlags struct {
	dryRun, asJSON bool
	toMe           string
}

func (f *mailFlags) register(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "send nothing; write the letters to out/dry-run/ as .eml files")
	cmd.Flags().StringVar(&f.toMe, "to-me", "", "send the letters to this `address` only; they do not count as sent")
	cmd.Flags().BoolVar(&f.asJSON, "json", false, "print one JSON value")
}

func (f *mailFlags) check(cmd *cobra.Command) error {
	if f.toMe == "" {
		return nil
	}
	if f.dryRun {
		return usageError{cmd.CommandPath(), errors.New("--to-me sends, --dry-run does not: leave one of them out")}
	}
	if err := deliver.CheckAddress(f.toMe); err != nil {
		return usageError{cmd.CommandPath(), fmt.Errorf("--to-me: %w", err)}
	}
	return nil
}

// mailedView is what a command that writes to agencies prints as JSON.
type mailedView struct {
	pipeline.Mailed
	Delivered *pipeline.Delivered `json:"delivered"` // nil in a dry run
	Error     string              `json:"error,omitempty"`
}

// post posts what was written, and prints what became of it.
func (a *app) post(cmd *cobra.Command, p *pipeline.Pipeline, m pipeline.Mailed, f mailFlags) error {
	v := mailedView{Mailed: m}
	var err error
	if !f.dryRun {
		var d pipeline.Delivered
		d, err = p.Deliver(cmd.Context(), pipeline.DeliverOptions{})
		v.Delivered = &d
		if err == nil && d.Failed > 0 {
			err = fmt.Errorf("letters refused: %d", d.Failed)
		}
	}
	if err != nil {
		v.Error = err.Error()
	}
	if f.asJSON {
		return errors.Join(a.printJSON(v), err)
	}
	if m.Closed {
		fmt.Fprintln(a.stdout, "The period is issued: nobody is reminded.")
	}
	fmt.Fprintf(a.stdout, "Letters: %d written now, %d before, %d agencies get none\n", len(m.Letters), m.Known, len(m.Skipped))
	for _, l := range m.Letters {
		fmt.Fprintf(a.stdout, "  %s to %s: %s\n", l.Agency, strings.Join(l.To, ", "), l.File)
	}
	for _, s := range m.Skipped {
		fmt.Fprintf(a.stdout, "  none (%s): %s\n", s.Reason, s.Agency)
	}
	if d := v.Delivered; d != nil {
		fmt.Fprintf(a.stdout, "Posted: %s\n", counted(*d))
	}
	return err
}

func newFormSend(a *app) *cobra.Command {
	var only []string
	var f mailFlags
	cmd := &cobra.Command{
		Use:   "send PERIOD",
		Short: "Mail each agency its blank form, once",
		Long: `send mails each agency that must report in the period its blank form, with the due
day and the address to which it goes back. Each gets the letter once, however
often send is run. The text is in templates/letter/form.txt.

With --dry-run the letters are written to out/dry-run/ to look at; with --to-me
they go to your own address, marked, and the agencies get theirs all the same
later.`,
		Example: "  baocao form send 2018-Q1 --dry-run\n  baocao form send 2018-Q1 --agency stp --to-me canbo@daknong.example\n  baocao form send 2018-Q1",
		Args:    onePeriod,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(cmd); err != nil {
				return err
			}
			p, done, err := a.open(cmd.Context(), needsStore)
			if err != nil {
				return err
			}
			defer done()
			period, _ := plan.ParsePeriod(args[0]) // onePeriod has checked it
			if _, err := p.Collect(cmd.Context()); err != nil {
				return err
			}
			p.DryRun = f.dryRun
			m, err := p.SendFormsOf(cmd.Context(), period, agencyIDs(only), f.toMe)
			if err != nil {
				return err
			}
			return a.post(cmd, p, m, f)
		},
	}
	cmd.Flags().StringSliceVar(&only, "agency", nil, "only to these agencies, by `id`")
	f.register(cmd)
	return cmd
}

func newFormCheck(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "Check templates/form/form.yaml, the letters and the forms that they make",
		Long: `check reads the templates, as every command does, and then makes the forms of all
agencies and periods of the newest plan and reads them back: each must be known
as its agency's, and ask for just its activities.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, done, err := a.open(cmd.Context(), usesStore)
			if err != nil {
				return err
			}
			defer done()
			n, err := p.CheckForms(cmd.Context())
			if err != nil {
				return err
			}
			fmt.Fprintf(a.stdout, "Forms: %d made and read back\n", n)
			return nil
		},
	}
}
