package pipeline

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/store"
)

// ErrNoPlan is the error of a year that has no plan, neither imported nor
// shipped.
var ErrNoPlan = errors.New("no plan")

// ReadPlan reads a decision and says what is irregular about it. A plan with a
// finding of level error must not be used.
func (p *Pipeline) ReadPlan(name string, data []byte) (*plan.Plan, []finding.Finding) {
	book, findings := p.openDocument(name, data)
	if book == nil {
		return nil, findings
	}
	thePlan, seen := form.ReadPlan(book, p.office.directory)
	findings = append(findings, seen...)
	slices.SortStableFunc(findings, finding.Compare)
	return thePlan, findings
}

// ImportPlan reads a decision and keeps it as the plan of its year, all of it
// or nothing: with a finding of level error nothing is kept. Importing the same
// document again changes nothing. The plan that ships is a year's first version
// also when a later one is imported over it.
func (p *Pipeline) ImportPlan(ctx context.Context, name string, data []byte) (*plan.Plan, reconcile.PlanVersion, []finding.Finding, error) {
	thePlan, findings := p.ReadPlan(name, data)
	if thePlan == nil || finding.AnyError(findings) {
		return thePlan, reconcile.PlanVersion{}, findings, nil
	}
	shipped, err := p.shippedPlans()
	if err != nil {
		return nil, reconcile.PlanVersion{}, nil, err
	}
	if first, ok := shipped[thePlan.Year]; ok && !p.imported(ctx, thePlan.Year) {
		if _, err := p.Store.SavePlan(ctx, first.plan, first.name, first.source); err != nil {
			return nil, reconcile.PlanVersion{}, nil, err
		}
	}
	version, err := p.Store.SavePlan(ctx, thePlan, name, data)
	p.forget(thePlan.Year)
	return thePlan, version, findings, err
}

// imported reports whether the database has a plan of the year.
func (p *Pipeline) imported(ctx context.Context, year int) bool {
	_, _, ok, err := p.Store.Plan(ctx, year)
	return err == nil && ok
}

// ShowPlan is the plan of a year, 0 for the newest year that has one, and what
// is irregular about it.
func (p *Pipeline) ShowPlan(ctx context.Context, year int) (*plan.Plan, []finding.Finding, error) {
	shipped, err := p.shippedPlans()
	if err != nil {
		return nil, nil, err
	}
	if year == 0 {
		for shippedYear := range shipped {
			year = max(year, shippedYear)
		}
		if p.Store != nil {
			imported, err := p.Store.PlanYears(ctx)
			if err != nil {
				return nil, nil, err
			}
			year = max(year, slices.Max(append(imported, 0)))
		}
	}
	thePlan, version, err := p.Plan(ctx, year)
	if err != nil {
		return nil, nil, err
	}
	source := shipped[year].source
	if shipped[year].version.SHA256 != version.SHA256 {
		if source, err = p.Store.Data(version.SHA256); err != nil {
			return nil, nil, err
		}
	}
	_, findings := p.ReadPlan(cmp.Or(shipped[year].name, thePlan.Number), source)
	return thePlan, findings, nil
}

// Plan is the plan of a year: the newest that was imported, else the one that
// ships. A year without a plan is [ErrNoPlan].
func (p *Pipeline) Plan(ctx context.Context, year int) (*plan.Plan, reconcile.PlanVersion, error) {
	p.planLock.Lock()
	defer p.planLock.Unlock()
	if known, ok := p.plans[year]; ok {
		return known.plan, known.version, nil
	}
	known, err := p.findPlan(ctx, year)
	if err != nil {
		return nil, reconcile.PlanVersion{}, err
	}
	if p.plans == nil {
		p.plans = map[int]knownPlan{}
	}
	p.plans[year] = known
	return known.plan, known.version, nil
}

// forget makes the next look-up of a year's plan see what was imported.
func (p *Pipeline) forget(year int) {
	p.planLock.Lock()
	defer p.planLock.Unlock()
	delete(p.plans, year)
}

// knownPlan is a plan that was looked up once.
type knownPlan struct {
	plan    *plan.Plan
	version reconcile.PlanVersion

	// Of a plan that ships: the document that it was read from.
	name   string
	source []byte
}

func (p *Pipeline) findPlan(ctx context.Context, year int) (knownPlan, error) {
	if p.Store != nil {
		thePlan, version, ok, err := p.Store.Plan(ctx, year)
		if err != nil || ok {
			return knownPlan{plan: thePlan, version: version}, err
		}
	}
	plans, err := p.shippedPlans()
	if err != nil {
		return knownPlan{}, err
	}
	if known, ok := plans[year]; ok {
		return known, nil
	}
	return knownPlan{}, fmt.Errorf("year %d: %w", year, ErrNoPlan)
}

// readShipped reads the plans that ship or that the office put into its
// templates, by year. They can be read again at any time, so they need no place
// in the database. One that this office's directory does not bear out, such as
// another province's, is no plan of its; two for one year are an error.
func (p *Pipeline) readShipped() (map[int]knownPlan, error) {
	entries, err := fs.ReadDir(p.Templates, "plan")
	if err != nil {
		return nil, fmt.Errorf("templates/plan: %w", err)
	}
	plans := map[int]knownPlan{}
	for _, e := range entries {
		name := path.Join("plan", e.Name())
		data, err := fs.ReadFile(p.Templates, name)
		if err != nil {
			return nil, fmt.Errorf("templates: %w", err)
		}
		thePlan, findings := p.ReadPlan(e.Name(), data)
		if thePlan == nil || finding.AnyError(findings) {
			p.Log.Warn("no plan of this office; plan import says why", "file", "templates/"+name)
			continue
		}
		if other, ok := plans[thePlan.Year]; ok {
			return nil, fmt.Errorf("templates/plan: %q and %q are both plans of %d; keep one, and import the other as its next version", other.name, e.Name(), thePlan.Year)
		}
		sum := sha256.Sum256(data)
		plans[thePlan.Year] = knownPlan{
			plan: thePlan, version: reconcile.PlanVersion{Version: 1, SHA256: hex.EncodeToString(sum[:])},
			name: e.Name(), source: data,
		}
	}
	return plans, nil
}

// years are the years that documents may report on and that have a plan: those
// in which they arrived, and the one before, whose year-end report may be late.
func (p *Pipeline) years(ctx context.Context, originals []store.Original) ([]int, error) {
	var years []int
	for _, o := range originals {
		arrived := agency.DayOf(o.Arrived).Year
		years = append(years, arrived-1, arrived)
	}
	return p.withPlan(ctx, years)
}

// withPlan are those of the years that have a plan, ascending and each once.
func (p *Pipeline) withPlan(ctx context.Context, years []int) ([]int, error) {
	slices.Sort(years)
	years = slices.Compact(years)
	for i := 0; i < len(years); {
		_, _, err := p.Plan(ctx, years[i])
		switch {
		case errors.Is(err, ErrNoPlan):
			years = slices.Delete(years, i, i+1)
		case err != nil:
			return nil, err
		default:
			i++
		}
	}
	return years, nil
}

// Say is the sentence for a finding.
func (p *Pipeline) Say(f finding.Finding) string { return p.office.wording.Say(f) }
