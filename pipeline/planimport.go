package pipeline

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/store"
)

// PlanImport says what a decision does not.
type PlanImport struct {
	Effective agency.Day // the first day on which it is in force; zero: as the decision says, else the day that it was signed
	Replace   bool       // it may drop activities of the version before, end early, and be in force from an earlier day
	By        store.Actor
}

// ImportedPlan is what became of a decision.
type ImportedPlan struct {
	Plan     *plan.Plan            // nil: the document holds no table
	Version  reconcile.PlanVersion // zero: nothing is stored
	From     agency.Day            // the first day on which it is in force; zero: that of the version that it is already
	Findings []finding.Finding
	Changes  *PlanDiff // of the version before; nil for a year's first
	Asks     bool      // nothing is stored, and with Replace it would be
}

// ImportPlan reads a decision and keeps it as the next version of its year's plan,
// all of it or nothing: with a finding of level error nothing is kept. Importing
// the same document again changes nothing. The plan that ships is a year's first
// version also when a later one is imported over it.
//
// A decision that amends another must hold the whole amended table. What drops
// activities, ends before its total, or is in force from an earlier day than the
// version that it would replace, is kept only with o.Replace; what holds the
// changed rows alone is refused.
func (p *Pipeline) ImportPlan(ctx context.Context, name string, data []byte, o PlanImport) (*ImportedPlan, error) {
	made := &ImportedPlan{}
	made.Plan, made.Findings = p.ReadPlan(name, data)
	if made.Plan == nil || finding.AnyError(made.Findings) {
		return made, nil
	}
	shipped, err := p.shippedPlans()
	if err != nil {
		return nil, err
	}
	imported, err := p.importedPlans(ctx, made.Plan.Year)
	if err != nil {
		return nil, err
	}
	before := imported
	first, ships := shipped[made.Plan.Year]
	if ships && len(imported) == 0 {
		before = []knownPlan{first}
	}
	made.From = o.Effective
	if len(before) > 0 {
		made.amend(before, name, hashOf(data), o)
	}
	if finding.AnyError(made.Findings) {
		return made, nil
	}
	if ships && len(imported) == 0 {
		if _, err := p.Store.SavePlan(ctx, first.plan, first.name, first.source, agency.Day{}, o.By); err != nil {
			return nil, err
		}
	}
	made.Version, err = p.Store.SavePlan(ctx, made.Plan, name, data, made.From, o.By)
	p.forget(made.Plan.Year)
	return made, err
}

// firstDay is the day from which a plan is in force: as somebody says, else as the
// decision does, else the day that it was signed.
func firstDay(said agency.Day, p *plan.Plan) agency.Day {
	for _, day := range []agency.Day{said, p.Effective} {
		if !day.IsZero() {
			return day
		}
	}
	return p.Signed
}

// amend holds the plan against the newest version. The newest document again, and
// one that says the same, amends nothing.
func (m *ImportedPlan) amend(before []knownPlan, name, sha string, o PlanImport) {
	newest := before[len(before)-1]
	d := diffPlans(newest.plan, m.Plan)
	d.Year, d.From, d.To = m.Plan.Year, newest.version.Version, newest.version.Version+1
	if newest.version.SHA256 == sha || d.Same() {
		return
	}
	m.Changes, m.From = d, firstDay(o.Effective, m.Plan)
	file := finding.Place{File: name}
	note := func(code string, level finding.Level, f finding.Finding) {
		f.Code, f.Level, f.Place = code, level, file
		m.Findings = append(m.Findings, f)
	}
	asked := finding.Error
	if o.Replace {
		asked = finding.Warning
	}
	for _, row := range d.Dropped {
		note("plan-drops-activity", asked, finding.Finding{Activity: string(row.Code), Got: row.Name})
	}
	truncated := newest.plan.Total != nil && m.Plan.Total == nil
	if truncated {
		note("plan-ends-early", asked, finding.Finding{Want: newest.plan.Total.String()})
	}
	if newest.version.Version > 1 && m.From.Before(newest.from) && !m.From.IsZero() {
		note("plan-earlier-day", asked, finding.Finding{Got: m.From.String(), Want: newest.from.String()})
	}
	m.Asks = !o.Replace && finding.AnyError(m.Findings)
	if isExtract(newest.plan, m.Plan, d, truncated) {
		kept := 0
		for range m.Plan.Activities() {
			kept++
		}
		note("plan-only-changes", finding.Error, finding.Finding{Got: strconv.Itoa(kept), Want: strconv.Itoa(kept - len(d.Added) + len(d.Dropped))})
		m.Asks = false
	}
	for _, move := range d.Moved {
		note("plan-code-changed", finding.Warning, finding.Finding{Activity: string(move.To), Got: string(move.From), Want: string(move.To)})
	}
	switch end := agency.NewDay(m.Plan.Year, 12, 31); {
	case m.From.IsZero():
		note("plan-without-day", finding.Error, finding.Finding{})
		m.Asks = false
	case m.From.After(end):
		note("plan-after-year", finding.Error, finding.Finding{Got: m.From.String(), Want: strconv.Itoa(m.Plan.Year)})
		m.Asks = false
	}
	slices.SortStableFunc(m.Findings, finding.Compare)
}

// isExtract reports whether a plan holds some rows of the one before and not the
// whole amended table: it has less than half of them, and its codes leave gaps or
// it ends without a total.
func isExtract(before, now *plan.Plan, d *PlanDiff, truncated bool) bool {
	all := 0
	for range before.Activities() {
		all++
	}
	return 2*len(d.Dropped) > all && (truncated || hasGaps(now))
}

// hasGaps reports whether a code is there without the one that comes before it:
// 1.2.3 without 1.2.2, 4.1 without 3.x.
func hasGaps(p *plan.Plan) bool {
	has := map[string]bool{}
	for a := range p.Activities() {
		code := string(a.Code)
		for code != "" {
			has[code] = true
			code = code[:max(strings.LastIndexByte(code, '.'), 0)]
		}
	}
	for code := range has {
		cut := strings.LastIndexByte(code, '.') + 1
		if n, err := strconv.Atoi(code[cut:]); err == nil && n > 1 && !has[code[:cut]+strconv.Itoa(n-1)] {
			return true
		}
	}
	return false
}
