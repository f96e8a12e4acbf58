package collect_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"

	"baocao/pipeline/collect"
)

// Each way to be secure works, and each way not to be is refused before the
// password is said.
func TestMailboxSecurity(t *testing.T) {
	ours, theirs := newAuthority(t), newAuthority(t)
	good := ours.issue(t, "127.0.0.1", clock.AddDate(0, 1, 0))
	old := good.Clone()
	old.MaxVersion = tls.VersionTLS11
	old.MinVersion = tls.VersionTLS10
	for _, c := range []struct {
		name     string
		security collect.Security
		tls      *tls.Config
		preAuth  bool
		want     string // in the error; empty: it works
	}{
		{"TLS", collect.TLS, good, false, ""},
		{"STARTTLS", collect.StartTLS, good, false, ""},
		{"plain on loopback", collect.Plain, nil, false, ""},
		{"another host's", collect.TLS, ours.issue(t, "imap.example", clock.AddDate(0, 1, 0)), false, "127.0.0.1"},
		{"another host's, STARTTLS", collect.StartTLS, ours.issue(t, "imap.example", clock.AddDate(0, 1, 0)), false, "127.0.0.1"},
		{"expired", collect.TLS, ours.issue(t, "127.0.0.1", clock.AddDate(0, 0, -1)), false, "expired"},
		{"expired, STARTTLS", collect.StartTLS, ours.issue(t, "127.0.0.1", clock.AddDate(0, 0, -1)), false, "expired"},
		{"unknown authority", collect.TLS, theirs.issue(t, "127.0.0.1", clock.AddDate(0, 1, 0)), false, "unknown authority"},
		{"TLS 1.1", collect.TLS, old, false, "protocol version"},
		{"no STARTTLS", collect.StartTLS, nil, false, "no STARTTLS"},
		{"PREAUTH before STARTTLS", collect.StartTLS, good, true, "PREAUTH"},
		{"PREAUTH", collect.Plain, nil, true, "no login"},
	} {
		t.Run(c.name, func(t *testing.T) {
			said := new(transcript)
			h := hooks{tls: c.tls, preAuth: c.preAuth}
			h.listener = recorder{listen(t), said}
			if c.security == collect.TLS {
				h.listener = tls.NewListener(h.listener, c.tls)
			}
			s := memory(t, h)
			o := newOffice(t, s.addr)
			o.Security, o.RootCAs = c.security, ours.pool
			_, err := o.Fetch(context.Background())
			if c.want == "" && err != nil {
				t.Fatalf("got error %v, want none", err)
			}
			if c.want != "" && (!errors.Is(err, collect.ErrInsecure) || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("got error %v, want %v with %q", err, collect.ErrInsecure, c.want)
			}
			if c.want != "" && strings.Contains(said.String(), "AUTH") || strings.Contains(said.String(), "LOGIN") {
				t.Errorf("a login was tried: %q", said.String())
			}
		})
	}
}

func TestMailboxPlainElsewhere(t *testing.T) {
	o := newOffice(t, "imap.daknong.example:143")
	o.Dial = func(context.Context, string, string) (net.Conn, error) {
		t.Error("it connects")
		return nil, errKilled
	}
	if _, err := o.Fetch(context.Background()); !errors.Is(err, collect.ErrInsecure) {
		t.Errorf("got error %v, want %v", err, collect.ErrInsecure)
	}
}

