package pipeline

import (
	"cmp"
	"context"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
)

// ShownPlan is one version of a year's plan with what is irregular about it.
type ShownPlan struct {
	Plan     *plan.Plan
	Version  int
	From     agency.Day // the first day on which it is in force; of a year's first version the year's first
	Findings []finding.Finding
}

// ShowPlan is a version of a year's plan: 0 for the newest year that has one, and
// 0 for its newest version.
func (p *Pipeline) ShowPlan(ctx context.Context, year, version int) (*ShownPlan, error) {
	known, err := p.chosenPlan(ctx, year, version)
	if err != nil {
		return nil, err
	}
	source, err := p.sourceOf(known)
	if err != nil {
		return nil, err
	}
	_, findings := p.ReadPlan(cmp.Or(known.name, known.plan.Number), source)
	return &ShownPlan{Plan: known.plan, Version: known.version.Version, From: known.from, Findings: findings}, nil
}

func (p *Pipeline) chosenPlan(ctx context.Context, year, version int) (knownPlan, error) {
	year, err := p.yearOrNewest(ctx, year)
	if err != nil {
		return knownPlan{}, err
	}
	if version != 0 {
		return p.planVersion(ctx, year, version)
	}
	all, err := p.knownPlans(ctx, year)
	if err != nil {
		return knownPlan{}, err
	}
	return all[len(all)-1], nil
}

// PlanVersionView is one line of plan versions --json.
type PlanVersionView struct {
	Version    int         `json:"version"`
	Effective  *agency.Day `json:"effective"` // the first day on which it is in force; there is none before a year's first version, whatever this says
	Number     string      `json:"number"`
	Signed     *agency.Day `json:"signed"`
	SHA256     string      `json:"sha256"`
	Name       string      `json:"name"`
	Activities int         `json:"activities"`
	Total      *plan.Dong  `json:"total"` // the stated Tổng cộng
}

// PlanVersions are the versions of a year's plan, 0 for the newest year that has
// one.
func (p *Pipeline) PlanVersions(ctx context.Context, year int) ([]PlanVersionView, error) {
	year, err := p.yearOrNewest(ctx, year)
	if err != nil {
		return nil, err
	}
	all, err := p.knownPlans(ctx, year)
	if err != nil {
		return nil, err
	}
	views := make([]PlanVersionView, len(all))
	for i, known := range all {
		views[i] = PlanVersionView{
			Version: known.version.Version, Effective: dayView(known.from), Number: known.plan.Number,
			Signed: dayView(known.plan.Signed), SHA256: known.version.SHA256, Name: known.name, Total: known.plan.Total,
		}
		for range known.plan.Activities() {
			views[i].Activities++
		}
	}
	return views, nil
}
