package store_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/collect"
	"baocao/pipeline/store"
)

// The ledger gives back what was recorded, keeps what is marked, and finds what
// is due, unmarked, the same, or for a clerk.
func TestMailbox(t *testing.T) {
	ctx := context.Background()
	s, err := store.Open(ctx, t.TempDir(), "daknong")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	at := collect.MailPlace{Account: "baocao@daknong.example", Folder: "Báo cáo"}
	now := time.Date(2018, 3, 16, 8, 0, 0, 0, time.UTC)
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	same := func(what string, got, want any) {
		t.Helper()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}

	state, err := s.MailState(ctx, at)
	check(err)
	same("state of a new mailbox", state, collect.MailState{})

	sha := strings.Repeat("ab", 32)
	stored := collect.MailRow{
		UIDValidity: 7, UID: 1, MessageID: "1@daknong.example", Size: 100, Received: now,
		From: "syt@daknong.example", Subject: "Báo cáo", SHA256: sha,
	}
	failed := collect.MailRow{UIDValidity: 7, UID: 2, Size: 100, Received: now, Attempts: 1, NextTry: now.Add(time.Minute), Problem: "cut"}
	large := collect.MailRow{UIDValidity: 7, UID: 4294967295, Size: 1 << 40, Received: now, Attention: true, Problem: "too large"}
	given := collect.MailState{UIDValidity: 7, Highest: 4294967295, Refusals: 2, LoginAt: now}
	check(s.RecordMail(ctx, at, given, []collect.MailRow{stored, failed, large}))
	state, err = s.MailState(ctx, at)
	check(err)
	same("state", state, given)
	for _, want := range []collect.MailRow{stored, failed, large} {
		got, ok, err := s.MailAt(ctx, at, want.UIDValidity, want.UID)
		check(err)
		same("row", got, want)
		same("row is known", ok, true)
	}

	due, err := s.DueMail(ctx, at, 7, now, 10)
	check(err)
	same("due too early", due, []uint32(nil))
	due, err = s.DueMail(ctx, at, 7, now.Add(time.Minute), 10)
	check(err)
	same("due", due, []uint32{2})

	unmarked, err := s.UnmarkedMail(ctx, at, 7, 0, 10)
	check(err)
	same("unmarked", unmarked, []uint32{1})
	check(s.MarkedMail(ctx, at, 7, unmarked))
	check(s.RecordMail(ctx, at, given, []collect.MailRow{stored}))
	unmarked, err = s.UnmarkedMail(ctx, at, 7, 0, 10)
	check(err)
	same("unmarked after the mark and the same row again", unmarked, []uint32(nil))

	again := stored
	again.UIDValidity, again.UID, again.SHA256 = 8, 5, ""
	found, err := s.SameMail(ctx, at, again)
	check(err)
	same("the same message under other numbers", found, sha)
	again.Size++
	found, err = s.SameMail(ctx, at, again)
	check(err)
	same("another size", found, "")
	again = stored
	again.UIDValidity, again.SHA256 = 9, strings.Repeat("cd", 32)
	check(s.RecordMail(ctx, at, given, []collect.MailRow{again}))
	again.UIDValidity = 10
	found, err = s.SameMail(ctx, at, again)
	check(err)
	same("two that differ", found, "")

	rows, err := s.AttentionMail(ctx, at, 10)
	check(err)
	same("for a clerk", rows, []collect.MailRow{large})
	given.UIDValidity = 8
	check(s.RecordMail(ctx, at, given, nil))
	rows, err = s.AttentionMail(ctx, at, 10)
	check(err)
	same("for a clerk, of a mailbox that numbers anew", rows, []collect.MailRow(nil))

	if err := s.RecordMail(ctx, at, given, []collect.MailRow{{UID: 9, SHA256: "../../etc"}}); err == nil {
		t.Error("a row with something else than a hash: got no error")
	}
}
