package collect

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"
)

// session is a connection with a folder open.
type session struct {
	*guard
	client *imapclient.Client
	stop   func() bool   // no longer cut the connection when the context ends
	news   chan struct{} // holds a value when the server spoke of a new message

	uidValidity, uidNext uint32
	flags                []imap.Flag // that can be set for good; none: not said
	unmarkable           bool        // the server refused to mark messages
}

// open connects, logs in and opens the folder. The context's end cuts the
// connection. A refused login is kept in the ledger, so that the next ones wait.
func (f *fetch) open(ctx context.Context) (*session, error) {
	m := f.m
	if at := f.state.loginAllowed(); m.Now().Before(at) && !m.Secret.changedAfter(f.state.LoginAt) {
		return nil, fmt.Errorf("%w: %d in a row were refused, the next is tried after %s",
			ErrLoginPaused, f.state.Refusals, at.UTC().Format("2006-01-02 15:04:05Z07:00"))
	}
	secret, err := m.Secret.Read() // first: there may be no need to connect
	if err != nil {
		return nil, err
	}
	g, err := m.connect(ctx)
	if err != nil {
		return nil, fmt.Errorf("connect: %w", causeOf(ctx, err))
	}
	s := &session{guard: g, news: make(chan struct{}, 1)}
	s.stop = context.AfterFunc(ctx, func() { g.Close() })
	s.client = imapclient.New(g, &imapclient.Options{
		UnilateralDataHandler: &imapclient.UnilateralDataHandler{Mailbox: s.changed},
	})
	if err = f.login(ctx, s, secret); err == nil {
		err = s.selectFolder(m)
	}
	if err != nil {
		s.cut()
		return nil, causeOf(ctx, err)
	}
	return s, nil
}

// changed notes that the server spoke of new messages.
func (s *session) changed(d *imapclient.UnilateralDataMailbox) {
	if d.NumMessages != nil {
		select {
		case s.news <- struct{}{}:
		default:
		}
	}
}

// ask runs one command and waits for its answer, which may have that many
// bytes. An error because of the connection says what happened to it.
func (s *session) ask(bytes int64, command func() error) error {
	s.expect(bytes)
	defer s.rest()
	return s.explain(command())
}

// errLost marks an error after which nothing more can come of the connection.
var errLost = errors.New("connection lost")

func (s *session) explain(err error) error {
	if err == nil {
		return nil
	}
	if status := new(imap.Error); errors.As(err, &status) {
		return statusError(status)
	}
	// That it was closed is imapclient's answer to something that it tells.
	if fault := s.broken(); fault != nil && !errors.Is(fault, net.ErrClosed) {
		err = fault
	}
	return fmt.Errorf("%w: %w", errLost, err)
}

// serverError is what the server answered to a command that it did not carry
// out.
type serverError struct {
	code imap.ResponseCode
	text string
}

func (e serverError) Error() string { return e.text }

func statusError(e *imap.Error) error {
	return serverError{e.Code, "the server answered " + cut(oneLine(strings.TrimPrefix(e.Error(), "imap: ")), maxReason)}
}

// cut ends the session without a word.
func (s *session) cut() {
	s.stop()
	s.guard.Close()
}

// abandon ends the session after a literal that came only in part, and waits for
// imapclient's reading side: it goes on as soon as a literal has failed, and
// whoever then ends the command reads the literal once more.
func (s *session) abandon() {
	s.guard.Close()
	<-s.client.Closed()
}

// logout ends it politely; what the server says to that is of no interest.
func (s *session) logout() {
	_ = s.ask(most, func() error { return s.client.Logout().Wait() })
	s.cut()
}

