package store_test

import (
	"bytes"
	"database/sql"
	"net/url"
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

func audit(t testing.TB, s *store.Store, q store.AuditQuery) []store.AuditEntry {
	t.Helper()
	entries, err := s.Audit(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

func verified(t testing.TB, s *store.Store) {
	t.Helper()
	if fault, err := s.VerifyAudit(t.Context()); fault != nil || err != nil {
		t.Errorf("audit: got %v, %v, want it whole", fault, err)
	}
}

// Every change leaves one entry with who, what, before and after.
func TestAudit(t *testing.T) {
	s := open(t, t.TempDir())
	verified(t, s)
	for _, effective := range []agency.Day{{}, {}, agency.NewDay(2018, 1, 2)} { // the second one changes nothing
		if _, err := s.SavePlan(t.Context(), &plan.Plan{Number: "1982/QĐ-UBND", Year: 2018}, "qd.docx", []byte("a"), effective, clerk); err != nil {
			t.Fatal(err)
		}
	}
	rule(t, s, reconcile.Ruling{Kind: reconcile.Correct, Period: firstQuarter, Before: "145", Value: "14.5", Reason: "Gõ nhầm ĐƠN VỊ"})
	rule(t, s, reconcile.Ruling{Kind: reconcile.RememberSender, Reason: "mới"})
	if _, err := s.UndoRuling(t.Context(), "r1", "đã gửi lại", chief); err != nil {
		t.Fatal(err)
	}
	prepared, err := s.Prepare(t.Context(), made(t, s, firstQuarter, "one"), clerk)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Withdraw(t.Context(), firstQuarter, "sai", clerk); err != nil {
		t.Fatal(err)
	}
	issued(t, s, firstQuarter, "one")
	if err := s.NumberIssue(t.Context(), firstQuarter, 1, "15/BC-SNV", agency.NewDay(2018, 3, 20), chief); err != nil {
		t.Fatal(err)
	}
	if err := s.SignedIssue(t.Context(), firstQuarter, 1, prepared.Files[0].SHA256, ".pdf", chief); err != nil {
		t.Fatal(err)
	}
	if err := s.Reopen(t.Context(), firstQuarter, "sót", chief); err != nil {
		t.Fatal(err)
	}
	mail := store.AuditEntry{At: seen.Add(2 * time.Hour), Who: "baocao", Via: "schedule", Action: "deliver", Subject: "2018-Q1", After: "27 thư \xff"}
	if err := s.Record(t.Context(), mail); err != nil {
		t.Fatal(err)
	}
	verified(t, s)

	var got []string
	for i, e := range audit(t, s, store.AuditQuery{}) {
		got = append(got, e.Action+" "+e.Subject+" by "+e.Via)
		if e.Seq != int64(i+1) {
			t.Errorf("entry %d has the number %d", i+1, e.Seq)
		}
	}
	want := []string{
		"plan 2018 plan 1 by cli", "plan 2018 plan 1 by cli", "ruling 2018-Q1 r1 by cli", "ruling r2 by cli", "undo 2018-Q1 r1 by page",
		"prepare 2018-Q1 revision 1 by cli", "withdraw 2018-Q1 revision 1 by cli", "issue 2018-Q1 revision 1 by cli",
		"number 2018-Q1 revision 1 by page", "signed 2018-Q1 revision 1 by page", "reopen 2018-Q1 revision 1 by page",
		"deliver 2018-Q1 by schedule",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("audit (-want +got):\n%s", diff)
	}

	for name, tt := range map[string]struct {
		query store.AuditQuery
		want  int
	}{
		"action":         {store.AuditQuery{Action: store.ActionRuling}, 2},
		"from":           {store.AuditQuery{From: seen.Add(time.Nanosecond)}, 5},
		"until":          {store.AuditQuery{Until: seen}, 7},
		"from and until": {store.AuditQuery{From: chief.At, Until: chief.At}, 4},
		"all of it":      {store.AuditQuery{Action: "reopen", From: chief.At, Until: chief.At}, 1},
	} {
		if got := len(audit(t, s, tt.query)); got != tt.want {
			t.Errorf("%s: got %d entries, want %d", name, got, tt.want)
		}
	}
	number := audit(t, s, store.AuditQuery{Action: store.ActionNumber})[0]
	if number.Before != "" || number.After != "15/BC-SNV 2018-03-20" || number.Who != chief.Name || !number.At.Equal(chief.At) {
		t.Errorf("got %+v, want the number", number)
	}
}

// Record says who and what, or nothing is recorded.
func TestRecordIncomplete(t *testing.T) {
	s := open(t, t.TempDir())
	for _, e := range []store.AuditEntry{{At: seen, Who: "a"}, {At: seen, Action: "a"}, {Who: "a", Action: "a"}} {
		if err := s.Record(t.Context(), e); err == nil {
			t.Errorf("%+v: got no error", e)
		}
	}
	if got := len(audit(t, s, store.AuditQuery{})); got != 0 {
		t.Errorf("got %d entries, want none", got)
	}
}

// Several processes record into one chain.
func TestAuditTogether(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	for range 4 {
		s := open(t, dir)
		wg.Go(func() {
			for range 10 {
				if err := s.Record(t.Context(), store.AuditEntry{At: seen, Who: "a", Action: "test"}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	reader := open(t, dir)
	for range 10 {
		verified(t, reader)
	}
	wg.Wait()
	verified(t, reader)
	if got := len(audit(t, reader, store.AuditQuery{})); got != 40 {
		t.Errorf("got %d entries, want 40", got)
	}
}

// recorded is a folder with an audit of five entries.
func recorded(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	once(t, dir, func(s *store.Store) { record(t, s, "one", "two", "three", "four", "five") })
	return dir
}

func record(t testing.TB, s *store.Store, after ...string) {
	t.Helper()
	for _, a := range after {
		if err := s.Record(t.Context(), store.AuditEntry{At: seen, Who: "Người dùng mẫu", Action: "test", After: "entry " + a}); err != nil {
			t.Fatal(err)
		}
	}
}

// byHand changes the database without the store.
func byHand(t testing.TB, dir string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: filepath.Join(dir, "baocao.db")}).EscapedPath())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range statements {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
}

func TestVerifyAudit(t *testing.T) {
	const fields = "office, seq, at, who, via, action, subject, was, became, reason, prev, hash"
	sql := func(statements ...string) func(*testing.T, string) {
		return func(t *testing.T, dir string) { byHand(t, dir, statements...) }
	}
	tests := map[string]struct {
		spoil func(*testing.T, string)
		want  store.AuditFault
	}{
		"text":          {sql(`UPDATE audit SET became = 'entry Three' WHERE seq = 3`), store.AuditFault{Seq: 3, Kind: store.AuditChanged, Last: 3}},
		"who":           {sql(`UPDATE audit SET who = 'x' WHERE seq = 1`), store.AuditFault{Seq: 1, Kind: store.AuditChanged, Last: 1}},
		"time":          {sql(`UPDATE audit SET at = '2018-03-17T08:00:00Z' WHERE seq = 5`), store.AuditFault{Seq: 5, Kind: store.AuditChanged, Last: 5}},
		"no time":       {sql(`UPDATE audit SET at = 'x' WHERE seq = 5`), store.AuditFault{Seq: 5, Kind: store.AuditChanged, Last: 5}},
		"hash":          {sql(`UPDATE audit SET hash = prev WHERE seq = 2`), store.AuditFault{Seq: 2, Kind: store.AuditChanged, Last: 2}},
		"no UTF-8":      {sql(`UPDATE audit SET reason = CAST(x'ff' AS TEXT) WHERE seq = 2`), store.AuditFault{Seq: 2, Kind: store.AuditChanged, Last: 2}},
		"missing":       {sql(`DELETE FROM audit WHERE seq = 2`), store.AuditFault{Seq: 2, Kind: store.AuditMissing, Last: 2}},
		"first missing": {sql(`DELETE FROM audit WHERE seq < 3`), store.AuditFault{Seq: 1, Kind: store.AuditMissing, Last: 2}},
		"cut":           {sql(`DELETE FROM audit WHERE seq = 5`), store.AuditFault{Seq: 5, Kind: store.AuditCut, Last: 5}},
		"all cut":       {sql(`DELETE FROM audit`), store.AuditFault{Seq: 1, Kind: store.AuditCut, Last: 5}},
		"of another office": {sql(`UPDATE audit SET office = 'x' WHERE seq = 4`),
			store.AuditFault{Seq: 4, Kind: store.AuditMissing, Last: 4}},
		"number": {sql(`UPDATE audit SET seq = 6 WHERE seq = 4`), store.AuditFault{Seq: 4, Kind: store.AuditMissing, Last: 4}},
		"inserted": {sql(`INSERT INTO audit (` + fields + `) SELECT office, 6, at, who, via, action, subject, was, became, reason, hash, hash FROM audit WHERE seq = 5`),
			store.AuditFault{Seq: 6, Kind: store.AuditChanged, Last: 6}},
		"cut, and then recorded on": {func(t *testing.T, dir string) {
			byHand(t, dir, `DELETE FROM audit WHERE seq > 3`)
			once(t, dir, func(s *store.Store) { record(t, s, "six", "seven") })
		}, store.AuditFault{Seq: 4, Kind: store.AuditMissing, Last: 5}},
		"the last one changed, and then recorded on": {func(t *testing.T, dir string) {
			byHand(t, dir, `UPDATE audit SET became = '' WHERE seq = 5`)
			once(t, dir, func(s *store.Store) { record(t, s, "six") })
		}, store.AuditFault{Seq: 5, Kind: store.AuditChanged, Last: 5}},
		"head gone": {func(t *testing.T, dir string) {
			if err := os.Remove(filepath.Join(dir, "archive", "audit.json")); err != nil {
				t.Fatal(err)
			}
		}, store.AuditFault{Seq: 5, Kind: store.AuditNoHead, Last: 5}},
		"one byte of the file": {func(t *testing.T, dir string) {
			byHand(t, dir, "PRAGMA wal_checkpoint(TRUNCATE)")
			file := filepath.Join(dir, "baocao.db")
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if n := bytes.Count(data, []byte("entry four")); n != 1 {
				t.Fatalf("the entry stands %d times in the file, want once", n)
			}
			data[bytes.Index(data, []byte("entry four"))] ^= 1
			if err := os.WriteFile(file, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}, store.AuditFault{Seq: 4, Kind: store.AuditChanged, Last: 4}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			dir := recorded(t)
			tt.spoil(t, dir)
			s := open(t, dir)
			fault, err := s.VerifyAudit(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(&tt.want, fault); diff != "" {
				t.Errorf("fault (-want +got):\n%s", diff)
			}
		})
	}
}

// Killed between the commit and the note of it, or before the commit, the audit
// is whole.
func TestVerifyAuditAfterAKill(t *testing.T) {
	dir := recorded(t)
	head := filepath.Join(dir, "archive", "audit.json")
	before, err := os.ReadFile(head)
	if err != nil {
		t.Fatal(err)
	}
	once(t, dir, func(s *store.Store) { record(t, s, "six") })
	var six store.AuditEntry
	once(t, dir, func(s *store.Store) { six = audit(t, s, store.AuditQuery{})[5] })
	coming := strings.Replace(string(before), six.Prev+`"`, six.Prev+`", "coming": {"seq": 6, "hash": "`+six.Hash+`"}`, 1)
	if coming == string(before) {
		t.Fatalf("%s does not speak of %s", before, six.Prev)
	}
	if err := os.WriteFile(head, []byte(coming), 0o644); err != nil {
		t.Fatal(err)
	}
	once(t, dir, func(s *store.Store) { verified(t, s) })
	byHand(t, dir, `DELETE FROM audit WHERE seq = 6`) // as if it had never been committed
	once(t, dir, func(s *store.Store) {
		verified(t, s)
		record(t, s, "six again")
		verified(t, s)
	})
}

func BenchmarkVerifyAudit(b *testing.B) {
	s := open(b, b.TempDir())
	for range 1000 {
		record(b, s, "one")
	}
	for b.Loop() {
		verified(b, s)
	}
}
