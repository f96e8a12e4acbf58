package store

import (
	"errors"
	"testing"
	"time"
)

// What cannot be rebuilt is noted once, and missed when the database is gone.
func TestIrreplaceableIsNotedOnce(t *testing.T) {
	a := archive(t.TempDir())
	if err := a.checkLost("baocao.db"); err != nil {
		t.Fatalf("nothing noted: %v", err)
	}
	when := time.Date(2018, 3, 17, 0, 0, 0, 0, time.UTC)
	for range 2 {
		if err := a.irreplaceable("issue", "2018-Q1 r1", when); err != nil {
			t.Fatal(err)
		}
	}
	l, err := a.losses()
	if err != nil || len(l.Entries) != 1 {
		t.Errorf("noted %v, %v, want one", l.Entries, err)
	}
	if err := a.checkLost("baocao.db"); !errors.Is(err, ErrDatabaseLost) {
		t.Errorf("got %v, want %v", err, ErrDatabaseLost)
	}
}
