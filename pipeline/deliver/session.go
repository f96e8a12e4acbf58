package deliver

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/wneessen/go-mail/smtp"
)

// Session is one connection to the mail server. It is used by one goroutine.
type Session struct {
	post   Post
	conn   *limitedConn
	client *smtp.Client
	broken bool
}

// chunk is how much of a letter may take one Step.
const chunk = 32 << 10

// lastWait is how long a program that is being stopped still waits for the
// server's answer to a letter that is already out.
const lastWait = 5 * time.Second

// Broken reports whether the connection is of no more use.
func (s *Session) Broken() bool { return s.broken }

// Close says goodbye and closes the connection.
func (s *Session) Close() {
	if !s.broken {
		_ = s.step(s.client.Quit)
	}
	_ = s.conn.Close() // the letters are settled; nothing hangs on it
}

// Send gives one letter to the server for one recipient. Before the last byte,
// after which the server may take it over, it calls ending; an error of ending
// is returned, and the letter is not sent.
//
// The outcome tells of this recipient. An error that matches [ErrServer] means
// that the server takes no letter of the office at all; then, and after any
// other error, nothing was taken and the outcome says nothing.
func (s *Session) Send(ctx context.Context, from, to string, eml []byte, ending func() error) (Outcome, error) {
	if err := errors.Join(CheckAddress(from), CheckAddress(to)); err != nil {
		return Outcome{Refused, err.Error()}, nil
	}
	if err := ctx.Err(); err != nil {
		return Outcome{}, err
	}
	stop := context.AfterFunc(ctx, func() { _ = s.conn.Close() })
	defer stop()
	s.conn.left = mostHeard
	if err := s.step(func() error { return s.client.Mail("<" + from + ">") }); err != nil {
		return s.refusedUs(ctx, err)
	}
	if err := s.step(func() error { return s.client.Rcpt("<" + to + ">") }); err != nil {
		return s.decided(ctx, err)
	}
	var body io.WriteCloser
	if err := s.step(func() (err error) { body, err = s.client.Data(); return err }); err != nil {
		return s.decided(ctx, err)
	}
	for part := range slices.Chunk(eml, chunk) {
		if err := s.step(func() error { _, err := body.Write(part); return err }); err != nil {
			s.broken = true
			return s.decided(ctx, err)
		}
	}
	if err := ending(); err != nil {
		s.broken = true // it must not be finished: only a cut connection says so
		_ = s.conn.Close()
		return Outcome{}, err
	}
	// From here on the answer is waited for even if ctx ends, but not long.
	stop()
	hurry := context.AfterFunc(ctx, func() { _ = s.conn.SetDeadline(time.Now().Add(lastWait)) })
	defer hurry()
	if err := s.conn.SetDeadline(time.Now().Add(s.post.final())); err != nil {
		s.broken = true
		return Outcome{Lost, line(err.Error())}, nil
	}
	if ctx.Err() != nil {
		_ = s.conn.SetDeadline(time.Now().Add(lastWait))
	}
	if err := body.Close(); err != nil {
		return s.outcome(err), nil
	}
	answer := "250"
	if d, ok := body.(*smtp.DataCloser); ok {
		answer += " " + d.ServerResponse()
	}
	return Outcome{Taken, line(answer)}, nil
}

// step runs one step within its time.
func (s *Session) step(f func() error) error {
	if err := s.conn.SetDeadline(time.Now().Add(s.post.step())); err != nil {
		return err
	}
	return f()
}

// refusedUs tells a server that wants no letter of ours from one that does not
// want this letter. Before a recipient is named only its size can be refused.
func (s *Session) refusedUs(ctx context.Context, err error) (Outcome, error) {
	var said *textproto.Error
	if errors.As(err, &said) && said.Code >= 500 && said.Code != 552 && !strings.HasPrefix(said.Msg, "5.3.4") {
		s.abort()
		return Outcome{}, fmt.Errorf("%w %s takes no letter of ours: %w", ErrServer, s.post.address(), err)
	}
	return s.decided(ctx, err)
}

// decided is the outcome before the last byte: nothing was taken.
func (s *Session) decided(ctx context.Context, err error) (Outcome, error) {
	o := s.outcome(err)
	if o.Result == Lost && ctx.Err() != nil {
		return Outcome{}, ctx.Err()
	}
	if !s.broken {
		s.abort()
	}
	return o, nil
}

// abort makes the connection ready for the next letter.
func (s *Session) abort() {
	if err := s.step(s.client.Reset); err != nil {
		s.broken = true
	}
}

// outcome is what the server's answer, or the lack of one, means.
func (s *Session) outcome(err error) Outcome {
	var said *textproto.Error
	if !errors.As(err, &said) {
		s.broken = true
		var timeout net.Error
		if errors.As(err, &timeout) && timeout.Timeout() {
			return Outcome{Lost, "no answer in time"}
		}
		return Outcome{Lost, line("connection lost: " + err.Error())}
	}
	answer := line(said.Error())
	if said.Code == 421 { // RFC 5321 §3.8: the server closes the connection
		s.broken = true
	}
	switch said.Code / 100 {
	case 5:
		return Outcome{Refused, answer}
	case 4:
		return Outcome{Later, answer}
	}
	s.broken = true // an answer to something else
	return Outcome{Lost, answer}
}

// mostAnswer is how much of what a server says is kept, in runes.
const mostAnswer = 300

// line is a server's answer on one line, without what a terminal would obey.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || !unicode.IsGraphic(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > mostAnswer {
		return string(runes[:mostAnswer]) + "…"
	}
	return s
}

// offers reports whether a list of an extension's words holds one.
func offers(list, word string) bool {
	return slices.Contains(strings.Fields(strings.ToUpper(list)), word)
}

// mostHeard is how many bytes a server may say during one letter.
const mostHeard = 1 << 20

// limitedConn stops listening to a server that never ends a line.
type limitedConn struct {
	net.Conn
	left int
}

var errTooMuchSaid = errors.New("the server does not stop talking")

func (c *limitedConn) Read(b []byte) (int, error) {
	if c.left <= 0 {
		return 0, errTooMuchSaid
	}
	n, err := c.Conn.Read(b[:min(len(b), c.left)])
	c.left -= n
	return n, err
}
