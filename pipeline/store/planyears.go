package store

import (
	"context"
	"fmt"
)

// PlanYears are the years that have a plan here, ascending.
func (s *Store) PlanYears(ctx context.Context) ([]int, error) {
	rows, err := s.db.QueryContext(ctx, `
		SELECT DISTINCT year FROM plan WHERE office = $1 ORDER BY year`, s.office)
	if err != nil {
		return nil, fmt.Errorf("read years of plans: %w", err)
	}
	defer rows.Close()
	var years []int
	for rows.Next() {
		var year int
		if err := rows.Scan(&year); err != nil {
			return nil, fmt.Errorf("read years of plans: %w", err)
		}
		years = append(years, year)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read years of plans: %w", err)
	}
	return years, nil
}
