package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/store"
)

// ErrNoItem is the error of an item that nothing known is called by.
var ErrNoItem = errors.New("no document or row of that name")

// ErrNoReason is the error of a decision without a reason.
var ErrNoReason = errors.New("a decision needs a reason")

// Decision is what a clerk says about one item. Exactly one of its first
// fields is set.
type Decision struct {
	Choose   int  // the number of a choice that [Pipeline.Held] lists
	Release  bool // take it as it was read
	SetAside bool // leave it out
	Assign   *Assignment
	Correct  *Correction

	Remember bool   // take mail from the same sender as the agency's from now on
	Reason   string // of the clerk; never empty
}

// Assignment says whose a document is and for when, or what a row means.
type Assignment struct {
	Agency   agency.ID
	Period   plan.Period
	Activity plan.Code
}

// Correction gives a figure of a row.
type Correction struct {
	Figure reconcile.Figure
	Value  string // as in JSON; empty: the cell says nothing
	Source string // what it rests on
}

// Decide carries out a clerk's decision about an item that [Pipeline.Held]
// lists or that a statement names, and returns the rulings that were kept. What
// was read is not edited.
func (p *Pipeline) Decide(ctx context.Context, item string, d Decision, who store.Actor) ([]reconcile.Ruling, error) {
	if strings.TrimSpace(d.Reason) == "" {
		return nil, ErrNoReason
	}
	s, at, err := p.find(ctx, item)
	if err != nil {
		return nil, err
	}
	rulings, err := p.rulingsOf(ctx, s, at, item, d)
	if err != nil {
		return nil, fmt.Errorf("decide %s: %w", item, err)
	}
	if d.Remember {
		remembered, err := rememberSender(s, rulings)
		if err != nil {
			return nil, fmt.Errorf("decide %s: %w", item, err)
		}
		rulings = append(rulings, remembered)
	}
	var kept []reconcile.Ruling
	for _, r := range rulings {
		if r.Kind != reconcile.RememberSender && r.Period.IsZero() {
			r.Period = s.Period
		}
		r.Reason = d.Reason
		k, err := p.keepRuling(ctx, r, who)
		if err != nil {
			return kept, err
		}
		kept = append(kept, k)
	}
	return kept, nil
}

// rulingsOf are the rulings that a decision consists of.
func (p *Pipeline) rulingsOf(ctx context.Context, s form.Submission, at Target, item string, d Decision) ([]reconcile.Ruling, error) {
	on := reconcile.Ruling{SHA256: at.SHA256, Sheet: at.Sheet, Row: at.Row, Agency: s.Agency}
	switch {
	case d.Choose > 0:
		choice, err := p.choice(ctx, s, at, d.Choose)
		return choice.rulings, err
	case d.Release:
		on.Kind = reconcile.Release
		return []reconcile.Ruling{on}, p.releasable(s, at)
	case d.SetAside:
		on.Kind = reconcile.SetAside
		return []reconcile.Ruling{on}, nil
	case d.Assign != nil:
		return p.assign(ctx, s, at, *d.Assign)
	case d.Correct != nil:
		return p.correct(s, at, *d.Correct)
	}
	return nil, errors.New("say what to do: choose, release, set aside, assign or correct")
}

// choice is the n-th reading that the item offers.
func (p *Pipeline) choice(ctx context.Context, s form.Submission, at Target, n int) (Choice, error) {
	about := s.Findings
	if at.Row > 0 {
		about = slices.DeleteFunc(slices.Clone(about), func(f finding.Finding) bool {
			return f.Place.Sheet != at.Sheet || f.Place.Row != at.Row || f.Level == finding.Note
		})
	}
	all := p.choices(ctx, s, at, about)
	if n > len(all) {
		return Choice{}, fmt.Errorf("choice %d: there are %d", n, len(all))
	}
	return all[n-1], nil
}

// releasable says why an item cannot be taken as it was read.
func (p *Pipeline) releasable(s form.Submission, at Target) error {
	switch {
	case at.Row == 0 && s.Outcome == form.Reject:
		return errors.New("the document could not be read; ask its sender for another one, or set it aside")
	case at.Row == 0 && s.Agency == "":
		return errors.New("it is not known whose the document is; assign an agency to it")
	case s.Period.IsZero():
		return errors.New("it is not known for which period the document is; assign a period to it")
	}
	return nil
}

