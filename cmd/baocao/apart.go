package main

import (
	"os"

	"github.com/spf13/cobra"

	"baocao/pipeline/apart"
)

// apartVerb is the hidden command by which the program reads a large or odd
// document in a process of its own.
const apartVerb = "read-apart"

func newApart(a *app) *cobra.Command {
	return &cobra.Command{
		Use:    apartVerb,
		Short:  "Read the documents that another baocao gives to standard input",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE:   func(*cobra.Command, []string) error { return apart.Serve(os.Stdin, a.stdout) },
	}
}
