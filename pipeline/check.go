package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/collect"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// Checked is one document that was looked at and not kept.
type Checked struct {
	File       string // as it was named to us; for an attachment the mail's
	Message    *collect.Message
	Submission form.Submission

	data []byte // the document itself, for [Pipeline.Mark]
}

// CheckOptions say what a checked file itself does not.
type CheckOptions struct {
	Sender string      // the address that it would be sent from; empty: unknown, and not asked for
	Period plan.Period // the period it is meant for; zero: the file tells
	AsOf   time.Time   // when it would arrive; zero: when the mail arrived, else now
}

// Check reads a file as if an agency had sent it and keeps nothing. A mail or
// an archive yields one result for each document in it.
func (p *Pipeline) Check(ctx context.Context, name string, data []byte, o CheckOptions) ([]Checked, error) {
	name = shown(name)
	items := p.Collector.Open(name, data)
	var checked []Checked
	var docs []readDoc
	for _, item := range items {
		arrived := o.AsOf
		if arrived.IsZero() {
			arrived = item.Arrived
		}
		if arrived.IsZero() {
			arrived = p.arrivalFor(o.Period)
		}
		year := agency.DayOf(arrived).Year
		reader, err := p.readerFor(ctx, year, o.Period.Year)
		if err != nil {
			return nil, fmt.Errorf("check %q: %w", name, err)
		}
		origin := form.Origin{
			SHA256: item.SHA256, Name: cmp.Or(item.Title(), name), Arrived: arrived, Period: o.Period,
			Mail: mailOf(item.Message), Findings: item.Findings,
		}
		if origin.Mail != nil {
			origin.Mail.CheckOnly = false // to check is what is done here
		}
		if o.Sender != "" {
			origin.Mail = &form.Mail{From: o.Sender, Authenticated: true}
		}
		threads, err := p.threadsOf(ctx, item.Message)
		if err != nil {
			return nil, fmt.Errorf("check %q: %w", name, err)
		}
		checked = append(checked, Checked{
			File: name, Message: item.Message, data: documentOf(item),
			Submission: throughList(p.readReply(reader, item.Data, origin, threads), origin.Name),
		})
		docs = append(docs, readDoc{
			Submission: checked[len(checked)-1].Submission,
			places:     []place{placeOf(item.File, item.Message, item.Container)},
		})
	}
	links := companions(docs, p.namedBy)
	var err error
	for i := range checked {
		s := linked([]form.Submission{checked[i].Submission}, links)[0]
		if checked[i].Submission, err = p.tellClosed(ctx, s); err != nil {
			return nil, fmt.Errorf("check %q: %w", name, err)
		}
	}
	return checked, nil
}

// tellClosed tells of a document for a period that is issued that it would wait.
func (p *Pipeline) tellClosed(ctx context.Context, s form.Submission) (form.Submission, error) {
	if p.Store == nil || s.Period.IsZero() || s.Outcome == form.Ignore {
		return s, nil
	}
	gate, err := p.Store.Gate(ctx, s.Period)
	if err == nil && gate.Closed() && s.Arrived.After(gate.Issue.AsOf) {
		f := p.closedFinding(*gate.Issue)
		f.Place = finding.Place{File: s.File}
		s.Findings = append(slices.Clone(s.Findings), f)
	}
	return s, err
}

// arrivalFor is when a file would arrive that is meant for the given period:
// now, or on the day the period's reports are due, if that is over.
func (p *Pipeline) arrivalFor(period plan.Period) time.Time {
	now := p.Now()
	if term, err := p.office.calendar.Term(period); err == nil && now.After(term.Lock.End()) {
		return term.Due.Start().Add(12 * time.Hour)
	}
	return now
}

// readerFor is a reader for the plans of the years around the given ones, and
// of every year that a plan ships for: a file to be checked may be of any.
func (p *Pipeline) readerFor(ctx context.Context, years ...int) (*form.Reader, error) {
	shipped, err := p.shippedPlans()
	if err != nil {
		return nil, err
	}
	for year := range shipped {
		years = append(years, year)
	}
	years, err = p.withPlan(ctx, append(years, years[0]-1))
	if err != nil {
		return nil, err
	}
	return p.reader(ctx, years...)
}
