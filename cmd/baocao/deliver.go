package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/agency"
)

// deliverView is deliver --json.
type deliverView struct {
	Answered pipeline.Answered `json:"answered"`
	pipeline.Delivered
	Error string `json:"error,omitempty"` // why the run stopped early
}

func newDeliver(a *app) *cobra.Command {
	var asJSON, list bool
	var who actorFlag
	var o pipeline.DeliverOptions
	cmd := &cobra.Command{
		Use:   "deliver",
		Short: "Answer the mails that came in and post the letters that wait",
		Long: `deliver writes a receipt for each mail that was collected and not answered yet,
and posts every letter that waits in the outbox, out/outbox/, by the mail server
that smtp: in baocao.yaml names.

Each recipient gets a letter once, also when the program or the line breaks down
in the middle. When the server's last answer is lost, the letter is sent once
more under the same Message-ID, and shown as maybe-sent. A letter that the server
puts off is tried again after 1, 5 and 30 minutes, 2 hours and 12 hours.

With --retry the letters that failed are tried again, too, and mails that could
not be answered by a fault of ours. With --dry-run nothing is sent: the receipts
are written to out/dry-run/ as .eml files to look at, and what would be posted is
listed.

A reminder that waits is withdrawn, and never sent, once the agency's report is
there (accepted, nothing to report, or held), its due day has moved, it is waived
or need not report, or the period is issued; a blank form once the period is
issued. It stays in the list with the reason. One that may have been sent already
stays maybe-sent, and is not sent once more.

With --list nothing is done: the letters are shown by state, and after them all
that a person must look at. A letter that failed, came back, or may have been
sent goes out once more on your word, under the same Message-ID, with --again and
its ID; who said so, and when, is kept with the letter and in the audit.

It ends 0 when nothing was refused, 1 when a letter was or the server could not
be used.`,
		Example: "  baocao deliver --dry-run\n  baocao deliver --retry\n  baocao deliver --list\n  baocao deliver --again 9f31c07be2d4",
		Args: func(cmd *cobra.Command, args []string) error {
			switch {
			case len(args) > 0:
				return usageError{cmd.CommandPath(), fmt.Errorf("deliver takes no argument, got %q", args[0])}
			case list && (o.Retry || o.DryRun || o.Again != ""):
				return usageError{cmd.CommandPath(), errors.New("--list does nothing else: leave --retry, --dry-run and --again out")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			need := needsStore
			if list {
				need = usesStore
			}
			p, done, err := a.open(cmd.Context(), need)
			if err != nil {
				return err
			}
			defer done()
			if list {
				return a.listLetters(cmd.Context(), p, asJSON)
			}
			if o.Again != "" {
				if o.By, err = who.actor(p.Now()); err != nil {
					return err
				}
			}
			return a.deliver(cmd, p, o, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON value")
	cmd.Flags().BoolVar(&list, "list", false, "show the letters by state, and what needs attention; do nothing")
	cmd.Flags().StringVar(&o.Again, "again", "", "send the letter `ID` once more to those whom it did not, or may not, have reached")
	who.register(cmd)
	cmd.Flags().BoolVar(&o.Retry, "retry", false, "also try again what failed")
	cmd.Flags().BoolVar(&o.DryRun, "dry-run", false, "send nothing; write the receipts to out/dry-run/ and list what would be sent")
	return cmd
}

func (a *app) deliver(cmd *cobra.Command, p *pipeline.Pipeline, o pipeline.DeliverOptions, asJSON bool) error {
	ctx := cmd.Context()
	var v deliverView
	var err error
	if o.DryRun {
		v.Answered, err = p.Preview(ctx, filepath.Join(p.Out, "dry-run"))
	} else {
		if o.Retry && p.Outgoing != nil {
			if err := p.Retry(ctx); err != nil {
				return err
			}
		}
		v.Answered, err = p.Answer(ctx)
	}
	if errors.Is(err, pipeline.ErrNoPost) {
		return err
	}
	// What waits already does not wait for a receipt that cannot be written.
	var errPost error
	v.Delivered, errPost = p.Deliver(ctx, o)
	if err = errors.Join(err, errPost); err == nil && v.Failed > 0 {
		err = fmt.Errorf("letters refused: %d", v.Failed)
	}
	if err != nil {
		v.Error = err.Error()
	}
	if asJSON {
		return errors.Join(a.printJSON(v), err)
	}
	a.printDelivered(v, o)
	return err
}

func (a *app) printDelivered(v deliverView, o pipeline.DeliverOptions) {
	fmt.Fprintf(a.stdout, "Mails: %d answered now, %d before, %d not to be answered, %d too old", len(v.Answered.Queued), v.Answered.Known, len(v.Answered.Skipped), v.Answered.Old)
	if n := len(v.Answered.Faults); n > 0 {
		fmt.Fprintf(a.stdout, "; %d could not be worked on", n)
	}
	fmt.Fprintln(a.stdout)
	for _, w := range v.Answered.Queued {
		fmt.Fprintf(a.stdout, "  %s to %s: %s\n", w.Letter, w.To, w.File)
	}
	for _, s := range v.Answered.Skipped {
		fmt.Fprintf(a.stdout, "  not answered (%s): %s from %q\n", s.Reason, s.File, s.From)
	}
	for _, f := range v.Answered.Faults {
		fmt.Fprintf(a.stdout, "  fault of ours %s: answer to %s\n", f.Ref, f.To)
	}
	if o.DryRun {
		fmt.Fprintf(a.stdout, "Letters: %d in the outbox would be sent, %d wait\n", len(v.Letters), v.Waiting)
	} else {
		fmt.Fprintf(a.stdout, "Letters: %s\n", counted(v.Delivered))
	}
	for _, l := range v.Letters {
		printPosted(a, l)
	}
	if len(v.Attention) > 0 {
		fmt.Fprintln(a.stdout, "Need attention:")
	}
	for _, l := range v.Attention {
		printPosted(a, l)
	}
}

// counted is what a run did, in one line.
func counted(d pipeline.Delivered) string {
	line := fmt.Sprintf("%d sent, %d maybe sent, %d to be tried again, %d failed; %d wait", d.Sent, d.MaybeSent, d.Later, d.Failed, d.Waiting)
	if d.Withdrawn > 0 {
		line += fmt.Sprintf("; %d not needed any more, and withdrawn", d.Withdrawn)
	}
	return line
}

func printPosted(a *app, l pipeline.PostedView) {
	fmt.Fprintf(a.stdout, "  %s to %s: %s", l.State, l.To, l.File)
	if l.WithdrawnFor != "" {
		fmt.Fprintf(a.stdout, " [%s]", l.WithdrawnFor)
	}
	if l.Answer != "" {
		fmt.Fprintf(a.stdout, " (%s)", l.Answer)
	}
	if l.NextTry != nil {
		fmt.Fprintf(a.stdout, ", next try %s", l.NextTry.In(agency.Zone).Format("2006-01-02 15:04"))
	}
	fmt.Fprintln(a.stdout)
}
