package pipeline

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"baocao/pipeline/schedule"
	"baocao/pipeline/store"
)

// One process at a time works on a folder, and what it says of itself can be read.
func TestServeHasTheFolderAlone(t *testing.T) {
	p := newProbe(t, newOffice(t), probeRules, "2018-03-12")
	if h, err := ReadHealth(p.Out); h != nil || err != nil {
		t.Errorf("health before: got %+v %v, want none", h, err)
	}
	served := func(want bool) {
		t.Helper()
		if got, err := Served(p.Out); got != want || err != nil {
			t.Errorf("served: got %v %v, want %v", got, err, want)
		}
	}
	served(false)
	release, err := p.takeFolder(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	served(true)
	if err := p.Serve(t.Context()); !errors.Is(err, ErrServed) {
		t.Errorf("a second one: got %v, want ErrServed", err)
	}
	if _, err := p.TickOnce(t.Context()); !errors.Is(err, ErrServed) {
		t.Errorf("one tick beside it: got %v, want ErrServed", err)
	}
	release()
	served(false)

	p.tick(t)
	p.at(t, "2018-03-13 08:00")
	ctx, stop := context.WithCancel(t.Context())
	jobs := p.jobs["remind"].Do
	p.jobs["remind"] = Job{p.jobs["remind"].About, func(ctx context.Context, e schedule.Entry) (string, error) {
		defer stop() // the job is done, and then serve is to end
		served(true)
		return jobs(ctx, e)
	}}
	if err := p.Serve(ctx); err != nil {
		t.Fatal(err)
	}
	served(false)
	h, err := ReadHealth(p.Out)
	if err != nil || h == nil || h.Stopped == nil || h.Mailbox != nil || h.Version != "test" {
		t.Errorf("health: got %+v %v, want it stopped, without a mailbox", h, err)
	}
	if len(p.done) != 1 || len(p.ledger(t)) != 1 {
		t.Errorf("done %v, ledger %v, want the reminder", p.done, p.ledger(t))
	}
}

// A clock that is wrong is told, and nothing is done by it.
func TestServeWithAWrongClock(t *testing.T) {
	p := newProbe(t, newOffice(t), probeRules, "2018-03-12")
	p.tick(t)
	p.at(t, "2017-03-13 08:00")
	if _, err := p.TickOnce(t.Context()); !errors.Is(err, store.ErrClock) {
		t.Errorf("a year back: got %v, want ErrClock", err)
	}
	if err := p.TrustClock(t.Context()); err != nil {
		t.Fatal(err)
	}
	if runs, err := p.TickOnce(t.Context()); err != nil || len(runs) > 0 {
		t.Errorf("when it is trusted: got %v %v, want it to begin to count", runs, err)
	}
	if left, err := filepath.Glob(filepath.Join(p.Out, ".baocao-tmp-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}
