package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/deliver"
	"baocao/pipeline/store"
)

// mailServer is a mail server that keeps what it is given, and answers as told.
type mailServer struct {
	at func(point, to string) error // asked at "mail", "rcpt" and, with the letter taken, "dot"

	sync.Mutex
	got map[string][]string // letters by recipient
}

func (s *mailServer) NewSession(c *smtp.Conn) (smtp.Session, error) {
	return &mailSession{server: s, conn: c}, nil
}

func (s *mailServer) point(name, to string) error {
	if s.at == nil {
		return nil
	}
	return s.at(name, to)
}

// count is how many letters each address got.
func (s *mailServer) count() map[string]int {
	s.Lock()
	defer s.Unlock()
	n := map[string]int{}
	for to, all := range s.got {
		n[to] = len(all)
	}
	return n
}

type mailSession struct {
	server *mailServer
	conn   *smtp.Conn
	to     string
}

// errDrop asks the server to drop the connection.
var errDrop = errors.New("drop")

func (s *mailSession) Reset()        {}
func (s *mailSession) Logout() error { return nil }

func (s *mailSession) Mail(string, *smtp.MailOptions) error { return s.server.point("mail", "") }

func (s *mailSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	return s.server.point("rcpt", to)
}

func (s *mailSession) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.server.Lock()
	if s.server.got == nil {
		s.server.got = map[string][]string{}
	}
	s.server.got[s.to] = append(s.server.got[s.to], string(data))
	s.server.Unlock()
	err = s.server.point("dot", s.to)
	if errors.Is(err, errDrop) {
		s.conn.Conn().Close()
	}
	return err
}

// listen starts the server on loopback and points the office at it.
func (s *mailServer) listen(t testing.TB, o *testOffice) {
	t.Helper()
	server := smtp.NewServer(s)
	server.ErrorLog = quiet{}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(listener) // it ends when it is closed
	}()
	t.Cleanup(func() {
		_ = server.Close()
		_ = listener.Close() // which the server may not have heard of yet
		<-done
	})
	o.Outgoing.Post = deliver.Post{
		Host: "127.0.0.1", Port: listener.Addr().(*net.TCPAddr).Port, TLS: deliver.Plain, Step: 5 * time.Second,
	}
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

// senders are agencies that get a receipt in these tests.
var senders = []string{"stp@daknong.example", "stc@daknong.example", "syt@daknong.example", "sct@daknong.example", "sxd@daknong.example"}

// withReceipts is an office with one receipt for each sender in its outbox.
func withReceipts(t testing.TB) (*testOffice, *mailServer) {
	t.Helper()
	o, server := newOffice(t), &mailServer{}
	server.listen(t, o)
	for i, from := range senders {
		o.receive(t, fmt.Sprint(i), mailing{from: from, subject: "Báo cáo quý I", text: "Không có tệp.", at: noon.Add(time.Duration(i-60) * time.Minute)})
	}
	if a := o.answerAll(t); len(a.Queued) != len(senders) {
		t.Fatalf("got %+v", a)
	}
	return o, server
}

