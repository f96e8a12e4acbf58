package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/plan"
)

func newRemind(a *app) *cobra.Command {
	var step, letter string
	var f mailFlags
	cmd := &cobra.Command{
		Use:   "remind PERIOD",
		Short: "Remind the agencies whose report is missing or was rejected",
		Long: `remind fetches and reads what has come, and then writes to each agency whose report
is still missing, or was rejected, what is missing and by when. There are four
steps, each taken once for an agency, by its own due day: before it, on it (due),
after it, and to those above (escalate: second contact and head, see contacts in
templates/agencies.yaml). Without --step it is for each agency the last step whose
day has come.

The texts are in templates/letter: remind-before.txt, remind-due.txt,
remind-after.txt and escalate.txt.

With --letter the draft of an official letter that names the late agencies is
written as a PDF or an editable .docx instead, and nobody is mailed. Its text is in
templates/report/remind.yaml.`,
		Example: "  baocao remind 2018-Q1 --dry-run\n  baocao remind 2018-Q1 --step after\n  baocao remind 2018-Q1 --letter cong-van.pdf",
		Args:    onePeriod,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(cmd); err != nil {
				return err
			}
			var at pipeline.RemindStep
			if step != "" {
				var err error
				if at, err = pipeline.ParseRemindStep(step); err != nil {
					return usageError{cmd.CommandPath(), err}
				}
			}
			format := strings.ToLower(filepath.Ext(letter))
			if letter != "" && !slices.Contains(pipeline.LetterFormats, format) {
				return usageError{cmd.CommandPath(), fmt.Errorf("--letter %q: want a file name that ends in one of %q", letter, pipeline.LetterFormats)}
			}
			if letter != "" && (step != "" || f.toMe != "" || f.dryRun) {
				return usageError{cmd.CommandPath(), errors.New("--letter mails nobody: leave --step, --to-me and --dry-run out")}
			}
			p, done, err := a.open(cmd.Context(), needsStore)
			if err != nil {
				return err
			}
			defer done()
			period, _ := plan.ParsePeriod(args[0]) // onePeriod has checked it
			if letter != "" {
				data, err := p.ReminderLetter(cmd.Context(), period, format)
				if err != nil {
					return err
				}
				if err := writeOther(letter, data); err != nil {
					return err
				}
				fmt.Fprintln(a.stdout, letter)
				return nil
			}
			p.DryRun = f.dryRun
			m, err := p.RemindToMe(cmd.Context(), period, at, f.toMe)
			if err != nil {
				return err
			}
			return a.post(cmd, p, m, f)
		},
	}
	cmd.Flags().StringVar(&step, "step", "", "`before`, due, after or escalate (default: what is due for each agency)")
	cmd.Flags().StringVar(&letter, "letter", "", "write the draft of an official letter to this `file.pdf` or .docx; mail nobody")
	f.register(cmd)
	return cmd
}
