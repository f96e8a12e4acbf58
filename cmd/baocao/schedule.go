package main

import (
	"errors"
	"fmt"
	"strconv"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/store"
)

func newSchedule(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "schedule",
		Short: "Show what is done when, and what was done",
		Long: `schedule next shows what baocao serve does next, in Việt Nam's time, and schedule
log what it did. What is done when stands in templates/schedule.yaml, and the
terms in templates/calendar.yaml.`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{cmd.CommandPath(), errors.New("want next, log, run or retry")}
			}
			return usageError{cmd.CommandPath(), fmt.Errorf("unknown command %q, want next, log, run or retry", args[0])}
		},
		RunE: func(*cobra.Command, []string) error { return nil },
	}
	cmd.AddCommand(newScheduleNext(a), newScheduleLog(a), newScheduleRun(a), newScheduleRetry(a))
	return cmd
}

// mostNext is how many times of the schedule are shown at most.
const mostNext = 10000

// nextView is one element of schedule next --json.
type nextView struct {
	Job    string      `json:"job"`
	Period plan.Period `json:"period"` // empty: the job is about none
	At     time.Time   `json:"at"`
}

func newScheduleNext(a *app) *cobra.Command {
	var asJSON bool
	n := 10
	cmd := &cobra.Command{
		Use:     "next [N]",
		Short:   "Show the next N times of the schedule (default 10), in Việt Nam's time",
		Example: "  baocao schedule next 20",
		Args: func(cmd *cobra.Command, args []string) (err error) {
			if len(args) > 1 {
				return usageError{cmd.CommandPath(), fmt.Errorf("want one number, got %d arguments", len(args))}
			}
			if len(args) == 1 {
				if n, err = strconv.Atoi(args[0]); err != nil || n < 1 || n > mostNext {
					return usageError{cmd.CommandPath(), fmt.Errorf("want a number from 1 to %d, got %q", mostNext, args[0])}
				}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withService(cmd.Context(), func(s *pipeline.Service) error {
				entries, err := s.Next(n)
				if err != nil {
					return err
				}
				if asJSON {
					views := []nextView{}
					for _, e := range entries {
						views = append(views, nextView{e.Job, e.Period, e.At})
					}
					return a.printJSON(views)
				}
				w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
				fmt.Fprintln(w, "AT\tDAY\tJOB\tPERIOD\tSTEP")
				for _, e := range entries {
					fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", e.At.Format("2006-01-02 15:04 -07"), e.At.Format("Mon"), e.Job, e.Period, e.Step)
				}
				return w.Flush()
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON value")
	return cmd
}

func newScheduleLog(a *app) *cobra.Command {
	var asJSON, failed bool
	most := 50
	cmd := &cobra.Command{
		Use:   "log",
		Short: "Show what the schedule had done, waits for, skipped or could not do",
		Args:  exactly(0, "argument"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withService(cmd.Context(), func(s *pipeline.Service) error {
				runs, err := s.Ledger(cmd.Context(), most)
				if failed {
					runs, err = s.Troubles(cmd.Context())
				}
				if err != nil {
					return err
				}
				if asJSON {
					return a.printJSON(runs)
				}
				return a.printRuns(runs)
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON value")
	cmd.Flags().BoolVar(&failed, "failed", false, "only what failed, also what is tried again")
	cmd.Flags().IntVar(&most, "last", most, "the last `N`")
	return cmd
}

func (a *app) printRuns(runs []pipeline.RunView) error {
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "PLANNED\tSTATE\tENDED\tTRIES\tNEXT TRY\tKEY\tDETAIL")
	for _, r := range runs {
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%s\t%s\t%s\n", r.At.In(agency.Zone).Format("2006-01-02 15:04"), r.State,
			minute(r.Ended), r.Attempts, minute(r.NextTry), r.Key, r.Detail)
	}
	return w.Flush()
}

func newScheduleRun(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Do what is due now, and end",
		Long: `run does what is due now and ends, for a computer on which another program starts
baocao again and again instead of baocao serve. The first time it only begins to
count: what was due before is not made up for.

It ends 0 when nothing failed.`,
		Args: exactly(0, "argument"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withService(cmd.Context(), func(s *pipeline.Service) error {
				runs, err := s.TickOnce(cmd.Context())
				if err != nil {
					return err
				}
				if asJSON {
					err = a.printJSON(runs)
				} else {
					err = a.printRuns(runs)
				}
				for _, r := range runs {
					if r.State == store.RunFailed {
						return errors.Join(err, fmt.Errorf("job %s: %s", r.Key, r.Detail))
					}
				}
				return err
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON value")
	return cmd
}

func newScheduleRetry(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "retry KEY",
		Short:   "Have a job that was given up be tried again",
		Example: "  baocao schedule retry deliver/2018-Q1/issue+0d",
		Args:    exactly(1, "key, as schedule log shows it"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withService(cmd.Context(), func(s *pipeline.Service) error {
				return s.RetryRun(cmd.Context(), args[0])
			})
		},
	}
}
