package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/store"
)

// Work that comes to nothing is tried a few times, each later than the one
// before, and then waits for a clerk.
func TestFaultIsGivenUp(t *testing.T) {
	dir := t.TempDir()
	var waits []time.Duration
	at := seen
	for {
		var f store.Fault
		once(t, dir, func(s *store.Store) {
			was, err := s.Fault(t.Context(), "answer:1")
			must(t, err)
			if !was.Due(at) {
				t.Fatalf("not due: %+v", was)
			}
			f, err = s.Failed(t.Context(), "answer:1", "disk full", at)
			must(t, err)
			if f.Due(at) {
				t.Errorf("due at once: %+v", f)
			}
		})
		if f.GivenUp() {
			break
		}
		waits = append(waits, f.NextTry.Sub(at))
		at = f.NextTry
	}
	want := []time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 12 * time.Hour}
	if diff := cmp.Diff(want, waits); diff != "" {
		t.Errorf("waits (-want +got):\n%s", diff)
	}
	once(t, dir, func(s *store.Store) {
		_, err := s.Failed(t.Context(), "answer:2", "locked", at)
		must(t, err)
		all, err := s.Faults(t.Context())
		must(t, err)
		wantAll := []store.Fault{
			{Job: "answer:1", Tries: 6, Began: seen.UTC(), Tried: at.UTC(), Problem: "disk full"},
			{Job: "answer:2", Tries: 1, Began: at.UTC(), Tried: at.UTC(), NextTry: at.Add(time.Minute).UTC(), Problem: "locked"},
		}
		if diff := cmp.Diff(wantAll, all); diff != "" {
			t.Errorf("faults (-want +got):\n%s", diff)
		}
		must(t, s.RetryFaults(t.Context(), at))
		f, err := s.Fault(t.Context(), "answer:1")
		must(t, err)
		if !f.Due(at) || f.GivenUp() {
			t.Errorf("on a clerk's word: %+v, want it due", f)
		}
		must(t, s.Succeeded(t.Context(), "answer:1"))
		f, err = s.Fault(t.Context(), "answer:1")
		must(t, err)
		if f.Tries != 0 || !f.Due(at) {
			t.Errorf("done: %+v, want nothing known of it", f)
		}
	})
}
