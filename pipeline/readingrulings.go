package pipeline

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// readingRulings are the rulings that decide how documents are read.
type readingRulings struct {
	documents map[string]form.Rulings // by hash
	senders   map[string]agency.ID    // remembered, by address in lower case
}

// about is what rulings say of a document.
func (r readingRulings) about(o form.Origin) form.Rulings {
	said := r.documents[o.SHA256]
	if o.Mail != nil {
		said.Sender = r.senders[strings.ToLower(o.Mail.From)]
	}
	return said
}

func (p *Pipeline) readingRulings(ctx context.Context) (readingRulings, error) {
	rulings := readingRulings{map[string]form.Rulings{}, map[string]agency.ID{}}
	all, err := p.Store.RulingLog(ctx)
	if err != nil {
		return rulings, err
	}
	for _, k := range all {
		if !k.InForce() {
			continue
		}
		switch r := k.Ruling; r.Kind {
		case reconcile.RememberSender:
			rulings.senders[strings.ToLower(r.Address)] = r.Agency
		case reconcile.Assign:
			d := rulings.documents[r.SHA256]
			d.Agency = cmp.Or(r.Agency, d.Agency)
			d.Period = cmp.Or(r.MeantPeriod(), d.Period)
			if r.Row > 0 {
				d.Rows = append(d.Rows, form.RowRuling{Sheet: r.Sheet, Row: r.Row, Activity: r.Activity})
			}
			rulings.documents[r.SHA256] = d
		}
	}
	return rulings, nil
}

// rulingsOn are the rulings in force that a period's statement of these documents
// depends on. An assignment enters the statement of the period that its document
// is in by now, whichever that was when it was made.
func (p *Pipeline) rulingsOn(ctx context.Context, period plan.Period, submissions []form.Submission) ([]reconcile.Ruling, error) {
	all, err := p.Store.Rulings(ctx, period)
	if err != nil {
		return nil, err
	}
	log, err := p.Store.RulingLog(ctx)
	if err != nil {
		return nil, err
	}
	for _, k := range log {
		if k.InForce() && k.Kind == reconcile.Assign && !k.Period.IsZero() && k.Period != period {
			r := k.Ruling
			r.Meant, r.Period = r.MeantPeriod(), period
			all = append(all, r)
		}
	}
	slices.SortFunc(all, func(a, b reconcile.Ruling) int {
		return cmp.Or(cmp.Compare(len(a.ID), len(b.ID)), cmp.Compare(a.ID, b.ID)) // r2 before r10
	})
	return concerning(all, period, submissions), nil
}

// concerning are the rulings of a period that are about its documents, its
// agencies or its findings.
func concerning(all []reconcile.Ruling, period plan.Period, submissions []form.Submission) []reconcile.Ruling {
	here := func(fits func(form.Submission) bool) bool { return slices.ContainsFunc(submissions, fits) }
	return slices.DeleteFunc(all, func(r reconcile.Ruling) bool {
		switch {
		case r.Kind == reconcile.RememberSender:
			return !here(func(s form.Submission) bool { return strings.EqualFold(s.Sender, r.Address) })
		case r.SHA256 != "" && (r.Period != period || r.Kind == reconcile.Assign):
			return !here(func(s form.Submission) bool { return s.SHA256 == r.SHA256 })
		}
		return false
	})
}
