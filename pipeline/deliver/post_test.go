package deliver_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"baocao/pipeline/deliver"
)

const (
	from = "snv@daknong.example"
	to   = "stp@daknong.example"
	mb   = "Subject: a\r\n\r\nmột\r\n.\r\n..hai\r\n"
)

func plainPost(port int) deliver.Post {
	return deliver.Post{Host: "127.0.0.1", Port: port, TLS: deliver.Plain, Step: 2 * time.Second, Final: 2 * time.Second}
}

func open(t *testing.T, p deliver.Post) *deliver.Session {
	t.Helper()
	s, err := p.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func nothing() error { return nil }

func answer(code int, text string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 0, 0}, Message: text}
}

// What the server says decides what becomes of the letter, and no answer after
// the last byte is not the same as none before it.
func TestOutcomes(t *testing.T) {
	for _, c := range []struct {
		name   string
		sink   *sink
		want   deliver.Result
		said   string
		ended  bool
		broken bool
		got    int
	}{
		{"taken", &sink{}, deliver.Taken, "250", true, false, 1},
		{"no such user", &sink{rcptErr: answer(550, "no such user")}, deliver.Refused, "550", false, false, 0},
		{"busy", &sink{rcptErr: answer(451, "try later")}, deliver.Later, "451", false, false, 0},
		{"shutting down", &sink{rcptErr: answer(421, "bye")}, deliver.Later, "421", false, true, 0},
		{"too large", &sink{mailErr: answer(552, "too large")}, deliver.Refused, "552", false, false, 0},
		{"not now", &sink{mailErr: answer(451, "later")}, deliver.Later, "451", false, false, 0},
		{"refused at the end", &sink{dataErr: answer(554, "spam")}, deliver.Refused, "554", true, false, 0},
		{"put off at the end", &sink{dataErr: answer(452, "disk full")}, deliver.Later, "452", true, false, 0},
		{"dropped after the end", &sink{drop: true}, deliver.Lost, "connection lost", true, true, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := open(t, plainPost(serve(t, c.sink, nil, false)))
			ended := false
			o, err := s.Send(t.Context(), from, to, []byte(mb), func() error { ended = true; return nil })
			if err != nil {
				t.Fatal(err)
			}
			if o.Result != c.want || !strings.Contains(o.Answer, c.said) || ended != c.ended || s.Broken() != c.broken {
				t.Errorf("got %v %q, ended %v, broken %v; want %v %q %v %v", o.Result, o.Answer, ended, s.Broken(), c.want, c.said, c.ended, c.broken)
			}
			if got := c.sink.letters(); len(got) != c.got {
				t.Errorf("the server has %d letters, want %d", len(got), c.got)
			}
		})
	}
}

// One connection serves many letters, also after one was refused, and the bytes
// arrive as they are.
func TestLettersShareAConnection(t *testing.T) {
	server := &sink{rcpt: map[string]error{"b@x.example": answer(550, "no")}}
	s := open(t, plainPost(serve(t, server, nil, false)))
	var results []deliver.Result
	for _, to := range []string{"a@x.example", "b@x.example", "c@x.example"} {
		o, err := s.Send(t.Context(), from, to, []byte(mb), nothing)
		if err != nil {
			t.Fatal(err)
		}
		results = append(results, o.Result)
	}
	if got, want := fmt.Sprint(results), fmt.Sprint([]deliver.Result{deliver.Taken, deliver.Refused, deliver.Taken}); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	got := server.letters()
	if len(got) != 2 || got[0] != (taken{from, "a@x.example", mb}) || got[1] != (taken{from, "c@x.example", mb}) {
		t.Errorf("got %+v", got)
	}
}

// A server that takes no letter of ours is nobody's fault.
func TestServerThatRefusesUs(t *testing.T) {
	server := &sink{mailErr: answer(530, "log in first")}
	s := open(t, plainPost(serve(t, server, nil, false)))
	if _, err := s.Send(t.Context(), from, to, []byte(mb), nothing); !errors.Is(err, deliver.ErrServer) {
		t.Errorf("got %v, want %v", err, deliver.ErrServer)
	}
}