func (o *testOffice) deliverAll(t testing.TB) Delivered {
	t.Helper()
	d, err := o.Deliver(context.Background(), DeliverOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func each(n int) map[string]int {
	all := map[string]int{}
	for _, to := range senders {
		all[to] = n
	}
	return all
}

func TestDeliver(t *testing.T) {
	o, server := withReceipts(t)
	dry, err := o.Deliver(t.Context(), DeliverOptions{DryRun: true})
	if err != nil || len(dry.Letters) != len(senders) || dry.Waiting != len(senders) || len(server.count()) != 0 {
		t.Errorf("dry run: %+v %v, sent %v", dry, err, server.count())
	}
	d := o.deliverAll(t)
	if d.Sent != len(senders) || d.Waiting != 0 || len(d.Attention) != 0 {
		t.Errorf("got %+v", d)
	}
	if again := o.deliverAll(t); again.Sent != 0 {
		t.Errorf("again: %+v", again)
	}
	if diff := cmp.Diff(each(1), server.count()); diff != "" {
		t.Errorf("letters (-want +got):\n%s", diff)
	}
	if left, err := filepath.Glob(filepath.Join(o.Store.Outbox(), ".*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func said(code int) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 1, 1}, Message: "as told"}
}

// What happens to one recipient is no matter of the others, and what failed
// only is tried again on demand.
func TestOneOfManyIsRefused(t *testing.T) {
	o, server := withReceipts(t)
	server.at = func(point, to string) error {
		switch {
		case point == "rcpt" && to == senders[1]:
			return said(550)
		case point == "rcpt" && to == senders[2]:
			return said(451)
		case point == "dot" && to == senders[3]:
			return errDrop
		}
		return nil
	}
	d := o.deliverAll(t)
	if d.Sent != 2 || d.Failed != 1 || d.Later != 1 || d.MaybeSent != 1 || d.Waiting != 2 || len(d.Attention) != 2 {
		t.Errorf("got %+v", d)
	}
	server.at = nil
	if now := o.deliverAll(t); len(now.Letters) != 0 {
		t.Errorf("too early: %+v", now)
	}
	o.now = o.now.Add(time.Minute)
	if later := o.deliverAll(t); later.Sent != 2 || len(later.Attention) != 1 {
		t.Errorf("a minute later: %+v", later)
	}
	d, err := o.Deliver(t.Context(), DeliverOptions{Retry: true})
	if err != nil || d.Sent != 1 || len(d.Attention) != 0 {
		t.Errorf("retry: %+v %v", d, err)
	}
	want := each(1)
	want[senders[3]] = 2 // whose last answer was lost
	if diff := cmp.Diff(want, server.count()); diff != "" {
		t.Errorf("letters (-want +got):\n%s", diff)
	}
	if both := server.got[senders[3]]; both[0] != both[1] {
		t.Error("the letter that was sent again is another one")
	}
}

// A server that is down, or wants nothing of ours, costs no letter a try.
func TestServerIsOfNoUse(t *testing.T) {
	for name, change := range map[string]func(*testOffice, *mailServer){
		"down":       func(o *testOffice, _ *mailServer) { o.Outgoing.Post.Port = 1 },
		"refuses us": func(_ *testOffice, s *mailServer) { s.at = func(string, string) error { return said(530) } },
	} {
		t.Run(name, func(t *testing.T) {
			o, server := withReceipts(t)
			change(o, server)
			d, err := o.Deliver(t.Context(), DeliverOptions{})
			if !errors.Is(err, deliver.ErrServer) || d.Waiting != len(senders) {
				t.Errorf("got %+v %v", d, err)
			}
			letters, err := o.Store.Letters(t.Context(), deliver.Queued)
			if err != nil || len(letters) != len(senders) || letters[0].Recipients[0].Attempts != 0 {
				t.Errorf("got %+v %v", letters, err)
			}
		})
	}
}

// Letters to everybody wait while all goes to one address.
func TestOnlyToHoldsTheOthersBack(t *testing.T) {
	o, server := withReceipts(t)
	o.Outgoing.OnlyTo = "me@daknong.example"
	o.receive(t, "late", mailing{from: senders[0], subject: "nữa", text: "a", at: noon.Add(-time.Minute)})
	o.answerAll(t)
	if d := o.deliverAll(t); d.Sent != 1 || d.Waiting != len(senders) {
		t.Errorf("got %+v", d)
	}
	if diff := cmp.Diff(map[string]int{"me@daknong.example": 1}, server.count()); diff != "" {
		t.Errorf("letters (-want +got):\n%s", diff)
	}
}

// One sender gets so many answers an hour; the rest come later.
func TestAnswersAreLimited(t *testing.T) {
	o, server := newOffice(t), &mailServer{}
	server.listen(t, o)
	o.Outgoing.PerHour = 3
	for i := range 5 {
		o.receive(t, fmt.Sprint(i), mailing{from: senders[0], subject: "a", text: fmt.Sprint(i)})
	}
	o.answerAll(t)
	if d := o.deliverAll(t); d.Sent != 3 || d.Waiting != 2 {
		t.Errorf("got %+v", d)
	}
	o.now = o.now.Add(61 * time.Minute)
	if d := o.deliverAll(t); d.Sent != 2 || d.Waiting != 0 {
		t.Errorf("an hour later: %+v", d)
	}
}

// Two processes at once share the letters.
func TestTwoDeliverAtOnce(t *testing.T) {
	o, server := withReceipts(t)
	second, err := store.Open(t.Context(), o.Out, "local")
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	other := &testOffice{Pipeline: &Pipeline{Store: second, Outgoing: o.Outgoing, Now: o.Now, Log: o.Log}}
	var wait sync.WaitGroup
	sent := make([]int, 2)
	for i, p := range []*testOffice{o, other} {
		wait.Go(func() {
			d, err := p.Deliver(t.Context(), DeliverOptions{})
			if err != nil {
				t.Error(err)
			}
			sent[i] = d.Sent
		})
	}
	wait.Wait()
	if sent[0]+sent[1] != len(senders) {
		t.Errorf("sent %v", sent)
	}
	if diff := cmp.Diff(each(1), server.count()); diff != "" {
		t.Errorf("letters (-want +got):\n%s", diff)
	}
}

// A process that dies at any step of a letter leaves what the next one goes on
// with: everybody gets the letter once, and only he whose letter was already
// out gets it twice.
func TestKilledWhileDelivering(t *testing.T) {
	// The client waits at each of these, so that its disk is at rest. In "ended"
	// the last byte is recorded, but gets lost on its way.
	for _, point := range []string{"mail", "rcpt", "ended", "dot"} {
		t.Run(point, func(t *testing.T) {
			o, server := withReceipts(t)
			after := t.TempDir()
			var before map[string]int // what had been sent at that moment
			killed, met := "", 0
			server.at = func(at, to string) error {
				if at != point && (at != "dot" || point != "ended") {
					return nil
				}
				if met++; met == 3 { // the disk as it is when the power goes off now
					copyFolder(t, o.Out, after)
					before, killed = server.count(), to
					if point == "ended" {
						before[to]--
					}
				}
				return nil
			}
			o.deliverAll(t)

			next, rest := newOffice(t), &mailServer{}
			rest.listen(t, next)
			s, err := store.Open(t.Context(), after, "local")
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			next.Store, next.now = s, noon.Add(10*time.Minute)
			next.deliverAll(t) // gives what was begun its time
			next.now = next.now.Add(10 * time.Minute)
			next.deliverAll(t)

			got := rest.count()
			for to, n := range before {
				got[to] += n
			}
			want := each(1)
			if point == "dot" {
				want[killed] = 2
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("letters (-want +got):\n%s", diff)
			}
			if point == "dot" && rest.got[killed][0] != server.got[killed][0] {
				t.Error("the letter that was sent again is another one")
			}
			d := next.deliverAll(t)
			if len(d.Letters) != 0 || d.Waiting != 0 {
				t.Errorf("something is left: %+v", d)
			}
		})
	}
}

// A folder that a process cannot write to any more sends nothing.
func TestNothingIsSentThatCannotBeRecorded(t *testing.T) {
	o, server := withReceipts(t)
	server.at = func(point, _ string) error {
		if point == "rcpt" {
			// Where the posting is written there is a folder now.
			for _, name := range postings(t, o) {
				if err := os.Remove(name); err != nil && !os.IsNotExist(err) {
					t.Error(err)
				}
				if err := os.MkdirAll(filepath.Join(name, "x"), 0o755); err != nil {
					t.Error(err)
				}
			}
		}
		return nil
	}
	if _, err := o.Deliver(t.Context(), DeliverOptions{}); err == nil {
		t.Error("no error")
	}
	if len(server.count()) != 0 {
		t.Errorf("sent %v", server.count())
	}
}

func postings(t testing.TB, o *testOffice) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(o.Store.Outbox(), "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestStoppedWhileDelivering(t *testing.T) {
	o, server := withReceipts(t)
	ctx, stop := context.WithCancel(t.Context())
	server.at = func(point, to string) error {
		if point == "dot" && len(server.count()) == 2 {
			stop()
		}
		return nil
	}
	if _, err := o.Deliver(ctx, DeliverOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	server.at = nil
	o.now = o.now.Add(2 * time.Minute)
	o.deliverAll(t)
	if diff := cmp.Diff(each(1), server.count()); diff != "" {
		t.Errorf("letters (-want +got):\n%s", diff)
	}
}

func copyFolder(t testing.TB, from, to string) {
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Error(err)
	}
}
