package collect_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"baocao/pipeline/collect"
)

// pipes is a listener whose connections are pipes, for which the clock of a
// synctest bubble holds.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
}

func newPipes() *pipes { return &pipes{make(chan net.Conn), make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	select {
	case <-p.closed:
	default:
		close(p.closed)
	}
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 143} }

func (p *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	near, far := net.Pipe()
	select {
	case p.conns <- far:
		return near, nil
	case <-p.closed:
		return nil, errors.New("connection refused")
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// patient is an office with the waits that a mailbox has by itself.
func patient(t *testing.T, p *pipes) *office {
	o := newOffice(t, "127.0.0.1")
	o.Dial, o.Response = p.dial, 0
	return o
}

// No silence and no slowness lasts longer than it may, and what it cost is told.
func TestMailboxWaits(t *testing.T) {
	drip := func(w io.Writer, command string) (bool, bool) {
		fmt.Fprintf(w, "* 1 FETCH (UID 1 BODY[] {100000}\r\n")
		for {
			if _, err := io.WriteString(w, "x"); err != nil {
				return true, false
			}
			time.Sleep(time.Second)
		}
	}
	silent := func(io.Writer, string) (bool, bool) { return true, true }
	for _, c := range []struct {
		name   string
		at     string
		does   func(w io.Writer, command string) (bool, bool)
		want   string // in the error; empty: none
		after  time.Duration
		failed int
	}{
		{"no greeting", "GREETING", silent, "silent for 30s", 30 * time.Second, 0},
		{"no login", "AUTHENTICATE", silent, "silent for 30s", 30 * time.Second, 0},
		{"no folder", "SELECT", silent, "silent for 30s", 30 * time.Second, 0},
		{"no search", "UID SEARCH", silent, "silent for 30s", 30 * time.Second, 0},
		{"no message", "BODY.PEEK[]", silent, "", 30 * time.Second, 1},
		{"no list", "RFC822.SIZE", silent, "", 30 * time.Second, 1},
		{"half a message", "BODY.PEEK[]", func(w io.Writer, _ string) (bool, bool) {
			fmt.Fprintf(w, "* 1 FETCH (UID 1 BODY[] {100000}\r\nhalf")
			return true, true
		}, "", 30 * time.Second, 1},
		{"drips", "BODY.PEEK[]", drip, "", 5 * time.Minute, 1},
		{"no logout", "LOGOUT", silent, "", 30 * time.Second, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := newPipes()
				fake(t, p, func(w io.Writer, _, command string) (bool, bool) {
					if !strings.Contains(command, c.at) {
						return false, true
					}
					return c.does(w, command)
				}, letter(1))
				o := patient(t, p)
				begin := time.Now()
				got, err := o.Fetch(context.Background())
				if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
					t.Errorf("got error %v, want one with %q", err, c.want)
				}
				if took := time.Since(begin); took != c.after {
					t.Errorf("it took %v, want %v", took, c.after)
				}
				if got.Failed != c.failed {
					t.Errorf("got %+v, want %d failed", got, c.failed)
				}
				p.Close()
			})
		})
	}
}

// A run ends when its time is over, with what it has.
func TestMailboxRunTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPipes()
		fake(t, p, func(w io.Writer, _, command string) (bool, bool) {
			if !strings.Contains(command, "BODY.PEEK[]") {
				return false, true
			}
			for n := 1; ; n++ { // each message comes, but slowly
				time.Sleep(26 * time.Second)
				mail := letter(n)
				if _, err := fmt.Fprintf(w, "* %d FETCH (UID %d BODY[] {%d}\r\n%s)\r\n", n, n, len(mail), mail); err != nil {
					return true, false
				}
			}
		}, letters(1, 99)...)
		o := patient(t, p)
		begin := time.Now()
		got, err := o.Fetch(context.Background())
		if took := time.Since(begin); err == nil || !strings.Contains(err.Error(), "time for one run") || took != 15*time.Minute {
			t.Errorf("got error %v after %v, want one about the time after 15m", err, took)
		}
		if got.Stored != 34 {
			t.Errorf("got %+v, want 34 stored", got)
		}
		o.holds(t, letters(1, 34)...)
		p.Close()
	})
}

