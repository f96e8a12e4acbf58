package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/store"
)

var chief = store.Actor{Name: "Lãnh đạo mẫu", Via: "page", At: seen.Add(time.Hour)}

// made is a report with its files frozen; what tells one from another.
func made(t testing.TB, s *store.Store, period plan.Period, what string) store.Issue {
	t.Helper()
	freeze := func(data, ext string) string {
		sha, err := s.Freeze([]byte(data), ext)
		if err != nil {
			t.Fatal(err)
		}
		return sha
	}
	pdf := "%PDF " + what
	return store.Issue{
		Period: period, AsOf: seen, Data: hash("inputs " + what), Program: "1.0",
		PlanVersion: reconcile.PlanVersion{Version: 1, SHA256: hash("plan")},
		Files:       []store.IssueFile{{Name: "bao-cao.pdf", Ext: ".pdf", SHA256: freeze(pdf, ".pdf"), Size: int64(len(pdf))}},
		Inputs:      freeze(`{"inputs":"`+what+`"}`, store.InputsExt),
		Templates:   freeze("zip "+what, store.TemplatesExt),
		Manifest:    freeze(`{"manifest":"`+what+`"}`, store.ManifestExt),
	}
}

func issued(t testing.TB, s *store.Store, period plan.Period, what string) store.Issue {
	t.Helper()
	i, err := s.Issue(t.Context(), made(t, s, period, what), false, clerk)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func gate(t testing.TB, s *store.Store, period plan.Period) store.Gate {
	t.Helper()
	g, err := s.Gate(t.Context(), period)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// The life of a period: open, issued, reopened, issued again; what was issued
// stays as it is.
func TestIssueLife(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	if g := gate(t, s, firstQuarter); g.State != store.GateOpen || g.Issue != nil || g.Next() != 1 {
		t.Errorf("new: got %+v, want an open gate", g)
	}
	first := issued(t, s, firstQuarter, "one")
	if first.Revision != 1 || first.State != store.Issued || first.PreparedBy != clerk.Name || first.ApprovedBy != clerk.Name {
		t.Errorf("got %+v, want revision 1, issued by the clerk", first)
	}
	g := gate(t, s, firstQuarter)
	if g.State != store.GateIssued || !g.Closed() || g.Next() != 2 {
		t.Errorf("issued: got %+v, want a closed gate", g)
	}
	if diff := cmp.Diff(&first, g.Issue); diff != "" {
		t.Errorf("gate's issue (-want +got):\n%s", diff)
	}

	date := agency.NewDay(2018, 3, 20)
	if err := s.NumberIssue(t.Context(), firstQuarter, 1, "15/BC-SNV", date, chief); err != nil {
		t.Fatal(err)
	}
	signed, err := s.Freeze([]byte("scan"), ".pdf")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SignedIssue(t.Context(), firstQuarter, 1, signed, ".pdf", chief); err != nil {
		t.Fatal(err)
	}
	if err := s.Reopen(t.Context(), firstQuarter, "đơn vị đính chính", chief); err != nil {
		t.Fatal(err)
	}
	g = gate(t, s, firstQuarter)
	if g.State != store.GateOpen || g.Revision != 1 || g.Issue.State != store.Reopened || g.Next() != 2 {
		t.Errorf("reopened: got %+v, want an open gate after revision 1", g)
	}
	second := issued(t, s, firstQuarter, "two")
	if second.Revision != 2 || second.Number != "" || second.ReopenedBy != "" {
		t.Errorf("got %+v, want revision 2 without what came of the first", second)
	}

	first.State, first.Number, first.NumberDate, first.Signed, first.SignedExt = store.Reopened, "15/BC-SNV", date, signed, ".pdf"
	first.ReopenedBy, first.ReopenReason, first.ReopenedAt = chief.Name, "đơn vị đính chính", chief.At
	all, err := s.Issues(t.Context(), firstQuarter)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]store.Issue{first, second}, all); diff != "" {
		t.Errorf("issues (-want +got):\n%s", diff)
	}
	issued(t, s, secondQuarter, "three")
	all, err = s.AllIssues(t.Context())
	if err != nil || len(all) != 3 {
		t.Errorf("all issues: got %d, %v, want 3", len(all), err)
	}
	if data, err := s.Frozen(first.Files[0].SHA256, ".pdf"); err != nil || string(data) != "%PDF one" {
		t.Errorf("frozen: got %q, %v", data, err)
	}
}

