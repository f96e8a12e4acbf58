package deliver_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/deliver"
)

var now = time.Date(2018, 3, 14, 2, 0, 0, 0, time.UTC)

// A letter that is put off waits longer each time, and then fails.
func TestBackOff(t *testing.T) {
	r := deliver.Recipient{State: deliver.Queued, NextTry: now}
	at := now
	var waits []time.Duration
	for r.Waiting() {
		if !r.Due(at) {
			t.Fatalf("not due at %s: %+v", at, r)
		}
		r = r.Take(at).Settle(deliver.Outcome{Result: deliver.Later, Answer: "451"}, at)
		if r.State == deliver.Queued {
			waits = append(waits, r.NextTry.Sub(at))
			if r.Due(r.NextTry.Add(-time.Second)) {
				t.Error("due too early")
			}
			at = r.NextTry
		}
	}
	want := []time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 12 * time.Hour}
	if diff := cmp.Diff(want, waits); diff != "" {
		t.Errorf("waits (-want +got):\n%s", diff)
	}
	if r.State != deliver.Failed || r.Attempts != 6 || r.Answer != "451" {
		t.Errorf("got %+v", r)
	}
}

// A lost answer lets a letter be sent once more, and not twice.
func TestLostAnswers(t *testing.T) {
	lost := deliver.Outcome{Result: deliver.Lost, Answer: "connection lost"}
	r := deliver.Recipient{State: deliver.Queued}
	r = r.Take(now).End(now).Settle(lost, now)
	if r.State != deliver.MaybeSent || r.Due(now) || !r.Due(now.Add(time.Minute)) {
		t.Fatalf("after the first: %+v", r)
	}
	// A try that the server puts off says nothing about the first.
	r = r.Take(now).Settle(deliver.Outcome{Result: deliver.Later}, now)
	if r.State != deliver.MaybeSent || r.Doubts != 1 || r.NextTry.IsZero() {
		t.Fatalf("put off: %+v", r)
	}
	again := r.Take(now).End(now)
	if got := again.Settle(deliver.Outcome{Result: deliver.Taken}, now); got.State != deliver.Sent || got.Doubts != 1 {
		t.Errorf("taken: %+v", got)
	}
	if got := again.Settle(lost, now); got.State != deliver.MaybeSent || got.Due(now.Add(time.Hour*999)) || got.Waiting() {
		t.Errorf("lost twice: %+v", got)
	}
	if got := again.Abandon(now); got.State != deliver.MaybeSent || got.Waiting() {
		t.Errorf("killed the second time: %+v", got)
	}
}

func TestKilledBeforeTheLastByte(t *testing.T) {
	r := deliver.Recipient{State: deliver.Queued}.Take(now).Abandon(now)
	if r.State != deliver.Queued || r.Doubts != 0 || !r.Due(now.Add(time.Minute)) {
		t.Errorf("got %+v", r)
	}
	r = deliver.Recipient{State: deliver.Queued}.Take(now).Give(now)
	if r.State != deliver.Queued || r.Attempts != 0 {
		t.Errorf("given back: %+v", r)
	}
	r = deliver.Recipient{State: deliver.Failed, Attempts: 6, Doubts: 2}.Again(now)
	if !r.Due(now) || r.Attempts != 0 {
		t.Errorf("again: %+v", r)
	}
}

// A letter that may have been sent is never called withdrawn, and goes out no
// second time.
func TestWithdraw(t *testing.T) {
	lost := deliver.Outcome{Result: deliver.Lost, Answer: "connection lost"}
	later := deliver.Outcome{Result: deliver.Later, Answer: "451"}
	for _, c := range []struct {
		what string
		r    deliver.Recipient
		want deliver.State
	}{
		{"never tried", deliver.Recipient{State: deliver.Queued, NextTry: now}, deliver.Withdrawn},
		{"put off after the last byte", deliver.Recipient{State: deliver.Queued}.Take(now).End(now).Settle(later, now), deliver.Withdrawn},
		{"stopped before the last byte", deliver.Recipient{State: deliver.Queued}.Take(now).Abandon(now), deliver.Withdrawn},
		{"in hand", deliver.Recipient{State: deliver.Queued}.Take(now).Give(now), deliver.Withdrawn},
		{"in doubt", deliver.Recipient{State: deliver.Queued}.Take(now).End(now).Settle(lost, now), deliver.MaybeSent},
		{"in doubt, in hand again", deliver.Recipient{State: deliver.Queued}.Take(now).End(now).Settle(lost, now).Take(now).Give(now), deliver.MaybeSent},
		{"in doubt, failed, and tried again", deliver.Recipient{State: deliver.Failed, Doubts: 1}.Again(now), deliver.MaybeSent},
	} {
		got := c.r.Withdraw("why", now)
		if got.State != c.want || got.WithdrawnFor != "why" || got.Waiting() || got.Stuck() || got.Due(now.Add(time.Hour)) {
			t.Errorf("%s: %+v, want %s and no try more", c.what, got, c.want)
		}
	}
}
