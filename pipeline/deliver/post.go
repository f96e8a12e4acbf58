package deliver

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"

	"github.com/wneessen/go-mail/smtp"
)

// TLS says how the connection to the mail server is protected. There is no
// fallback from one to another.
type TLS string

// The ways.
const (
	Implicit TLS = "tls"      // TLS from the first byte, usually port 465
	StartTLS TLS = "starttls" // the server must offer it, usually port 587
	Plain    TLS = "plain"    // none; only to this very machine
)

// Auth says how the office logs in.
type Auth string

// The ways; the zero Auth is Password.
const (
	Password Auth = ""        // PLAIN, else LOGIN, as the server offers
	XOAuth2  Auth = "xoauth2" // the secret is an access token, for Google's and Microsoft's mail
)

// ErrServer says that the mail server cannot be used now: it does not answer,
// is not the one it should be, or does not let the office send. No recipient is
// to blame.
var ErrServer = errors.New("mail server")

// Post hands letters to the office's mail server by SMTP.
type Post struct {
	Host string
	Port int // zero: 465, 587 or 25 as TLS says
	TLS  TLS

	User   string                 // empty: the server asks for no login
	Secret func() (string, error) // password or token, asked for at each connection; nil with User
	Auth   Auth

	Roots *x509.CertPool // who may vouch for the server; nil: the system's
	Hello string         // the name this machine gives itself; empty: "localhost"

	// Step is how long any one step may take: a connection, a command, a part
	// of the letter. Zero: 60 s.
	Step time.Duration
	// Final is how long the server may think after the last byte. Who gives up
	// too early sends the letter twice (RFC 5321 §4.5.3.2.6: 10 minutes). Zero:
	// ten times Step.
	Final time.Duration
}

// Longest is the longest that a letter of that size can be under way.
func (p Post) Longest(size int) time.Duration {
	return p.final() + time.Duration(size/chunk+8)*p.step()
}

func (p Post) step() time.Duration {
	if p.Step > 0 {
		return p.Step
	}
	return time.Minute
}

func (p Post) final() time.Duration {
	if p.Final > 0 {
		return p.Final
	}
	return 10 * p.step()
}

// Check makes sure that the settings can be meant.
func (p Post) Check() error {
	switch {
	case p.Host == "":
		return errors.New("no host is named")
	case p.Port < 0 || p.Port > 65535:
		return fmt.Errorf("port %d: want 1 to 65535", p.Port)
	case p.TLS != Implicit && p.TLS != StartTLS && p.TLS != Plain:
		return fmt.Errorf("security %q: want tls, starttls or plain", p.TLS)
	case p.TLS == Plain && !loopback(p.Host):
		return fmt.Errorf("security plain: %q is not this machine; passwords and letters would travel openly", p.Host)
	case p.Auth != Password && p.Auth != XOAuth2:
		return fmt.Errorf("auth %q: want password or xoauth2", p.Auth)
	case p.Auth == XOAuth2 && p.User == "", p.User != "" && p.Secret == nil, p.User == "" && p.Secret != nil:
		return errors.New("user and password go together")
	}
	return nil
}

// loopback reports whether a host is this machine, whatever a name server says.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (p Post) address() string {
	port := p.Port
	if port == 0 {
		port = map[TLS]int{Implicit: 465, StartTLS: 587, Plain: 25}[p.TLS]
	}
	return net.JoinHostPort(p.Host, strconv.Itoa(port))
}

// Open connects and logs in. Its errors match [ErrServer], unless ctx ended.
func (p Post) Open(ctx context.Context) (*Session, error) {
	s, err := p.open(ctx)
	if err == nil {
		return s, nil
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return nil, fmt.Errorf("%w %s: %w", ErrServer, p.address(), err)
}

func (p Post) open(ctx context.Context) (*Session, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	dialer := net.Dialer{Timeout: p.step()}
	conn, err := dialer.DialContext(ctx, "tcp", p.address())
	if err != nil {
		return nil, err
	}
	if p.TLS == Plain && !conn.RemoteAddr().(*net.TCPAddr).IP.IsLoopback() {
		return nil, errors.Join(fmt.Errorf("security plain: %s is not this machine", conn.RemoteAddr()), conn.Close())
	}
	s := &Session{post: p, conn: &limitedConn{Conn: conn, left: mostHeard}}
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	if err := s.begin(); err != nil {
		conn.Close()
		return nil, err
	}
	return s, nil
}

// begin greets, protects the connection and logs in.
func (s *Session) begin() error {
	p := s.post
	var conn net.Conn = s.conn
	config := &tls.Config{ServerName: p.Host, RootCAs: p.Roots, MinVersion: tls.VersionTLS12}
	if err := conn.SetDeadline(time.Now().Add(p.step())); err != nil {
		return err
	}
	if p.TLS == Implicit {
		over := tls.Client(conn, config)
		if err := over.Handshake(); err != nil {
			return fmt.Errorf("TLS: %w", err)
		}
		conn = over
	}
	var err error
	if s.client, err = smtp.NewClient(conn, p.Host); err != nil {
		return fmt.Errorf("greeting: %w", err)
	}
	s.client.SkipSMTPUTF8(true) // addresses are ASCII, and so is the letter's head
	hello := p.Hello
	if hello == "" {
		hello = "localhost"
	}
	if err := s.step(func() error { return s.client.Hello(hello) }); err != nil {
		return fmt.Errorf("EHLO: %w", err)
	}
	if p.TLS == StartTLS {
		if ok, _ := s.client.Extension("STARTTLS"); !ok {
			return errors.New("it offers no STARTTLS; nothing is sent openly")
		}
		if err := s.step(func() error { return s.client.StartTLS(config) }); err != nil {
			return fmt.Errorf("STARTTLS: %w", err)
		}
	}
	if p.User == "" {
		return nil
	}
	return s.login()
}

// login proves who we are, in a way that the server offers.
func (s *Session) login() error {
	p := s.post
	secret, err := p.Secret()
	if err != nil {
		return fmt.Errorf("login: %w", err)
	}
	open := p.TLS == Plain // only to this machine, see Check
	auth := smtp.PlainAuth("", p.User, secret, p.Host, open)
	_, offered := s.client.Extension("AUTH")
	switch {
	case p.Auth == XOAuth2:
		auth = smtp.XOAuth2Auth(p.User, secret)
	case !offers(offered, "PLAIN") && offers(offered, "LOGIN"):
		auth = smtp.LoginAuth(p.User, secret, p.Host, open)
	}
	if err := s.step(func() error { return s.client.Auth(auth) }); err != nil {
		return fmt.Errorf("login as %q: %w", p.User, err)
	}
	return nil
}
