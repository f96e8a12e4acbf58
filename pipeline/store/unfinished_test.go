package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/collect"
	"baocao/pipeline/store"
)

// What was fetched and not collected, and what was collected and not read, is
// found until it is.
func TestUnfinished(t *testing.T) {
	once(t, t.TempDir(), func(s *store.Store) {
		item := dropped("1.xlsx", "one")
		row := collect.MailRow{UIDValidity: 7, UID: 1, Size: 100, Received: seen.UTC(), From: "syt@x.example", SHA256: hash("one")}
		again := row
		again.UID = 2 // the same message once more
		missing := collect.MailRow{UIDValidity: 7, UID: 3, Size: 100, Received: seen.UTC(), Attempts: 1, NextTry: seen.UTC()}
		must(t, s.RecordMail(t.Context(), collect.MailPlace{Account: "a", Folder: "INBOX"},
			collect.MailState{UIDValidity: 7, Highest: 3}, []collect.MailRow{row, again, missing}))
		waiting, err := s.UncollectedMail(t.Context(), 10)
		must(t, err)
		if diff := cmp.Diff([]collect.MailRow{row}, waiting); diff != "" {
			t.Errorf("not collected (-want +got):\n%s", diff)
		}
		o := keep(t, s, item, seen)
		if waiting, err = s.UncollectedMail(t.Context(), 10); err != nil || waiting != nil {
			t.Errorf("collected, and still listed: %+v %v", waiting, err)
		}
		unread, err := s.Unread(t.Context())
		must(t, err)
		if diff := cmp.Diff(map[string]bool{o.SHA256: true}, unread); diff != "" {
			t.Errorf("not read (-want +got):\n%s", diff)
		}
		must(t, s.SaveReading(t.Context(), "rules", submission("one", seen)))
		if unread, err = s.Unread(t.Context()); err != nil || len(unread) != 0 {
			t.Errorf("read, and still listed: %v %v", unread, err)
		}
	})
}
