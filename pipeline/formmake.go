package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/durable"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// FormFile is one agency's blank form.
type FormFile struct {
	Agency     agency.ID `json:"agency"`
	Name       string    `json:"name"`       // of the agency
	Activities int       `json:"activities"` // that it must answer for
	Partner    int       `json:"partner"`    // in which it cooperates
	File
}

// errNoForms is the error of templates without a form.
var errNoForms = errors.New("the templates have no form/form.yaml")

// ErrNotAsked is the error of an agency that need not report in a period.
var ErrNotAsked = errors.New("the plan asks it for no activity in this period")

// forms is what the forms of one period are made from.
type forms struct {
	*Pipeline
	term, year plan.Term
	plan       *plan.Plan
	version    reconcile.PlanVersion
	expected   map[agency.ID][]*plan.Activity
	previous   *reconcile.Figures // nil: the first period of its year
}

// FormFolder is where a period's forms lie, unless somebody says otherwise.
func (p *Pipeline) FormFolder(period plan.Period) string {
	return filepath.Join(p.Out, period.String(), "bieu-mau")
}

// MakeForms writes the blank forms of a period into a folder: of the given
// agencies, or of all that the plan asks. A form that is there already with the
// same bytes is left alone.
func (p *Pipeline) MakeForms(ctx context.Context, period plan.Period, only []agency.ID, folder string) ([]FormFile, error) {
	f, err := p.forms(ctx, period)
	if err != nil {
		return nil, err
	}
	ids := f.agencies()
	for _, id := range only {
		if !slices.Contains(ids, id) {
			return nil, notAsked(id, period)
		}
	}
	if len(only) > 0 {
		ids = slices.DeleteFunc(ids, func(id agency.ID) bool { return !slices.Contains(only, id) })
	}
	if err := durable.MkdirAll(folder); err != nil {
		return nil, err
	}
	files := []FormFile{}
	for i, id := range ids {
		if err := ctx.Err(); err != nil {
			return files, err
		}
		p.progress("form", i+1, len(ids))
		blank := f.blank(id)
		data, err := f.fill(blank)
		if err != nil {
			return files, err
		}
		name := filepath.Join(folder, f.fileName(id))
		before, err := os.ReadFile(name)
		changed := err != nil || !bytes.Equal(before, data)
		if changed {
			if err := durable.WriteFile(name, data, 0o644); err != nil {
				return files, err
			}
		}
		files = append(files, FormFile{
			Agency: id, Name: blank.Name, Activities: len(blank.Asked), Partner: len(blank.Partner),
			File: File{Path: name, SHA256: hashOf(data), Changed: changed},
		})
	}
	return files, nil
}

// forms prepares the forms of a period, with what was reported the period before.
func (p *Pipeline) forms(ctx context.Context, period plan.Period) (*forms, error) {
	f, err := p.formsWithout(ctx, period)
	if err != nil {
		return nil, err
	}
	earlier, err := p.earlier(ctx, f.term, p.Now(), false)
	if err != nil {
		return nil, err
	}
	for i := range earlier {
		if earlier[i].Kind == reconcile.Previous {
			f.previous = &earlier[i]
		}
	}
	return f, nil
}

// formsWithout prepares the forms of a period without what was reported before,
// for which it needs no memory.
func (p *Pipeline) formsWithout(ctx context.Context, period plan.Period) (*forms, error) {
	if p.office.form == nil {
		return nil, errNoForms
	}
	if !p.office.calendar.Reports(period.Part) {
		return nil, fmt.Errorf("period %s: %w", period, ErrNotReported)
	}
	f := &forms{Pipeline: p, expected: map[agency.ID][]*plan.Activity{}}
	var err error
	if f.term, err = p.office.calendar.Term(period); err != nil {
		return nil, err
	}
	if f.year, err = p.office.calendar.Term(plan.Period{Year: period.Year, Part: plan.Year}); err != nil {
		return nil, err
	}
	if f.plan, f.version, err = p.PlanAt(ctx, period.Year, f.term.Closes); err != nil {
		return nil, err
	}
	for _, e := range f.plan.Expected(p.office.directory, f.term, p.office.calendar.Frequency) {
		f.expected[e.Agency] = append(f.expected[e.Agency], e.Activity)
	}
	return f, nil
}

// agencies are those that must report, in the directory's order.
func (f *forms) agencies() []agency.ID {
	return slices.DeleteFunc(f.office.directory.IDs(), func(id agency.ID) bool { return len(f.expected[id]) == 0 })
}

// fileName is the name of an agency's form.
func (f *forms) fileName(id agency.ID) string {
	return strings.NewReplacer("{id}", string(id), "{term}", f.term.Period.String()).Replace(f.office.form.Mail.File)
}

func (f *forms) fill(b form.Blank) ([]byte, error) {
	var out bytes.Buffer
	err := form.Fill(&out, f.office.form, b)
	return out.Bytes(), err
}

// blank is what the form of one agency says and asks.
func (f *forms) blank(id agency.ID) form.Blank {
	dir, on := f.office.directory, f.term.Closes
	b := form.Blank{
		Agency: id, Name: dir.Name(id, on), Short: dir.Short(id, on),
		Plan: f.plan, PlanVersion: f.version.Version, Term: f.term, Year: f.year, PeriodName: f.periodName(f.term.Period),
	}
	if a, ok := dir.Agency(id); ok && len(a.Symbols) > 0 {
		b.Symbol = a.Symbols[0]
	}
	if f.Outgoing != nil {
		b.ReplyTo = f.Outgoing.From.Address
	}
	for _, a := range f.office.form.Letterhead.Parents {
		if len(a.Agencies) == 0 || slices.ContainsFunc(a.Agencies, func(of agency.ID) bool { return slices.Contains(dir.Members(of, on), id) }) {
			b.Parent, b.Place = a.Parent, strings.ReplaceAll(a.Place, "{short}", b.Short)
			break
		}
	}
	said := map[plan.Code]reconcile.PastAnswer{}
	if f.previous != nil {
		b.Previous = f.periodName(f.previous.Term.Period)
		for _, a := range f.previous.Answers {
			if a.Agency == id {
				said[a.Activity] = a
			}
		}
	}
	for _, a := range f.expected[id] {
		past := said[a.Code]
		b.Asked = append(b.Asked, form.Asked{Activity: a, Status: past.Status, Percent: past.Percent, Used: past.Used, Text: past.Text})
	}
	for a := range f.plan.Activities() {
		cooperates := slices.ContainsFunc(a.Partners, func(partner agency.ID) bool { return slices.Contains(dir.Members(partner, on), id) })
		leads := slices.ContainsFunc(a.Leads, func(lead agency.ID) bool { return slices.Contains(dir.Members(lead, on), id) })
		if cooperates && !leads {
			b.Partner = append(b.Partner, form.Asked{Activity: a})
		}
	}
	return b
}

func notAsked(id agency.ID, period plan.Period) error {
	return fmt.Errorf("agency %q, period %s: %w", id, period, ErrNotAsked)
}
