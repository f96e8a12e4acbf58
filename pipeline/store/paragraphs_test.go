package store_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/reconcile"
	"baocao/pipeline/store"
)

// What was written last into a section counts, nothing else changes, and every
// change is in the audit trail once.
func TestParagraphs(t *testing.T) {
	dir := t.TempDir()
	write := func(s *store.Store, section, text string) {
		t.Helper()
		if err := s.SetParagraph(t.Context(), firstQuarter, section, text, clerk); err != nil {
			t.Fatal(err)
		}
	}
	once(t, dir, func(s *store.Store) {
		write(s, "phuong-huong", "Một.")
		write(s, "II", "Hai.")
		write(s, "phuong-huong", "Ba.\n- Bốn.")
		write(s, "phuong-huong", "Ba.\n- Bốn.") // stands there already
		write(s, "kien-nghi", "Năm.")
		write(s, "kien-nghi", "")
		write(s, "kien-nghi", "") // nothing stands there
	})
	s := open(t, dir)
	got, err := s.Paragraphs(t.Context(), firstQuarter)
	if err != nil {
		t.Fatal(err)
	}
	want := []reconcile.Paragraph{
		{Section: "II", Text: "Hai.", By: clerk.Name, At: seen},
		{Section: "phuong-huong", Text: "Ba.\n- Bốn.", By: clerk.Name, At: seen},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("paragraphs (-want +got):\n%s", diff)
	}
	if other, err := s.Paragraphs(t.Context(), secondQuarter); err != nil || len(other) > 0 {
		t.Errorf("another period has %v, %v; want none", other, err)
	}
	entries, err := s.Audit(t.Context(), store.AuditQuery{Action: store.ActionParagraph})
	if err != nil {
		t.Fatal(err)
	}
	var trail []string
	for _, e := range entries {
		trail = append(trail, e.Subject+": "+e.Before+" > "+e.After)
	}
	if got, want := strings.Join(trail, "; "), "2018-Q1 phuong-huong:  > Một.; 2018-Q1 II:  > Hai.; "+
		"2018-Q1 phuong-huong: Một. > Ba.\n- Bốn.; 2018-Q1 kien-nghi:  > Năm.; 2018-Q1 kien-nghi: Năm. > "; got != want {
		t.Errorf("audit trail:\n%s\nwant\n%s", got, want)
	}
}

// What is written moves the gate on, so that an issue prepared before it is
// stale; nobody's words, and a person without a name, are refused.
func TestParagraphMovesTheGate(t *testing.T) {
	s := open(t, t.TempDir())
	before, err := s.Gate(t.Context(), firstQuarter)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SetParagraph(t.Context(), firstQuarter, "II", "Hai.", clerk); err != nil {
		t.Fatal(err)
	}
	after, err := s.Gate(t.Context(), firstQuarter)
	if err != nil || after.Moves <= before.Moves {
		t.Errorf("moves went from %d to %d, %v; want more", before.Moves, after.Moves, err)
	}
	if err := s.SetParagraph(t.Context(), firstQuarter, "II", "Ba.", store.Actor{At: seen}); err == nil || errors.Is(err, store.ErrClosed) {
		t.Errorf("a paragraph of nobody: %v, want an error about the person", err)
	}
}
