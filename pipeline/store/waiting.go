package store

import (
	"context"
	"fmt"

	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// PeriodsRead are the periods that documents are about, by name; the zero Period
// stands for those of which it is not known.
func (s *Store) PeriodsRead(ctx context.Context) ([]plan.Period, error) {
	periods, err := func() ([]plan.Period, error) {
		rows, err := s.db.QueryContext(ctx, `
			SELECT DISTINCT period FROM reading WHERE office = $1 AND outcome <> $2
			ORDER BY period`, s.office, string(form.Ignore))
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		var periods []plan.Period
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				return nil, err
			}
			var period plan.Period
			if name != "" {
				if period, err = plan.ParsePeriod(name); err != nil {
					return nil, err
				}
			}
			periods = append(periods, period)
		}
		return periods, rows.Err()
	}()
	if err != nil {
		return nil, fmt.Errorf("read periods: %w", err)
	}
	return periods, nil
}

// Waiting are the readings of a period that wait whole for a clerk, by arrival
// and then by hash.
func (s *Store) Waiting(ctx context.Context, period plan.Period) ([]form.Submission, error) {
	return s.submissions(ctx, period, `
		SELECT submission FROM reading WHERE office = $1 AND period = $2 AND outcome = $3
		ORDER BY arrived, sha256`, string(form.Review))
}
