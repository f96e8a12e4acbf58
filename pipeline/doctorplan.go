package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
)

// plan asks for a plan of this year, and of each year in which documents came in:
// one in January may still be about the year before.
func (d *Doctor) plan(ctx context.Context) verdict {
	if !d.opened {
		return unreadTemplates()
	}
	this := agency.DayOf(d.Now()).Year
	years := []int{this}
	if d.Store != nil {
		originals, err := d.Store.Originals(ctx)
		if err != nil {
			return ill(hintDatabase, err)
		}
		for _, o := range originals {
			years = append(years, agency.DayOf(o.Arrived).Year)
		}
	}
	slices.Sort(years)
	var missing, there []string
	for _, year := range slices.Compact(years) {
		has, err := d.hasPlan(ctx, year)
		if err == nil && !has && year != this {
			has, err = d.hasPlan(ctx, year-1)
		}
		switch {
		case err != nil:
			return ill(hintPlan, err)
		case has:
			there = append(there, fmt.Sprint(year))
		default:
			missing = append(missing, fmt.Sprint(year))
		}
	}
	if len(missing) > 0 {
		return ill(hintNoPlan, fmt.Errorf("no plan of %s", strings.Join(missing, ", ")))
	}
	return well("there for %s", strings.Join(there, ", "))
}

func (d *Doctor) hasPlan(ctx context.Context, year int) (bool, error) {
	_, _, err := d.Plan(ctx, year)
	if errors.Is(err, ErrNoPlan) {
		return false, nil
	}
	return err == nil, err
}

// directory asks for an address that leads to each agency which reports, and to
// each that the plan of this year expects to.
func (d *Doctor) directory(ctx context.Context) verdict {
	if !d.opened {
		return unreadTemplates()
	}
	today := agency.DayOf(d.Now())
	asked := d.office.directory.Reporting(today)
	expected, err := d.expected(ctx, today.Year)
	if err != nil {
		return ill(hintPlan, err)
	}
	asked = append(asked, expected...)
	var without []string
	seen, examples := map[agency.ID]bool{}, 0
	for _, id := range asked {
		if seen[id] {
			continue
		}
		seen[id] = true
		reached, example := d.reached(id, today)
		if !reached {
			without = append(without, fmt.Sprintf("%s (%s)", id, d.office.directory.Name(id, today)))
		}
		if example {
			examples++
		}
	}
	switch {
	case len(without) > 0:
		return ill(hintAddresses, fmt.Errorf("no address leads to %s", strings.Join(without, ", ")))
	case examples > 0:
		return well("%d agencies; the addresses of %d are examples", len(seen), examples).with(hintExample)
	}
	return well("%d agencies, each with an address", len(seen))
}

// reached reports whether a mail from one of the agency's addresses is known as
// its own, and whether all of these are examples (RFC 2606 §2: .example).
func (d *Doctor) reached(id agency.ID, on agency.Day) (reached, example bool) {
	a, _ := d.office.directory.Agency(id)
	example = len(a.Addresses) > 0
	for _, address := range a.Addresses {
		example = example && strings.HasSuffix(strings.ToLower(address), ".example")
		if strings.HasPrefix(address, "@") { // a whole domain
			address = "x" + address
		}
		got, ok := d.office.directory.Sender(address, on)
		reached = reached || ok && got == id
	}
	return reached, example
}

// expected are the agencies that the plan of a year expects reports of, none
// without a plan.
func (d *Doctor) expected(ctx context.Context, year int) ([]agency.ID, error) {
	terms, err := d.office.calendar.Terms(year)
	if err != nil {
		return nil, err
	}
	var all []agency.ID
	for _, term := range terms {
		p, _, err := d.PlanAt(ctx, year, term.Closes)
		switch {
		case errors.Is(err, ErrNoPlan):
			return nil, nil
		case err != nil:
			return nil, err
		}
		all = append(all, expectedIn(p, d, term)...)
	}
	return all, nil
}

func expectedIn(p *plan.Plan, d *Doctor, term plan.Term) []agency.ID {
	var all []agency.ID
	for _, e := range p.Expected(d.office.directory, term, d.office.calendar.Frequency) {
		all = append(all, e.Agency)
	}
	return all
}
