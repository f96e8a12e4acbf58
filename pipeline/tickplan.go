package pipeline

import (
	"context"
	"time"

	"baocao/pipeline/schedule"
	"baocao/pipeline/store"
)

// plan is what is to be done now: what became due, and what is tried again. What
// was missed and is not made up for is noted.
func (s *Service) plan(ctx context.Context) ([]store.Run, error) {
	now := s.now()
	clock, err := s.Store.SeeClock(ctx, now)
	if err != nil {
		return nil, err
	}
	from := now.AddDate(-1, 0, 0)
	if clock.Began.After(from) {
		from = clock.Began
	}
	due, err := s.schedule.Due(from, now)
	if err != nil {
		return nil, err
	}
	runs, err := s.Store.OpenRuns(ctx)
	if err != nil {
		return nil, err
	}
	for i, e := range due {
		_, known, err := s.Store.RunByKey(ctx, e.Key)
		if err != nil {
			return nil, err
		}
		if known {
			continue
		}
		r := runOf(e)
		if missed := whyMissed(e, due[i+1:], now); missed != nil {
			if err := s.miss(ctx, r, missed, now); err != nil {
				return nil, err
			}
			continue
		}
		runs = append(runs, r)
	}
	return runs, nil
}

// missed is why a job's time is not made up for.
type missed struct {
	reason string
	tell   bool
}

// whyMissed is nil for an entry that is to be done at now; later are the entries
// that became due after it.
func whyMissed(e schedule.Entry, later []schedule.Entry, now time.Time) *missed {
	if now.Sub(e.At) <= schedule.Tolerance {
		return nil
	}
	for i := range later {
		if l := later[len(later)-1-i]; l.Job == e.Job && l.Period == e.Period {
			return &missed{"missed; its later time " + l.Step + " stands for it", false}
		}
	}
	switch {
	case e.CatchUp == schedule.Skip:
		return &missed{"missed; the schedule says to skip it then", false}
	case now.After(e.Until):
		return &missed{"missed; its window ended at " + e.Until.Format("2006-01-02 15:04"), true}
	}
	return nil
}

func (s *Service) miss(ctx context.Context, r store.Run, why *missed, now time.Time) error {
	noted, err := s.Store.SkipRun(ctx, r, why.reason, now)
	if err != nil || !noted {
		return err
	}
	s.Log.Warn("schedule", "job", r.Key, "state", store.RunSkipped, "detail", why.reason)
	if r.Detail = why.reason; why.tell {
		s.tell(ctx, r, troubleMissed)
	}
	return nil
}

func runOf(e schedule.Entry) store.Run {
	return store.Run{Key: e.Key, Job: e.Job, Period: e.Period, Step: e.Step, Planned: e.At.UTC(), Until: e.Until.UTC()}
}
