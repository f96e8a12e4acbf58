package pipeline

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"baocao/pipeline/form"
	"baocao/pipeline/sheet"
)

// CheckForms makes the forms of all agencies and periods of the newest plan, reads
// each of them back, and returns how many they were. A form that is not known as
// its agency's and its period's, or of which a row is not understood, is an error:
// the template, the words, the directory or the plan does not fit.
func (p *Pipeline) CheckForms(ctx context.Context) (int, error) {
	year, err := p.newestYear(ctx)
	if err != nil {
		return 0, err
	}
	terms, err := p.office.calendar.Terms(year)
	if err != nil {
		return 0, err
	}
	reader, err := p.reader(ctx, year)
	if err != nil {
		return 0, err
	}
	made := 0
	for _, term := range terms {
		f, err := p.formsWithout(ctx, term.Period)
		if err != nil {
			return made, err
		}
		for _, id := range f.agencies() {
			if err := ctx.Err(); err != nil {
				return made, err
			}
			blank := f.blank(id)
			data, err := f.fill(blank)
			if err != nil {
				return made, err
			}
			if err := p.checkForm(reader, blank, f.fileName(id), data); err != nil {
				return made, fmt.Errorf("form of %s for %s: %w", id, term.Period, err)
			}
			made++
		}
	}
	return made, nil
}

// checkForm reads a blank form as it would come back: it must be rejected for
// nothing but that it is not filled in.
func (p *Pipeline) checkForm(reader *form.Reader, blank form.Blank, name string, data []byte) error {
	book, findings := sheet.Open(name, data) // it is our own: it needs no process apart
	if book == nil {
		return fmt.Errorf("it cannot be opened again: %v", findings)
	}
	s := reader.ReadSubmission(book, form.Origin{Name: name, Arrived: blank.Term.Closes.End()})
	if s.Agency != blank.Agency || s.Period != blank.Term.Period {
		return fmt.Errorf("it is read as of %q for %q", s.Agency, s.Period)
	}
	rows := 0
	for _, row := range s.SetAside {
		if row.Reason == form.Unfilled {
			rows++
		}
	}
	if want := len(blank.Asked) + len(blank.Partner); rows != want {
		return fmt.Errorf("%d rows of activities are understood, want %d", rows, want)
	}
	for _, f := range s.Findings {
		if !slices.Contains([]string{"form-unfilled", "row-unfilled", "the-same-in-column"}, f.Code) {
			return fmt.Errorf("it is told: %s", strings.TrimSpace(p.Say(f)))
		}
	}
	return nil
}