func (f *fetch) login(ctx context.Context, s *session, secret string) error {
	m := f.m
	if err := s.ask(most, s.client.WaitGreeting); err != nil {
		return fmt.Errorf("greeting: %w", err)
	}
	if s.client.State() != imap.ConnStateNotAuthenticated {
		return fmt.Errorf("%w: the server asks for no login", ErrInsecure)
	}
	authenticate, err := m.authentication(s, secret)
	if err == nil {
		err = s.ask(most, authenticate)
	}
	if err == nil {
		if f.state.Refusals == 0 {
			return nil
		}
		f.state.Refusals = 0
		return m.Ledger.RecordMail(ctx, m.Place(), f.state, nil)
	}
	text := strings.ReplaceAll(err.Error(), secret, "…") // some servers repeat what they were told
	var answer serverError
	if !errors.As(err, &answer) || passing(answer.code) {
		if text != err.Error() {
			err = errors.New(text)
		}
		return fmt.Errorf("log in as %q: %w", m.User, err)
	}
	f.state.Refusals, f.state.LoginAt = f.state.Refusals+1, m.Now().UTC()
	err = fmt.Errorf("log in as %q: %w: %s", m.User, ErrLoginRefused, text)
	return errors.Join(err, m.Ledger.RecordMail(ctx, m.Place(), f.state, nil))
}

// passing reports whether a refusal has nothing to do with name and password
// (RFC 5530).
func passing(code imap.ResponseCode) bool {
	switch code {
	case imap.ResponseCodeUnavailable, imap.ResponseCodeInUse, imap.ResponseCodeLimit, imap.ResponseCodeServerBug:
		return true
	}
	return false
}

// authentication is the one way to log in that fits.
func (m *Mailbox) authentication(s *session, secret string) (func() error, error) {
	var caps imap.CapSet
	if err := s.ask(most, func() error {
		if caps = s.client.Caps(); len(caps) == 0 {
			return errors.New("the server does not say what it can do")
		}
		return nil
	}); err != nil {
		return nil, err
	}
	var client sasl.Client
	switch {
	case m.OAuth && caps.Has(imap.AuthCap("XOAUTH2")):
		client = &xoauth2{m.User, secret}
	case m.OAuth:
		return nil, errors.New("the server offers no XOAUTH2, which a token needs")
	case caps.Has(imap.AuthCap(sasl.Plain)):
		client = sasl.NewPlainClient("", m.User, secret)
	case caps.Has(imap.CapLoginDisabled):
		return nil, errors.New("the server offers no login by password; it may want an OAuth token")
	default:
		return func() error { return s.client.Login(m.User, secret).Wait() }, nil
	}
	return func() error { return s.client.Authenticate(client) }, nil
}

// xoauth2 is a login with an access token, as Google and Microsoft have it
// (https://developers.google.com/workspace/gmail/imap/xoauth2-protocol).
type xoauth2 struct{ user, token string }

// Start is the only message of a login that succeeds.
func (x *xoauth2) Start() (mech string, ir []byte, err error) {
	return "XOAUTH2", []byte("user=" + x.user + "\x01auth=Bearer " + x.token + "\x01\x01"), nil
}

// Next answers the reason of a refusal, which is in JSON, with nothing; the
// server then ends the login with NO.
func (*xoauth2) Next([]byte) ([]byte, error) { return []byte{}, nil }

// selectFolder opens the folder; to read only, when nothing is to be marked.
func (s *session) selectFolder(m *Mailbox) error {
	err := s.ask(most, func() error {
		data, err := s.client.Select(m.Folder, &imap.SelectOptions{ReadOnly: m.After == After{}}).Wait()
		if err != nil {
			return err
		}
		s.uidValidity, s.uidNext, s.flags = data.UIDValidity, uint32(data.UIDNext), data.PermanentFlags
		return nil
	})
	var answer serverError
	switch {
	case errors.As(err, &answer) && !passing(answer.code):
		return fmt.Errorf("open folder %q: %w: %w", m.Folder, ErrNoFolder, err)
	case err != nil:
		return fmt.Errorf("open folder %q: %w", m.Folder, err)
	case s.uidValidity == 0:
		return fmt.Errorf("open folder %q: the server gives no UIDVALIDITY, without which messages cannot be told apart", m.Folder)
	}
	return nil
}

// causeOf is err, or why the context ended, when that is the reason for it.
func causeOf(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}
