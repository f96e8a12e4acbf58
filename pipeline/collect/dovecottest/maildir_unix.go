//go:build unix

package dovecottest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// maildir is where the server keeps the INBOX of an account.
func (s *Server) maildir(account string) string { return filepath.Join(s.root, "mail", account) }

// Fill puts so many mails into the INBOX of an account that nobody has logged in
// to yet: far faster than a client could. Each arrived at its moment.
func (s *Server) Fill(t testing.TB, account string, many int, mail func(n int) (mail string, at time.Time)) {
	t.Helper()
	dir := s.maildir(account)
	for _, sub := range []string{"cur", "new", "tmp"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o700); err != nil {
			t.Fatal(err)
		}
		s.own(t, filepath.Join(dir, sub))
	}
	s.own(t, filepath.Dir(dir), dir)
	for n := range many {
		text, at := mail(n)
		name := filepath.Join(dir, "cur", fmt.Sprintf("%d.M%dP1.localhost,S=%d:2,", at.Unix(), n, len(text)))
		err := os.WriteFile(name, []byte(text), 0o600)
		if err == nil {
			err = os.Chtimes(name, at, at)
		}
		if err != nil {
			t.Fatal(err)
		}
		s.own(t, name)
	}
}

// Renumber has the server forget the numbers of the messages in the INBOX of an
// account that nobody is logged in to, as after its files were moved: it gives
// it another UIDVALIDITY and numbers them anew.
func (s *Server) Renumber(t testing.TB, account string) {
	t.Helper()
	dir := s.maildir(account)
	names, err := filepath.Glob(filepath.Join(dir, "dovecot*"))
	if err != nil || len(names) == 0 {
		t.Fatalf("files with numbers: got %q, %v, want some", names, err)
	}
	for _, name := range names {
		if strings.HasPrefix(filepath.Base(name), "dovecot-uidvalidity") {
			continue // from which it knows that the next one must be another
		}
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
}
