package pipeline

import (
	"context"
	"fmt"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/store"
)

// RunView is one time of a job, and what came of it.
type RunView struct {
	Key      string         `json:"key"`
	Job      string         `json:"job"`
	Period   plan.Period    `json:"period"`
	At       time.Time      `json:"at"` // planned
	State    store.RunState `json:"state"`
	Attempts int            `json:"attempts"`
	NextTry  *time.Time     `json:"next_try"`
	Began    *time.Time     `json:"began"`
	Ended    *time.Time     `json:"ended"`
	Detail   string         `json:"detail"`
}

func runViews(runs []store.Run) []RunView {
	views := []RunView{}
	for _, r := range runs {
		views = append(views, RunView{
			Key: r.Key, Job: r.Job, Period: r.Period, At: r.Planned.In(agency.Zone), State: r.State, Attempts: r.Attempts,
			NextTry: timeView(r.NextTry), Began: timeView(r.Began), Ended: timeView(r.Ended), Detail: shown(r.Detail),
		})
	}
	return views
}

// Ledger is the newest runs, oldest first, at most so many.
func (s *Service) Ledger(ctx context.Context, most int) ([]RunView, error) {
	runs, err := s.Store.Runs(ctx, most)
	return runViews(runs), err
}

// Troubles are the runs that failed, also those that are tried again.
func (s *Service) Troubles(ctx context.Context) ([]RunView, error) {
	runs, err := s.Store.StuckRuns(ctx)
	return runViews(runs), err
}

// RetryRun makes a run that failed for good be tried again by the next Tick.
func (s *Service) RetryRun(ctx context.Context, key string) error {
	if err := s.Store.RetryRun(ctx, key, s.now()); err != nil {
		return fmt.Errorf("schedule: %w", err)
	}
	return nil
}
