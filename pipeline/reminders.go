package pipeline

import (
	"context"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
)

// Reminders are the reminders of a period, for each recipient, in the order in
// which they were written.
func (p *Pipeline) Reminders(ctx context.Context, period plan.Period) ([]Reminder, error) {
	letters, err := p.Store.Letters(ctx)
	if err != nil {
		return nil, err
	}
	all := []Reminder{}
	prefix := "remind:" + period.String() + ":"
	for _, l := range letters {
		rest, ok := strings.CutPrefix(l.Key, prefix)
		if !ok {
			continue
		}
		step, id, _ := strings.Cut(rest, ":")
		for _, r := range l.Recipients {
			at := l.Queued
			if !r.Sent.IsZero() {
				at = r.Sent
			}
			all = append(all, Reminder{agency.ID(id), RemindStep(step), at.In(agency.Zone), r.Address, r.State})
		}
	}
	return all, nil
}
