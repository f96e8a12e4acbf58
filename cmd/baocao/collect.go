package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/agency"
)

// collectView is collect --json.
type collectView struct {
	pipeline.Collected
	Mailbox *pipeline.Fetched `json:"mailbox,omitempty"`
}

func newCollect(a *app) *cobra.Command {
	var asJSON, watch bool
	cmd := &cobra.Command{
		Use:   "collect",
		Short: "Fetch new mail, then keep and read every document in the inbox",
		Long: `collect fetches what is new in the mailbox, if baocao.yaml names one, into
inbox/mail/, and then keeps and reads every document in inbox/.

With --watch it goes on until it is told to end (Ctrl-C): each mail is fetched
and read soon after it arrives, and lost connections are made again.

It can be run again at any time. A mailbox that cannot be reached does not keep
the rest from being read; collect then ends 1.`,
		Example: "  baocao collect\n  baocao collect --watch",
		Args: func(cmd *cobra.Command, args []string) error {
			switch {
			case len(args) > 0:
				return usageError{cmd.CommandPath(), fmt.Errorf("collect takes no argument, got %q", args[0])}
			case asJSON && watch:
				return usageError{cmd.CommandPath(), errors.New("--watch prints lines, not JSON")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, done, err := a.open(cmd.Context(), needsStore)
			if err != nil {
				return err
			}
			defer done()
			if watch {
				return a.watch(cmd, p)
			}
			return a.collect(cmd, p, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON value")
	cmd.Flags().BoolVar(&watch, "watch", false, "go on: fetch and read each mail soon after it arrives")
	return cmd
}

func (a *app) collect(cmd *cobra.Command, p *pipeline.Pipeline, asJSON bool) error {
	fetched, errFetch := p.Fetch(cmd.Context())
	if err := cmd.Context().Err(); err != nil {
		return err
	}
	collected, err := p.Collect(cmd.Context())
	switch {
	case err != nil:
		return errors.Join(errFetch, err)
	case asJSON:
		return errors.Join(errFetch, a.printJSON(collectView{collected, fetched}))
	}
	a.printFetched(fetched)
	a.printCollected(collected)
	return errFetch
}

func (a *app) watch(cmd *cobra.Command, p *pipeline.Pipeline) error {
	if p.Mailbox == nil {
		return errors.New("watch: the configuration names no mailbox")
	}
	fmt.Fprintf(a.stdout, "Watching folder %s of %s\n", p.Mailbox.Place().Folder, p.Mailbox.User)
	return p.Watch(cmd.Context(), func(f *pipeline.Fetched, c *pipeline.Collected) {
		if c == nil {
			return
		}
		a.printFetched(f)
		a.printCollected(*c)
	})
}

func (a *app) printCollected(c pipeline.Collected) {
	fmt.Fprintf(a.stdout, "Documents: %d known, %d new, %d read now\n", c.Documents, c.New, c.Read)
	a.printUnplaced(c)
}

// printFetched tells what was fetched, and what lies in the mailbox for a clerk.
func (a *app) printFetched(f *pipeline.Fetched) {
	if f == nil {
		return
	}
	fmt.Fprintf(a.stdout, "Mail: %d fetched, %d known already", f.Stored, f.Known)
	if f.Failed > 0 {
		fmt.Fprintf(a.stdout, ", %d could not be fetched", f.Failed)
	}
	if f.Error != "" {
		fmt.Fprint(a.stdout, "; not finished")
	}
	fmt.Fprintln(a.stdout)
	a.printAttention(f.Attention)
}

// printAttention names the messages that a clerk must look at on the server.
func (a *app) printAttention(mails []pipeline.MailView) {
	for _, m := range mails {
		fmt.Fprintf(a.stdout, "Needs attention in the mailbox: %q from %s, %s: %s\n",
			m.Subject, m.From, m.Received.In(agency.Zone).Format("2006-01-02 15:04"), m.Problem)
	}
}
