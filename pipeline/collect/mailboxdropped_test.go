package collect_test

import (
	"context"
	"fmt"
	"net"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// mutable is the server's end of a connection, whose words can be lost on the
// way.
type mutable struct {
	net.Conn
	mute atomic.Bool
}

func (m *mutable) Write(p []byte) (int, error) {
	if m.mute.Load() {
		return len(p), nil
	}
	return m.Conn.Write(p)
}

// A connection that breaks while nothing is to be done is made again, and what
// came meanwhile is fetched.
func TestMailboxWatchDropped(t *testing.T) {
	for _, c := range []struct {
		name  string
		drop  func(*mutable)
		after time.Duration
	}{
		{"closed", func(m *mutable) { m.Close() }, 3750 * time.Millisecond},
		{"BYE", func(m *mutable) {
			fmt.Fprint(m.Conn, "* BYE the server goes down\r\n")
			m.Close()
		}, 3750 * time.Millisecond},
		// A firewall forgets the connection, and neither end is told.
		{"lost without a word", func(m *mutable) { m.mute.Store(true) }, 24*time.Minute + 30*time.Second + 3750*time.Millisecond},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := newPipes()
				s := memory(t, hooks{listener: p})
				s.dial = p.dial
				a := s.admin(t)
				a.put("INBOX", letter(1))
				o := patient(t, p)
				o.Rand = func() float64 { return 0.5 }
				var ends []*mutable
				o.Dial = func(context.Context, string, string) (net.Conn, error) {
					near, far := net.Pipe()
					end := &mutable{Conn: far}
					ends = append(ends, end)
					p.conns <- end
					return near, nil
				}
				w := o.watch()
				if got := <-w.looks; got.Stored != 1 {
					t.Errorf("first look: got %+v, want 1 stored", got)
				}
				synctest.Wait()
				begin := time.Now()
				c.drop(ends[0])
				a.put("INBOX", letter(2))
				if got := <-w.looks; got.Stored != 1 || time.Since(begin) != c.after {
					t.Errorf("after it broke: got %+v after %v, want 1 stored after %v", got, time.Since(begin), c.after)
				}
				synctest.Wait()
				begin = time.Now()
				a.put("INBOX", letter(3)) // and it watches as before
				if got := <-w.looks; got.Stored != 1 || time.Since(begin) != time.Second {
					t.Errorf("then: got %+v after %v, want 1 stored after 1s", got, time.Since(begin))
				}
				synctest.Wait()
				w.stop()
				if err := <-w.ended; err != nil {
					t.Errorf("end: got error %v, want none", err)
				}
				if len(ends) != 2 {
					t.Errorf("connections: got %d, want 2", len(ends))
				}
				o.holds(t, letters(1, 3)...)
				a.Close()
				ends[0].Close()
			})
		})
	}
}
