package pipeline

import (
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

// Plan is the newest version of a year's plan. A year without a plan is
// [ErrNoPlan].
func (p *Pipeline) Plan(ctx context.Context, year int) (*plan.Plan, reconcile.PlanVersion, error) {
	return p.PlanAt(ctx, year, agency.Day{})
}

// PlanAt is the version of a year's plan that is in force on a day, as
// [plan.Versions.At] says. A year without a plan is [ErrNoPlan].
func (p *Pipeline) PlanAt(ctx context.Context, year int, on agency.Day) (*plan.Plan, reconcile.PlanVersion, error) {
	known, err := p.knownPlans(ctx, year)
	if err != nil {
		return nil, reconcile.PlanVersion{}, err
	}
	inForce := known[versionsOf(known).IndexAt(on)]
	return inForce.plan, inForce.version, nil
}

// knownPlan is one version of a year's plan.
type knownPlan struct {
	plan    *plan.Plan
	version reconcile.PlanVersion
	from    agency.Day // the first day on which it is in force; see [plan.Version]
	name    string     // of the document that it was read from

	source []byte // of a plan that ships: that document
}

func versionsOf(all []knownPlan) plan.Versions {
	versions := make(plan.Versions, len(all))
	for i, known := range all {
		versions[i] = plan.Version{Plan: known.plan, From: known.from}
	}
	return versions
}

// knownPlans are the versions of a year's plan in their order, at least one: those
// that were imported, else the one that ships. They are looked up once, and the
// calendar is held against them.
func (p *Pipeline) knownPlans(ctx context.Context, year int) ([]knownPlan, error) {
	p.planLock.Lock()
	defer p.planLock.Unlock()
	if known, ok := p.plans[year]; ok {
		return known, nil
	}
	known, err := p.findPlans(ctx, year)
	if err != nil {
		return nil, err
	}
	if err := p.office.calendar.CheckYear(year, versionsOf(known)); err != nil {
		return nil, fmt.Errorf("templates/calendar.yaml: %w", err)
	}
	if p.plans == nil {
		p.plans = map[int][]knownPlan{}
	}
	p.plans[year] = known
	return known, nil
}

// forget makes the next look-up of a year's plan see what was imported.
func (p *Pipeline) forget(year int) {
	p.planLock.Lock()
	defer p.planLock.Unlock()
	delete(p.plans, year)
}

func (p *Pipeline) findPlans(ctx context.Context, year int) ([]knownPlan, error) {
	if p.Store != nil {
		known, err := p.importedPlans(ctx, year)
		if err != nil || len(known) > 0 {
			return known, err
		}
	}
	shipped, err := p.shippedPlans()
	if err != nil {
		return nil, err
	}
	if known, ok := shipped[year]; ok {
		return []knownPlan{known}, nil
	}
	return nil, fmt.Errorf("year %d: %w", year, ErrNoPlan)
}

// importedPlans are the versions that the database has, none where nothing was
// imported.
func (p *Pipeline) importedPlans(ctx context.Context, year int) ([]knownPlan, error) {
	kept, err := p.Store.PlanVersions(ctx, year)
	if err != nil {
		return nil, err
	}
	var all []knownPlan
	for _, k := range kept {
		all = append(all, knownPlan{plan: k.Plan, version: k.PlanVersion, from: k.Effective, name: k.Name})
	}
	return all, nil
}

// sourceOf is the document that a version was read from.
func (p *Pipeline) sourceOf(known knownPlan) ([]byte, error) {
	if known.source != nil {
		return known.source, nil
	}
	return p.Store.Data(known.version.SHA256)
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
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
		plans[thePlan.Year] = knownPlan{
			plan: thePlan, version: reconcile.PlanVersion{Version: 1, SHA256: hashOf(data)},
			from: agency.NewDay(thePlan.Year, 1, 1), name: e.Name(), source: data,
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

// yearOrNewest is the year, or in place of 0 the newest one that has a plan.
func (p *Pipeline) yearOrNewest(ctx context.Context, year int) (int, error) {
	if year != 0 {
		return year, nil
	}
	return p.newestYear(ctx)
}

// newestYear is the newest year that has a plan, 0 when none has.
func (p *Pipeline) newestYear(ctx context.Context) (int, error) {
	shipped, err := p.shippedPlans()
	if err != nil {
		return 0, err
	}
	year := 0
	for y := range shipped {
		year = max(year, y)
	}
	if p.Store == nil {
		return year, nil
	}
	imported, err := p.Store.PlanYears(ctx)
	return slices.Max(append(imported, year)), err
}

// Say is the sentence for a finding.
func (p *Pipeline) Say(f finding.Finding) string { return p.office.wording.Say(f) }
