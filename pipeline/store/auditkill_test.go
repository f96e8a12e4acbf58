package store_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"baocao/pipeline/reconcile"
	"baocao/pipeline/store"
)

// auditDir tells the test program that it is the one to be killed while it
// makes changes.
const auditDir = "BAOCAO_TEST_AUDIT_IN"

// TestAuditChild is what TestAuditKill runs and kills.
func TestAuditChild(t *testing.T) {
	dir := os.Getenv(auditDir)
	if dir == "" {
		t.Skip("it is run by TestAuditKill")
	}
	once(t, dir, func(s *store.Store) {
		for {
			rule(t, s, reconcile.Ruling{Kind: reconcile.Release, Period: firstQuarter})
			fmt.Println("ruled")
			issued(t, s, secondQuarter, "report")
			fmt.Println("issued")
			if err := s.Reopen(t.Context(), secondQuarter, "sai", clerk); err != nil {
				t.Fatal(err)
			}
			fmt.Println("reopened")
		}
	})
}

// A process that is killed at any moment leaves changes and audit that agree.
func TestAuditKill(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	lines := 0
	for _, after := range []int{1, 2, 3, 5, 8, 13} {
		child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestAuditChild$")
		child.Env = append(os.Environ(), auditDir+"="+dir)
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		scan := bufio.NewScanner(out)
		for range after {
			if !scan.Scan() {
				t.Fatalf("the child ended before it made %d changes", after)
			}
			lines++
		}
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = child.Wait() // it was killed

		once(t, dir, func(s *store.Store) {
			verified(t, s)
			log, err := s.RulingLog(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if got, want := len(audit(t, s, store.AuditQuery{Action: store.ActionRuling})), len(log); got != want {
				t.Errorf("audit has %d rulings, want the %d that there are", got, want)
			}
			issues, err := s.AllIssues(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if got, want := len(audit(t, s, store.AuditQuery{Action: store.ActionIssue})), len(issues); got != want {
				t.Errorf("audit has %d issues, want the %d that there are", got, want)
			}
			if got := len(audit(t, s, store.AuditQuery{})); got < lines {
				t.Errorf("audit has %d entries, want the %d that were told of", got, lines)
			}
			// What stayed open is closed, so that the next child can issue.
			if gate(t, s, secondQuarter).Closed() {
				if err := s.Reopen(t.Context(), secondQuarter, "sai", clerk); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}
