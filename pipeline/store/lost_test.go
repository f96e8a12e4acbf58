package store

import (
	"errors"
	"testing"
	"time"
)

// What cannot be rebuilt is noted once of each kind, and missed when the database is gone.
func TestIrreplaceableIsNotedOnce(t *testing.T) {
	a := archive(t.TempDir())
	if err := a.checkLost("baocao.db"); err != nil {
		t.Fatalf("nothing noted: %v", err)
	}
	when := time.Date(2018, 3, 17, 0, 0, 0, 0, time.UTC)
	for _, what := range []string{"2018-Q1 r1 and all later ones", "2018-Q2 r1 and all later ones"} {
		if err := a.irreplaceable("issue", what, when); err != nil {
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
