package pipeline

import (
	"context"
	"strings"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/deliver"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// Reminder is one reminder that was written.
type Reminder struct {
	Agency   agency.ID     `json:"agency"`
	Step     RemindStep    `json:"step"`
	At       time.Time     `json:"at"` // when it was sent; while it waits, when it was written
	To       string        `json:"to"`
	State    deliver.State `json:"state"`
	Extended agency.Day    `json:"extended_to"` // the agency's own due day that it speaks of; zero: the period's

	WithdrawnFor string `json:"withdrawn_for"` // why it is not sent any more; empty: it is not withdrawn
	Letter       string `json:"letter"`        // its ID, as deliver --list shows it
}

// reminded is what a reminder is about, and its key. An agency that was given more
// time is reminded by that day, in letters of their own.
type reminded struct {
	period plan.Period
	step   RemindStep
	agency agency.ID
	own    agency.Day // zero: its due day is the period's
}

// ownDue is the due day of an agency that has another one than its period.
func ownDue(a reconcile.AgencyState, term plan.Term) agency.Day {
	if a.Due == term.Due {
		return agency.Day{}
	}
	return a.Due
}

func (r reminded) key() string {
	parts := []string{"remind", r.period.String(), string(r.step), string(r.agency)}
	if !r.own.IsZero() {
		parts = append(parts, r.own.String())
	}
	return strings.Join(parts, ":")
}

// remindedOf is what the reminder of that key is about.
func remindedOf(key string) (reminded, bool) {
	parts := strings.Split(unnumbered(key), ":")
	if len(parts) < 4 || parts[0] != "remind" {
		return reminded{}, false
	}
	period, err := plan.ParsePeriod(parts[1])
	r := reminded{period: period, step: RemindStep(parts[2]), agency: agency.ID(parts[3])}
	if err == nil && len(parts) > 4 {
		r.own, err = agency.ParseDay(parts[4])
	}
	return r, err == nil
}

// Reminders are the reminders of a period, for each recipient, in the order in
// which they were written.
func (p *Pipeline) Reminders(ctx context.Context, period plan.Period) ([]Reminder, error) {
	letters, err := p.Store.Letters(ctx)
	if err != nil {
		return nil, err
	}
	all := []Reminder{}
	for _, l := range letters {
		about, ok := remindedOf(l.Key)
		if !ok || about.period != period {
			continue
		}
		for _, r := range l.Recipients {
			at := l.Queued
			if !r.Sent.IsZero() {
				at = r.Sent
			}
			all = append(all, Reminder{
				Agency: about.agency, Step: about.step, At: at.In(agency.Zone), To: r.Address, State: r.State,
				Extended: about.own, WithdrawnFor: r.WithdrawnFor, Letter: l.ID,
			})
		}
	}
	return all, nil
}