// What cannot be recorded is not sent.
func TestNotRecordedNotSent(t *testing.T) {
	server := &sink{}
	s := open(t, plainPost(serve(t, server, nil, false)))
	full := errors.New("disk full")
	if _, err := s.Send(t.Context(), from, to, []byte(mb), func() error { return full }); !errors.Is(err, full) {
		t.Errorf("got %v, want %v", err, full)
	}
	if !s.Broken() || len(server.letters()) != 0 {
		t.Errorf("broken %v, sent %v", s.Broken(), server.letters())
	}
}

func TestServerThatThinksForEver(t *testing.T) {
	server := &sink{hang: make(chan struct{})}
	p := plainPost(serve(t, server, nil, false))
	t.Cleanup(func() { close(server.hang) })
	p.Final = 50 * time.Millisecond
	o, err := open(t, p).Send(t.Context(), from, to, []byte(mb), nothing)
	if err != nil || o != (deliver.Outcome{Result: deliver.Lost, Answer: "no answer in time"}) {
		t.Errorf("got %v %v", o, err)
	}
}

// A program that is stopped still waits a little for the answer to a letter
// that is out; before that it sends nothing more.
func TestStopped(t *testing.T) {
	server := &sink{}
	s := open(t, plainPost(serve(t, server, nil, false)))
	ctx, stop := context.WithCancel(t.Context())
	o, err := s.Send(ctx, from, to, []byte(mb), func() error { stop(); return nil })
	if err == nil && o.Result != deliver.Taken && o.Result != deliver.Lost {
		t.Errorf("got %v %v", o, err)
	}
	if _, err := s.Send(ctx, from, to, []byte(mb), nothing); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

func TestLogin(t *testing.T) {
	secret := func() (string, error) { return "bí mật", nil }
	for _, c := range []struct {
		name       string
		mechanisms []string
		auth       deliver.Auth
		user       string
		want       string
	}{
		{"plain", []string{"PLAIN", "LOGIN"}, deliver.Password, "snv", "PLAIN"},
		{"login", []string{"LOGIN"}, deliver.Password, "snv", "LOGIN"},
		{"xoauth2", []string{"XOAUTH2"}, deliver.XOAuth2, "snv", "XOAUTH2"},
		{"wrong", []string{"PLAIN"}, deliver.Password, "somebody", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := &sink{user: "snv", password: "bí mật", mechanisms: c.mechanisms}
			config, pool := certificate(t, "127.0.0.1", time.Now().Add(time.Hour))
			p := plainPost(serve(t, server, config, true))
			p.TLS, p.Roots, p.User, p.Secret, p.Auth = deliver.Implicit, pool, c.user, secret, c.auth
			s, err := p.Open(t.Context())
			if c.want == "" {
				if !errors.Is(err, deliver.ErrServer) || strings.Contains(err.Error(), "bí mật") {
					t.Errorf("got %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if o, err := s.Send(t.Context(), from, to, []byte(mb), nothing); err != nil || o.Result != deliver.Taken {
				t.Errorf("got %v %v", o, err)
			}
			if fmt.Sprint(server.heard) != "["+c.want+"]" {
				t.Errorf("logged in by %v, want %s", server.heard, c.want)
			}
		})
	}
}

// A connection that is not protected as configured is not used, and nothing is
// said on it.
func TestUnprotected(t *testing.T) {
	good, pool := certificate(t, "127.0.0.1", time.Now().Add(time.Hour))
	other, otherPool := certificate(t, "mail.example", time.Now().Add(time.Hour))
	old, oldPool := certificate(t, "127.0.0.1", time.Now().Add(-time.Hour))
	weak := good.Clone()
	weak.MaxVersion = tls.VersionTLS11
	for _, c := range []struct {
		name     string
		config   *tls.Config
		implicit bool
		change   func(*deliver.Post)
		ok       bool
	}{
		{"starttls", good, false, func(p *deliver.Post) { p.TLS, p.Roots = deliver.StartTLS, pool }, true},
		{"implicit", good, true, func(p *deliver.Post) { p.TLS, p.Roots = deliver.Implicit, pool }, true},
		{"starttls not offered", nil, false, func(p *deliver.Post) { p.TLS, p.Roots = deliver.StartTLS, pool }, false},
		{"unknown certificate", good, false, func(p *deliver.Post) { p.TLS = deliver.StartTLS }, false},
		{"wrong host", other, true, func(p *deliver.Post) { p.TLS, p.Roots = deliver.Implicit, otherPool }, false},
		{"expired", old, true, func(p *deliver.Post) { p.TLS, p.Roots = deliver.Implicit, oldPool }, false},
		{"TLS 1.1", weak, true, func(p *deliver.Post) { p.TLS, p.Roots = deliver.Implicit, pool }, false},
		{"plain server, TLS wanted", nil, false, func(p *deliver.Post) { p.TLS, p.Roots = deliver.Implicit, pool; p.Step = 200 * time.Millisecond }, false},
		{"plain elsewhere", nil, false, func(p *deliver.Post) { p.Host = "192.0.2.1" }, false},
		{"plain, name that means us", nil, false, func(p *deliver.Post) { p.Host = "localhost.example" }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := &sink{}
			p := plainPost(serve(t, server, c.config, c.implicit))
			c.change(&p)
			s, err := p.Open(t.Context())
			if c.ok {
				if err != nil {
					t.Fatal(err)
				}
				defer s.Close()
				if o, err := s.Send(t.Context(), from, to, []byte(mb), nothing); err != nil || o.Result != deliver.Taken {
					t.Errorf("got %v %v", o, err)
				}
				return
			}
			if !errors.Is(err, deliver.ErrServer) {
				t.Errorf("got %v, want %v", err, deliver.ErrServer)
			}
		})
	}
}

// scripted is a server that says its lines one by one after each command, and
// then nothing more.
func scripted(t *testing.T, lines ...string) (port int, heard func() string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan string, 1)
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			done <- ""
			return
		}
		var all strings.Builder
		r := bufio.NewReader(conn)
		for _, line := range lines {
			fmt.Fprint(conn, line)
			said, err := r.ReadString('\n')
			all.WriteString(said)
			if err != nil {
				break
			}
		}
		_, _ = r.WriteTo(&all) // until the client gives up
		_ = conn.Close()
		done <- all.String()
	}()
	t.Cleanup(func() { _ = listener.Close() })
	return listener.Addr().(*net.TCPAddr).Port, func() string { return <-done }
}

