package pipeline

import (
	"context"
	"errors"
	"time"

	"baocao/pipeline/store"
)

// runWaits are the times between the attempts of a job that comes to nothing.
var runWaits = [store.MostAttempts - 1]time.Duration{
	time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 4 * time.Hour,
}

// tellAfter is after how many attempts the clerk is told the first time; the
// second time is when the job is given up.
const tellAfter = 3

// outcome is what came of an attempt, and of what trouble the clerk is told.
func (s *Service) outcome(ctx context.Context, r store.Run, detail string, err error) (o store.RunOutcome, trouble string) {
	now := s.now()
	o = store.RunOutcome{State: store.RunDone, Detail: detail, At: now}
	if err == nil {
		return o, ""
	}
	o.Detail = err.Error()
	var notYet *NotYetError
	var notDone *NotDoneError
	var lost *LostLettersError
	var givenUp *GivenUpError
	switch {
	case ctx.Err() != nil:
		o.State, o.Detail, o.NextTry, o.GiveBack = store.RunWaiting, "the program was stopped", now, true
	case errors.As(err, &notDone):
		o.State = store.RunSkipped
	case errors.As(err, &notYet) && now.Before(r.Until):
		o.State, o.NextTry, o.GiveBack = store.RunWaiting, now.Add(notYet.After), true
		if notYet.Tell {
			trouble = troubleWaiting
		}
	case errors.As(err, &notYet):
		o.State, o.Detail, trouble = store.RunFailed, "its window ended: "+o.Detail, troubleFailed
	case errors.As(err, &lost):
		o.State, trouble = store.RunFailed, troubleLetters
	case errors.As(err, &givenUp):
		o.State, trouble = store.RunFailed, troubleFailed
	default:
		o.State = store.RunFailed
		if r.Attempts <= len(runWaits) {
			o.NextTry = now.Add(runWaits[r.Attempts-1])
		}
		switch {
		case o.NextTry.IsZero():
			trouble = troubleFailed
		case r.Attempts == tellAfter:
			trouble = troubleAgain
		}
	}
	return o, trouble
}
