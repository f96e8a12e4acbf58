package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/plan"
)

// errNotAsIssued ends verify when something differs from what was issued.
var errNotAsIssued = errors.New("something is not as it was issued")

func newVerify(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "verify PERIOD|FILE",
		Short: "Hold issued reports against their manifest and a fresh rendering, or say which report a file is",
		Long: `verify PERIOD checks every issued revision: what the store keeps, the files in
out/PERIOD/, and a fresh rendering of what was frozen. Under the program version
that issued it the bytes must be the same; under another, the words and figures.

verify FILE says which issued report the file is, by its bytes.`,
		Example: "  baocao verify 2018-Q1\n  baocao verify bao-cao-2018-Q1.pdf",
		Args:    exactly(1, "a period or a file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, done, err := a.open(cmd.Context(), needsStore)
			if err != nil {
				return err
			}
			defer done()
			if period, err := plan.ParsePeriod(args[0]); err == nil {
				return a.verifyPeriod(cmd, p, period, asJSON)
			}
			return a.verifyFile(cmd, p, args[0], asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON value")
	return cmd
}

func (a *app) verifyPeriod(cmd *cobra.Command, p *pipeline.Pipeline, period plan.Period, asJSON bool) error {
	all, err := p.Verify(cmd.Context(), period)
	if err != nil {
		return err
	}
	ok := true
	for _, v := range all {
		ok = ok && v.OK
	}
	if asJSON {
		if err := a.printJSON(all); err != nil {
			return err
		}
	} else {
		for _, v := range all {
			a.printVerified(v)
		}
	}
	if !ok {
		return errNotAsIssued
	}
	return nil
}

func (a *app) printVerified(v pipeline.Verified) {
	fmt.Fprintf(a.stdout, "%s revision %d, issued by program version %s\n", v.Period, v.Revision, v.Program)
	for _, part := range []struct {
		name  string
		files []pipeline.VerifiedFile
	}{{"kept", v.Kept}, {"in out/", v.Files}, {"rendered now", v.Fresh}} {
		for _, f := range part.files {
			fmt.Fprintf(a.stdout, "  %-12s  %-28s  %s\n", part.name, f.Name, f.Result)
			if f.Detail != "" {
				fmt.Fprintf(a.stdout, "      %s\n", f.Detail)
			}
		}
	}
}

func (a *app) verifyFile(cmd *cobra.Command, p *pipeline.Pipeline, name string, asJSON bool) error {
	data, err := readFile(name)
	if err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	known, err := p.Recognise(cmd.Context(), data)
	if err != nil {
		return fmt.Errorf("verify %q: %w", name, err)
	}
	if asJSON {
		return a.printJSON(known)
	}
	fmt.Fprintf(a.stdout, "%s: %s of %s, revision %d, as issued\n", name, known.Name, known.Period, known.Revision)
	if known.Reopened {
		fmt.Fprintln(a.stdout, "The period was opened again after it; a later revision replaces it.")
	}
	return nil
}