// A refused login is tried once in a run, and in later ones ever more rarely,
// until the password's file changes.
func TestMailboxLoginRefused(t *testing.T) {
	tries := 0
	s := memory(t, hooks{login: func() error {
		tries++
		return &imap.Error{Type: imap.StatusResponseTypeNo, Code: imap.ResponseCodeAuthenticationFailed, Text: "not " + mailPassword}
	}})
	o := newOffice(t, s.addr)
	now := time.Now() // the file's time is the system's
	o.Now = func() time.Time { return now }
	for n, step := range []struct {
		after time.Duration
		want  error
		tries int
	}{
		{time.Second, collect.ErrLoginRefused, 1},
		{30 * time.Second, collect.ErrLoginPaused, 1},
		{time.Minute, collect.ErrLoginRefused, 2},
		{2 * time.Minute, collect.ErrLoginPaused, 2},
		{4 * time.Minute, collect.ErrLoginRefused, 3},
	} {
		now = now.Add(step.after)
		_, err := o.Fetch(context.Background())
		if !errors.Is(err, step.want) || tries != step.tries {
			t.Errorf("run %d: got error %v after %d tries, want %v after %d", n, err, tries, step.want, step.tries)
		}
		if strings.Contains(fmt.Sprint(err), mailPassword) {
			t.Errorf("run %d: the error tells the password: %v", n, err)
		}
	}
	if err := os.Chtimes(o.Secret.File, now, now.Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Fetch(context.Background()); !errors.Is(err, collect.ErrLoginRefused) || tries != 4 {
		t.Errorf("with another password: got error %v after %d tries, want one more", err, tries)
	}
}

func TestMailboxLoginUnavailable(t *testing.T) {
	s := memory(t, hooks{login: func() error {
		return &imap.Error{Type: imap.StatusResponseTypeNo, Code: imap.ResponseCodeUnavailable, Text: "later"}
	}})
	o := newOffice(t, s.addr)
	for range 2 {
		if _, err := o.Fetch(context.Background()); err == nil || errors.Is(err, collect.ErrLoginRefused) || errors.Is(err, collect.ErrLoginPaused) {
			t.Errorf("got error %v, want one that says nothing of the password", err)
		}
	}
}

func TestMailboxSecret(t *testing.T) {
	s := memory(t, hooks{})
	for _, c := range []struct {
		name, content string
		mode          os.FileMode
		want          string
	}{
		{"good", mailPassword + "\r\n", 0o600, ""},
		{"from Notepad", "\uFEFF" + mailPassword, 0o400, ""},
		{"readable by all", mailPassword, 0o644, "chmod 600"},
		{"empty", "\n", 0o600, "empty"},
		{"two lines", mailPassword + "\nsecond", 0o600, "more than one line"},
		{"huge", strings.Repeat("x", 1<<20), 0o600, "longer"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := newOffice(t, s.addr)
			o.Secret.File = filepath.Join(t.TempDir(), "secret")
			if err := os.WriteFile(o.Secret.File, []byte(c.content), c.mode); err != nil {
				t.Fatal(err)
			}
			_, err := o.Fetch(context.Background())
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("got error %v, want one with %q", err, c.want)
			}
		})
	}
	t.Run("environment", func(t *testing.T) {
		t.Setenv("BAOCAO_TEST_PASSWORD", mailPassword)
		o := newOffice(t, s.addr)
		o.Secret = collect.Secret{Env: "BAOCAO_TEST_PASSWORD"}
		o.fetch(t)
	})
}

// A cut at any byte of a message stores nothing of it; the next run fetches it.
func TestMailboxCutInMessage(t *testing.T) {
	s := memory(t, hooks{})
	a := s.admin(t)
	a.put("INBOX", letter(1), letter(2))
	for k := 0; k <= len(letter(1)); k += 97 {
		p := newProxy(t, s.addr)
		p.server = cutInBody(k)
		o := newOffice(t, p.addr())
		got := o.fetch(t)
		if got.Stored != 1 || got.Failed != 1 {
			t.Errorf("cut after %d bytes: got %+v, want the other message stored", k, got)
		}
		o.holds(t, letter(2))
		o.Now = later(o.Now, time.Minute)
		if got := o.fetch(t); got.Stored != 1 || got.Failed != 0 {
			t.Errorf("after the cut at %d: got %+v, want 1 stored", k, got)
		}
		o.holds(t, letter(1), letter(2))
	}
}

// cutInBody cuts the first connection k bytes into the first message.
func cutInBody(k int) func(int, []byte) ([]byte, bool) {
	left, inside := k, false
	return func(n int, chunk []byte) ([]byte, bool) {
		if n > 0 {
			return chunk, false
		}
		body := chunk
		if !inside {
			_, after, found := bytes.Cut(chunk, []byte("BODY[] {"))
			_, after, whole := bytes.Cut(after, []byte("\r\n"))
			if !found || !whole {
				return chunk, false
			}
			inside, body = true, after
		}
		if len(body) > left {
			return chunk[:len(chunk)-len(body)+left], true
		}
		left -= len(body)
		return chunk, false
	}
}

// A message that always breaks the connection does not keep the others from
// being stored. It is tried six times, and then left to a clerk.
func TestMailboxPoison(t *testing.T) {
	for _, command := range []string{"BODY.PEEK[]", "RFC822.SIZE"} { // when fetched; when listed already
		t.Run(command, func(t *testing.T) {
			s := memory(t, hooks{})
			s.admin(t).put("INBOX", letters(1, 9)...)
			p := newProxy(t, s.addr)
			listing := map[int]bool{}
			p.client = func(n int, chunk []byte) []byte {
				listing[n] = bytes.Contains(chunk, []byte(command))
				return chunk
			}
			p.server = func(n int, chunk []byte) ([]byte, bool) {
				if i := bytes.Index(chunk, []byte("<5@daknong.example>")); listing[n] && i >= 0 {
					return chunk[:i], true
				}
				return chunk, false
			}
			o := newOffice(t, p.addr())
			for try := 1; try <= 8; try++ {
				got := o.fetch(t)
				if want := try <= 6; (got.Failed == 1) != want {
					t.Errorf("run %d: got %+v, want a failure: %v", try, got, want)
				}
				o.Now = later(o.Now, 13*time.Hour)
			}
			o.holds(t, append(letters(1, 4), letters(6, 9)...)...)
			rows, err := o.store.AttentionMail(context.Background(), o.Place(), 10)
			if err != nil || len(rows) != 1 || rows[0].UID != 5 || rows[0].Attempts != 6 {
				t.Errorf("needs attention: got %+v and error %v, want message 5 after 6 tries", rows, err)
			}
		})
	}
}

