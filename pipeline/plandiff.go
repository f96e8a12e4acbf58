package pipeline

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/viet"
)

// PlanDiff is what a later version of a year's plan changes. Amounts are nil
// where a version states none.
type PlanDiff struct {
	Year    int           `json:"year"`
	From    int           `json:"from"` // versions
	To      int           `json:"to"`
	Added   []PlanRow     `json:"added"`
	Dropped []PlanRow     `json:"dropped"`
	Moved   []PlanMove    `json:"moved"`   // the same text under another code
	Changed []PlanChange  `json:"changed"` // in the order of the later version
	Fields  []PlanSum     `json:"fields"`  // all fields of both, changed or not
	Total   PlanSumChange `json:"total"`
}

// PlanRow is an activity that one of the versions does not have.
type PlanRow struct {
	Code   plan.Code  `json:"code"`
	Name   string     `json:"name"`
	Budget *plan.Dong `json:"budget"`
}

// PlanMove is an activity that was given another code.
type PlanMove struct {
	From plan.Code `json:"from"`
	To   plan.Code `json:"to"`
	Name string    `json:"name"`
}

// PlanChange is one thing that is said otherwise about a field, a result or an
// activity that both versions have.
type PlanChange struct {
	Code   plan.Code `json:"code"` // in the later version
	What   string    `json:"what"` // "name", "indicator", "evidence", "budget", "leads", "partners", "responsibility", "start", "end", "note"
	Before string    `json:"before"`
	After  string    `json:"after"`
}

// PlanSum is the budget of a field in both versions, as the sum of its activities.
type PlanSum struct {
	Code plan.Code `json:"code"`
	Name string    `json:"name"`
	PlanSumChange
}

// PlanSumChange is a sum of budgets in both versions.
type PlanSumChange struct {
	Before *plan.Dong `json:"before"`
	After  *plan.Dong `json:"after"`
}

// Same reports whether the two versions say the same.
func (d *PlanDiff) Same() bool {
	return len(d.Added)+len(d.Dropped)+len(d.Moved)+len(d.Changed) == 0
}

// PlanDiff holds two versions of a year's plan against each other; year 0 is the
// newest that has one.
func (p *Pipeline) PlanDiff(ctx context.Context, year, from, to int) (*PlanDiff, error) {
	year, err := p.yearOrNewest(ctx, year)
	if err != nil {
		return nil, err
	}
	before, err := p.planVersion(ctx, year, from)
	if err != nil {
		return nil, err
	}
	after, err := p.planVersion(ctx, year, to)
	if err != nil {
		return nil, err
	}
	d := diffPlans(before.plan, after.plan)
	d.Year, d.From, d.To = year, from, to
	return d, nil
}

// diffPlans tells what b changes of a.
func diffPlans(a, b *plan.Plan) *PlanDiff {
	d := &PlanDiff{
		Added: []PlanRow{}, Dropped: []PlanRow{}, Moved: []PlanMove{}, Changed: []PlanChange{}, Fields: []PlanSum{},
	}
	pairs := pairActivities(a, b)
	kept := map[*plan.Activity]bool{}
	for _, was := range pairs {
		kept[was] = true
	}
	for old := range a.Activities() {
		if !kept[old] {
			d.Dropped = append(d.Dropped, PlanRow{old.Code, old.Name, old.Budget})
		}
	}
	d.headings(a, b)
	for now := range b.Activities() {
		was := pairs[now]
		switch {
		case was == nil:
			d.Added = append(d.Added, PlanRow{now.Code, now.Name, now.Budget})
			continue
		case was.Code != now.Code:
			d.Moved = append(d.Moved, PlanMove{was.Code, now.Code, now.Name})
		}
		d.activity(was, now)
	}
	d.sums(a, b)
	return d
}

// pairActivities is for each activity of b the one of a that it was: with the same
// text under the same code, else with the same text under another code, else
// under the same code.
func pairActivities(a, b *plan.Plan) map[*plan.Activity]*plan.Activity {
	pairs, taken := map[*plan.Activity]*plan.Activity{}, map[*plan.Activity]bool{}
	pair := func(fits func(was, now *plan.Activity) bool) {
		for now := range b.Activities() {
			for was := range a.Activities() {
				if pairs[now] == nil && !taken[was] && fits(was, now) {
					pairs[now], taken[was] = was, true
				}
			}
		}
	}
	keys := map[*plan.Activity]string{}
	for _, p := range []*plan.Plan{a, b} {
		for activity := range p.Activities() {
			keys[activity] = viet.Key(activity.Name)
		}
	}
	sameText := func(was, now *plan.Activity) bool { return keys[was] == keys[now] && keys[now] != "" }
	sameCode := func(was, now *plan.Activity) bool { return was.Code == now.Code }
	pair(func(was, now *plan.Activity) bool { return sameCode(was, now) && sameText(was, now) })
	pair(sameText)
	pair(sameCode)
	return pairs
}

