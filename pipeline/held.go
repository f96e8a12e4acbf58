package pipeline

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/store"
)

// HeldItem is a document, or one row of one, that waits for a clerk.
type HeldItem struct {
	ID       string        `json:"id"` // what decide takes
	Period   *plan.Period  `json:"period"`
	Agency   *agency.ID    `json:"agency"`
	Activity plan.Code     `json:"activity,omitempty"`
	File     string        `json:"file"`
	SHA256   string        `json:"sha256"`
	Sender   string        `json:"sender,omitempty"`
	Arrived  *time.Time    `json:"arrived_at"`
	Place    finding.Place `json:"place"`
	Reasons  []FindingView `json:"reasons"`
	Choices  []Choice      `json:"choices"` // decide ID --choose N
}

// Held are the documents and rows that wait for a clerk: of one period, or,
// with the zero Period, of all that are not issued, and those that are in no
// period that a report is made of.
func (p *Pipeline) Held(ctx context.Context, period plan.Period) ([]HeldItem, error) {
	items := []HeldItem{}
	open := []plan.Period{period}
	if period.IsZero() {
		all, err := p.Store.PeriodsRead(ctx)
		if err != nil {
			return nil, err
		}
		var nowhere []plan.Period
		if open, nowhere, err = p.openPeriods(ctx, all); err != nil {
			return nil, err
		}
		if items, err = p.heldNowhere(ctx, nowhere); err != nil {
			return nil, err
		}
	}
	for _, of := range open {
		made, err := p.AsNow(ctx, of)
		if err != nil {
			return nil, err
		}
		for _, g := range p.Gaps(made) {
			if g.Waived == "" && g.ruling.SHA256 != "" {
				items = append(items, p.heldItem(ctx, made, g))
			}
		}
	}
	slices.SortFunc(items, func(a, b HeldItem) int {
		return cmp.Or(timeOf(a.Arrived).Compare(timeOf(b.Arrived)), cmp.Compare(a.SHA256, b.SHA256), cmp.Compare(a.Place.Sheet, b.Place.Sheet), cmp.Compare(a.Place.Row, b.Place.Row), cmp.Compare(a.ID, b.ID))
	})
	return items, nil
}

// openPeriods are those of the periods that are not issued, and those that no
// report takes documents of.
func (p *Pipeline) openPeriods(ctx context.Context, all []plan.Period) (open, nowhere []plan.Period, err error) {
	for _, of := range all {
		placed, err := p.takesDocuments(ctx, of)
		if err != nil {
			return nil, nil, err
		}
		if !placed {
			nowhere = append(nowhere, of)
			continue
		}
		gate, err := p.Store.Gate(ctx, of)
		if err != nil {
			return nil, nil, err
		}
		if gate.State != store.GateIssued {
			open = append(open, of)
		}
	}
	return open, nowhere, nil
}

// heldNowhere are the documents that wait and are in no report's period.
func (p *Pipeline) heldNowhere(ctx context.Context, periods []plan.Period) ([]HeldItem, error) {
	items := []HeldItem{}
	if len(periods) == 0 {
		return items, nil
	}
	kept, err := p.kept(ctx)
	if err != nil {
		return nil, err
	}
	names := kept.names()
	for _, of := range periods {
		waiting, err := p.Store.Waiting(ctx, of)
		if err != nil {
			return nil, err
		}
		for _, s := range waiting {
			items = append(items, p.heldDocument(ctx, s, names))
		}
	}
	return items, nil
}

func timeOf(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

// takesDocuments reports whether some report takes documents of the period.
func (p *Pipeline) takesDocuments(ctx context.Context, period plan.Period) (bool, error) {
	if period.IsZero() || !p.office.calendar.Reports(period.Part) {
		return false, nil
	}
	_, _, err := p.Plan(ctx, period.Year)
	if errors.Is(err, ErrNoPlan) {
		return false, nil
	}
	return err == nil, err
}

// heldDocument is a whole document that waits.
func (p *Pipeline) heldDocument(ctx context.Context, s form.Submission, names shortNames) HeldItem {
	item := HeldItem{
		ID: names.of(s.SHA256), Agency: idView(s.Agency), File: s.File, SHA256: s.SHA256, Sender: s.Sender,
		Arrived: timeView(s.Arrived), Place: finding.Place{File: s.File}, Reasons: []FindingView{},
	}
	if !s.Period.IsZero() {
		item.Period = &s.Period
	}
	for _, f := range s.Findings {
		if f.Level == finding.Error {
			item.Reasons = append(item.Reasons, FindingView{f, p.Say(f)})
		}
	}
	item.Choices = p.choices(ctx, s, Target{SHA256: s.SHA256}, s.Findings)
	return item
}

// heldItem is what a gap waits for.
func (p *Pipeline) heldItem(ctx context.Context, made *Made, g Gap) HeldItem {
	s, _ := made.submission(g.ruling.SHA256)
	if g.ruling.Row == 0 {
		return p.heldDocument(ctx, s, made.names)
	}
	at := Target{SHA256: s.SHA256, Sheet: g.ruling.Sheet, Row: g.ruling.Row}
	item := HeldItem{
		ID: made.rowID(s.SHA256, finding.Place{Sheet: at.Sheet, Row: at.Row}), Agency: idView(s.Agency), Period: &s.Period,
		Activity: g.Activity, File: s.File, SHA256: s.SHA256, Sender: s.Sender, Arrived: timeView(s.Arrived),
		Place: finding.Place{File: s.File, Sheet: at.Sheet, Row: at.Row}, Reasons: []FindingView{},
	}
	var about []finding.Finding
	for _, f := range made.Statement.Findings {
		if f.SHA256 == s.SHA256 && f.Place.Sheet == at.Sheet && f.Place.Row == at.Row && f.Level != finding.Note {
			about = append(about, f.Finding)
			item.Reasons = append(item.Reasons, FindingView{f.Finding, p.Say(f.Finding)})
			item.Activity = cmp.Or(item.Activity, plan.Code(f.Activity))
		}
	}
	if len(item.Reasons) == 0 {
		f := finding.Finding{Code: "gap-held-row", Level: finding.Error, Place: item.Place, Activity: string(g.Activity)}
		item.Reasons = append(item.Reasons, FindingView{f, p.Say(f)})
	}
	item.Choices = p.choices(ctx, s, at, about)
	return item
}
