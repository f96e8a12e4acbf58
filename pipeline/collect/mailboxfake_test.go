package collect_test

import (
	"bufio"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// script answers one command of a client, or the "GREETING", and says whether it
// did. Without goOn the connection is closed.
type script func(w io.Writer, tag, command string) (answered, goOn bool)

// fake serves connections as no real server would: what the script does not
// answer gets the answers of a folder with the given messages.
func fake(t testing.TB, l net.Listener, s script, mails ...string) server {
	t.Helper()
	var wg sync.WaitGroup
	t.Cleanup(func() {
		l.Close()
		wg.Wait()
	})
	wg.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			wg.Go(func() {
				defer c.Close()
				serve(c, s, mails)
			})
		}
	})
	return server{addr: l.Addr().String()}
}

func serve(c net.Conn, s script, mails []string) {
	lines := bufio.NewScanner(c)
	for tag, command := "*", "GREETING"; ; {
		answered, goOn := s(c, tag, command)
		if !goOn || !answered && !answer(c, tag, command, mails) || !lines.Scan() {
			return
		}
		tag, command, _ = strings.Cut(lines.Text(), " ")
	}
}

func answer(w io.Writer, tag, command string, mails []string) bool {
	var b strings.Builder
	switch {
	case command == "GREETING":
		_, err := io.WriteString(w, "* OK [CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN SASL-IR] ready\r\n")
		return err == nil
	case strings.HasPrefix(command, "CAPABILITY"):
		b.WriteString("* CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN SASL-IR\r\n")
	case strings.HasPrefix(command, "SELECT"), strings.HasPrefix(command, "EXAMINE"):
		fmt.Fprintf(&b, "* %d EXISTS\r\n* OK [UIDVALIDITY 7] is\r\n* OK [UIDNEXT %d] is\r\n* OK [PERMANENTFLAGS ()] none\r\n", len(mails), len(mails)+1)
	case strings.HasPrefix(command, "UID SEARCH"):
		b.WriteString("* SEARCH")
		for n := range mails {
			fmt.Fprintf(&b, " %d", n+1)
		}
		b.WriteString("\r\n")
	case strings.Contains(command, "RFC822.SIZE"):
		for n, m := range mails {
			fmt.Fprintf(&b, "* %d FETCH (UID %d RFC822.SIZE %d INTERNALDATE \"16-Mar-2018 08:00:00 +0000\")\r\n", n+1, n+1, len(m))
		}
	case strings.Contains(command, "BODY.PEEK[]"):
		for n, m := range mails {
			fmt.Fprintf(&b, "* %d FETCH (UID %d BODY[] {%d}\r\n%s)\r\n", n+1, n+1, len(m), m)
		}
	}
	fmt.Fprintf(&b, "%s OK done\r\n", tag)
	_, err := io.WriteString(w, b.String())
	return err == nil
}

