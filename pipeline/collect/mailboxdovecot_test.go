package collect_test

import (
	"testing"
	"time"

	"baocao/pipeline/collect/dovecottest"
)

// dovecot is a server with one account in it for each name.
func dovecot(t testing.TB) server {
	t.Helper()
	return server{addr: dovecottest.Start(t, mailPassword)}
}

// Dovecot says in IDLE that there is new mail.
func TestMailboxWatchDovecot(t *testing.T) {
	s := dovecot(t)
	a := s.admin(t)
	a.put("INBOX", letter(1))
	o := newOffice(t, s.addr)
	w := o.watch()
	late := time.After(2 * time.Minute)
	for stored := 0; stored < 3; {
		select {
		case got := <-w.looks:
			if err := <-w.errs; err != nil || got.Failed > 0 {
				t.Errorf("a look: got %+v and error %v, want neither error nor failure", got, err)
			}
			if stored += got.Stored; got.Stored > 0 && stored < 3 {
				a.put("INBOX", letter(stored+1))
			}
		case <-late:
			t.Fatalf("%d messages are stored, want 3", stored)
		}
	}
	w.stop()
	if err := <-w.ended; err != nil {
		t.Errorf("end: got error %v, want none", err)
	}
	o.holds(t, letters(1, 3)...)
}
