package pipeline

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"baocao/pipeline/plan"
	"baocao/pipeline/store"
	"baocao/pipeline/viet"
)

// mostParagraph is how many letters a clerk may write into one section.
const mostParagraph = 20_000

// Section is a section of a period's report and what a clerk wrote into it.
type Section struct {
	Name string `json:"section"`
	Text string `json:"text"`
	By   string `json:"by,omitempty"`
	At   string `json:"at,omitempty"` // RFC 3339
}

// Paragraphs are the sections of a period's report, in the order in which they
// are printed, then those that are written and that the outline has no longer.
func (p *Pipeline) Paragraphs(ctx context.Context, period plan.Period) ([]Section, error) {
	names, err := p.sections(ctx, period)
	if err != nil {
		return nil, err
	}
	all := make([]Section, len(names))
	for i, name := range names {
		all[i].Name = name
	}
	said, err := p.Store.Paragraphs(ctx, period)
	if err != nil {
		return nil, err
	}
	for _, one := range said {
		i := slices.Index(names, one.Section)
		if i < 0 {
			i = len(all)
			all = append(all, Section{Name: one.Section})
		}
		all[i].Text, all[i].By, all[i].At = one.Text, one.By, one.At.UTC().Format("2006-01-02T15:04:05Z")
	}
	return all, nil
}

func (p *Pipeline) sections(ctx context.Context, period plan.Period) ([]string, error) {
	term, err := p.office.calendar.Term(period)
	if err != nil {
		return nil, err
	}
	if !p.office.calendar.Reports(period.Part) {
		return nil, fmt.Errorf("period %s: %w", period, ErrNotReported)
	}
	of, _, err := p.PlanAt(ctx, period.Year, term.Closes)
	if err != nil {
		return nil, err
	}
	return p.office.outline.Sections(of), nil
}

// Write puts a clerk's own words into a section of a period's report, in place of
// what stood there; empty text takes them out. Lines are paragraphs, one that
// begins with "- " is an item of a list. A period that is issued takes none.
func (p *Pipeline) Write(ctx context.Context, period plan.Period, section, text string, who store.Actor) error {
	names, err := p.sections(ctx, period)
	if err != nil {
		return err
	}
	if !utf8.ValidString(text) {
		return fmt.Errorf("section %q: the text is not UTF-8", section)
	}
	text = strings.TrimSpace(viet.Clean(text))
	switch n := utf8.RuneCountInString(text); {
	case text != "" && !slices.Contains(names, section): // what the outline has no longer can be taken out
		return fmt.Errorf("section %q: known are %s", section, strings.Join(names, ", "))
	case n > mostParagraph:
		return fmt.Errorf("section %q: %d letters, at most %d are taken", section, n, mostParagraph)
	}
	return p.closed(p.Store.SetParagraph(ctx, period, section, text, who))
}
