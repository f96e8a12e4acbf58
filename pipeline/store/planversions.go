package store

import (
	"context"
	"encoding/json"
	"fmt"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// PlanKept is a version of a year's plan as it is kept.
type PlanKept struct {
	reconcile.PlanVersion
	Number string `json:"number"` // of the decision
	Name   string `json:"name"`   // of its document

	// Effective is the first day on which the version is in force: the day that
	// was said when it was kept, else the day on which the decision was signed.
	// The first version is in force from the beginning of its year, and so is
	// one of which neither is known.
	Effective agency.Day `json:"effective"`

	Plan *plan.Plan `json:"-"`
}

// keptPlan is a version as its row has it.
type keptPlan struct {
	PlanKept
	said agency.Day // what Effective was said to be
	text string     // JSON of Plan
}

// understand reads the plan, and tells from when on it is in force.
func (k *keptPlan) understand(year int) error {
	k.Plan = new(plan.Plan)
	if err := json.Unmarshal([]byte(k.text), k.Plan); err != nil {
		return fmt.Errorf("version %d: %w", k.Version, err)
	}
	switch {
	case !k.said.IsZero():
		k.Effective = k.said
	case k.Version > 1 && !k.Plan.Signed.IsZero():
		k.Effective = k.Plan.Signed
	default:
		k.Effective = agency.NewDay(year, 1, 1)
	}
	return nil
}

// fact is the version as the audit shows it.
func (k *keptPlan) fact() string {
	return fmt.Sprintf("%s, %s, from %s, document %s", k.Number, k.Name, k.Effective, k.SHA256)
}

// keptPlans are the versions of a year's plan, ascending.
func (s *Store) keptPlans(ctx context.Context, q querier, year int) ([]keptPlan, error) {
	rows, err := q.QueryContext(ctx, `
		SELECT version, sha256, number, name, effective, plan FROM plan
		WHERE office = $1 AND year = $2 ORDER BY version`, s.office, year)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var kept []keptPlan
	for rows.Next() {
		var k keptPlan
		var effective string
		if err := rows.Scan(&k.Version, &k.SHA256, &k.Number, &k.Name, &effective, &k.text); err != nil {
			return nil, err
		}
		if err := k.said.UnmarshalText([]byte(effective)); err != nil {
			return nil, err
		}
		if err := k.understand(year); err != nil {
			return nil, err
		}
		kept = append(kept, k)
	}
	return kept, rows.Err()
}

// PlanVersions are the versions of a year's plan, ascending; none when the year
// has no plan here.
func (s *Store) PlanVersions(ctx context.Context, year int) ([]PlanKept, error) {
	kept, err := s.keptPlans(ctx, s.db, year)
	if err != nil {
		return nil, fmt.Errorf("read plans of %d: %w", year, err)
	}
	var versions []PlanKept
	for _, k := range kept {
		versions = append(versions, k.PlanKept)
	}
	return versions, nil
}
