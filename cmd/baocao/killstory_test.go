//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"baocao/pipeline"
)

// mailHost is a mail server that has accounts with this password.
type mailHost struct {
	addr, password string
}

// deliver puts the mails into an account's INBOX, a minute apart.
func (h mailHost) deliver(t *testing.T, account string, mails []killMail) {
	t.Helper()
	c, err := imapclient.DialInsecure(h.addr, nil)
	if err == nil {
		defer c.Close()
		err = c.Login(account, h.password).Wait()
	}
	for n, m := range mails {
		if err != nil {
			break
		}
		at := time.Date(2018, 3, 14, 2, n, 0, 0, time.UTC)
		command := c.Append("INBOX", int64(len(m.raw)), &imap.AppendOptions{Time: at})
		if _, err = io.WriteString(command, m.raw); err == nil {
			if err = command.Close(); err == nil {
				_, err = command.Wait()
			}
		}
	}
	if err != nil {
		t.Fatalf("deliver to %s: %v", account, err)
	}
}

// story is an office whose program is killed again and again.
type story struct {
	t     *testing.T
	dir   string
	mails []killMail
	sink  *letterSink

	lock    sync.Mutex
	running *os.Process // nil: none
	stages  map[string]int
	starts  int
	alive   []*os.File // each at its end when a program and all that it started have ended
}

// newStory sets up an office whose mailbox holds the mails.
func newStory(t *testing.T, host mailHost, account string, mails []killMail) *story {
	t.Helper()
	s := &story{t: t, dir: t.TempDir(), mails: mails, sink: newLetterSink(), stages: map[string]int{}}
	host.deliver(t, account, mails)
	s.sink.kill = s.kill
	s.sink.dieNext = func() {
		if err := os.WriteFile(s.file("die"), nil, 0o644); err != nil {
			t.Error(err)
		}
	}
	config := fmt.Sprintf(`office: daknong
mailbox: {server: %q, security: plain, user: %s, password_file: password}
smtp: {server: %q, security: plain, from: "So Noi vu <cchc@daknong.example>", answer_days: 36500, per_run: 10000, per_minute: 10000, per_hour: 10000, per_day: 10000}
`, host.addr, account, serveSMTP(t, s.sink))
	for name, data := range map[string]string{"office/baocao.yaml": config, "office/password": host.password, "office/inbox/mail/README": "", "tmp/README": ""} {
		if err := os.MkdirAll(filepath.Dir(s.file(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(s.file(name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func (s *story) file(name string) string { return filepath.Join(s.dir, filepath.FromSlash(name)) }

// kill ends the program that is running, if there is one.
func (s *story) kill() {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.running != nil {
		_ = s.running.Kill() // it may have ended
	}
}

// ending is when a program is killed.
type ending struct {
	after time.Duration // at this moment; 0: never
	step  string        // before this step, see [dieAt]; empty: at none
}

// run runs a command of the program, and reports whether it was killed. If it
// was not, it must have succeeded.
func (s *story) run(verb string, e ending) (killed bool) {
	s.t.Helper()
	_ = os.Remove(s.file("die"))
	_ = os.Remove(s.file("steps"))
	said, err := os.Create(s.file("said"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer said.Close()
	cmd := exec.Command("baocao", verb)
	cmd.Dir = s.file("office")
	cmd.Stdout, cmd.Stderr = said, said // a file: a grandchild that lives on does not keep Wait
	cmd.Env = append(os.Environ(), "TMPDIR="+s.file("tmp"),
		stepsFile+"="+s.file("steps"), dieWhen+"="+s.file("die"), dieAt+"="+e.step)
	alive, held, err := os.Pipe()
	if err != nil {
		s.t.Fatal(err)
	}
	s.alive = append(s.alive, alive)
	cmd.ExtraFiles = []*os.File{held} // which what it starts holds as well
	err = cmd.Start()
	held.Close()
	if err != nil {
		s.t.Fatal(err)
	}
	s.lock.Lock()
	s.running = cmd.Process
	s.lock.Unlock()
	if e.after > 0 {
		timer := time.AfterFunc(e.after, s.kill)
		defer timer.Stop()
	}
	err = cmd.Wait()
	s.lock.Lock()
	s.running = nil
	s.lock.Unlock()
	s.starts++
	if killed = cmd.ProcessState.ExitCode() == -1; killed {
		s.stages[verb+", after "+lastLine(s.file("steps"))]++
		return true
	}
	if err != nil {
		text, _ := os.ReadFile(s.file("said"))
		s.t.Fatalf("baocao %s: %v\n%s", verb, err, tail(text))
	}
	return false
}

// steps are those of the last run.
func (s *story) steps() []string {
	data, err := os.ReadFile(s.file("steps"))
	if err != nil {
		s.t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
}

func lastLine(file string) string {
	data, _ := os.ReadFile(file)
	if len(data) == 0 {
		return "the start"
	}
	lines := bytes.Split(bytes.TrimSuffix(data, []byte("\n")), []byte("\n"))
	return string(lines[len(lines)-1])
}

func tail(b []byte) []byte { return b[max(0, len(b)-3000):] }

// finish runs the program without kills and without faults of the servers.
func (s *story) finish() {
	s.t.Helper()
	s.sink.Lock()
	s.sink.choose = nil
	s.sink.Unlock()
	for _, verb := range []string{"collect", "deliver"} {
		if s.run(verb, ending{}) {
			s.t.Fatalf("baocao %s was killed by somebody else", verb)
		}
	}
	s.waitForAll()
}

// waitForAll waits until also those have ended that killed programs had started.
func (s *story) waitForAll() {
	for _, alive := range s.alive {
		_, _ = io.Copy(io.Discard, alive) // nothing is ever written
		alive.Close()
	}
	s.alive = nil
}

// later delivers as if hours had passed, until nothing waits.
func (s *story) later() {
	s.t.Helper()
	var said bytes.Buffer
	a := &app{stdout: &said, stderr: &said, now: time.Now, configFile: s.file("office/baocao.yaml")}
	p, done, err := a.open(s.t.Context(), needsStore)
	if err != nil {
		s.t.Fatal(err)
	}
	defer done()
	for hours := range 100 {
		p.Now = func() time.Time { return time.Now().Add(time.Duration(hours+1) * 13 * time.Hour) }
		d, err := p.Deliver(context.Background(), pipeline.DeliverOptions{})
		if err != nil {
			s.t.Fatalf("deliver later: %v\n%s", err, tail(said.Bytes()))
		}
		if d.Waiting == 0 {
			return
		}
	}
	s.t.Error("letters wait for ever")
}