// A closed period refuses every change with the issue that closed it.
func TestClosed(t *testing.T) {
	s := open(t, t.TempDir())
	rule(t, s, reconcile.Ruling{Kind: reconcile.Release, Period: firstQuarter})
	issued(t, s, firstQuarter, "one")
	entries := len(audit(t, s, store.AuditQuery{}))
	for name, change := range map[string]func() error{
		"ruling": func() error {
			_, err := s.AddRuling(t.Context(), reconcile.Ruling{Kind: reconcile.Release, Period: firstQuarter}, clerk)
			return err
		},
		"undo": func() error {
			_, err := s.UndoRuling(t.Context(), "r1", "why", clerk)
			return err
		},
		"prepare": func() error {
			_, err := s.Prepare(t.Context(), made(t, s, firstQuarter, "two"), clerk)
			return err
		},
		"issue": func() error {
			_, err := s.Issue(t.Context(), made(t, s, firstQuarter, "two"), false, clerk)
			return err
		},
		"issue by two": func() error {
			_, err := s.Issue(t.Context(), made(t, s, firstQuarter, "two"), true, clerk)
			return err
		},
	} {
		var closed *store.ClosedError
		if err := change(); !errors.As(err, &closed) || !errors.Is(err, store.ErrClosed) {
			t.Errorf("%s: got %v, want %v", name, err, store.ErrClosed)
		} else if closed.Issue.Revision != 1 || closed.Issue.Period != firstQuarter {
			t.Errorf("%s: got %+v, want the issue that closed it", name, closed.Issue)
		}
	}
	if got := len(audit(t, s, store.AuditQuery{})); got != entries {
		t.Errorf("got %d new audit entries, want none", got-entries)
	}
	rule(t, s, reconcile.Ruling{Kind: reconcile.Release, Period: secondQuarter})
	rule(t, s, reconcile.Ruling{Kind: reconcile.RememberSender, Address: "a@daknong.example"})
	if err := s.Reopen(t.Context(), firstQuarter, "sai", clerk); err != nil {
		t.Fatal(err)
	}
	rule(t, s, reconcile.Ruling{Kind: reconcile.Release, Period: firstQuarter})
}

// One prepares, another approves.
func TestTwoPersons(t *testing.T) {
	s := open(t, t.TempDir())
	report := made(t, s, firstQuarter, "one")
	if _, err := s.Issue(t.Context(), report, true, chief); !errors.Is(err, store.ErrNotPrepared) {
		t.Errorf("not prepared: got %v, want %v", err, store.ErrNotPrepared)
	}
	first, err := s.Prepare(t.Context(), report, clerk)
	if err != nil {
		t.Fatal(err)
	}
	if g := gate(t, s, firstQuarter); g.State != store.GatePrepared || g.Closed() || g.Revision != 0 || g.Next() != 1 || g.Issue == nil {
		t.Errorf("prepared: got %+v", g)
	}
	second, err := s.Prepare(t.Context(), made(t, s, firstQuarter, "two"), clerk)
	if err != nil || second.Revision != 1 {
		t.Fatalf("prepared again: got revision %d, %v, want 1 in place of the first", second.Revision, err)
	}
	if _, err := s.Issue(t.Context(), first, true, chief); !errors.Is(err, store.ErrStale) {
		t.Errorf("what was replaced: got %v, want %v", err, store.ErrStale)
	}
	same := clerk
	same.Name = " " + strings.ToUpper(clerk.Name)
	if _, err := s.Issue(t.Context(), second, true, same); !errors.Is(err, store.ErrSamePerson) {
		t.Errorf("same person: got %v, want %v", err, store.ErrSamePerson)
	}
	got, err := s.Issue(t.Context(), second, true, chief)
	if err != nil {
		t.Fatal(err)
	}
	if got.PreparedBy != clerk.Name || got.ApprovedBy != chief.Name || got.Revision != 1 || got.Data != second.Data {
		t.Errorf("got %+v, want what was prepared, approved by the chief", got)
	}

	if err := s.Withdraw(t.Context(), firstQuarter, "sai", clerk); !errors.Is(err, store.ErrNotPrepared) {
		t.Errorf("withdraw what is issued: got %v, want %v", err, store.ErrNotPrepared)
	}
	if _, err := s.Prepare(t.Context(), made(t, s, secondQuarter, "three"), clerk); err != nil {
		t.Fatal(err)
	}
	if err := s.Reopen(t.Context(), secondQuarter, "sai", clerk); !errors.Is(err, store.ErrNotIssued) {
		t.Errorf("reopen what is prepared: got %v, want %v", err, store.ErrNotIssued)
	}
	if err := s.NumberIssue(t.Context(), secondQuarter, 1, "1", agency.Day{}, clerk); !errors.Is(err, store.ErrNotIssued) {
		t.Errorf("number what is prepared: got %v, want %v", err, store.ErrNotIssued)
	}
	if err := s.Withdraw(t.Context(), secondQuarter, "thiếu biểu", clerk); err != nil {
		t.Fatal(err)
	}
	if g := gate(t, s, secondQuarter); g.State != store.GateOpen || g.Next() != 1 {
		t.Errorf("withdrawn: got %+v, want an open gate", g)
	}
}

