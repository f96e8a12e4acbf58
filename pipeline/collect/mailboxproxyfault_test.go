package collect_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"baocao/pipeline/collect"
	"baocao/pipeline/collect/dovecottest"
)

// faulty is what a proxy does with the first connection; it passes on what it
// has no function for.
type faulty struct {
	client func(chunk []byte) []byte
	server func(chunk []byte) (pass []byte, cut bool)
}

func silence([]byte) ([]byte, bool) { return nil, false }
func cutOff([]byte) ([]byte, bool)  { return nil, true }

func drip(chunk []byte) ([]byte, bool) {
	time.Sleep(200 * time.Millisecond)
	return chunk, false
}

// inMessage is the fault from the hundredth byte of the first message on.
func inMessage(fault func(chunk []byte) ([]byte, bool)) faulty {
	inside := false
	return faulty{server: func(chunk []byte) ([]byte, bool) {
		if inside {
			return fault(chunk)
		}
		_, after, found := bytes.Cut(chunk, []byte("BODY[] {"))
		if !found {
			return chunk, false
		}
		inside = true
		rest := after[min(100, len(after)):]
		pass, cut := fault(rest)
		return append(bytes.TrimSuffix(chunk, rest), pass...), cut
	}}
}

// bye is a server that goes down when it is asked for the messages.
func bye() faulty {
	return faulty{server: func(chunk []byte) ([]byte, bool) {
		if !bytes.Contains(chunk, []byte("BODY[] {")) {
			return chunk, false
		}
		return []byte("* BYE the server goes down\r\n"), true
	}}
}

// refused is a server that takes no password.
func refused() faulty {
	var tag atomic.Value
	return faulty{
		client: func(chunk []byte) []byte {
			if bytes.Contains(chunk, []byte("AUTHENTICATE")) {
				tag.Store(strings.Fields(string(chunk))[0])
				return fmt.Appendf(nil, "%s NOOP\r\n", tag.Load())
			}
			return chunk
		},
		server: func(chunk []byte) ([]byte, bool) {
			if tag.Load() != nil {
				return fmt.Appendf(nil, "%s NO [AUTHENTICATIONFAILED] go away\r\n", tag.Load()), false
			}
			return chunk, false
		},
	}
}

// Each fault of a connection ends in words that say what happened, and this run
// or the next fetches what it kept away: nothing is lost, nothing is stored
// twice.
func TestMailboxProxyFaults(t *testing.T) {
	ours, theirs := newAuthority(t), newAuthority(t)
	certFile, keyFile := pemFiles(t, ours.issue(t, "127.0.0.1", clock.AddDate(0, 1, 0)))
	d := dovecottest.New(t, dovecottest.Options{Password: mailPassword, CertFile: certFile, KeyFile: keyFile})
	mails := letters(1, 3)
	mails[0] += strings.Repeat(strings.Repeat("x", 74)+"\r\n", 800) // many reads
	for n, c := range []struct {
		name     string
		security collect.Security
		response time.Duration // default that of the tests
		whole    time.Duration // for one message; default that of the program
		fault    faulty
		want     string // in the error or the log
		fails    bool   // the whole run; else only the first message
	}{
		{"silent server", collect.Plain, 500 * time.Millisecond, 0, faulty{server: silence}, "the server was silent for 500ms", true},
		{"silent in a literal", collect.Plain, 2 * time.Second, 0, inMessage(silence), "the server was silent for 2s", false},
		{"cut in a literal", collect.Plain, 0, 0, inMessage(cutOff), "the server closed the connection", false},
		{"slow drip", collect.Plain, 0, 2 * time.Second, inMessage(drip), "the server needed more than 2s", false},
		{"BYE", collect.Plain, 0, 0, bye(), "the server closed the connection", false},
		{"login refused", collect.Plain, 0, 0, refused(), "the mail server refused the login", true},
		{"wrong certificate, TLS", collect.TLS, 0, 0, faulty{}, "signed by unknown authority", true},
		{"wrong certificate, STARTTLS", collect.StartTLS, 0, 0, faulty{}, "signed by unknown authority", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			account := fmt.Sprintf("fault-%d@daknong.example", n)
			d.Fill(t, account, len(mails), func(n int) (string, time.Time) { return mails[n], clock })
			addr := d.Addr
			if c.security == collect.TLS {
				addr = d.TLSAddr
			}
			o := newOffice(t, proxied(t, addr, c.fault))
			o.User, o.Security, o.RootCAs = account, c.security, ours.pool
			calm := o.Mailbox

			var said strings.Builder
			o.Log = slog.New(slog.NewTextHandler(&said, nil))
			o.PerMessage = c.whole
			if c.response > 0 {
				o.Response = c.response
			}
			if c.security != collect.Plain {
				o.RootCAs = theirs.pool
			}
			first, err := o.Fetch(context.Background())
			if text := fmt.Sprint(err, said.String()); !strings.Contains(text, c.want) || c.fails != (err != nil) {
				t.Errorf("got %+v and error %v, want %q in it or in the log\n%s", first, err, c.want, said.String())
			}
			if !c.fails && first.Stored < 2 {
				t.Errorf("got %+v, want the other two messages stored", first)
			}

			o.Mailbox = calm
			o.Now = later(o.Now, time.Hour)
			next := o.fetch(t)
			if first.Stored+next.Stored != len(mails) || next.Failed > 0 {
				t.Errorf("the next run: got %+v after %+v, want all %d stored once", next, first, len(mails))
			}
			o.holds(t, mails...)
		})
	}
}

// proxied is the address of a proxy before the server.
func proxied(t *testing.T, addr string, f faulty) string {
	t.Helper()
	p := newProxy(t, addr)
	p.client = func(n int, chunk []byte) []byte {
		if n == 0 && f.client != nil {
			return f.client(chunk)
		}
		return chunk
	}
	p.server = func(n int, chunk []byte) ([]byte, bool) {
		if n == 0 && f.server != nil {
			return f.server(chunk)
		}
		return chunk, false
	}
	return p.addr()
}