// What is too large is seen by the clerk, and the rest is stored.
func TestMailboxTooLarge(t *testing.T) {
	s := memory(t, hooks{})
	s.admin(t).put("INBOX", letter(1), letter(2)+strings.Repeat("x", 5000), letter(3))
	o := newOffice(t, s.addr)
	o.MaxSize = 2000
	if got := o.fetch(t); got.Stored != 2 || got.Failed != 1 {
		t.Errorf("got %+v, want 2 stored and 1 failed", got)
	}
	o.fetch(t)
	o.holds(t, letter(1), letter(3))
	rows, err := o.store.AttentionMail(context.Background(), o.Place(), 10)
	if err != nil || len(rows) != 1 || rows[0].Subject != "Bao cao 2" || rows[0].From != "syt@daknong.example" || rows[0].Size < 5000 {
		t.Errorf("needs attention: got %+v and error %v, want message 2", rows, err)
	}
}

// Marks that the server refuses cost a warning; they are tried again next time.
func TestMailboxReadOnly(t *testing.T) {
	refuse := &imap.Error{Type: imap.StatusResponseTypeNo, Text: "read-only"}
	l := listen(t)
	h := hooks{store: refuse, listener: l}
	s := memory(t, h)
	a := s.admin(t)
	a.put("INBOX", letters(1, 2)...)
	o := newOffice(t, s.addr)
	for _, want := range []int{2, 0} {
		got := o.fetch(t)
		if got.Stored != want || len(got.Warnings) != 1 || !strings.Contains(got.Warnings[0], "read-only") {
			t.Errorf("got %+v, want %d stored and a warning", got, want)
		}
	}
	o.holds(t, letters(1, 2)...)
}

func TestMailboxBye(t *testing.T) {
	s := memory(t, hooks{})
	s.admin(t).put("INBOX", letters(1, 3)...)
	p := newProxy(t, s.addr)
	p.server = func(_ int, chunk []byte) ([]byte, bool) {
		if bytes.Contains(chunk, []byte("SEARCH")) && !bytes.Contains(chunk, []byte("CAPABILITY")) {
			return []byte("* BYE [UNAVAILABLE] the server goes down\r\n"), true
		}
		return chunk, false
	}
	o := newOffice(t, p.addr())
	if _, err := o.Fetch(context.Background()); err == nil || !strings.Contains(err.Error(), "closed the connection") {
		t.Errorf("got error %v, want one about the closed connection", err)
	}
	o.Server = s.addr
	o.fetch(t)
	o.holds(t, letters(1, 3)...)
}

func TestMailboxNoFolder(t *testing.T) {
	o := newOffice(t, memory(t, hooks{}).addr)
	o.Folder = "Không có"
	if _, err := o.Fetch(context.Background()); !errors.Is(err, collect.ErrNoFolder) || !strings.Contains(err.Error(), "Không có") {
		t.Errorf("got error %v, want %v with the name", err, collect.ErrNoFolder)
	}
}

func TestMailboxDiskFull(t *testing.T) {
	o := newOffice(t, "127.0.0.1:1")
	o.MinFree = 1 << 62
	if _, err := o.Fetch(context.Background()); !errors.Is(err, collect.ErrNoSpace) {
		t.Errorf("got error %v, want %v", err, collect.ErrNoSpace)
	}
}

// A mailbox restored from a backup gives the numbers that it had given once
// more.
func TestMailboxBackInTime(t *testing.T) {
	before, after := memory(t, hooks{}), memory(t, hooks{})
	before.admin(t).put("INBOX", letters(1, 5)...)
	after.admin(t).put("INBOX", letters(1, 2)...)
	o := newOffice(t, before.addr)
	o.fetch(t)
	o.Server = after.addr
	if got := o.fetch(t); got.Stored != 0 || len(got.Warnings) != 1 {
		t.Errorf("restored: got %+v, want a warning", got)
	}
	after.admin(t).put("INBOX", letter(6), letter(7))
	o.fetch(t)
	o.holds(t, letters(1, 7)...)
}

// A stored mail that somebody changed is written anew when it is met again.
func TestMailboxDamagedFile(t *testing.T) {
	s := memory(t, hooks{})
	a := s.admin(t)
	a.put("INBOX", letter(1))
	o := newOffice(t, s.addr)
	o.fetch(t)
	name := filepath.Join(o.Dir, sumOf([]byte(letter(1)))+".eml")
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte("cut"), 0o644); err != nil {
		t.Fatal(err)
	}
	a.put("INBOX", letter(1))
	o.fetch(t)
	o.holds(t, letter(1))
}