func TestServerThatMisbehaves(t *testing.T) {
	for name, lines := range map[string][]string{
		"silent":        {""},
		"not smtp":      {"SSH-2.0-OpenSSH\r\n"},
		"endless line":  {"220 " + strings.Repeat("a", 3<<20)},
		"refuses":       {"554 no\r\n"},
		"greets, no ok": {"220 mx\r\n", "500 what\r\n", "500 what\r\n"},
		"stops":         {"220 mx\r\n"},
	} {
		t.Run(name, func(t *testing.T) {
			port, heard := scripted(t, lines...)
			p := plainPost(port)
			p.Step = 100 * time.Millisecond
			if _, err := p.Open(t.Context()); !errors.Is(err, deliver.ErrServer) {
				t.Errorf("got %v, want %v", err, deliver.ErrServer)
			}
			heard()
		})
	}
}

// Without STARTTLS neither password nor letter goes out.
func TestNothingIsSaidOpenly(t *testing.T) {
	port, heard := scripted(t, "220 mx\r\n", "250-mx\r\n250 AUTH PLAIN LOGIN\r\n")
	p := plainPost(port)
	p.TLS, p.User, p.Secret = deliver.StartTLS, "snv", func() (string, error) { return "secret", nil }
	p.Step = 200 * time.Millisecond
	if _, err := p.Open(t.Context()); !errors.Is(err, deliver.ErrServer) {
		t.Errorf("got %v, want %v", err, deliver.ErrServer)
	}
	if said := heard(); strings.Contains(said, "AUTH") || strings.Contains(said, "MAIL") {
		t.Errorf("said openly: %q", said)
	}
}

// A server that never takes the body in does not hold the letters up.
func TestStalledTransfer(t *testing.T) {
	port, heard := scripted(t, "220 mx\r\n", "250 mx\r\n", "250 ok\r\n", "250 ok\r\n", "354 go\r\n")
	p := plainPost(port)
	p.Step, p.Final = 300*time.Millisecond, 300*time.Millisecond
	s := open(t, p)
	o, err := s.Send(t.Context(), from, to, []byte(strings.Repeat("a\r\n", 1<<20)), nothing)
	if err != nil || o.Result != deliver.Lost || !s.Broken() {
		t.Errorf("got %v %v, broken %v", o, err, s.Broken())
	}
	s.Close()
	heard()
}
