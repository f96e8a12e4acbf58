//go:build unix

package main

import (
	"bufio"
	"context"
	"io"
	"log"
	"net"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/spf13/cobra"
)

// TestCollectWatch runs collect --watch: a mail that comes while it idles is
// answered, also after the server has cut the connection; a polite signal ends
// it with nothing half done, while it idles and while it answers.
func TestCollectWatch(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	server := serveIdling(t)
	host := mailHost{server.Addr().String(), "secret"}
	mails := killMails(t, 3)
	s := newStory(t, host, mailUser, nil)
	s.mails = mails

	w := s.watch(ctx)
	server.awaitIdle(ctx, t)
	host.deliver(t, mailUser, mails[:1])
	w.await("1 letters sent")
	if got := s.sink.all(); got != 1 {
		t.Errorf("letters that the server took over: got %d, want 1", got)
	}

	server.awaitIdle(ctx, t)
	server.cut()
	host.deliver(t, mailUser, mails[1:2])
	w.await("1 letters sent")

	server.awaitIdle(ctx, t)
	w.terminate()
	w.ends()
	s.mails = mails[:2]
	s.checkMails()
	s.checkFiles()
	s.checkLetters(false)

	w = s.watch(ctx)
	server.awaitIdle(ctx, t)
	s.sink.Lock()
	s.sink.choose = func() fault {
		w.terminate()
		return faultNone
	}
	s.sink.Unlock()
	host.deliver(t, mailUser, mails[2:])
	w.ends()
	s.mails = mails
	s.checkMails()
	s.checkFiles()
	s.checkLetters(true)
	s.finish()
	s.later()
	s.checkMails()
	s.checkLetters(false)
}

// What waits to be sent does not wait for the next mail.
func TestCollectWatchTriesLettersAgain(t *testing.T) {
	s := newStory(t, mailHost{serveIdling(t).Addr().String(), "secret"}, mailUser, nil)
	ctx, cancel := context.WithCancel(t.Context())
	a := &app{stdout: io.Discard, stderr: io.Discard, now: time.Now, configFile: s.file("office/baocao.yaml")}
	p, done, err := a.open(ctx, needsStore)
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	cancel()
	cmd := new(cobra.Command)
	cmd.SetContext(ctx)
	if err := a.watch(cmd, p); err != nil {
		t.Error(err)
	}
	if got := p.Mailbox.IdleFor; got < time.Minute || got > 5*time.Minute {
		t.Errorf("the longest wait for new mail: got %v, want minutes, as between the first tries of a letter", got)
	}
}

// watching is a running baocao collect --watch.
type watching struct {
	s     *story
	cmd   *exec.Cmd
	lines *bufio.Scanner
}

// watch starts one, which the context kills.
func (s *story) watch(ctx context.Context) watching {
	s.t.Helper()
	said, err := os.Create(s.file("said"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer said.Close()
	cmd := exec.CommandContext(ctx, "baocao", "collect", "--watch")
	cmd.Dir, cmd.Stderr = s.file("office"), said
	cmd.Env = append(os.Environ(), "TMPDIR="+s.file("tmp"))
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return watching{s, cmd, bufio.NewScanner(out)}
}

// await reads what the program prints until a line holds the text.
func (w watching) await(text string) {
	w.s.t.Helper()
	for w.lines.Scan() {
		if strings.Contains(w.lines.Text(), text) {
			return
		}
	}
	said, _ := os.ReadFile(w.s.file("said"))
	w.s.t.Fatalf("it ended without a line with %q (%v)\n%s", text, w.lines.Err(), tail(said))
}

// terminate asks it to end.
func (w watching) terminate() {
	if err := w.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		w.s.t.Error(err)
	}
}

// ends makes sure that it ends, and as a program does that has done its work.
func (w watching) ends() {
	w.s.t.Helper()
	for w.lines.Scan() { // until it has closed its output
	}
	if err := w.cmd.Wait(); err != nil {
		said, _ := os.ReadFile(w.s.file("said"))
		w.s.t.Fatalf("after SIGTERM: %v\n%s", err, tail(said))
	}
}

// idling is a mail server in memory that says when a client begins to idle.
type idling struct {
	net.Listener
	began chan struct{} // holds a value for each IDLE that nobody awaited yet

	lock  sync.Mutex
	conns []net.Conn
}

func serveIdling(t *testing.T) *idling {
	t.Helper()
	user := imapmemserver.NewUser(mailUser, "secret")
	if err := user.Create("INBOX", nil); err != nil {
		t.Fatal(err)
	}
	memory := imapmemserver.New()
	memory.AddUser(user)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	i := &idling{Listener: l, began: make(chan struct{}, 100)}
	server := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return idlingSession{memory.NewSession().(imapserver.SessionIMAP4rev2), i}, nil, nil
		},
		Caps:         imap.CapSet{imap.CapIMAP4rev1: {}, imap.CapIdle: {}},
		InsecureAuth: true,
		Logger:       log.New(io.Discard, "", 0),
	})
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(i) // it ends when it is closed
	}()
	t.Cleanup(func() {
		_ = server.Close()
		<-done
	})
	return i
}

func (i *idling) Accept() (net.Conn, error) {
	c, err := i.Listener.Accept()
	if err == nil {
		i.lock.Lock()
		i.conns = append(i.conns, c)
		i.lock.Unlock()
	}
	return c, err
}

// cut closes every connection without a word.
func (i *idling) cut() {
	i.lock.Lock()
	defer i.lock.Unlock()
	for _, c := range i.conns {
		c.Close()
	}
	i.conns = nil
}

// awaitIdle waits until a client begins to idle.
func (i *idling) awaitIdle(ctx context.Context, t *testing.T) {
	t.Helper()
	select {
	case <-i.began:
	case <-ctx.Done():
		t.Fatal("nobody idles")
	}
}

type idlingSession struct {
	imapserver.SessionIMAP4rev2
	server *idling
}

func (s idlingSession) Idle(w *imapserver.UpdateWriter, stop <-chan struct{}) error {
	s.server.began <- struct{}{}
	return s.SessionIMAP4rev2.Idle(w, stop)
}
