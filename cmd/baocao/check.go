package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// mostFile is the largest file that is read from the command line; the limits
// on what is in it are stricter and are told in Vietnamese.
const mostFile = 64 << 20

func newCheck(a *app) *cobra.Command {
	var asJSON bool
	var sender, period, mark string
	var asOf moment
	cmd := &cobra.Command{
		Use:   "check FILE…",
		Short: "Say whether a workbook or mail would be accepted; keep nothing",
		Long: `check reads workbooks and mails as if an agency had sent them and says, in
Vietnamese, what is wrong with them: file, sheet, cell, what was written, what is
allowed. It works offline and stores nothing.

With --mark it also writes each document back as an Excel workbook with what was
found put into it: a sheet in front that lists it, and a colour and a comment at
each cell. An Excel workbook is otherwise as it was, but for macros; of another
format one gets a copy with the same cells. The workbook is named after the
document, bao-cao.ra-soat.xlsx; no other file is ever overwritten, its name gets
a number instead. A document without cells, such as a PDF, gives none.

It ends 0 when everything would be accepted, 3 when something would be rejected
or would wait for a clerk.`,
		Example: "  baocao check bao-cao-quy-I.xlsx\n  baocao check --mark tra-lai bao-cao-quy-I.xlsx\n  baocao check --json --sender stp@daknong.example bao-cao.xlsx",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{cmd.CommandPath(), fmt.Errorf("want at least one file")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			o := pipeline.CheckOptions{Sender: sender, AsOf: asOf.Time}
			if period != "" {
				var err error
				if o.Period, err = plan.ParsePeriod(period); err != nil {
					return usageError{cmd.CommandPath(), err}
				}
			}
			p, done, err := a.open(cmd.Context(), usesStore)
			if err != nil {
				return err
			}
			defer done()
			return a.check(cmd, p, args, o, checkOutput{asJSON, mark})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON value")
	cmd.Flags().StringVar(&mark, "mark", "", "write each workbook with the remarks in it to this `folder`")
	cmd.Flags().StringVar(&sender, "sender", "", "as if mailed from this `address`, vouched for by the mail server")
	cmd.Flags().StringVar(&period, "period", "", "the `period` that the files are meant for")
	cmd.Flags().Var(&asOf, "as-of", "as if received at this `time` (default: when the mail was received, else now)")
	return cmd
}

// checkOutput says how the result of a check is given.
type checkOutput struct {
	json bool
	mark string // folder for the marked workbooks; empty: none
}

func (a *app) check(cmd *cobra.Command, p *pipeline.Pipeline, files []string, o pipeline.CheckOptions, out checkOutput) error {
	views := []pipeline.CheckView{}
	review := false
	for _, name := range files {
		data, err := readFile(name)
		if err != nil {
			return err
		}
		checked, err := p.Check(cmd.Context(), filepath.Base(name), data, o)
		if err != nil {
			return err
		}
		for _, c := range checked {
			view := p.CheckView(c)
			if out.mark != "" {
				if view.Marked, err = writeMarked(p, out.mark, view.File, c); err != nil {
					return err
				}
			}
			views = append(views, view)
			review = review || needsSomebody(c.Submission)
			if out.json {
				continue
			}
			if err := p.CheckText(a.stdout, c, view.Marked); err != nil {
				return err
			}
		}
	}
	if out.json {
		if err := a.printJSON(views); err != nil {
			return err
		}
	}
	if review {
		return errReview
	}
	return nil
}

// needsSomebody reports whether a document, or a row of it, is rejected or
// waits for a clerk.
func needsSomebody(s form.Submission) bool {
	if s.Outcome == form.Reject || s.Outcome == form.Review {
		return true
	}
	for _, f := range s.Findings {
		if f.Level == finding.Error {
			return true
		}
	}
	return false
}

// readFile reads a file named on the command line, up to a limit.
func readFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, fmt.Errorf("open: %w", err)
	case info.IsDir():
		return nil, fmt.Errorf("open %q: is a folder; name the files in it", name)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("open %q: no ordinary file", name)
	case info.Size() > mostFile:
		return nil, fmt.Errorf("open %q: %d MB, at most %d MB are read", name, info.Size()>>20, mostFile>>20)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	return data, nil
}
