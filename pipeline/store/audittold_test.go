package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"baocao/pipeline/agency"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/store"
)

// lived is a folder in which rulings were made and undone, and a report went
// through all that can become of one.
func lived(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	once(t, dir, func(s *store.Store) {
		rule(t, s, reconcile.Ruling{Kind: reconcile.Release, Period: firstQuarter, SHA256: hash("a"), Reason: "đã xác minh"})
		rule(t, s, reconcile.Ruling{Kind: reconcile.RememberSender, Address: "a@b.example", Reason: "mới"})
		if _, err := s.UndoRuling(t.Context(), "r2", "nhầm \xff", chief); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Prepare(t.Context(), made(t, s, firstQuarter, "one"), clerk); err != nil {
			t.Fatal(err)
		}
		if err := s.Withdraw(t.Context(), firstQuarter, "sai", clerk); err != nil {
			t.Fatal(err)
		}
		i := issued(t, s, firstQuarter, "one")
		for range 2 { // the second time the first number is changed
			if err := s.NumberIssue(t.Context(), firstQuarter, 1, "15 /BC-SNV", agency.NewDay(2018, 3, 20), chief); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.SignedIssue(t.Context(), firstQuarter, 1, i.Files[0].SHA256, ".pdf", clerk); err != nil {
			t.Fatal(err)
		}
		if err := s.Reopen(t.Context(), firstQuarter, "gửi bổ sung", chief); err != nil {
			t.Fatal(err)
		}
		if err := s.NumberIssue(t.Context(), firstQuarter, 1, "16/BC-SNV", agency.NewDay(2018, 3, 21), chief); err != nil {
			t.Fatal(err)
		}
		issued(t, s, firstQuarter, "two")
		verified(t, s)
	})
	return dir
}

// A ruling or a report that was changed behind the trail's back is named.
func TestVerifyAuditAgainstWhatItTells(t *testing.T) {
	for _, c := range []struct{ what, statement, want string }{
		{"ruling changed", `UPDATE ruling SET ruling = replace(ruling, 'release', 'set-aside')`, "2018-Q1 r1"},
		{"ruling deleted", `DELETE FROM ruling WHERE number = 1`, "2018-Q1 r1"},
		{"undoing undone", `UPDATE ruling SET undone = '', undone_by = '', undone_why = ''`, "r2"},
		{"ruling undone", `UPDATE ruling SET undone = undone || '2018-03-20T00:00:00Z'`, "2018-Q1 r1"},
		{"report changed", `UPDATE issue SET facts = replace(facts, 'bao-cao.pdf', 'khac.pdf')`, "2018-Q1 revision 1"},
		{"number changed", `UPDATE issue SET facts = replace(facts, '16/BC', '17/BC')`, "2018-Q1 revision 1"},
		{"signed copy taken away", `UPDATE issue SET facts = replace(facts, '"signed_ext":".pdf"', '"signed_ext":""')`, "2018-Q1 revision 1"},
		{"report deleted", `DELETE FROM issue WHERE revision = 2`, "2018-Q1 revision 2"},
	} {
		dir := lived(t)
		byHand(t, dir, c.statement)
		once(t, dir, func(s *store.Store) {
			fault, err := s.VerifyAudit(t.Context())
			if err != nil || fault == nil || fault.Kind != store.AuditDiffers || fault.Subject != c.want {
				t.Errorf("%s: got %+v, %v, want %s about %q", c.what, fault, err, store.AuditDiffers, c.want)
			}
		})
	}
}

// That the mark of the last entry was taken away, or replaced by an older one, is
// not forgotten when another entry is added, nor by a backup.
func TestLostHeadStaysKnown(t *testing.T) {
	for _, older := range []bool{false, true} {
		dir := t.TempDir()
		once(t, dir, func(s *store.Store) { record(t, s, "one", "two") })
		mark := filepath.Join(dir, "archive", "audit.json")
		old, err := os.ReadFile(mark)
		if err != nil {
			t.Fatal(err)
		}
		once(t, dir, func(s *store.Store) { record(t, s, "three", "four") })
		byHand(t, dir, `DELETE FROM audit WHERE seq > 3`)
		if err = os.Remove(mark); err == nil && older {
			err = os.WriteFile(mark, old, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		once(t, dir, func(s *store.Store) {
			record(t, s, "five", "six")
			fault, err := s.VerifyAudit(t.Context())
			if err != nil || fault == nil || fault.Kind != store.AuditNoHead || fault.Seq != 3 {
				t.Errorf("older copy %t: got %v, %v, want %s at entry 3", older, fault, err, store.AuditNoHead)
			}
		})
	}
}

// A report is not issued from what was known before the last ruling.
func TestIssueAfterRuling(t *testing.T) {
	s := open(t, t.TempDir())
	i := made(t, s, firstQuarter, "one")
	i.Moves = gate(t, s, firstQuarter).Moves
	kept := rule(t, s, reconcile.Ruling{Kind: reconcile.Release, Period: firstQuarter, SHA256: hash("a"), Reason: "x"})
	if _, err := s.Issue(t.Context(), i, false, clerk); !errors.Is(err, store.ErrStale) {
		t.Errorf("after a ruling: got %v, want %v", err, store.ErrStale)
	}
	i.Moves = gate(t, s, firstQuarter).Moves
	if _, err := s.UndoRuling(t.Context(), kept.ID, "x", clerk); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Prepare(t.Context(), i, clerk); !errors.Is(err, store.ErrStale) {
		t.Errorf("after an undoing: got %v, want %v", err, store.ErrStale)
	}
	rule(t, s, reconcile.Ruling{Kind: reconcile.Release, Period: secondQuarter, SHA256: hash("a"), Reason: "x"})
	i.Moves = gate(t, s, firstQuarter).Moves
	if _, err := s.Issue(t.Context(), i, false, clerk); err != nil {
		t.Errorf("a ruling of another period: %v", err)
	}
}

func TestWithdrawNeedsReason(t *testing.T) {
	s := open(t, t.TempDir())
	if _, err := s.Prepare(t.Context(), made(t, s, firstQuarter, "one"), clerk); err != nil {
		t.Fatal(err)
	}
	if err := s.Withdraw(t.Context(), firstQuarter, " ", clerk); err == nil {
		t.Error("got no error")
	}
	if got := gate(t, s, firstQuarter).State; got != store.GatePrepared {
		t.Errorf("got %s, want %s", got, store.GatePrepared)
	}
}
