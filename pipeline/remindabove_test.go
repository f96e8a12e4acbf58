package pipeline

import (
	"context"
	"testing"
)

// The computer was off over the due day, and grace is over: an agency that has
// nobody above it is reminded itself, once; with --step escalate it is not.
func TestReminderOfWhoHasNobodyAbove(t *testing.T) {
	o := newOffice(t)
	o.at(3, 21)
	if m := o.remindAll(t, Escalate); len(m.Letters) != 0 || len(m.Skipped) != 29 {
		t.Errorf("told to escalate: %d letters, %d skipped, want 29 skipped", len(m.Letters), len(m.Skipped))
	}
	m := o.remindAll(t, "")
	if len(m.Letters) != 29 || m.Letters[0].Key != (reminded{period: period(t, "2018-Q1"), step: RemindAfter, agency: m.Letters[0].Agency}).key() {
		t.Fatalf("%d letters, %+v, want 29 that say that the due day is over", len(m.Letters), m.Letters)
	}
	o.at(3, 22)
	if m := o.remindAll(t, ""); len(m.Letters) != 0 || len(m.Skipped) != 29 {
		t.Errorf("the next day: %d letters, %d skipped, want 29 for whom there is nobody above", len(m.Letters), len(m.Skipped))
	}
	if log, err := o.Reminders(context.Background(), period(t, "2018-Q1")); err != nil || len(log) != 29 {
		t.Errorf("%d reminders, %v, want 29", len(log), err)
	}
}
