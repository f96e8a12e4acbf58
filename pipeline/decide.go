package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

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

// ErrRuled is the error of a decision that says what is in force already.
var ErrRuled = errors.New("it is ruled so already")

// maxReason is how many letters a reason, or the source of a correction, has at
// most: the report's notes print it.
const maxReason = 1000

// reasonOf is a reason as one line. One that shows nothing is none.
func reasonOf(said string) (string, error) {
	reason := cleanLine(said)
	switch n := utf8.RuneCountInString(reason); {
	case n == 0:
		return "", ErrNoReason
	case n > maxReason:
		return "", fmt.Errorf("the reason has %d letters; say it in at most %d", n, maxReason)
	}
	return reason, nil
}

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
// was read is not edited. A decision that is in force already is kept no second
// time: the error matches [ErrRuled], and the rulings are those in force.
func (p *Pipeline) Decide(ctx context.Context, item string, d Decision, who store.Actor) ([]reconcile.Ruling, error) {
	var err error
	if d.Reason, err = reasonOf(d.Reason); err != nil {
		return nil, err
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
	for _, r := range rulings {
		if err := p.movable(ctx, s, r); err != nil {
			return nil, fmt.Errorf("decide %s: %w", item, err)
		}
	}
	fresh, before, err := p.unsaid(ctx, s, rulings)
	switch {
	case err != nil:
		return nil, err
	case len(fresh) == 0:
		return before, fmt.Errorf("decide %s: %w (%s)", item, ErrRuled, before[len(before)-1].ID)
	}
	for i := range fresh {
		fresh[i].Reason = d.Reason
	}
	return p.keepRulings(ctx, fresh, who)
}

// unsaid are those of the rulings on a document that are not in force yet, with
// the period whose statement they enter, and those in force that say the others.
func (p *Pipeline) unsaid(ctx context.Context, s form.Submission, rulings []reconcile.Ruling) (fresh, before []reconcile.Ruling, err error) {
	for _, r := range rulings {
		switch {
		case r.Kind == reconcile.RememberSender:
		case !r.Meant.IsZero():
			r.Period = r.Meant
		default:
			r.Period = s.Period
		}
		inForce, err := p.Store.Rulings(ctx, r.Period)
		if err != nil {
			return nil, nil, err
		}
		if known, ok := saidBefore(inForce, r); ok {
			before = append(before, known)
		} else {
			fresh = append(fresh, r)
		}
	}
	return fresh, before, nil
}

// saidBefore is the ruling in force that says what r says. A correction is never said
// before: it holds until a newer document arrives, and may be said again then.
func saidBefore(inForce []reconcile.Ruling, r reconcile.Ruling) (reconcile.Ruling, bool) {
	matter := func(k reconcile.RulingKind) reconcile.RulingKind {
		if k == reconcile.SetAside {
			return reconcile.Release // of the two the last one holds
		}
		return k
	}
	for _, known := range slices.Backward(inForce) {
		if matter(known.Kind) != matter(r.Kind) || known.SHA256 != r.SHA256 || known.Sheet != r.Sheet || known.Row != r.Row || known.Address != r.Address {
			continue
		}
		content := known
		content.ID, content.Reason, content.By, content.At = "", "", "", time.Time{}
		return known, r.Kind != reconcile.Correct && content == r
	}
	return reconcile.Ruling{}, false
}

// movable makes sure that no document that an issued report counts is given to
// another period, which would count it once more.
func (p *Pipeline) movable(ctx context.Context, s form.Submission, r reconcile.Ruling) error {
	if r.Meant.IsZero() || r.Meant == s.Period {
		return nil
	}
	return p.uncounted(ctx, s)
}

// uncounted makes sure that no issued report counts a document.
func (p *Pipeline) uncounted(ctx context.Context, s form.Submission) error {
	if s.Period.IsZero() {
		return nil
	}
	gate, err := p.Store.Gate(ctx, s.Period)
	if err != nil || !gate.Closed() {
		return err
	}
	in, err := p.frozenInputs(*gate.Issue)
	if err != nil {
		return err
	}
	if _, counted := (&Made{Inputs: in}).submission(s.SHA256); counted {
		return p.closed(&store.ClosedError{Issue: *gate.Issue})
	}
	return nil
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
	r := reconcile.Ruling{Kind: reconcile.Assign, SHA256: at.SHA256, Agency: a.Agency, Meant: a.Period, Activity: a.Activity}
	if at.Row > 0 && a.Activity == "" {
		return nil, errors.New("an agency or a period is assigned to a document, not to a row; name it without the row")
	}
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
			return nil, fmt.Errorf("period %s: %w", a.Period, cmp.Or(err, ErrNotReported))
		}
	}
	return []reconcile.Ruling{r}, nil
}

// correct gives one figure of a row another value.
func (p *Pipeline) correct(s form.Submission, at Target, c Correction) ([]reconcile.Ruling, error) {
	switch c.Source = cleanLine(c.Source); {
	case c.Source == "":
		return nil, errors.New("a correction needs its source: the letter or document that it rests on")
	case utf8.RuneCountInString(c.Source) > maxReason:
		return nil, fmt.Errorf("the source is longer than %d letters", maxReason)
	}
	c.Value = strings.TrimSpace(c.Value)
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

// Undo takes a ruling back, for a reason. Rulings on one document can be undone in
// any order: those that are left say of it what they said.
func (p *Pipeline) Undo(ctx context.Context, id, reason string, who store.Actor) (reconcile.Ruling, error) {
	reason, err := reasonOf(reason)
	if err != nil {
		return reconcile.Ruling{}, err
	}
	if err := p.undoable(ctx, id); err != nil {
		return reconcile.Ruling{}, fmt.Errorf("undo %s: %w", id, err)
	}
	undone, err := p.Store.UndoRuling(ctx, id, reason, who)
	return undone, p.closed(err)
}

// undoable makes sure that no document that an issued report counts would be read
// otherwise: an assignment may have been made for another period than the document
// is in by now.
func (p *Pipeline) undoable(ctx context.Context, id string) error {
	log, err := p.Store.RulingLog(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(log, func(k store.KeptRuling) bool {
		return k.ID == id && k.InForce() && k.Kind == reconcile.Assign
	})
	if i < 0 {
		return nil
	}
	s, read, err := p.Store.LastReading(ctx, log[i].SHA256)
	if err != nil || !read {
		return err
	}
	return p.uncounted(ctx, s)
}

func (p *Pipeline) keepRuling(ctx context.Context, r reconcile.Ruling, who store.Actor) (reconcile.Ruling, error) {
	kept, err := p.keepRulings(ctx, []reconcile.Ruling{r}, who)
	if err != nil {
		return reconcile.Ruling{}, err
	}
	return kept[0], nil
}
