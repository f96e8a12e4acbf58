package pipeline

import (
	"context"
	"fmt"
	"net/mail"
	"slices"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/deliver"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// RemindStep is one of the times at which a missing agency is reminded.
type RemindStep string

// The steps, in their order.
const (
	RemindBefore RemindStep = "before"   // before its due day
	RemindDue    RemindStep = "due"      // on it
	RemindAfter  RemindStep = "after"    // when it is over
	Escalate     RemindStep = "escalate" // after that, also to those above
)

// remindSteps are all steps in their order.
var remindSteps = []RemindStep{RemindBefore, RemindDue, RemindAfter, Escalate}

// ParseRemindStep reads the name of a step.
func ParseRemindStep(s string) (RemindStep, error) {
	if !slices.Contains(remindSteps, RemindStep(s)) {
		return "", fmt.Errorf("step %q: want one of %q", s, remindSteps)
	}
	return RemindStep(s), nil
}

var stepLetters = map[RemindStep]string{
	RemindBefore: letterBefore, RemindDue: letterDue, RemindAfter: letterAfter, Escalate: letterEscalate,
}

// Remind writes a reminder (đôn đốc) to each agency whose report for a period is
// missing or was rejected at this moment: what lies in the mailbox and in the
// inbox is read first, and a mailbox that cannot be read is an error, so that
// nobody is reminded of what he has sent.
//
// A step is taken of an agency when its own due day, which a clerk may have
// extended, is to come, has come or is over; those above are turned to when it was
// reminded after its due day and on an earlier day than this, or when its grace
// ends. Each step is taken once and for all, and never after a later one; so
// Remind can be called every day. The zero step is for each agency the last one
// whose day has come; one that has nobody above and was not reminded after its due
// day, because the computer was off, is reminded itself then. An agency that is given
// more time begins anew, by its new day. A letter that was withdrawn counts as none:
// when the agency is silent after all, it gets another.
// Nothing is posted, see [Pipeline.Deliver]; a dry run is as in
// [Pipeline.SendForms].
func (p *Pipeline) Remind(ctx context.Context, period plan.Period, step RemindStep) (Mailed, error) {
	return p.remind(ctx, period, step, p.mailer())
}

// RemindToMe is [Pipeline.Remind] with the letters to one address instead, marked
// as a trial; they do not count.
func (p *Pipeline) RemindToMe(ctx context.Context, period plan.Period, step RemindStep, toMe string) (Mailed, error) {
	m := p.mailer()
	m.toMe = toMe
	return p.remind(ctx, period, step, m)
}

func (p *Pipeline) remind(ctx context.Context, period plan.Period, step RemindStep, m *mailer) (Mailed, error) {
	if p.Outgoing == nil {
		return m.done, ErrNoPost
	}
	if p.office.reminder == nil {
		return m.done, errNoForms
	}
	if _, err := p.Fetch(ctx); err != nil {
		return m.done, fmt.Errorf("remind %s: %w", period, err)
	}
	made, err := p.standing(ctx, period)
	if err != nil {
		return m.done, err
	}
	if made.Gate.Closed() {
		m.done.Closed = true
		return m.done, nil
	}
	earlier, err := p.Reminders(ctx, period)
	if err != nil {
		return m.done, err
	}
	for _, a := range made.Statement.Agencies {
		if err := ctx.Err(); err != nil {
			return m.done, err
		}
		if !isSilent(a) {
			continue
		}
		if err := m.remindOne(ctx, made, a, step, earlier); err != nil {
			return m.done, err
		}
	}
	return m.done, nil
}

// standing is the statement of a period at this moment, of all that has arrived.
func (p *Pipeline) standing(ctx context.Context, period plan.Period) (*Made, error) {
	if _, err := p.Collect(ctx); err != nil {
		return nil, err
	}
	return p.Statement(ctx, period, lastSecond(agency.DayOf(p.Now())))
}

// isSilent reports whether an agency's report is still to come.
func isSilent(a reconcile.AgencyState) bool {
	return a.State == reconcile.StateMissing || a.State == reconcile.StateRejected
}

// stepOn is the last step whose day has come for an agency, which was reminded on
// earlier occasions; own is its own due day.
func stepOn(a reconcile.AgencyState, own, today agency.Day, earlier []Reminder) RemindStep {
	reminded := slices.ContainsFunc(earlier, func(r Reminder) bool {
		return r.Agency == a.Agency && r.Step == RemindAfter && agency.DayOf(r.At).Before(today) &&
			r.Extended == own && r.State != deliver.Withdrawn
	})
	switch {
	case today.After(a.Due) && (reminded || !today.Before(a.Grace)):
		return Escalate
	case today.After(a.Due):
		return RemindAfter
	case today == a.Due:
		return RemindDue
	}
	return RemindBefore
}

// remindOne reminds one agency, if its day has come.
func (m *mailer) remindOne(ctx context.Context, made *Made, a reconcile.AgencyState, step RemindStep, earlier []Reminder) error {
	own := ownDue(a, made.Statement.Term)
	now := stepOn(a, own, agency.DayOf(m.Now()), earlier)
	if step == "" {
		step = now
		if now == Escalate && len(m.above(a.Agency)) == 0 {
			told, err := m.written(ctx, reminded{made.Inputs.Term.Period, RemindAfter, a.Agency, own}.key())
			if err != nil {
				return err
			}
			if !told {
				step = RemindAfter
			}
		}
	}
	at := slices.Index(remindSteps, step)
	switch {
	case at > slices.Index(remindSteps, now):
		return nil // its day is still to come
	case step == RemindBefore && now != RemindBefore:
		return nil // too late for it
	case step == RemindBefore && a.Due.After(made.Statement.Term.Due) && !agency.DayOf(m.Now()).After(made.Statement.Term.Due):
		return nil // it was given more time, and is reminded in that
	}
	if m.toMe == "" {
		for _, later := range remindSteps[at:] {
			known, err := m.written(ctx, reminded{made.Inputs.Term.Period, later, a.Agency, own}.key())
			if err != nil {
				return err
			}
			if known {
				m.done.Known++
				return nil
			}
		}
	}
	return m.reminder(ctx, made, a, step, earlier)
}

// reminder writes the letter.
func (m *mailer) reminder(ctx context.Context, made *Made, a reconcile.AgencyState, step RemindStep, earlier []Reminder) error {
	facts := m.facts(made.Inputs.Term, made.Inputs.Plan, a.Agency, a.Due, a.Grace)
	main, ok := m.addressOf(a.Agency, facts.Agency)
	to := []mail.Address{main}
	if !ok {
		to = nil
	}
	if step == Escalate {
		above := m.above(a.Agency)
		for _, c := range above {
			if c.Name != "" {
				facts.Persons = append(facts.Persons, c.Name)
			}
			if !slices.ContainsFunc(to, func(a mail.Address) bool { return strings.EqualFold(a.Address, c.Address) }) {
				to = append(to, mail.Address{Name: c.Name, Address: c.Address})
			}
		}
		if len(above) == 0 {
			m.done.Skipped = append(m.done.Skipped, NotMailed{a.Agency, NoContacts})
			return nil
		}
	}
	if len(to) == 0 {
		m.done.Skipped = append(m.done.Skipped, NotMailed{a.Agency, NoAddress})
		return nil
	}
	if a.State == reconcile.StateRejected {
		facts.Rejected, facts.Received = true, printedDay(agency.DayOf(a.Received))
	}
	facts.Asked = a.ActivitiesExpected
	facts.Missing, facts.More = missingOf(made.Statement, a.Agency)
	facts.Before = remindedOn(earlier, a.Agency)
	key, _, err := m.free(ctx, reminded{made.Inputs.Term.Period, step, a.Agency, ownDue(a, made.Statement.Term)}.key())
	if err != nil {
		return err
	}
	return m.write(ctx, a.Agency, stepLetters[step], deliver.Letter{Kind: kindReminder, Key: key, To: to}, facts)
}

// above are the persons to whom it is turned when an agency stays silent.
func (p *Pipeline) above(id agency.ID) []agency.Contact {
	who, _ := p.office.directory.Agency(id)
	return slices.DeleteFunc(slices.Clone(who.Contacts), func(c agency.Contact) bool { return deliver.CheckAddress(c.Address) != nil })
}

// mostMissing is how many activities a letter lists.
const mostMissing = 40

// missingOf are the activities for which an agency's answer is still to come.
func missingOf(s *reconcile.Statement, id agency.ID) (list []missingActivity, more int) {
	for _, l := range s.Lines {
		for _, a := range l.Answers {
			if a.Agency != id || a.Role == reconcile.Partner || a.Status != "" {
				continue
			}
			if len(list) == mostMissing {
				more++
				continue
			}
			list = append(list, missingActivity{string(l.Activity.Code), strings.Join(strings.Fields(l.Activity.Name), " ")})
		}
	}
	return list, more
}
