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
}

// keptPlan is a version with the plan itself.
type keptPlan struct {
	PlanKept
	said agency.Day // what Effective was said to be
	text string     // JSON of plan
	plan *plan.Plan
}

// understand reads the plan, and tells from when on it is in force.
func (k *keptPlan) understand(year int) error {
	k.plan = new(plan.Plan)
	if err := json.Unmarshal([]byte(k.text), k.plan); err != nil {
		return fmt.Errorf("version %d: %w", k.Version, err)
	}
	switch {
	case !k.said.IsZero():
		k.Effective = k.said
	case k.Version > 1 && !k.plan.Signed.IsZero():
		k.Effective = k.plan.Signed
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

// Plan is the newest version of a year's plan, and whether there is any.
func (s *Store) Plan(ctx context.Context, year int) (*plan.Plan, reconcile.PlanVersion, bool, error) {
	return s.PlanAt(ctx, year, agency.Day{})
}

// PlanAt is the version of a year's plan that is in force on a day, as
// [plan.Versions.At] says, and whether there is any. The zero day asks for the
// newest.
func (s *Store) PlanAt(ctx context.Context, year int, on agency.Day) (*plan.Plan, reconcile.PlanVersion, bool, error) {
	return s.choosePlan(ctx, year, func(kept []keptPlan) int {
		versions := make(plan.Versions, len(kept))
		for i, k := range kept {
			versions[i] = plan.Version{Plan: k.plan, From: k.Effective}
		}
		return versions.IndexAt(on)
	})
}

// PlanVersion is one version of a year's plan, and whether there is such.
func (s *Store) PlanVersion(ctx context.Context, year, version int) (*plan.Plan, reconcile.PlanVersion, bool, error) {
	return s.choosePlan(ctx, year, func(kept []keptPlan) int {
		for i, k := range kept {
			if k.Version == version {
				return i
			}
		}
		return -1
	})
}

func (s *Store) choosePlan(ctx context.Context, year int, choose func([]keptPlan) int) (*plan.Plan, reconcile.PlanVersion, bool, error) {
	kept, err := s.keptPlans(ctx, s.db, year)
	if err != nil {
		return nil, reconcile.PlanVersion{}, false, fmt.Errorf("read plan of %d: %w", year, err)
	}
	i := choose(kept)
	if i < 0 {
		return nil, reconcile.PlanVersion{}, false, nil
	}
	return kept[i].plan, kept[i].PlanVersion, true, nil
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
