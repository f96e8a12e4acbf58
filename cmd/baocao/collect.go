package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/agency"
)

// collectView is collect --json.
type collectView struct {
	pipeline.Collected
	Mailbox *pipeline.Fetched      `json:"mailbox,omitempty"`
	Letters *pipeline.Corresponded `json:"letters,omitempty"`
}

func newCollect(a *app) *cobra.Command {
	var asJSON, watch, dryRun bool
	cmd := &cobra.Command{
		Use:   "collect",
		Short: "Fetch new mail, keep and read every document in the inbox, answer",
		Long: `collect fetches what is new in the mailbox, if baocao.yaml names one, into
inbox/mail/, keeps and reads every document in inbox/, and answers each mail with
a receipt, if baocao.yaml names a server for that.

With --watch it goes on until it is told to end (Ctrl-C): each mail is fetched,
read and answered soon after it arrives, and lost connections are made again.

It can be run again at any time. A mail server that cannot be reached does not
keep the rest from being done; collect then ends 1.`,
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
			p.DryRun = dryRun
			if watch {
				return a.watch(cmd, p)
			}
			return a.collect(cmd, p, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON value")
	cmd.Flags().BoolVar(&watch, "watch", false, "go on: fetch and read each mail soon after it arrives")
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, dryRunHelp)
	return cmd
}

const dryRunHelp = "send nothing; write the receipts to out/dry-run instead"

func (a *app) collect(cmd *cobra.Command, p *pipeline.Pipeline, asJSON bool) error {
	fetched, errFetch := p.Fetch(cmd.Context())
	if err := cmd.Context().Err(); err != nil {
		return err
	}
	collected, err := p.Collect(cmd.Context())
	if err != nil {
		return errors.Join(errFetch, err)
	}
	letters, errLetters := p.Correspond(cmd.Context())
	if asJSON {
		return errors.Join(errFetch, errLetters, a.printJSON(collectView{collected, fetched, letters}))
	}
	a.printFetched(fetched)
	a.printCollected(collected)
	a.printCorresponded(letters)
	return errors.Join(errFetch, errLetters)
}

// letterPause is the longest that --watch waits for new mail. What could not be
// sent is tried again after each wait, first a minute after it failed.
const letterPause = 5 * time.Minute

func (a *app) watch(cmd *cobra.Command, p *pipeline.Pipeline) error {
	if p.Mailbox == nil {
		return errors.New("watch: the configuration names no mailbox")
	}
	if p.Outgoing != nil {
		p.Mailbox.IdleFor = letterPause
	}
	fmt.Fprintf(a.stdout, "Watching folder %s of %s\n", p.Mailbox.Place().Folder, p.Mailbox.User)
	return p.Watch(cmd.Context(), func(w pipeline.Watched) {
		if w.Collected == nil {
			return
		}
		a.printFetched(w.Fetched)
		a.printCollected(*w.Collected)
		a.printCorresponded(w.Corresponded)
	})
}

func (a *app) printCollected(c pipeline.Collected) {
	fmt.Fprintf(a.stdout, "Documents: %d known, %d new, %d read now\n", c.Documents, c.New, c.Read)
	a.printUnplaced(c)
}

// printCorresponded tells what was answered, where mail is sent at all.
func (a *app) printCorresponded(c *pipeline.Corresponded) {
	if c == nil {
		return
	}
	fmt.Fprintf(a.stdout, "Letters: %d receipts written now, %d letters sent, %d waiting; %d mails get no answer\n",
		len(c.Answered.Queued), c.Delivered.Sent, c.Delivered.Waiting, len(c.Answered.Skipped))
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
