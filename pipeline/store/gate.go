package store

import (
	"context"
	"encoding/json"
	"fmt"

	"baocao/pipeline/plan"
)

// Gate says whether a period takes changes.
func (s *Store) Gate(ctx context.Context, period plan.Period) (Gate, error) {
	g, err := s.gate(ctx, s.db, period)
	if err != nil {
		return Gate{}, fmt.Errorf("read how %s stands: %w", period, err)
	}
	return g, nil
}

func (s *Store) gate(ctx context.Context, q querier, period plan.Period) (Gate, error) {
	moves := 1
	err := q.QueryRowContext(ctx, `
		SELECT 1 + COUNT(*) + COUNT(CASE WHEN undone <> '' THEN 1 END) + (
			SELECT COUNT(*) FROM paragraph WHERE office = $1 AND period = $2
		) FROM ruling
		WHERE office = $1 AND period IN ('', $2)`, s.office, period.String()).Scan(&moves)
	if err != nil {
		return Gate{}, err
	}
	all, err := s.issues(ctx, q, period)
	if err != nil || len(all) == 0 {
		return Gate{State: GateOpen, Moves: moves}, err
	}
	newest := all[len(all)-1]
	g := Gate{State: GateOpen, Revision: newest.Revision, Issue: &newest, Moves: moves}
	switch newest.State {
	case Prepared:
		g.State, g.Revision = GatePrepared, newest.Revision-1
	case Issued:
		g.State = GateIssued
	}
	return g, nil
}

// checkOpen is a [*ClosedError] for a period that is issued; the zero period
// never is.
func (s *Store) checkOpen(ctx context.Context, q querier, period plan.Period) error {
	g, err := s.gate(ctx, q, period)
	if err == nil && g.Closed() {
		err = &ClosedError{*g.Issue}
	}
	return err
}

// Issues are a period's revisions, ascending, with one that is only prepared.
func (s *Store) Issues(ctx context.Context, period plan.Period) ([]Issue, error) {
	all, err := s.issues(ctx, s.db, period)
	if err != nil {
		return nil, fmt.Errorf("read issues of %s: %w", period, err)
	}
	return all, nil
}

// AllIssues are the revisions of every period, by the period's name and then
// ascending.
func (s *Store) AllIssues(ctx context.Context) ([]Issue, error) {
	all, err := readIssues(ctx, s.db, `
		SELECT facts FROM issue WHERE office = $1 ORDER BY period, revision`, s.office)
	if err != nil {
		return nil, fmt.Errorf("read issues: %w", err)
	}
	return all, nil
}

func (s *Store) issues(ctx context.Context, q querier, period plan.Period) ([]Issue, error) {
	return readIssues(ctx, q, `
		SELECT facts FROM issue WHERE office = $1 AND period = $2 ORDER BY revision`, s.office, period.String())
}

func readIssues(ctx context.Context, q querier, query string, args ...any) ([]Issue, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Issue
	for rows.Next() {
		var facts string
		if err := rows.Scan(&facts); err != nil {
			return nil, err
		}
		var i Issue
		if err := json.Unmarshal([]byte(facts), &i); err != nil {
			return nil, err
		}
		all = append(all, i)
	}
	return all, rows.Err()
}