func (p *Pipeline) assign(ctx context.Context, s form.Submission, at Target, a Assignment) ([]reconcile.Ruling, error) {
	r := reconcile.Ruling{Kind: reconcile.Assign, SHA256: at.SHA256, Agency: a.Agency, Period: a.Period, Activity: a.Activity}
	if a.Agency != "" {
		if _, ok := p.office.directory.Agency(a.Agency); !ok {
			return nil, fmt.Errorf("agency %q: not in the directory", a.Agency)
		}
	}
	if a.Activity != "" {
		if at.Row == 0 {
			return nil, errors.New("an activity is assigned to a row, not to a document")
		}
		term, err := p.office.calendar.Term(s.Period)
		if err != nil {
			return nil, err
		}
		thePlan, _, err := p.PlanAt(ctx, s.Period.Year, term.Closes)
		if err != nil {
			return nil, err
		}
		if thePlan.Activity(a.Activity) == nil {
			return nil, fmt.Errorf("activity %q: not in the plan of %d", a.Activity, s.Period.Year)
		}
		r.Sheet, r.Row = at.Sheet, at.Row
	}
	if !a.Period.IsZero() {
		if ok, err := p.takesDocuments(ctx, a.Period); err != nil || !ok {
			return nil, fmt.Errorf("period %s: %w", a.Period, cmpErr(err, ErrNotReported))
		}
	}
	return []reconcile.Ruling{r}, nil
}

