package collect

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"time"
)

// guard stands between the network and package imapclient, which waits for ever
// and reads as much as it is sent. It works above TLS, on what the server says.
//
// Its own error, which says what happened, is kept in fault; imapclient's is
// often only the consequence.
type guard struct {
	net.Conn // encrypted, unless the server is this computer
	raw      net.Conn
	greeting io.Reader // read before the connection: see [Mailbox.secure]; may be nil

	response, whole time.Duration

	mu      sync.Mutex
	waiting bool // for an answer; else any silence is fine
	end     time.Time
	left    int64 // bytes that may still come
	lines   lineScanner
	fault   error
}

// most is the bytes that one answer may have, besides messages; and what a
// server may say unasked.
const most = 16 << 20

// expect begins the wait for an answer of at most that many bytes.
func (g *guard) expect(bytes int64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.waiting, g.left, g.end = true, bytes, time.Now().Add(g.whole)
	// A read that is under way, without a deadline, gets one.
	_ = g.Conn.SetReadDeadline(g.deadline())
}

// rest ends it.
func (g *guard) rest() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.waiting, g.left = false, most
	_ = g.Conn.SetReadDeadline(time.Time{})
}

// deadline is that of the next read.
func (g *guard) deadline() time.Time {
	if !g.waiting {
		return time.Time{}
	}
	if d := time.Now().Add(g.response); d.Before(g.end) {
		return d
	}
	return g.end
}

// errSilent says that an answer did not come.
var errSilent = errors.New("the server was silent")

// Read reads what the server says, until something is wrong with it.
func (g *guard) Read(p []byte) (int, error) {
	if g.greeting != nil {
		if n, _ := g.greeting.Read(p); n > 0 {
			return n, nil
		}
		g.greeting = nil
	}
	g.mu.Lock()
	if g.fault != nil {
		defer g.mu.Unlock()
		return 0, g.fault
	}
	_ = g.Conn.SetReadDeadline(g.deadline())
	g.mu.Unlock()

	n, err := g.Conn.Read(p)

	g.mu.Lock()
	defer g.mu.Unlock()
	g.left -= int64(n)
	switch bad := g.lines.scan(p[:n]); {
	case bad != nil:
		g.fault = bad
	case g.left < 0:
		g.fault = errors.New("the server sends far more than it was asked for")
	case err == nil:
		return n, nil
	case errors.Is(err, os.ErrDeadlineExceeded) && !time.Now().Before(g.end):
		g.fault = fmt.Errorf("the server needed more than %v", g.whole)
	case errors.Is(err, os.ErrDeadlineExceeded):
		g.fault = fmt.Errorf("%w for %v", errSilent, g.response)
	case errors.Is(err, io.EOF):
		g.fault = errors.New("the server closed the connection")
		return n, err // the end of the last line, for imapclient
	default:
		g.fault = err
	}
	return 0, g.fault
}

// Write sends, with the same patience.
func (g *guard) Write(p []byte) (int, error) {
	_ = g.Conn.SetWriteDeadline(time.Now().Add(g.response))
	n, err := g.Conn.Write(p)
	if err != nil {
		g.mu.Lock()
		defer g.mu.Unlock()
		if g.fault == nil {
			g.fault = fmt.Errorf("send: %w", err)
		}
	}
	return n, err
}

// Close cuts the connection, without a farewell that could block.
func (g *guard) Close() error { return g.raw.Close() }

// broken is why nothing more can come of the connection; nil while it works.
func (g *guard) broken() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.fault
}

// imapclient's own deadlines are too long, or none.

func (g *guard) SetDeadline(time.Time) error      { return nil }
func (g *guard) SetReadDeadline(time.Time) error  { return nil }
func (g *guard) SetWriteDeadline(time.Time) error { return nil }
