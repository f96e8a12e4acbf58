package reconcile

import (
	"strings"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/form"
)

// undone: the agency told in the previous period that the activity is done, and
// does not say so now. Nothing to report is no denial, nor is a day after the
// cut-off, which has a rule of its own.
func undone(f facts) *broken {
	if f.past == nil || f.past.Status != form.Done || f.answer.AfterClose {
		return nil
	}
	switch f.answer.Status {
	case form.InProgress, form.NotStarted, form.Paused:
		return &broken{cell: f.answer.Source.Cells.Status}
	}
	return nil
}

// percentAgainstStatus: done is 100 %, not begun is 0 %, under way is less than
// 100 %.
func percentAgainstStatus(f facts) *broken {
	if f.answer.Percent == nil || f.answer.AfterClose {
		return nil
	}
	p := *f.answer.Percent
	want := ""
	switch {
	case f.answer.Status == form.Done && p < 100_00:
		want = "100"
	case f.answer.Status == form.NotStarted && p > 0:
		want = "0"
	case f.answer.Status == form.InProgress && p >= 100_00:
		want = "< 100"
	default:
		return nil
	}
	return &broken{cell: f.answer.Source.Cells.Percent, got: sayPercent(p), want: want}
}

// doneAfterClose: done on a day that belongs to the next period, so that it is
// in progress in this one whatever the document says.
func doneAfterClose(f facts) *broken {
	if !f.answer.AfterClose {
		return nil
	}
	return &broken{got: sayDay(f.answer.DoneOn), want: sayDay(f.term.Closes)}
}

// overdueWithoutReason: the last month is over, the activity is not done, and
// the agency names no difficulty.
func overdueWithoutReason(f facts) *broken {
	if f.answer.Timing != Overdue || f.answer.Status == "" || strings.TrimSpace(f.answer.Difficulty) != "" {
		return nil
	}
	return &broken{cell: f.answer.Source.Cells.Status, want: sayDay(f.activity.Deadline(f.year))}
}

// notBegun: the first month is over at the cut-off, and nothing has begun.
func notBegun(f facts) *broken {
	if f.activity.Start == 0 || f.answer.Status != form.NotStarted {
		return nil
	}
	next := agency.NewDay(f.year, time.Month(f.activity.Start)+1, 1)
	if f.term.Closes.Before(next) {
		return nil
	}
	return &broken{cell: f.answer.Source.Cells.Status, want: f.activity.Start.String()}
}
