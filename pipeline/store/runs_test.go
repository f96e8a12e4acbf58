package store_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/plan"
	"baocao/pipeline/store"
)

// eight is when the runs of these tests are planned.
var eight = time.Date(2018, 3, 16, 1, 0, 0, 0, time.UTC)

func draftRun() store.Run {
	return store.Run{
		Key: "draft/2018-Q1/due+1w", Job: "draft", Period: plan.Period{Year: 2018, Part: plan.Q1}, Step: "due+1w",
		Planned: eight, Until: eight.Add(72 * time.Hour),
	}
}

// claim takes a run at a time, and reports whether it got it.
func claim(t testing.TB, s *store.Store, r store.Run, owner string, now time.Time) (store.Run, bool) {
	t.Helper()
	got, ours, err := s.ClaimRun(t.Context(), r, store.RunClaim{Owner: owner, Place: "/srv/" + owner, Now: now, Lease: 10 * time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	return got, ours
}

func TestRunIsDoneOnce(t *testing.T) {
	s := open(t, t.TempDir())
	r, ours := claim(t, s, draftRun(), "a", eight)
	if !ours || r.Attempts != 1 || r.State != store.RunRunning {
		t.Fatalf("got %+v %v, want it taken", r, ours)
	}
	if _, ours := claim(t, s, draftRun(), "b", eight.Add(9*time.Minute)); ours {
		t.Error("a second process took it within the lease")
	}
	must(t, s.EndRun(t.Context(), r, store.RunOutcome{State: store.RunDone, Detail: "written", At: eight.Add(time.Minute)}))
	for _, later := range []time.Duration{-24 * time.Hour, -time.Hour, time.Hour, 400 * 24 * time.Hour} {
		if got, ours := claim(t, s, draftRun(), "b", eight.Add(later)); ours || got.State != store.RunDone {
			t.Errorf("with the clock at %v: got %+v %v, want it done for ever", later, got, ours)
		}
	}
	if noted, err := s.SkipRun(t.Context(), draftRun(), "missed", eight); noted || err != nil {
		t.Errorf("skip what is done: got %v %v, want no change", noted, err)
	}
	want := draftRun()
	want.State, want.Owner, want.Place, want.Attempts, want.Detail = store.RunDone, "a", "/srv/a", 1, "written"
	want.Began, want.Ended = eight, eight.Add(time.Minute)
	got, err := s.Runs(t.Context(), 10)
	must(t, err)
	if diff := cmp.Diff([]store.Run{want}, got); diff != "" {
		t.Errorf("ledger (-want +got):\n%s", diff)
	}
}

// Many processes, each with its own connection, take each of many runs once.
func TestRunsOfManyProcesses(t *testing.T) {
	dir := t.TempDir()
	const processes, runs = 4, 25
	stores := make([]*store.Store, processes)
	for i := range stores {
		stores[i] = open(t, dir)
	}
	var lock sync.Mutex
	taken := map[string]int{}
	var wait sync.WaitGroup
	for i, s := range stores {
		wait.Go(func() {
			for n := range runs {
				r := draftRun()
				r.Key = fmt.Sprint("collect//", n)
				_, ours, err := s.ClaimRun(t.Context(), r, store.RunClaim{Owner: fmt.Sprint(i), Now: eight, Lease: time.Minute})
				if err != nil {
					t.Error(err)
				}
				if ours {
					lock.Lock()
					taken[r.Key]++
					lock.Unlock()
				}
			}
		})
	}
	wait.Wait()
	for n := range runs {
		if got := taken[fmt.Sprint("collect//", n)]; got != 1 {
			t.Errorf("run %d: taken %d times, want once", n, got)
		}
	}
}

// A process that died has its run until its lease ends, or until its folder's
// next process begins; one that comes back then has lost it.
func TestRunOfADeadProcess(t *testing.T) {
	s := open(t, t.TempDir())
	dead, _ := claim(t, s, draftRun(), "dead", eight)
	must(t, s.KeepRun(t.Context(), dead, eight.Add(5*time.Minute), 10*time.Minute))
	if _, ours := claim(t, s, draftRun(), "b", eight.Add(14*time.Minute)); ours {
		t.Error("taken within the longer lease")
	}
	b, ours := claim(t, s, draftRun(), "b", eight.Add(15*time.Minute))
	if !ours || b.Attempts != 2 {
		t.Fatalf("after the lease: got %+v %v, want the second attempt", b, ours)
	}
	if err := s.EndRun(t.Context(), dead, store.RunOutcome{State: store.RunDone, At: eight}); !errors.Is(err, store.ErrRunTaken) {
		t.Errorf("the dead one ends it: got %v, want ErrRunTaken", err)
	}
	if err := s.KeepRun(t.Context(), dead, eight, time.Hour); !errors.Is(err, store.ErrRunTaken) {
		t.Errorf("the dead one keeps it: got %v, want ErrRunTaken", err)
	}
	for place, want := range map[string]int{"/srv/elsewhere": 0, "/srv/b": 1} {
		if n, err := s.AbandonRuns(t.Context(), place, eight.Add(16*time.Minute)); n != want || err != nil {
			t.Errorf("abandoned in %s: got %d %v, want %d", place, n, err, want)
		}
	}
	if _, ours := claim(t, s, draftRun(), "c", eight.Add(16*time.Minute)); !ours {
		t.Error("an abandoned run was not to be had")
	}
}

// A run that ends the program each time is given up.
func TestRunThatKills(t *testing.T) {
	s := open(t, t.TempDir())
	now := eight
	for n := range store.MostAttempts {
		if _, ours := claim(t, s, draftRun(), "a", now); !ours {
			t.Fatalf("attempt %d was not begun", n+1)
		}
		now = now.Add(10 * time.Minute)
	}
	if r, ours := claim(t, s, draftRun(), "a", now); ours || r.State != store.RunFailed || r.Detail == "" {
		t.Errorf("got %+v %v, want it failed", r, ours)
	}
	stuck, err := s.StuckRuns(t.Context())
	if err != nil || len(stuck) != 1 {
		t.Errorf("stuck: got %v %v, want the run", stuck, err)
	}
}

func TestRunIsTriedAgain(t *testing.T) {
	s := open(t, t.TempDir())
	r, _ := claim(t, s, draftRun(), "a", eight)
	next := eight.Add(5 * time.Minute)
	must(t, s.EndRun(t.Context(), r, store.RunOutcome{State: store.RunFailed, Detail: "no server", At: eight, NextTry: next}))
	if _, ours := claim(t, s, draftRun(), "a", next.Add(-time.Second)); ours {
		t.Error("tried too early")
	}
	if r, ours := claim(t, s, draftRun(), "a", next); !ours || r.Attempts != 2 {
		t.Fatalf("got %+v %v, want the second attempt", r, ours)
	}
	must(t, s.EndRun(t.Context(), r, store.RunOutcome{State: store.RunWaiting, At: next, NextTry: next, GiveBack: true}))
	waiting, err := s.OpenRuns(t.Context())
	if err != nil || len(waiting) != 1 || waiting[0].Attempts != 1 {
		t.Errorf("waiting: got %+v %v, want one attempt that counts", waiting, err)
	}
	if err := s.RetryRun(t.Context(), r.Key, next); !errors.Is(err, store.ErrRunNotOver) {
		t.Errorf("a person retries what waits: got %v, want ErrRunNotOver", err)
	}
	r, _ = claim(t, s, draftRun(), "a", next)
	must(t, s.EndRun(t.Context(), r, store.RunOutcome{State: store.RunFailed, At: next}))
	if _, ours := claim(t, s, draftRun(), "a", next.Add(1000*time.Hour)); ours {
		t.Error("what was given up was tried of itself")
	}
	if err := s.RetryRun(t.Context(), "draft/2018-Q1/none", next); !errors.Is(err, store.ErrNoRun) {
		t.Errorf("a run that is not there: got %v, want ErrNoRun", err)
	}
	must(t, s.RetryRun(t.Context(), r.Key, next))
	if r, ours := claim(t, s, draftRun(), "a", next); !ours || r.Attempts != 1 {
		t.Errorf("on a person's word: got %+v %v, want the first attempt", r, ours)
	}
}

func TestSkippedRun(t *testing.T) {
	s := open(t, t.TempDir())
	if noted, err := s.SkipRun(t.Context(), draftRun(), "missed while the program was off", eight); !noted || err != nil {
		t.Errorf("got %v %v, want it noted", noted, err)
	}
	if _, ours := claim(t, s, draftRun(), "a", eight); ours {
		t.Error("what was skipped was done")
	}
	got, there, err := s.RunByKey(t.Context(), draftRun().Key)
	if err != nil || !there || got.State != store.RunSkipped || got.Detail != "missed while the program was off" {
		t.Errorf("got %+v %v %v, want the run with its reason", got, there, err)
	}
	if got, there, err := s.RunByKey(t.Context(), "draft/2018-Q1/other"); err != nil || there {
		t.Errorf("another: got %+v %v %v, want none", got, there, err)
	}
}

func TestScheduleClock(t *testing.T) {
	s := open(t, t.TempDir())
	see := func(now time.Time) store.ScheduleClock {
		t.Helper()
		c, err := s.SeeClock(t.Context(), now)
		must(t, err)
		return c
	}
	want := store.ScheduleClock{Began: eight, Newest: eight}
	if diff := cmp.Diff(want, see(eight)); diff != "" {
		t.Errorf("first (-want +got):\n%s", diff)
	}
	day := 24 * time.Hour
	want.Newest = eight.Add(day)
	for _, now := range []time.Time{eight.Add(day), eight.Add(day - time.Hour), eight.Add(day + time.Minute)} {
		if diff := cmp.Diff(want, see(now)); diff != "" {
			t.Errorf("at %s (-want +got):\n%s", now, diff)
		}
	}
	past := time.Date(1970, 1, 1, 0, 5, 0, 0, time.UTC)
	if _, err := s.SeeClock(t.Context(), past); !errors.Is(err, store.ErrClock) {
		t.Errorf("1970: got %v, want ErrClock", err)
	}
	must(t, s.TrustClock(t.Context(), past))
	want = store.ScheduleClock{Began: past, Newest: past}
	if diff := cmp.Diff(want, see(past)); diff != "" {
		t.Errorf("trusted (-want +got):\n%s", diff)
	}
}
