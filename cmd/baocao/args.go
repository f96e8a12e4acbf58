package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

// atMost is the argument check of a command with up to n arguments.
func atMost(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > n {
			return usageError{cmd.CommandPath(), fmt.Errorf("want %s, got %d arguments", what, len(args))}
		}
		return nil
	}
}

// exactly is the argument check of a command with n arguments.
func exactly(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return usageError{cmd.CommandPath(), fmt.Errorf("want %s, got %d arguments", what, len(args))}
		}
		return nil
	}
}

// before adds a check of the flags, whose error is a usage error, to those that
// are made before anything is opened.
func before(cmd *cobra.Command, check func() error) {
	earlier := cmd.PreRunE
	cmd.PreRunE = func(cmd *cobra.Command, args []string) error {
		if earlier != nil {
			if err := earlier(cmd, args); err != nil {
				return err
			}
		}
		if err := check(); err != nil {
			return usageError{cmd.CommandPath(), err}
		}
		return nil
	}
}

// required makes a command line without these flags a usage error.
func required(cmd *cobra.Command, names ...string) {
	before(cmd, func() error {
		for _, name := range names {
			if !cmd.Flags().Changed(name) {
				return fmt.Errorf("--%s is missing", name)
			}
		}
		return nil
	})
}
