package main

import (
	"net"
	"testing"

	"github.com/emersion/go-smtp"
)

// serveSMTP starts a mail server on loopback until the test ends.
func serveSMTP(t *testing.T, backend smtp.Backend) (addr string) {
	t.Helper()
	server := smtp.NewServer(backend)
	server.Domain, server.AllowInsecureAuth, server.ErrorLog = "mx.daknong.example", true, silentLog{}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(l) // it ends when it is closed
	}()
	t.Cleanup(func() {
		_ = server.Close()
		_ = l.Close()
		<-done
	})
	return l.Addr().String()
}

type silentLog struct{}

func (silentLog) Printf(string, ...any) {}
func (silentLog) Println(...any)        {}