func cmpErr(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// correct gives one figure of a row another value.
func (p *Pipeline) correct(s form.Submission, at Target, c Correction) ([]reconcile.Ruling, error) {
	if strings.TrimSpace(c.Source) == "" {
		return nil, errors.New("a correction needs its source: the letter or document that it rests on")
	}
	i := slices.IndexFunc(s.Entries, func(e form.Entry) bool { return e.Place.Sheet == at.Sheet && e.Place.Row == at.Row })
	if at.Row == 0 || i < 0 {
		return nil, errors.New("a correction names a row that was read as an activity")
	}
	if err := c.Figure.Check(c.Value); err != nil {
		return nil, err
	}
	return []reconcile.Ruling{{
		Kind: reconcile.Correct, SHA256: at.SHA256, Sheet: at.Sheet, Row: at.Row, Agency: s.Agency, Activity: s.Entries[i].Activity,
		Figure: c.Figure, Value: c.Value, Before: c.Figure.Read(s.Entries[i]), Source: c.Source,
	}}, nil
}

// rememberSender is the ruling that a document's sender writes for its agency.
func rememberSender(s form.Submission, rulings []reconcile.Ruling) (reconcile.Ruling, error) {
	id := s.Agency
	for _, r := range rulings {
		if r.Kind == reconcile.Assign && r.Agency != "" {
			id = r.Agency
		}
	}
	switch {
	case s.Sender == "":
		return reconcile.Ruling{}, errors.New("nobody sent it by mail: there is no address to remember")
	case id == "":
		return reconcile.Ruling{}, errors.New("it is not known whose the document is; assign an agency to it")
	}
	return reconcile.Ruling{Kind: reconcile.RememberSender, Address: s.Sender, Agency: id}, nil
}

// find is the document and the row that a clerk names.
func (p *Pipeline) find(ctx context.Context, item string) (form.Submission, Target, error) {
	id, err := parseItemID(item)
	if err != nil {
		return form.Submission{}, Target{}, err
	}
	originals, err := p.Store.Originals(ctx)
	if err != nil {
		return form.Submission{}, Target{}, err
	}
	var found []string
	for _, o := range originals {
		if strings.HasPrefix(o.SHA256, id.hash) {
			found = append(found, o.SHA256)
		}
	}
	switch {
	case len(found) == 0:
		return form.Submission{}, Target{}, fmt.Errorf("%s: %w", item, ErrNoItem)
	case len(found) > 1:
		return form.Submission{}, Target{}, fmt.Errorf("%s: %d documents begin so; give more digits of the hash", item, len(found))
	}
	s, ok, err := p.Store.LastReading(ctx, found[0])
	if err == nil && !ok {
		err = fmt.Errorf("%s: %w", item, ErrNoItem)
	}
	if err != nil {
		return s, Target{}, err
	}
	at := Target{SHA256: found[0], Sheet: id.sheet, Row: id.row}
	if at.Row > 0 && at.Sheet == "" {
		sheets := sheetsOf(s)
		if len(sheets) > 1 {
			return s, at, fmt.Errorf("%s: the document has rows in %d sheets; name the sheet as in %s:%s:%d", item, len(sheets), id.hash, sheets[0], id.row)
		}
		if len(sheets) == 1 {
			at.Sheet = sheets[0]
		}
	}
	if at.Row > 0 && !hasRow(s, at) {
		return s, at, fmt.Errorf("%s: %w", item, ErrNoItem)
	}
	return s, at, nil
}

func hasRow(s form.Submission, at Target) bool {
	return slices.ContainsFunc(s.Entries, func(e form.Entry) bool { return e.Place.Sheet == at.Sheet && e.Place.Row == at.Row }) ||
		slices.ContainsFunc(s.SetAside, func(r form.Row) bool { return r.Place.Sheet == at.Sheet && r.Place.Row == at.Row })
}

// Waive lets gaps stand when the period is issued.
func (p *Pipeline) Waive(ctx context.Context, period plan.Period, ids []string, reason string, who store.Actor) ([]reconcile.Ruling, error) {
	if strings.TrimSpace(reason) == "" {
		return nil, ErrNoReason
	}
	made, err := p.ToIssue(ctx, period, time.Time{})
	if err != nil {
		return nil, err
	}
	open := p.Gaps(made)
	var rulings []reconcile.Ruling
	for _, id := range ids {
		i := slices.IndexFunc(open, func(g Gap) bool { return g.ID == id })
		switch {
		case i < 0:
			return nil, fmt.Errorf("waive %s: %q is no gap of it; issue %s --dry-run lists them", period, id, period)
		case open[i].Waived != "":
			continue
		}
		r := open[i].ruling
		r.Period, r.Reason = period, reason
		rulings = append(rulings, r)
	}
	return p.keepRulings(ctx, rulings, who)
}

// WaiveRule silences a rule about an agency or an activity, or both, until a
// day; the zero day means for the period.
func (p *Pipeline) WaiveRule(ctx context.Context, r reconcile.Ruling, who store.Actor) (reconcile.Ruling, error) {
	r.Kind = reconcile.WaiveRule
	switch {
	case strings.TrimSpace(r.Reason) == "":
		return r, ErrNoReason
	case !slices.ContainsFunc(reconcile.DefaultRules(), func(known reconcile.Rule) bool { return known.Code == r.Rule }):
		return r, fmt.Errorf("rule %q: templates/rules.yaml has none of that name", r.Rule)
	case r.Agency == "" && r.Activity == "":
		return r, errors.New("say for which agency or activity; a rule is switched off for all in templates/rules.yaml")
	case !r.Until.IsZero():
		r.Period = plan.Period{} // it holds over periods
	}
	return p.keepRuling(ctx, r, who)
}

// Extend moves the day until which an agency is waited for.
func (p *Pipeline) Extend(ctx context.Context, period plan.Period, id agency.ID, until agency.Day, reason string, who store.Actor) (reconcile.Ruling, error) {
	r := reconcile.Ruling{Kind: reconcile.Extend, Period: period, Agency: id, Until: until, Reason: reason}
	term, err := p.office.calendar.Term(period)
	switch {
	case err != nil:
		return r, err
	case strings.TrimSpace(reason) == "":
		return r, ErrNoReason
	case until.Before(term.Due):
		return r, fmt.Errorf("extend %s: %s lies before the period's due day %s", period, until, term.Due)
	}
	if _, ok := p.office.directory.Agency(id); !ok {
		return r, fmt.Errorf("agency %q: not in the directory", id)
	}
	return p.keepRuling(ctx, r, who)
}

// Undo takes a ruling back, for a reason.
func (p *Pipeline) Undo(ctx context.Context, id, reason string, who store.Actor) (reconcile.Ruling, error) {
	if strings.TrimSpace(reason) == "" {
		return reconcile.Ruling{}, ErrNoReason
	}
	undone, err := p.Store.UndoRuling(ctx, id, reason, who)
	return undone, p.closed(err)
}

func (p *Pipeline) keepRuling(ctx context.Context, r reconcile.Ruling, who store.Actor) (reconcile.Ruling, error) {
	kept, err := p.Store.AddRuling(ctx, r, who)
	return kept, p.closed(err)
}

func (p *Pipeline) keepRulings(ctx context.Context, rulings []reconcile.Ruling, who store.Actor) ([]reconcile.Ruling, error) {
	var kept []reconcile.Ruling
	for _, r := range rulings {
		k, err := p.keepRuling(ctx, r, who)
		if err != nil {
			return kept, err
		}
		kept = append(kept, k)
	}
	return kept, nil
}

// concerning are the rulings of a period that are about its documents, its
// agencies or its findings.
func concerning(all []reconcile.Ruling, period plan.Period, submissions []form.Submission) []reconcile.Ruling {
	here := func(fits func(form.Submission) bool) bool { return slices.ContainsFunc(submissions, fits) }
	return slices.DeleteFunc(all, func(r reconcile.Ruling) bool {
		switch {
		case r.Kind == reconcile.RememberSender:
			return !here(func(s form.Submission) bool { return strings.EqualFold(s.Sender, r.Address) })
		case r.SHA256 != "" && r.Period != period:
			return !here(func(s form.Submission) bool { return s.SHA256 == r.SHA256 })
		}
		return false
	})
}

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
			if !r.Period.IsZero() && r.Row == 0 {
				d.Period = r.Period
			}
			if r.Row > 0 {
				d.Rows = append(d.Rows, form.RowRuling{Sheet: r.Sheet, Row: r.Row, Activity: r.Activity})
			}
			rulings.documents[r.SHA256] = d
		}
	}
	return rulings, nil
}
