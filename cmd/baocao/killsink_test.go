//go:build unix

package main

import (
	"errors"
	"io"
	"math/rand/v2"
	"net/mail"
	"strings"
	"sync"

	"github.com/emersion/go-smtp"
)

// fault is what the letters' server does with one letter.
type fault int

const (
	faultNone      fault = iota
	faultDrop            // takes the letter over, and is gone before it says so
	faultLater           // asks to try again later
	faultKillEarly       // the program is killed when the letter begins
	faultKillTaken       // the program is killed when the letter is taken over, before it hears so
	faultDieNext         // the program hears that the letter is taken over, and dies before it notes that
	faults
)

// letterSink is a mail server that keeps which letters it took over.
type letterSink struct {
	kill    func()       // ends the program that is running
	dieNext func()       // makes it end at its next step
	choose  func() fault // called under the lock

	sync.Mutex
	taken map[string]int // letters taken over, by Message-ID and recipient
	asked map[fault]int
	twins []string // letters with a Message-ID that were taken over before with other bytes
	bytes map[string]string
}

// randomFaults gives most letters no fault.
func randomFaults(r *rand.Rand) func() fault {
	return func() fault {
		if r.IntN(4) > 0 {
			return faultNone
		}
		return fault(r.IntN(int(faults)))
	}
}

func newLetterSink() *letterSink {
	return &letterSink{taken: map[string]int{}, asked: map[fault]int{}, bytes: map[string]string{}}
}

func (s *letterSink) NewSession(c *smtp.Conn) (smtp.Session, error) {
	return &letterSession{sink: s, conn: c}, nil
}

type letterSession struct {
	sink *letterSink
	conn *smtp.Conn
	to   string
}

func (s *letterSession) Reset()        { s.to = "" }
func (s *letterSession) Logout() error { return nil }

func (s *letterSession) Mail(string, *smtp.MailOptions) error { return nil }

func (s *letterSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	return nil
}

var errGone = errors.New("the server is gone")

func (s *letterSession) Data(r io.Reader) error {
	f := s.sink.next()
	if f == faultKillEarly {
		s.sink.kill()
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if f == faultLater {
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "try again later"}
	}
	if err := s.sink.take(string(data), s.to); err != nil {
		return err
	}
	switch f {
	case faultDrop, faultKillTaken:
		if f == faultKillTaken {
			s.sink.kill()
		}
		s.conn.Conn().Close()
		return errGone
	case faultDieNext:
		s.sink.dieNext()
	}
	return nil
}

func (s *letterSink) next() fault {
	s.Lock()
	defer s.Unlock()
	if s.choose == nil {
		return faultNone
	}
	f := s.choose()
	s.asked[f]++
	return f
}

func (s *letterSink) take(data, to string) error {
	letter, err := mail.ReadMessage(strings.NewReader(data))
	if err != nil {
		return err
	}
	id := strings.Trim(letter.Header.Get("Message-ID"), "<>")
	s.Lock()
	defer s.Unlock()
	if first, again := s.bytes[id]; again && first != data {
		s.twins = append(s.twins, id)
	}
	s.bytes[id] = data
	s.taken[id+" "+to]++
	return nil
}

// count is how often a letter was taken over for a recipient.
func (s *letterSink) count(id, to string) int {
	s.Lock()
	defer s.Unlock()
	return s.taken[id+" "+to]
}

// all is how many letters were taken over, each as often as it was.
func (s *letterSink) all() int {
	s.Lock()
	defer s.Unlock()
	n := 0
	for _, times := range s.taken {
		n += times
	}
	return n
}

// kills is how often the server had the program killed, or made it die.
func (s *letterSink) kills() int {
	s.Lock()
	defer s.Unlock()
	return s.asked[faultKillEarly] + s.asked[faultKillTaken] + s.asked[faultDieNext]
}