// Cancelling ends a run at once.
func TestMailboxCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPipes()
		fake(t, p, func(_ io.Writer, _, command string) (bool, bool) { return strings.Contains(command, "SELECT"), true })
		o := patient(t, p)
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		begin := time.Now()
		if _, err := o.Fetch(ctx); !errors.Is(err, context.DeadlineExceeded) || time.Since(begin) != time.Second {
			t.Errorf("got error %v after %v, want %v after 1s", err, time.Since(begin), context.DeadlineExceeded)
		}
		p.Close()
	})
}

// watched is a Watch under way.
type watched struct {
	looks chan collect.Fetched
	errs  chan error
	ended chan error
	stop  context.CancelFunc
}

func (o *office) watch() watched {
	ctx, stop := context.WithCancel(context.Background())
	w := watched{make(chan collect.Fetched, 100), make(chan error, 100), make(chan error, 1), stop}
	go func() {
		w.ended <- o.Watch(ctx, func(_ context.Context, f collect.Fetched, err error) error {
			w.looks <- f
			w.errs <- err
			return nil
		})
	}()
	return w
}

// A new message is fetched a second after the server speaks of it; without any,
// the server is asked every 24 minutes; the end comes at once.
func TestMailboxWatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPipes()
		s := memory(t, hooks{listener: p})
		s.dial = p.dial
		o := patient(t, p)
		a := s.admin(t)
		a.put("INBOX", letter(1))
		w := o.watch()
		if got := <-w.looks; got.Stored != 1 {
			t.Errorf("first look: got %+v, want 1 stored", got)
		}
		synctest.Wait()
		a.put("INBOX", letter(2), letter(3))
		begin := time.Now()
		if got := <-w.looks; got.Stored != 2 || time.Since(begin) != time.Second {
			t.Errorf("new messages: got %+v after %v, want 2 stored after 1s", got, time.Since(begin))
		}
		a.Close()
		if got := <-w.looks; got.Stored != 0 || time.Since(begin) != 24*time.Minute+time.Second {
			t.Errorf("nothing new: got %+v after %v, want a look after 24m", got, time.Since(begin))
		}
		synctest.Wait()
		w.stop()
		if err := <-w.ended; err != nil {
			t.Errorf("end: got error %v, want none", err)
		}
		o.holds(t, letters(1, 3)...)
	})
}

// A server without IDLE is asked every five minutes.
func TestMailboxWatchPolls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPipes()
		fake(t, p, func(w io.Writer, tag, command string) (bool, bool) {
			if command != "GREETING" && command != "CAPABILITY" {
				return false, true
			}
			if tag == "*" {
				fmt.Fprint(w, "* OK ready\r\n")
				return true, true
			}
			fmt.Fprintf(w, "* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\n%s OK done\r\n", tag)
			return true, true
		})
		o := patient(t, p)
		w := o.watch()
		<-w.looks
		begin := time.Now()
		for range 3 {
			<-w.looks
		}
		if took := time.Since(begin); took != 15*time.Minute {
			t.Errorf("three more looks took %v, want 15m", took)
		}
		w.stop()
		if err := <-w.ended; err != nil {
			t.Errorf("end: got error %v, want none", err)
		}
		p.Close()
	})
}

// A server that is away is called again, ever more rarely, and found when it is
// back.
func TestMailboxWatchReconnects(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPipes()
		s := memory(t, hooks{listener: p})
		s.dial = p.dial
		o := patient(t, p)
		var away atomic.Bool
		away.Store(true)
		var calls []time.Duration
		begin := time.Now()
		o.Dial = func(ctx context.Context, network, addr string) (net.Conn, error) {
			if away.Load() {
				calls = append(calls, time.Since(begin).Truncate(time.Second))
				return nil, errors.New("no route to host")
			}
			return p.dial(ctx, network, addr)
		}
		o.Rand = func() float64 { return 0.5 }
		w := o.watch()
		for range 4 {
			<-w.looks
			if err := <-w.errs; err == nil {
				t.Error("got no error from a server that is away")
			}
		}
		synctest.Wait()
		away.Store(false)
		<-w.looks
		if err := <-w.errs; err != nil {
			t.Errorf("got error %v from a server that is back", err)
		}
		want := []time.Duration{0, 3 * time.Second, 11 * time.Second, 26 * time.Second}
		if fmt.Sprint(calls) != fmt.Sprint(want) {
			t.Errorf("calls after %v, want %v", calls, want)
		}
		w.stop()
		if err := <-w.ended; err != nil {
			t.Errorf("end: got error %v, want none", err)
		}
	})
}
