// Command baocao collects agencies' reports on a yearly plan of administrative
// reform, reconciles them with the plan and renders the official reports.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"baocao/pipeline"
)

// version names the program in manifests and in baocao --version.
const version = "0.2.0"

// The exit codes, a promise to scripts.
const (
	exitDone   = 0
	exitFailed = 1 // could not do it
	exitUsage  = 2 // wrong command, flag or argument
	exitReview = 3 // check, plan import: something is rejected or needs a clerk
)

func main() { os.Exit(start(time.Now)) }

// stopsWithin is how long after a signal the program may still be at work.
const stopsWithin = 4500 * time.Millisecond

// start runs the command of this process by the given clock and gives its exit
// code.
func start(now func() time.Time) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	leaveInTime(ctx, func() {
		fmt.Fprintln(os.Stderr, "baocao: stopped; what was at work is done again by the next run")
		os.Exit(exitFailed)
	})
	return Main(ctx, os.Args[1:], os.Stdout, os.Stderr, now)
}

// leaveInTime calls end when the program is still at work so long after a signal.
// What cannot be stopped, such as the rendering of a big report, is left as by a
// failing computer: what is on the disk is whole, the rest is done again.
func leaveInTime(ctx context.Context, end func()) {
	context.AfterFunc(ctx, func() { time.AfterFunc(stopsWithin, end) })
}

// Main runs one command by the given clock and gives its exit code.
func Main(ctx context.Context, args []string, stdout, stderr io.Writer, now func() time.Time) int {
	out := &output{Writer: stdout}
	root := newRoot(&app{stdout: out, stderr: stderr, now: now})
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(stderr)
	err := cmp.Or(root.ExecuteContext(ctx), out.err)
	var usage usageError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errReview):
		return exitReview
	case errors.As(err, &usage):
		fmt.Fprintf(stderr, "baocao: %v\nRun \"%s --help\" to see what it takes.\n", err, usage.command)
		return exitUsage
	}
	fmt.Fprintf(stderr, "baocao: %v\n", err)
	var closed *pipeline.ClosedError
	if errors.As(err, &closed) {
		fmt.Fprintln(stderr, closed.Sentence)
	}
	if hint := hintFor(err); hint != "" {
		fmt.Fprintf(stderr, "hint: %s\n", hint)
	}
	return exitFailed
}

// output keeps the first error of writing: what was not told is not done.
type output struct {
	io.Writer
	err error
}

func (o *output) Write(p []byte) (int, error) {
	n, err := o.Writer.Write(p)
	o.err = cmp.Or(o.err, err)
	return n, err
}

// usageError is a command line that is not understood.
type usageError struct {
	command string
	err     error
}

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

// errReview ends a command that has told what needs a clerk.
var errReview = errors.New("something is rejected or needs a clerk")

func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "baocao",
		Short: "Collect agencies' reports, reconcile them with the plan, render the official reports",
		Long: `baocao reads what agencies report on the yearly plan of administrative reform,
holds it against the plan and renders the official PDF and Excel reports.

Periods are named 2018-Q1, 2018-Q2, 2018-6M, 2018-Q3, 2018-9M, 2018-Q4 and 2018.

  baocao run 2018-Q1      collect the inbox, reconcile, write out/2018-Q1/
  baocao check FILE       would this file be accepted?`,
		Version:       version,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError{"baocao", fmt.Errorf("unknown command %q", args[0])}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{cmd.CommandPath(), err}
	})
	root.PersistentFlags().StringVar(&a.configFile, "config", "", "the configuration `file` (default: baocao.yaml in the working folder, if there is one)")
	root.AddCommand(
		newRun(a), newCollect(a), newCheck(a), newStatus(a), newStatement(a), newReport(a), newPlan(a), newApart(a), takingPeriod(a, newDeliver(a)), newDemo(a),
		newHeld(a), newDecide(a), newAsk(a), newWaive(a), newExtend(a), newIssue(a), newApprove(a), newReopen(a), newVerify(a), newDiff(a),
		newAudit(a), newArchive(a), newBackup(a), newRestore(a), newDoctor(a), newInit(a), newSchedule(a), newServe(a),
		newForm(a), newRemind(a), newParagraph(a),
	)
	return root
}
