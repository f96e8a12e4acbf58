package main

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/emersion/go-smtp"
)

// demoMailbox is a real IMAP server with one user whose mail is in memory. Its
// connections are those of the listener, which ends it.
func demoMailbox(user, password string) (*imapmemserver.User, *imapserver.Server, error) {
	u := imapmemserver.NewUser(user, password)
	if err := u.Create("INBOX", nil); err != nil {
		return nil, nil, err
	}
	memory := imapmemserver.New()
	memory.AddUser(u)
	return u, imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return memory.NewSession(), nil, nil
		},
		Caps:         imap.CapSet{imap.CapIMAP4rev1: {}},
		InsecureAuth: true, // it is reached on this computer alone
		Logger:       log.New(io.Discard, "", 0),
	}), nil
}

// putIn puts a mail into the user's mailbox.
func putIn(u *imapmemserver.User, eml []byte, at time.Time) error {
	_, err := u.Append("INBOX", demoLiteral{bytes.NewReader(eml)}, &imap.AppendOptions{Time: at})
	return err
}

// demoLiteral is a message as an IMAP server takes it.
type demoLiteral struct{ *bytes.Reader }

// demoSink is a mail server that takes every letter, sends none on, and keeps
// each in folder as an .eml file named after the recipient.
type demoSink struct {
	folder string

	mu    sync.Mutex
	count map[string]int // letters by file name without number
}

// mostLetter is the size of the largest letter that the sink takes.
const mostLetter = 50 << 20

func (s *demoSink) server() *smtp.Server {
	server := smtp.NewServer(s)
	server.Domain = "localhost"
	server.MaxMessageBytes = mostLetter
	server.MaxRecipients = 10
	server.ErrorLog = log.New(io.Discard, "", 0)
	return server
}

// NewSession begins to take letters.
func (s *demoSink) NewSession(*smtp.Conn) (smtp.Session, error) { return &sinkSession{sink: s}, nil }

type sinkSession struct {
	sink *demoSink
	to   []string
}

func (s *sinkSession) Reset()                               { s.to = nil }
func (s *sinkSession) Logout() error                        { return nil }
func (s *sinkSession) Mail(string, *smtp.MailOptions) error { return nil }

func (s *sinkSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = append(s.to, to)
	return nil
}

func (s *sinkSession) Data(r io.Reader) error {
	eml, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	for _, to := range s.to {
		if err := s.sink.keep(to, eml); err != nil {
			return err
		}
	}
	return nil
}

func (s *demoSink) keep(to string, eml []byte) error {
	name := strings.Map(func(r rune) rune { // whoever connects chooses the address
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("@.-_", r) {
			return r
		}
		return '_'
	}, to)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.count == nil {
		s.count = map[string]int{}
	}
	s.count[name]++
	if n := s.count[name]; n > 1 {
		name = fmt.Sprintf("%s-%d", name, n)
	}
	return os.WriteFile(filepath.Join(s.folder, name+".eml"), eml, 0o644)
}
