package pipeline

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"baocao/pipeline/plan"
	"baocao/pipeline/schedule"
	"baocao/pipeline/store"
)

// Job is something that the schedule can have done. It may be stopped anywhere
// and done again; what it did is then done already. It is done when its letters,
// if it has any, were taken over by the mail server, see [Service.Posted].
type Job struct {
	About schedule.About
	// Do does the job and tells, in English, what it did. Besides an error that is
	// tried again it may return a [*NotYetError], a [*NotDoneError], a
	// [*LostLettersError] or a [*GivenUpError].
	Do func(ctx context.Context, e schedule.Entry) (detail string, err error)
}

// NotYetError is the error of a job that waits for something and has nothing wrong.
type NotYetError struct {
	Reason string
	After  time.Duration // until it is looked at again
	Tell   bool          // the clerk must do something
}

func (e *NotYetError) Error() string { return e.Reason }

// NotDoneError is the error of a job that is not to be done at all.
type NotDoneError struct{ Reason string }

func (e *NotDoneError) Error() string { return e.Reason }

// LostLettersError is the error of a job whose letters some recipients did not,
// or may not, get, and which are not tried again of themselves.
type LostLettersError struct{ To []string }

func (e *LostLettersError) Error() string {
	return "letters were refused or came back: " + strings.Join(e.To, ", ")
}

// GivenUpError is the error of a job that trying again does not help: the clerk is
// told at once.
type GivenUpError struct{ Reason string }

func (e *GivenUpError) Error() string { return e.Reason }

// knownJobs is the table of all jobs.
func (s *Service) knownJobs() map[string]Job {
	jobs := map[string]Job{
		"collect": {schedule.AboutOffice, s.collectJob},
		"forms":   {schedule.AboutPeriod, s.formsJob},
		"remind":  {schedule.AboutPeriod, s.remindJob},
		"draft":   {schedule.AboutPeriod, s.draftJob},
		"deliver": {schedule.AboutPeriod, s.deliverJob},
	}
	maps.Copy(jobs, s.Extra)
	return jobs
}

// Job does a job once, by hand: nothing is remembered of it.
func (s *Service) Job(ctx context.Context, name string, period plan.Period) (detail string, err error) {
	job, known := s.jobs[name]
	switch {
	case !known:
		return "", fmt.Errorf("job %q: want one of %s", name, strings.Join(slices.Sorted(maps.Keys(s.jobs)), ", "))
	case (job.About == schedule.AboutPeriod) == period.IsZero():
		return "", fmt.Errorf("job %q of period %q: a job is either about a period or about none", name, period)
	}
	now := s.now()
	step := "by-hand-" + now.UTC().Format("20060102T150405")
	return s.attempt(ctx, schedule.Entry{
		Job: name, Period: period, Step: step, Key: name + "/" + period.String() + "/" + step, At: now, Until: now.Add(time.Hour),
	})
}

// attempt does a job. A panic is its error: the other jobs go on.
func (s *Service) attempt(ctx context.Context, e schedule.Entry) (detail string, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			s.Log.Error("job: panic", "job", e.Key, "panic", fault, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %v", fault)
		}
	}()
	job, known := s.jobs[e.Job]
	if !known { // the ledger is older, or of another program on the same database
		return "", &NotDoneError{fmt.Sprintf("there is no job %q any more", e.Job)}
	}
	return job.Do(ctx, e)
}

// gather fetches, reads and answers. What goes wrong with the mail servers keeps
// nothing from being read. While the mailbox is watched, mails are fetched there.
func (s *Service) gather(ctx context.Context) (mails int, read Collected, err error) {
	var errFetch error
	if !s.watching {
		var fetched *Fetched
		if fetched, errFetch = s.Fetch(ctx); fetched != nil {
			mails = fetched.Stored
		}
	}
	if read, err = s.Collect(ctx); err != nil {
		return mails, read, errors.Join(errFetch, err)
	}
	_, errLetters := s.Correspond(ctx)
	return mails, read, errors.Join(errFetch, errLetters)
}

// collectJob fetches, reads and answers.
func (s *Service) collectJob(ctx context.Context, _ schedule.Entry) (string, error) {
	mails, read, err := s.gather(ctx)
	return fmt.Sprintf("%d mails fetched, %d documents read", mails, read.Read), err
}

// draftJob makes the period's report from all that is there and mails it to the
// clerk.
func (s *Service) draftJob(ctx context.Context, e schedule.Entry) (string, error) {
	if _, _, err := s.gather(ctx); err != nil {
		if ctx.Err() != nil {
			return "", err
		}
		s.Log.Error("draft", "err", err) // the draft is of what is there
	}
	made, err := s.Statement(ctx, e.Period, time.Time{})
	if err != nil {
		return "", err
	}
	if made.Gate.Closed() {
		return "", &NotDoneError{"the report is issued already"}
	}
	s.Log.Info("draft", "rendering", e.Period, "submissions", len(made.Inputs.Submissions))
	files, err := s.Report(ctx, made)
	if err != nil {
		return "", err
	}
	if s.Clerk.Address == "" || s.Outgoing == nil {
		return fmt.Sprintf("%d files written; no clerk to send them to", len(files)), nil
	}
	key := "draft:" + e.Key
	known, err := s.Store.HasLetter(ctx, key)
	if err != nil {
		return "", err
	}
	if !known {
		if err := s.queueDraft(ctx, key, made, files); err != nil {
			return "", err
		}
	}
	return s.Posted(ctx, key)
}

// deliverJob sends the issued report to its recipients; it waits for the report.
func (s *Service) deliverJob(ctx context.Context, e schedule.Entry) (string, error) {
	if len(s.recipients(e.Period)) == 0 {
		return "", &NotDoneError{"no recipients are configured"}
	}
	gate, err := s.Store.Gate(ctx, e.Period)
	if err != nil {
		return "", err
	}
	if !gate.Closed() {
		return "", &NotYetError{Reason: "the report is not issued", After: 15 * time.Minute, Tell: true}
	}
	keys, err := s.queueDelivery(ctx, *gate.Issue)
	if err != nil {
		return "", err
	}
	return s.Posted(ctx, keys...)
}

// entryOf is what the schedule said when the run was planned.
func entryOf(r store.Run) schedule.Entry {
	return schedule.Entry{Job: r.Job, Period: r.Period, Step: r.Step, At: r.Planned, Until: r.Until, Key: r.Key}
}
