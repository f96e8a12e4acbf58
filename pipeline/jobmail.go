package pipeline

import (
	"context"
	"fmt"
	"slices"
	"time"

	"baocao/pipeline/deliver"
	"baocao/pipeline/plan"
	"baocao/pipeline/schedule"
)

// formsJob sends each agency its blank form.
func (s *Service) formsJob(ctx context.Context, e schedule.Entry) (string, error) {
	return s.mailJob(ctx, e, kindForm, s.SendForms)
}

// remindJob reminds those who are missing, in the words of the day.
func (s *Service) remindJob(ctx context.Context, e schedule.Entry) (string, error) {
	return s.mailJob(ctx, e, kindReminder, func(ctx context.Context, period plan.Period) (Mailed, error) {
		return s.Remind(ctx, period, "")
	})
}

// mailJob writes letters of a kind to agencies, and posts them.
func (s *Service) mailJob(ctx context.Context, e schedule.Entry, kind deliver.Kind, write func(context.Context, plan.Period) (Mailed, error)) (string, error) {
	if s.Outgoing == nil {
		return "", &NotDoneError{"no mail server is configured"}
	}
	mailed, err := write(ctx, e.Period)
	if err != nil {
		return "", err
	}
	if mailed.Closed {
		return "", &NotDoneError{"the report is issued already"}
	}
	// What an earlier attempt wrote belongs to the job, too.
	detail, err := s.posted(ctx, func(l deliver.Posting) bool { return l.Kind == kind && !l.Queued.Before(e.At) })
	if len(mailed.Skipped) > 0 {
		detail += fmt.Sprintf("; %d agencies have no address", len(mailed.Skipped))
	}
	return detail, err
}

// waitForPost is until when a job looks again after its letters.
const waitForPost = 5 * time.Minute

// Posted posts what waits in the outbox and tells what became of the letters of
// the given keys. While some are tried again of themselves it is a
// [*NotYetError]; when no more is to come and somebody has none, it is a
// [*LostLettersError].
func (s *Service) Posted(ctx context.Context, keys ...string) (string, error) {
	return s.posted(ctx, func(l deliver.Posting) bool { return slices.Contains(keys, l.Key) })
}

// posted is [Service.Posted] of the letters that are meant.
func (s *Service) posted(ctx context.Context, meant func(deliver.Posting) bool) (string, error) {
	if s.Outgoing == nil {
		return "", ErrNoPost
	}
	_, errPost := s.Deliver(ctx, DeliverOptions{})
	if errPost != nil && ctx.Err() != nil {
		return "", errPost
	}
	letters, err := s.Store.Letters(ctx)
	if err != nil {
		return "", err
	}
	sent, waiting, doubtful, withdrawn := 0, 0, 0, 0
	var lost LostLettersError
	for _, l := range letters {
		if !meant(l) {
			continue
		}
		for _, r := range l.Recipients {
			switch {
			case r.Waiting():
				waiting++
			case r.State == deliver.Withdrawn:
				withdrawn++
			case r.State == deliver.MaybeSent:
				doubtful++
			case r.Stuck():
				lost.To = append(lost.To, r.Address)
			default:
				sent++
			}
		}
	}
	switch {
	case waiting > 0:
		reason := fmt.Sprintf("letters: %d sent, %d wait to be sent", sent, waiting)
		if errPost != nil {
			reason += ": " + errPost.Error()
		}
		return "", &NotYetError{Reason: reason, After: waitForPost}
	case len(lost.To) > 0:
		return "", &lost
	}
	detail := fmt.Sprintf("%d letters sent", sent)
	if doubtful > 0 {
		detail += fmt.Sprintf(", %d maybe", doubtful)
	}
	if withdrawn > 0 {
		detail += fmt.Sprintf(", %d not needed any more", withdrawn)
	}
	return detail, nil
}