// What is prepared may be rendered only when it is approved, from the same
// inputs and templates.
func TestPreparedIsRenderedLater(t *testing.T) {
	s := open(t, t.TempDir())
	whole := made(t, s, firstQuarter, "one")
	bare := whole
	bare.Files, bare.Manifest = nil, ""
	if _, err := s.Prepare(t.Context(), bare, clerk); err != nil {
		t.Fatal(err)
	}
	whole.Revision = 1
	other := whole
	other.Templates = made(t, s, firstQuarter, "two").Templates
	if _, err := s.Issue(t.Context(), other, true, chief); !errors.Is(err, store.ErrStale) {
		t.Errorf("other templates: got %v, want %v", err, store.ErrStale)
	}
	got, err := s.Issue(t.Context(), whole, true, chief)
	if err != nil {
		t.Fatal(err)
	}
	if got.PreparedBy != clerk.Name || got.ApprovedBy != chief.Name || got.Manifest != whole.Manifest || len(got.Files) != 1 {
		t.Errorf("got %+v, want it prepared by the clerk, with its files", got)
	}
}

// Of several processes that issue at once one wins.
func TestIssueTogether(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	errs := make([]error, 6)
	for n := range errs {
		s := open(t, dir)
		report := made(t, s, firstQuarter, strings.Repeat("x", n+1))
		wg.Go(func() { _, errs[n] = s.Issue(t.Context(), report, false, clerk) })
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else if !errors.Is(err, store.ErrClosed) {
			t.Errorf("got %v, want %v", err, store.ErrClosed)
		}
	}
	if won != 1 {
		t.Errorf("%d were issued, want 1", won)
	}
	s := open(t, dir)
	if all, err := s.AllIssues(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("got %d issues, %v, want 1", len(all), err)
	}
	verified(t, s)
}

// A report made before the period was issued and reopened is not the next one.
func TestIssueStale(t *testing.T) {
	s := open(t, t.TempDir())
	stale := made(t, s, firstQuarter, "slow")
	stale.Revision = 1
	issued(t, s, firstQuarter, "quick")
	if err := s.Reopen(t.Context(), firstQuarter, "sai", clerk); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Issue(t.Context(), stale, false, clerk); !errors.Is(err, store.ErrStale) {
		t.Errorf("got %v, want %v", err, store.ErrStale)
	}
}

// Nothing is issued that is not in the archive.
func TestIssueWantsFrozen(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	report := made(t, s, firstQuarter, "one")
	for name, spoil := range map[string]func(*store.Issue){
		"inputs":    func(i *store.Issue) { i.Inputs = hash("other") },
		"templates": func(i *store.Issue) { i.Templates = "" },
		"manifest":  func(i *store.Issue) { i.Manifest = "../../etc" },
		"none made": func(i *store.Issue) { i.Manifest = "" },
		"a file": func(i *store.Issue) {
			i.Files = []store.IssueFile{{Name: "a", Ext: ".xlsx", SHA256: i.Files[0].SHA256}}
		},
		"an ending": func(i *store.Issue) {
			i.Files = []store.IssueFile{{Name: "a", Ext: "/../x", SHA256: i.Files[0].SHA256}}
		},
	} {
		bad := report
		spoil(&bad)
		if _, err := s.Issue(t.Context(), bad, false, clerk); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
	if g := gate(t, s, firstQuarter); g.State != store.GateOpen {
		t.Errorf("got %+v, want an open gate", g)
	}
	issued(t, s, firstQuarter, "one")
	if err := s.SignedIssue(t.Context(), firstQuarter, 1, hash("nothing"), ".pdf", clerk); err == nil {
		t.Error("a signed copy that is not there: got no error")
	}
	if err := s.Reopen(t.Context(), firstQuarter, "", clerk); err == nil {
		t.Error("reopened without a reason: got no error")
	}

	file := filepath.Join(dir, "archive", "issued", report.Manifest[:2], report.Manifest+store.ManifestExt)
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o444 {
		t.Errorf("got mode %v, %v, want read-only", info, err)
	}
	if err := os.Chmod(file, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Frozen(report.Manifest, store.ManifestExt); err == nil || !strings.Contains(err.Error(), "was changed") {
		t.Errorf("got %v, want an error for a file that was changed", err)
	}
}
