package main

import (
	"io"
	"log"
	"net"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/rogpeppe/go-internal/testscript"
)

// mailUser is the user of the scripts' mail server, with the password "secret".
const mailUser = "baocao@daknong.example"

// mailServers are the running ones, by the folder of their script.
var mailServers sync.Map

// mailServer starts a real mail server in memory for the script, and writes its
// address into a configuration in place of $IMAP: mailserver FILE.
func mailServer(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: mailserver FILE")
	}
	config, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	user, addr, stop, err := startMail()
	ts.Check(err)
	ts.Defer(func() {
		stop()
		mailServers.Delete(ts.MkAbs("."))
	})
	expanded := strings.ReplaceAll(string(config), "$IMAP", addr.String())
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(expanded), 0o644))
	mailServers.Store(ts.MkAbs("."), user)
}

// startMail starts a mail server with one user.
func startMail() (user *imapmemserver.User, addr net.Addr, stop func(), err error) {
	user = imapmemserver.NewUser(mailUser, "secret")
	if err := user.Create("INBOX", nil); err != nil {
		return nil, nil, nil, err
	}
	memory := imapmemserver.New()
	memory.AddUser(user)
	s := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return memory.NewSession(), nil, nil
		},
		Caps:         imap.CapSet{imap.CapIMAP4rev1: {}},
		InsecureAuth: true,
		Logger:       log.New(io.Discard, "", 0),
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, nil, nil, err
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = s.Serve(l)
	}()
	return user, l.Addr(), func() {
		_ = s.Close()
		<-done
	}, nil
}

// mailIn delivers a file as a message: mailin FILE TIME.
func mailIn(ts *testscript.TestScript, neg bool, args []string) {
	user, ok := mailServers.Load(ts.MkAbs("."))
	if neg || len(args) != 2 || !ok {
		ts.Fatalf("usage: mailserver, and then mailin FILE TIME")
	}
	at, err := time.Parse(time.RFC3339, args[1])
	ts.Check(err)
	data, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	message := literal{strings.NewReader(strings.ReplaceAll(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n", "\r\n"))}
	_, err = user.(*imapmemserver.User).Append("INBOX", message, &imap.AppendOptions{Time: at})
	ts.Check(err)
}

// literal is a message as an IMAP server takes it.
type literal struct{ *strings.Reader }