// Whatever a server says instead of IMAP ends in an error or is passed over; no
// wait, no panic, no memory.
func TestMailboxMalformed(t *testing.T) {
	const search, list, body = "UID SEARCH", "RFC822.SIZE", "BODY.PEEK[]"
	deep := strings.Repeat("(", 100_000)
	for _, c := range []struct{ at, says string }{
		{"GREETING", "* 5 OK\r\n"},
		{"GREETING", "HTTP/1.1 400 Bad Request\r\n\r\n"},
		{"GREETING", "\x00\x01\x02\r\n"},
		{"GREETING", "* BYE no\r\n"},
		{"GREETING", strings.Repeat("x", 20<<20)},
		{"SELECT", "* OK [UIDVALIDITY 99999999999] is\r\n{tag} OK done\r\n"},
		{"SELECT", "{tag} OK no UIDVALIDITY\r\n"},
		{"SELECT", "T99 OK done\r\n"},
		{"SELECT", "* FLAGS " + deep + "\r\n"},
		{"SELECT", "* LIST () \"/\" {99999999999999999999}\r\n"},
		{search, "* SEARCH -1\r\n{tag} OK done\r\n"},
		{search, "* SEARCH 1 2 \x00\r\n{tag} OK done\r\n"},
		{search, "* ESEARCH (TAG \"{tag}\") UID ALL 1:4294967295\r\n{tag} OK done\r\n"},
		{search, "* SEARCH " + strings.Repeat("4294967295 ", 1<<20) + "\r\n{tag} OK done\r\n"},
		{list, "* 1 FETCH (UID 1 BODYSTRUCTURE " + deep + "\r\n"},
		{list, "* 1 OK {9999999}\r\n* 1 FETCH (UID 1 BODYSTRUCTURE " + deep + "\r\n"},
		{list, "* 1 FETCH (UID 1 ENVELOPE (\"a\r\n"},
		{list, "* 1 FETCH (UID 1 RFC822.SIZE -7)\r\n{tag} OK done\r\n"},
		{list, "* 1 FETCH (UID 1 ENVELOPE (NIL {1000000000000}\r\n" + strings.Repeat("x", 20<<20)},
		{list, "* 4294967295 EXPUNGE\r\n* 0 FETCH (UID 0)\r\n{tag} OK done\r\n"},
		{body, "* 1 FETCH (UID 1 BODY[] {-5}\r\n)\r\n{tag} OK done\r\n"},
		{body, "* 1 FETCH (UID 1 BODY[] {1099511627776}\r\n" + strings.Repeat("x", 1<<20)},
		{body, "* 1 FETCH (UID 1 BODY[] NIL)\r\n{tag} OK done\r\n"},
		{body, "* 1 FETCH (UID 1 BODY[] \"\")\r\n{tag} NO partly\r\n"},
		{body, "* 1 FETCH (BODY[] {3}\r\nabc)\r\n{tag} OK done\r\n"},
		{body, "* 9 FETCH (UID 9 BODY[] {3}\r\nabc)\r\n{tag} BAD no\r\n"},
	} {
		t.Run(fmt.Sprintf("%s %.40q", c.at, c.says), func(t *testing.T) {
			reached := false
			s := fake(t, listen(t), func(w io.Writer, tag, command string) (bool, bool) {
				if !strings.Contains(command, c.at) {
					return false, true
				}
				reached = true
				_, err := io.WriteString(w, strings.ReplaceAll(c.says, "{tag}", tag))
				// A real server would go on; here nothing more comes.
				return true, err == nil && strings.Contains(c.says, "{tag}")
			}, letter(1))
			o := newOffice(t, s.addr)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			got, err := o.Fetch(context.Background())
			runtime.ReadMemStats(&after)
			if !reached {
				t.Fatalf("the answer was not asked for: %v", err)
			}
			if got.Stored > 0 || len(o.mails(t)) > 0 {
				t.Errorf("got %+v, want nothing stored", got)
			}
			if err == nil && got.Failed == 0 && !strings.Contains(c.says, "EXPUNGE") {
				t.Errorf("got no error and %+v, want a word of it", got)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 200<<20 {
				t.Errorf("allocated %d MB", used>>20)
			}
		})
	}
}

// A message of which the server says that it is endless is set aside unread.
func TestMailboxEndlessMessage(t *testing.T) {
	s := fake(t, listen(t), func(w io.Writer, tag, command string) (bool, bool) {
		if !strings.Contains(command, "BODY.PEEK[]") || !strings.Contains(command, "FETCH 1") {
			return false, true
		}
		fmt.Fprint(w, "* 1 FETCH (UID 1 BODY[] {1099511627776}\r\n")
		for n, err := 0, error(nil); err == nil && n < 1<<10; n++ { // a gigabyte, if it is taken
			_, err = w.Write(make([]byte, 1<<20))
		}
		return true, false
	}, letter(1), letter(2))
	o := newOffice(t, s.addr)
	if got := o.fetch(t); got.Stored != 1 || got.Failed != 1 {
		t.Errorf("got %+v, want the other message stored", got)
	}
	o.holds(t, letter(2))
	rows, err := o.store.AttentionMail(context.Background(), o.Place(), 10)
	if err != nil || len(rows) != 1 || !strings.Contains(rows[0].Problem, "1099511627776 bytes") {
		t.Errorf("needs attention: got %+v and error %v, want the endless one", rows, err)
	}
}

// XOAUTH2 sends the token, in one attempt, and tells of a refusal.
func TestMailboxOAuth(t *testing.T) {
	for _, c := range []struct {
		name, caps string
		accept     bool
		want       string
	}{
		{"accepted", "IMAP4rev1 AUTH=XOAUTH2 SASL-IR", true, ""},
		{"without SASL-IR", "IMAP4rev1 AUTH=XOAUTH2", true, ""},
		{"refused", "IMAP4rev1 AUTH=XOAUTH2 SASL-IR", false, "refused the login"},
		{"not offered", "IMAP4rev1 AUTH=PLAIN", true, "no XOAUTH2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := base64.StdEncoding.EncodeToString([]byte("user=" + mailUser + "\x01auth=Bearer " + mailPassword + "\x01\x01"))
			logins, pending := 0, ""
			finish := func(w io.Writer, tag, given string) {
				logins++
				if given != want {
					t.Errorf("token: got %q, want %q", given, want)
				}
				if !c.accept {
					pending = "no " + tag
					fmt.Fprintf(w, "+ %s\r\n", base64.StdEncoding.EncodeToString([]byte(`{"status":"401"}`)))
					return
				}
				fmt.Fprintf(w, "%s OK in\r\n", tag)
			}
			s := fake(t, listen(t), func(w io.Writer, tag, command string) (bool, bool) {
				given, inline := strings.CutPrefix(command, "AUTHENTICATE XOAUTH2 ")
				waiting, refused := strings.CutPrefix(pending, "no ")
				switch {
				case command == "GREETING":
					fmt.Fprintf(w, "* OK [CAPABILITY %s] ready\r\n", c.caps)
				case refused:
					fmt.Fprintf(w, "%s NO [AUTHENTICATIONFAILED] expired\r\n", waiting)
					return true, false
				case pending != "":
					waiting, pending = pending, ""
					finish(w, waiting, tag) // the line holds only the token
				case inline:
					finish(w, tag, given)
				case command == "AUTHENTICATE XOAUTH2":
					pending = tag
					fmt.Fprint(w, "+ \r\n")
				default:
					return false, true
				}
				return true, true
			})
			o := newOffice(t, s.addr)
			o.OAuth = true
			_, err := o.Fetch(context.Background())
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("got error %v, want one with %q", err, c.want)
			}
			if c.want == "no XOAUTH2" && logins > 0 || logins > 1 {
				t.Errorf("got %d logins", logins)
			}
		})
	}
}
