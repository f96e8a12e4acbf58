package collect_test

import (
	"net"
	"sync"
	"testing"
)

// proxy stands between program and server, and changes or cuts what they say.
// Its functions are given the number of the connection, from 0.
type proxy struct {
	l      net.Listener
	client func(n int, chunk []byte) []byte
	server func(n int, chunk []byte) (pass []byte, cut bool)
}

func newProxy(t testing.TB, addr string) *proxy {
	t.Helper()
	p := &proxy{l: listen(t)}
	var wg sync.WaitGroup
	t.Cleanup(func() {
		p.l.Close()
		wg.Wait()
	})
	wg.Go(func() {
		for n := 0; ; n++ {
			near, err := p.l.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", addr)
			if err != nil {
				near.Close()
				continue
			}
			wg.Go(func() { p.toServer(n, near, far) })
			wg.Go(func() { p.toClient(n, near, far) })
		}
	})
	return p
}

func (p *proxy) addr() string { return p.l.Addr().String() }

func (p *proxy) toServer(n int, near, far net.Conn) {
	defer far.Close()
	buf := make([]byte, 4096)
	for {
		k, err := near.Read(buf)
		if err != nil {
			return
		}
		chunk := buf[:k]
		if p.client != nil {
			chunk = p.client(n, chunk)
		}
		if _, err := far.Write(chunk); err != nil {
			return
		}
	}
}

func (p *proxy) toClient(n int, near, far net.Conn) {
	defer near.Close()
	defer far.Close()
	buf := make([]byte, 4096)
	for {
		k, err := far.Read(buf)
		if err != nil {
			return
		}
		chunk, cut := buf[:k], false
		if p.server != nil {
			chunk, cut = p.server(n, chunk)
		}
		if _, err := near.Write(chunk); err != nil || cut {
			return
		}
	}
}