// text adds a change of text, unless only white space differs.
func (d *PlanDiff) text(code plan.Code, what, before, after string) {
	before, after = cleanLine(before), cleanLine(after)
	if before != after {
		d.Changed = append(d.Changed, PlanChange{code, what, before, after})
	}
}

func cleanLine(s string) string { return strings.Join(strings.Fields(viet.Clean(s)), " ") }

// headings are the changes of fields and results that both have.
func (d *PlanDiff) headings(a, b *plan.Plan) {
	results := map[plan.Code]plan.Result{}
	for _, f := range a.Fields {
		for _, r := range f.Results {
			results[r.Code] = r
		}
	}
	for _, f := range b.Fields {
		if i := slices.IndexFunc(a.Fields, func(was plan.Field) bool { return was.Code == f.Code }); i >= 0 {
			d.text(f.Code, "name", a.Fields[i].Name, f.Name)
		}
		for _, r := range f.Results {
			if was, ok := results[r.Code]; ok {
				d.text(r.Code, "name", was.Name, r.Name)
				d.text(r.Code, "indicator", was.Indicator, r.Indicator)
			}
		}
	}
}

// activity is what is said otherwise of one activity. Who is responsible is told
// by the agencies meant, and by the text only where they are the same.
func (d *PlanDiff) activity(was, now *plan.Activity) {
	d.text(now.Code, "name", was.Name, now.Name)
	d.text(now.Code, "indicator", was.Indicator, now.Indicator)
	d.text(now.Code, "evidence", was.Evidence, now.Evidence)
	d.text(now.Code, "budget", sayBudget(was), sayBudget(now))
	if slices.Equal(was.Leads, now.Leads) && slices.Equal(was.Partners, now.Partners) {
		d.text(now.Code, "responsibility", was.Responsibility, now.Responsibility)
	}
	d.text(now.Code, "leads", sayIDs(was.Leads), sayIDs(now.Leads))
	d.text(now.Code, "partners", sayIDs(was.Partners), sayIDs(now.Partners))
	d.text(now.Code, "start", was.StartText, now.StartText)
	d.text(now.Code, "end", was.EndText, now.EndText)
	d.text(now.Code, "note", was.Note, now.Note)
}

// sayBudget is an activity's amount in triệu đồng, or what stands in its place.
func sayBudget(a *plan.Activity) string {
	if a.Budget == nil {
		return a.BudgetText
	}
	return a.Budget.String()
}

func sayIDs(ids []agency.ID) string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = string(id)
	}
	return strings.Join(all, ", ")
}

// sums are the budgets of all fields, those that b dropped last.
func (d *PlanDiff) sums(a, b *plan.Plan) {
	find := func(fields []plan.Field, code plan.Code) *plan.Field {
		for i := range fields {
			if fields[i].Code == code {
				return &fields[i]
			}
		}
		return &plan.Field{}
	}
	for i := range b.Fields {
		f := &b.Fields[i]
		d.Fields = append(d.Fields, PlanSum{f.Code, f.Name, PlanSumChange{sumOf(find(a.Fields, f.Code)), sumOf(f)}})
	}
	for i := range a.Fields {
		if f := &a.Fields[i]; find(b.Fields, f.Code).Code == "" {
			d.Fields = append(d.Fields, PlanSum{f.Code, f.Name, PlanSumChange{sumOf(f), nil}})
		}
	}
	d.Total = PlanSumChange{sumOf(a), sumOf(b)}
}

func sumOf(of interface{ Sum() (plan.Dong, bool) }) *plan.Dong {
	sum, any := of.Sum()
	if !any {
		return nil
	}
	return &sum
}

// planVersion is one version of a year's plan.
func (p *Pipeline) planVersion(ctx context.Context, year, version int) (knownPlan, error) {
	all, err := p.knownPlans(ctx, year)
	if err != nil {
		return knownPlan{}, err
	}
	for _, known := range all {
		if known.version.Version == version {
			return known, nil
		}
	}
	return knownPlan{}, fmt.Errorf("plan of %d: version %d is not kept; newest is %d", year, version, all[len(all)-1].version.Version)
}
