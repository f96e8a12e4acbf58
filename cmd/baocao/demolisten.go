package main

import (
	"net"
	"sync"
)

// loopback is a listener that only this computer reaches, on a port that the
// system chooses. It knows its connections, so that a server can be ended and
// waited for, whatever the server's library offers.
type loopback struct {
	net.Listener
	served chan struct{} // closed when the server has returned

	mu      sync.Mutex
	ended   bool
	open    map[*loopbackConn]bool
	running sync.WaitGroup // connections that the server has not closed yet
}

// serveLoopback lets serve have a new listener, until stop is called.
func serveLoopback(serve func(net.Listener) error) (*loopback, error) {
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	l := &loopback{Listener: inner, served: make(chan struct{}), open: map[*loopbackConn]bool{}}
	go func() {
		defer close(l.served)
		_ = serve(l) // it ends when the listener does
	}()
	return l, nil
}

// Accept is the next connection.
func (l *loopback) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended {
		_ = conn.Close()
		return nil, net.ErrClosed
	}
	c := &loopbackConn{Conn: conn, l: l}
	l.open[c] = true
	l.running.Add(1)
	return c, nil
}

// stop closes the port and cuts every connection, and returns when the server
// has let go of them.
func (l *loopback) stop() {
	_ = l.Listener.Close()
	l.mu.Lock()
	l.ended = true
	for c := range l.open {
		_ = c.Conn.Close()
	}
	l.mu.Unlock()
	<-l.served
	l.running.Wait()
}

// loopbackConn is a connection that tells when the server closes it.
type loopbackConn struct {
	net.Conn
	l    *loopback
	once sync.Once
}

// Close ends the connection.
func (c *loopbackConn) Close() error {
	err := c.Conn.Close()
	c.once.Do(func() {
		c.l.mu.Lock()
		delete(c.l.open, c)
		c.l.mu.Unlock()
		c.l.running.Done()
	})
	return err
}
