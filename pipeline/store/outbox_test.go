package store_test

import (
	"errors"
	"fmt"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/deliver"
	"baocao/pipeline/store"
)

func letterTo(key string, to ...string) deliver.Letter {
	l := deliver.Letter{
		Office: "daknong", Kind: deliver.Receipt, Key: key, From: mail.Address{Address: "snv@daknong.example"},
		Subject: key, Text: key + "\n",
	}
	for _, a := range to {
		l.To = append(l.To, mail.Address{Address: a})
	}
	return l
}

func queue(t *testing.T, s *store.Store, l deliver.Letter, at time.Time) bool {
	t.Helper()
	eml, err := deliver.Compose(l, at)
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := s.Queue(t.Context(), l, eml, at)
	if err != nil {
		t.Fatal(err)
	}
	return fresh
}

func take(t *testing.T, s *store.Store, owner string, at time.Time) *store.Job {
	t.Helper()
	job, err := s.Take(t.Context(), store.Claim{Owner: owner, Now: at, Lease: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	return job
}

// states are the recipients of all letters, as "key address state".
func states(t *testing.T, s *store.Store) []string {
	t.Helper()
	letters, err := s.Letters(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	all := []string{}
	for _, l := range letters {
		for _, r := range l.Recipients {
			all = append(all, fmt.Sprintf("%s %s %s", l.Key, r.Address, r.State))
		}
	}
	return all
}

func wantStates(t *testing.T, s *store.Store, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, states(t, s)); diff != "" {
		t.Errorf("states (-want +got):\n%s", diff)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func clerkAt(at time.Time) store.Actor { return store.Actor{Name: "clerk", Via: "cli", At: at} }

var gone = deliver.Outcome{Result: deliver.Taken, Answer: "250 ok"}

func TestLetterIsQueuedOnce(t *testing.T) {
	once(t, t.TempDir(), func(s *store.Store) {
		l := letterTo("receipt:1", "a@x.example", "b@x.example")
		if !queue(t, s, l, seen) {
			t.Error("the first is not new")
		}
		l.Text, l.Subject = "otherwise\n", "otherwise"
		if queue(t, s, l, seen.Add(time.Hour)) {
			t.Error("the second is new")
		}
		wantStates(t, s, "receipt:1 a@x.example queued", "receipt:1 b@x.example queued")
		p, found, err := s.LetterByMessageID(t.Context(), l.MessageID())
		if err != nil || !found || p.Key != "receipt:1" || p.Subject != "receipt:1" {
			t.Errorf("got %+v %v %v", p, found, err)
		}
		data, err := s.Letter(p)
		if err != nil || !strings.Contains(string(data), "receipt:1") {
			t.Errorf("got %q %v", data, err)
		}
	})
}

// Letters go out as they were queued, whatever they are called and wherever the
// clock was set in between; also after the database was lost.
func TestQueueOrder(t *testing.T) {
	dir := t.TempDir()
	once(t, dir, func(s *store.Store) {
		queue(t, s, letterTo("3", "a@x.example"), seen)
		queue(t, s, letterTo("1", "a@x.example"), seen)
		queue(t, s, letterTo("2", "a@x.example"), seen.Add(-time.Hour))
		if got := take(t, s, "p", seen); got.Key != "3" {
			t.Errorf("took %s first, want 3", got.Key)
		}
	})
	must(t, os.Remove(filepath.Join(dir, "baocao.db")))
	once(t, dir, func(s *store.Store) {
		queue(t, s, letterTo("0", "a@x.example"), seen)
		wantStates(t, s, "3 a@x.example queued", "1 a@x.example queued", "2 a@x.example queued", "0 a@x.example queued")
	})
}

// Whoever takes a letter has it alone, and the first in the queue goes first.
func TestTakenLetters(t *testing.T) {
	once(t, t.TempDir(), func(s *store.Store) {
		queue(t, s, letterTo("1", "a@x.example", "b@x.example"), seen.Add(time.Second))
		queue(t, s, letterTo("2", "a@x.example"), seen)
		at := seen.Add(time.Minute)
		one, two, three := take(t, s, "p", at), take(t, s, "q", at), take(t, s, "p", at)
		if one.Key+one.Address != "1a@x.example" || two.Key+two.Address != "1b@x.example" || three.Key != "2" {
			t.Errorf("got %+v %+v %+v", one, two, three)
		}
		if four := take(t, s, "q", at); four != nil {
			t.Errorf("got %+v, want nothing left", four)
		}
		must(t, s.End(t.Context(), one, at))
		must(t, s.Settle(t.Context(), one, gone, at))
		must(t, s.Settle(t.Context(), two, deliver.Outcome{Result: deliver.Refused, Answer: "550 no"}, at))
		must(t, s.Give(t.Context(), three, at))
		wantStates(t, s, "1 a@x.example sent", "1 b@x.example failed", "2 a@x.example queued")

		n, err := s.Retry(t.Context(), at)
		if err != nil || n != 1 {
			t.Errorf("retried %d %v, want the one that failed", n, err)
		}
		wantStates(t, s, "1 a@x.example sent", "1 b@x.example queued", "2 a@x.example queued")
	})
}

// A letter of a process that died waits again if its last byte cannot have gone
// out, and is taken once more if it may have.
func TestAbandoned(t *testing.T) {
	once(t, t.TempDir(), func(s *store.Store) {
		dead := func(string) bool { return false }
		queue(t, s, letterTo("1", "a@x.example"), seen)
		queue(t, s, letterTo("2", "a@x.example"), seen.Add(time.Second))
		at := seen.Add(time.Minute)
		take(t, s, "p", at)
		second := take(t, s, "p", at)
		must(t, s.End(t.Context(), second, at))

		if n, err := s.Abandon(t.Context(), func(string) bool { return true }, at); n != 0 || err != nil {
			t.Errorf("took %d letters from a process that lives: %v", n, err)
		}
		if n, err := s.Abandon(t.Context(), dead, at); n != 2 || err != nil {
			t.Errorf("took %d letters %v, want 2", n, err)
		}
		wantStates(t, s, "1 a@x.example queued", "2 a@x.example maybe-sent")

		at = at.Add(2 * time.Minute)
		first, second := take(t, s, "q", at), take(t, s, "q", at)
		must(t, s.End(t.Context(), first, at))
		must(t, s.Settle(t.Context(), first, gone, at))
		must(t, s.End(t.Context(), second, at))
		if _, err := s.Abandon(t.Context(), dead, at); err != nil {
			t.Fatal(err)
		}
		wantStates(t, s, "1 a@x.example sent", "2 a@x.example maybe-sent")
		if third := take(t, s, "q", at.Add(99*time.Hour)); third != nil {
			t.Errorf("sent a third time: %+v", third)
		}
	})
}

// A process that was silent for longer than its lease may not go on.
func TestLateProcess(t *testing.T) {
	once(t, t.TempDir(), func(s *store.Store) {
		queue(t, s, letterTo("1", "a@x.example"), seen)
		job := take(t, s, "slow", seen)
		later := seen.Add(2 * time.Hour)
		if _, err := s.Abandon(t.Context(), func(string) bool { return true }, later); err != nil {
			t.Fatal(err)
		}
		if other := take(t, s, "quick", later.Add(time.Hour)); other == nil {
			t.Fatal("the lease does not end")
		}
		if err := s.End(t.Context(), job, later); !errors.Is(err, store.ErrNotOurs) {
			t.Errorf("got %v, want %v", err, store.ErrNotOurs)
		}
	})
}

func TestLimits(t *testing.T) {
	once(t, t.TempDir(), func(s *store.Store) {
		for i := range 3 {
			queue(t, s, letterTo(fmt.Sprint(i), "a@x.example"), seen.Add(time.Duration(i)*time.Second))
		}
		queue(t, s, letterTo("9", "b@x.example"), seen.Add(time.Minute))
		at := seen.Add(time.Hour)
		send := func(c store.Claim) string {
			c.Owner, c.Lease = "p", time.Hour
			job, err := s.Take(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			if job == nil {
				return "none"
			}
			must(t, s.End(t.Context(), job, c.Now))
			must(t, s.Settle(t.Context(), job, gone, c.Now))
			return job.Key
		}
		got := []string{
			send(store.Claim{Now: at, PerHour: 2}), send(store.Claim{Now: at, PerHour: 2}),
			send(store.Claim{Now: at, PerHour: 2, Only: "a@x.example"}),
			send(store.Claim{Now: at, PerHour: 2}), send(store.Claim{Now: at, PerHour: 2}),
			send(store.Claim{Now: at.Add(61 * time.Minute), PerHour: 2, PerDay: 2}),
			send(store.Claim{Now: at.Add(61 * time.Minute), PerHour: 2}),
		}
		if diff := cmp.Diff([]string{"0", "1", "none", "9", "none", "none", "2"}, got); diff != "" {
			t.Errorf("sent (-want +got):\n%s", diff)
		}
	})
}

// So many letters go out in a minute, however many processes come and go.
func TestMinuteLimit(t *testing.T) {
	dir := t.TempDir()
	for i := range 3 {
		once(t, dir, func(s *store.Store) { queue(t, s, letterTo(fmt.Sprint(i), fmt.Sprint(i, "@x.example")), seen) })
	}
	sent := func(at time.Time) (n int) {
		once(t, dir, func(s *store.Store) {
			for {
				job, err := s.Take(t.Context(), store.Claim{Owner: "p", Now: at, Lease: time.Hour, PerMinute: 2})
				must(t, err)
				if job == nil {
					return
				}
				must(t, s.End(t.Context(), job, at))
				must(t, s.Settle(t.Context(), job, gone, at))
				n++
			}
		})
		return n
	}
	got := []int{sent(seen), sent(seen.Add(59 * time.Second)), sent(seen.Add(61 * time.Second))}
	if diff := cmp.Diff([]int{2, 0, 1}, got); diff != "" {
		t.Errorf("sent (-want +got):\n%s", diff)
	}
}

// On a clerk's word a letter goes out once more to those whom it may not have
// reached, and to nobody else; the word is kept.
func TestOrder(t *testing.T) {
	lost := deliver.Outcome{Result: deliver.Lost, Answer: "no answer"}
	dir := t.TempDir()
	l := letterTo("1", "bounced@x.example", "failed@x.example", "maybe@x.example", "sent@x.example")
	at := seen
	once(t, dir, func(s *store.Store) {
		queue(t, s, l, seen)
		for _, o := range []deliver.Outcome{gone, {Result: deliver.Refused, Answer: "550 no"}, lost, gone} {
			job := take(t, s, "p", at)
			must(t, s.End(t.Context(), job, at))
			must(t, s.Settle(t.Context(), job, o, at))
		}
		_, err := s.Bounced(t.Context(), l.MessageID(), "bounced@x.example", "5.1.1", at, at)
		must(t, err)
		if waits, err := s.Order(t.Context(), l.ID(), clerkAt(at)); err != nil || waits.Recipients[2].Orders != nil {
			t.Errorf("what is tried of itself was ordered: %+v %v", waits, err)
		}
		at = at.Add(time.Hour)
		for _, o := range []deliver.Outcome{gone, {Result: deliver.Refused, Answer: "550 no"}, lost} {
			job := take(t, s, "p", at)
			must(t, s.End(t.Context(), job, at))
			must(t, s.Settle(t.Context(), job, o, at))
		}
		wantStates(t, s, "1 bounced@x.example sent", "1 failed@x.example failed", "1 maybe@x.example maybe-sent", "1 sent@x.example sent")
		if job := take(t, s, "p", at.Add(99*time.Hour)); job != nil {
			t.Errorf("sent a third time: %+v", job)
		}
	})
	once(t, dir, func(s *store.Store) {
		for _, id := range []string{"", "12345", "ffffffff", "zzzzzzzz"} {
			if _, err := s.Order(t.Context(), id, clerkAt(at)); !errors.Is(err, store.ErrNoLetter) {
				t.Errorf("%q: got %v, want %v", id, err, store.ErrNoLetter)
			}
		}
		p, err := s.Order(t.Context(), l.ID()[:8]+".eml", clerkAt(at))
		must(t, err)
		want := []deliver.Order{{At: at.UTC(), By: "clerk", Was: deliver.MaybeSent, Answer: "no answer"}}
		if diff := cmp.Diff(want, p.Recipients[2].Orders); diff != "" {
			t.Errorf("orders (-want +got):\n%s", diff)
		}
		if p.MessageID != l.MessageID() || p.Recipients[3].Orders != nil {
			t.Errorf("got %+v, want the same Message-ID and nothing for who got it", p)
		}
		trail, err := s.Audit(t.Context(), store.AuditQuery{Action: store.ActionAgain})
		must(t, err)
		if len(trail) != 2 || trail[1].Who != "clerk" || trail[1].Subject != "1 "+l.ID() ||
			trail[1].Before != "failed@x.example: failed 550 no\nmaybe@x.example: maybe-sent no answer" ||
			trail[1].After != "failed@x.example: queued\nmaybe@x.example: maybe-sent" {
			t.Errorf("audit: %+v", trail)
		}
		if fault, err := s.VerifyAudit(t.Context()); fault != nil || err != nil {
			t.Errorf("audit: %v %v", fault, err)
		}
		wantStates(t, s, "1 bounced@x.example sent", "1 failed@x.example queued", "1 maybe@x.example maybe-sent", "1 sent@x.example sent")
		for range 2 {
			job := take(t, s, "p", at)
			must(t, s.End(t.Context(), job, at))
			must(t, s.Settle(t.Context(), job, gone, at))
		}
		if _, err := s.Order(t.Context(), l.ID(), clerkAt(at)); !errors.Is(err, store.ErrNotStuck) {
			t.Errorf("got %v, want %v", err, store.ErrNotStuck)
		}
	})
}

func TestBounce(t *testing.T) {
	once(t, t.TempDir(), func(s *store.Store) {
		l := letterTo("1", "a@x.example", "b@x.example")
		queue(t, s, l, seen)
		for range 2 {
			if found, err := s.Bounced(t.Context(), l.MessageID(), "B@x.example", "5.1.1 unknown", seen, seen); !found || err != nil {
				t.Errorf("got %v %v", found, err)
			}
		}
		for _, other := range []string{"", "c@x.example"} {
			if found, err := s.Bounced(t.Context(), l.MessageID(), other, "", seen, seen); found || err != nil {
				t.Errorf("%q: got %v %v", other, found, err)
			}
		}
		if found, err := s.Bounced(t.Context(), "other@x.example", "a@x.example", "", seen, seen); found || err != nil {
			t.Errorf("another letter: got %v %v", found, err)
		}
		wantStates(t, s, "1 a@x.example queued", "1 b@x.example bounced")
	})
}

// The mail that said that a letter came back is met again for ever: it does not
// undo what a clerk ordered since, but another one does.
func TestOldBounce(t *testing.T) {
	once(t, t.TempDir(), func(s *store.Store) {
		l := letterTo("1", "a@x.example")
		queue(t, s, l, seen)
		bounced := func(arrived, now time.Time) {
			t.Helper()
			if found, err := s.Bounced(t.Context(), l.MessageID(), "a@x.example", "5.2.2 full", arrived, now); !found || err != nil {
				t.Errorf("got %v %v", found, err)
			}
		}
		bounced(seen, seen)
		at := seen.Add(time.Hour)
		if _, err := s.Order(t.Context(), l.ID(), store.Actor{Name: "clerk", Via: "cli", At: at}); err != nil {
			t.Fatal(err)
		}
		bounced(seen, at)
		wantStates(t, s, "1 a@x.example queued")
		job := take(t, s, "p", at)
		must(t, s.End(t.Context(), job, at))
		must(t, s.Settle(t.Context(), job, gone, at))
		bounced(seen, at.Add(time.Hour))
		wantStates(t, s, "1 a@x.example sent")
		bounced(at.Add(time.Minute), at.Add(time.Hour))
		wantStates(t, s, "1 a@x.example bounced")
	})
}

// A database that is lost, or put back from a backup, sends nothing twice: the
// postings in the outbox know better.
func TestLostDatabaseSendsNothingTwice(t *testing.T) {
	for name, back := range map[string]bool{"lost": false, "backup": true} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, "baocao.db")
			at := seen.Add(time.Minute)
			once(t, dir, func(s *store.Store) {
				queue(t, s, letterTo("1", "a@x.example"), seen)
				queue(t, s, letterTo("2", "a@x.example"), seen.Add(time.Second))
			})
			backup, err := os.ReadFile(file)
			must(t, err)
			once(t, dir, func(s *store.Store) {
				job := take(t, s, "p", at)
				must(t, s.End(t.Context(), job, at))
				must(t, s.Settle(t.Context(), job, gone, at))
				queue(t, s, letterTo("3", "a@x.example"), seen.Add(2*time.Second))
				job = take(t, s, "p", at)
				must(t, s.Give(t.Context(), job, at))
				third := letterTo("3", "a@x.example")
				if found, err := s.Bounced(t.Context(), third.MessageID(), "", "gone", at, at); !found || err != nil {
					t.Error(found, err)
				}
			})
			must(t, os.Remove(file))
			if back {
				must(t, os.WriteFile(file, backup, 0o644))
			}
			once(t, dir, func(s *store.Store) {
				if job := take(t, s, "p", at); job == nil || job.Key != "2" {
					t.Errorf("got %+v, want the second letter", job)
				}
				if queue(t, s, letterTo("3", "a@x.example"), at) {
					t.Error("the third letter is new")
				}
				wantStates(t, s, "1 a@x.example sent", "2 a@x.example sending", "3 a@x.example bounced")
			})
		})
	}
}

// A Queue that was cut off before its rows is done again, also in other words.
func TestQueueCutOff(t *testing.T) {
	dir := t.TempDir()
	once(t, dir, func(s *store.Store) { queue(t, s, letterTo("1", "a@x.example"), seen) })
	must(t, os.Remove(filepath.Join(dir, "baocao.db")))
	must(t, os.Rename(filepath.Join(dir, "outbox"), filepath.Join(dir, "kept")))
	once(t, dir, func(s *store.Store) {
		must(t, os.Rename(filepath.Join(dir, "kept"), filepath.Join(dir, "outbox")))
		l := letterTo("1", "a@x.example")
		l.Text = "newer\n"
		if !queue(t, s, l, seen) {
			t.Error("not queued")
		}
		p, _, err := s.LetterByMessageID(t.Context(), l.MessageID())
		must(t, err)
		if data, err := s.Letter(p); err != nil || !strings.Contains(string(data), "newer") {
			t.Errorf("got %q %v", data, err)
		}
		must(t, os.WriteFile(filepath.Join(dir, "outbox", p.ID+".eml"), []byte("changed"), 0o644))
		if _, err := s.Letter(p); err == nil {
			t.Error("a changed letter is believed")
		}
	})
}

// A letter is withdrawn from those alone who wait for it, and stays so whatever
// becomes of the database.
func TestWithdrawLetter(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "baocao.db")
	l := letterTo("1", "doubt@x.example", "hand@x.example", "sent@x.example", "waits@x.example")
	at := seen
	var hand *store.Job
	once(t, dir, func(s *store.Store) {
		queue(t, s, l, seen)
		doubt := take(t, s, "p", at)
		hand = take(t, s, "p", at)
		sent := take(t, s, "p", at)
		for job, o := range map[*store.Job]deliver.Outcome{doubt: {Result: deliver.Lost}, sent: gone} {
			must(t, s.End(t.Context(), job, at))
			must(t, s.Settle(t.Context(), job, o, at))
		}
	})
	before, err := os.ReadFile(file)
	must(t, err)
	once(t, dir, func(s *store.Store) {
		if n, err := s.WithdrawLetter(t.Context(), "1", "why", at); n != 2 || err != nil {
			t.Errorf("withdrew %d %v, want from two", n, err)
		}
		wantStates(t, s, "1 doubt@x.example maybe-sent", "1 hand@x.example sending", "1 sent@x.example sent", "1 waits@x.example withdrawn")
		must(t, s.WithdrawTaken(t.Context(), hand, "why", at))
		if n, err := s.WithdrawLetter(t.Context(), "1", "why", at); n != 0 || err != nil {
			t.Errorf("again: %d %v", n, err)
		}
		if _, err := s.Order(t.Context(), l.ID(), clerkAt(at)); !errors.Is(err, store.ErrNotStuck) {
			t.Errorf("ordered again: %v, want %v", err, store.ErrNotStuck)
		}
		if queue(t, s, l, at) {
			t.Error("it is new")
		}
	})
	want := []string{"1 doubt@x.example maybe-sent", "1 hand@x.example withdrawn", "1 sent@x.example sent", "1 waits@x.example withdrawn"}
	for name, data := range map[string][]byte{"lost": nil, "backup": before} {
		must(t, os.Remove(file))
		if data != nil { // the rows have not heard of it
			must(t, os.WriteFile(file, data, 0o644))
		}
		once(t, dir, func(s *store.Store) {
			if _, err := s.Abandon(t.Context(), func(string) bool { return false }, at); err != nil {
				t.Fatal(err)
			}
			if job := take(t, s, "q", at.Add(time.Hour)); job != nil {
				t.Errorf("%s: %s is sent all the same", name, job.Address)
			}
			wantStates(t, s, want...)
		})
	}
}
