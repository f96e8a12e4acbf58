package store_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/store"
)

var (
	firstQuarter  = plan.Period{Year: 2018, Part: plan.Q1}
	secondQuarter = plan.Period{Year: 2018, Part: plan.Q2}
)

func rule(t testing.TB, s *store.Store, r reconcile.Ruling) reconcile.Ruling {
	t.Helper()
	got, err := s.AddRuling(t.Context(), r, clerk)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func inForce(t testing.TB, s *store.Store, period plan.Period) string {
	t.Helper()
	rulings, err := s.Rulings(t.Context(), period)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, r := range rulings {
		ids = append(ids, r.ID)
	}
	return strings.Join(ids, " ")
}

func TestRulings(t *testing.T) {
	dir := t.TempDir()
	var correction reconcile.Ruling
	once(t, dir, func(s *store.Store) {
		correction = rule(t, s, reconcile.Ruling{
			Kind: reconcile.Correct, Period: firstQuarter, Agency: "stp", Activity: "1.1.1", Figure: reconcile.FigureSpent,
			Value: "14.5", Before: "145", Source: "Công văn 12/STP-VP", Reason: "gõ nhầm", ID: "r99", By: "someone",
		})
		rule(t, s, reconcile.Ruling{Kind: reconcile.RememberSender, Address: "a@daknong.example", Agency: "stp", Reason: "địa chỉ mới"})
		rule(t, s, reconcile.Ruling{Kind: reconcile.Extend, Period: secondQuarter, Agency: "stc", Reason: "lũ"})
	})
	if got, want := correction.ID+" "+correction.By, "r1 "+clerk.Name; got != want || !correction.At.Equal(seen) {
		t.Errorf("got %s at %v, want %s at %v", got, correction.At, want, seen)
	}
	s := open(t, dir)
	if got, want := inForce(t, s, firstQuarter), "r1 r2"; got != want {
		t.Errorf("in force: got %q, want %q", got, want)
	}
	if got, want := inForce(t, s, secondQuarter), "r2 r3"; got != want {
		t.Errorf("in force: got %q, want %q", got, want)
	}
	rulings, err := s.Rulings(t.Context(), firstQuarter)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(correction, rulings[0]); diff != "" {
		t.Errorf("read back (-want +got):\n%s", diff)
	}

	undoer := store.Actor{Name: "Lãnh đạo mẫu", Via: "page", At: seen.Add(time.Hour)}
	if _, err := s.UndoRuling(t.Context(), "r1", "đơn vị đã gửi lại", undoer); err != nil {
		t.Fatal(err)
	}
	if got, want := inForce(t, s, firstQuarter), "r2"; got != want {
		t.Errorf("after undo: got %q, want %q", got, want)
	}
	log, err := s.RulingLog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := store.KeptRuling{
		Ruling: correction, Via: "cli", Undone: seen.Add(time.Hour), UndoneBy: undoer.Name, UndoneVia: "page",
		UndoReason: "đơn vị đã gửi lại",
	}
	if len(log) != 3 || log[0].InForce() || !log[1].InForce() {
		t.Fatalf("log: got %+v, want three, the first undone", log)
	}
	if diff := cmp.Diff(want, log[0]); diff != "" {
		t.Errorf("log (-want +got):\n%s", diff)
	}
	for _, id := range []string{"r1", "r9", "", "x", "r-1"} {
		if _, err := s.UndoRuling(t.Context(), id, "why", clerk); !errors.Is(err, store.ErrNoRuling) {
			t.Errorf("undo %q: got %v, want %v", id, err, store.ErrNoRuling)
		}
	}
	if got := rule(t, s, reconcile.Ruling{Kind: reconcile.Release, Period: firstQuarter, Reason: "đúng"}).ID; got != "r4" {
		t.Errorf("got ID %s, want r4: one that was undone keeps its own", got)
	}
}

func TestRulingsAskWhoAndWhy(t *testing.T) {
	s := open(t, t.TempDir())
	for _, a := range []store.Actor{{}, {Name: " ", At: seen}, {Name: "a"}} {
		if _, err := s.AddRuling(t.Context(), reconcile.Ruling{Kind: reconcile.Release}, a); err == nil {
			t.Errorf("%+v: got no error", a)
		}
	}
	rule(t, s, reconcile.Ruling{Kind: reconcile.Release, Period: firstQuarter})
	if _, err := s.UndoRuling(t.Context(), "r1", " ", clerk); err == nil {
		t.Error("undo without a reason: got no error")
	}
	if got := len(audit(t, s, store.AuditQuery{})); got != 1 {
		t.Errorf("got %d entries, want the one ruling", got)
	}
}

// Rulings stand nowhere but in the database: no new one takes its place.
func TestRulingsCannotBeRebuilt(t *testing.T) {
	dir := t.TempDir()
	once(t, dir, func(s *store.Store) {
		for range 3 {
			rule(t, s, reconcile.Ruling{Kind: reconcile.Release, Period: firstQuarter})
		}
		issued(t, s, firstQuarter, "one")
	})
	remove(t, dir)
	_, err := store.Open(t.Context(), dir, "snv")
	if !errors.Is(err, store.ErrDatabaseLost) {
		t.Fatalf("got %v, want %v", err, store.ErrDatabaseLost)
	}
	want := "with it ruling r1 and all later ones (2018-03-17); issue 2018-Q1 r1 and all later ones (2018-03-17)"
	if !strings.Contains(err.Error(), want) {
		t.Errorf("got %q, want it to say %q", err, want)
	}
	if _, err := os.Stat(filepath.Join(dir, "baocao.db")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v, want no database", err)
	}
}

// What one word of a clerk rules, stands whole or not at all, and so do its entries
// in the audit: also when the power went off between its mark and its commit.
func TestRulingsTogether(t *testing.T) {
	dir := t.TempDir()
	mark := filepath.Join(dir, "archive", "audit.json")
	three := []reconcile.Ruling{
		{Kind: reconcile.Release, Period: firstQuarter}, {Kind: reconcile.RememberSender}, {Kind: reconcile.Release, Period: firstQuarter},
	}
	once(t, dir, func(s *store.Store) {
		rule(t, s, reconcile.Ruling{Kind: reconcile.Release, Period: firstQuarter})
		issued(t, s, secondQuarter, "report")
		bad := append(slices.Clone(three), reconcile.Ruling{Kind: reconcile.Release, Period: secondQuarter})
		if kept, err := s.AddRulings(t.Context(), bad, clerk); !errors.Is(err, store.ErrClosed) || kept != nil {
			t.Errorf("one of them in a closed period: %v, %v", kept, err)
		}
		if got, want := inForce(t, s, firstQuarter), "r1"; got != want {
			t.Errorf("in force: %s, want %s", got, want)
		}
		verified(t, s)
		before, err := os.ReadFile(mark)
		must(t, err)
		kept, err := s.AddRulings(t.Context(), three, clerk)
		if err != nil || len(kept) != 3 || kept[2].ID != "r4" {
			t.Fatalf("got %+v %v", kept, err)
		}
		verified(t, s)
		if none, err := s.AddRulings(t.Context(), nil, clerk); err != nil || len(none) != 0 {
			t.Errorf("none: %v %v", none, err)
		}

		// The mark as it stands before the commit: the first entries, and what comes.
		var now, then map[string]map[string]any
		after, err := os.ReadFile(mark)
		must(t, err)
		must(t, errors.Join(json.Unmarshal(after, &now), json.Unmarshal(before, &then)))
		for office, last := range now {
			then[office]["coming"] = map[string]any{"seq": last["seq"], "hash": last["hash"]}
		}
		coming, err := json.Marshal(then)
		must(t, err)
		must(t, os.WriteFile(mark, coming, 0o644))
		verified(t, s)
	})
	byHand(t, dir, `DELETE FROM audit WHERE seq = (SELECT MAX(seq) FROM audit)`)
	once(t, dir, func(s *store.Store) {
		if fault, err := s.VerifyAudit(t.Context()); err != nil || fault == nil || fault.Kind != store.AuditCut {
			t.Errorf("one of them cut off: %v %v", fault, err)
		}
	})
}
