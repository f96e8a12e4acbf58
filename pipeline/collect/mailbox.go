package collect

import (
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"strings"
	"time"
	"unicode"
)

// Mailbox fetches the new mail of one folder of a mail server into Dir. Its
// fields are set once and not changed while it works; those that are zero have
// the default that stands beside them.
//
// A message is stored, then committed to the Ledger, then marked on the server.
// A kill between two of these steps is mended by the next [Mailbox.Fetch]: no
// message is lost, and none is stored twice. Nothing is ever deleted on the
// server.
type Mailbox struct {
	Server   string         // "imap.example.vn" or "imap.example.vn:993"
	Security Security       // default TLS
	RootCAs  *x509.CertPool // whose certificates are believed; default those of the system
	User     string
	Secret   Secret
	OAuth    bool   // the secret is an OAuth 2.0 access token, for servers with XOAUTH2
	Folder   string // default "INBOX"; may be Vietnamese

	// Since, when not zero, leaves alone what reached the mailbox before that
	// day when the mailbox is met for the first time.
	Since time.Time

	After After // what is done on the server with a message that is safe here

	Dir    string // where the .eml files go, each with a .json beside it
	Ledger Ledger
	Log    *slog.Logger // default: silence

	MaxSize int64  // bytes of a message that is fetched; default that of [DefaultLimits]
	MinFree uint64 // bytes that must be free on the disk; default 500 MB
	Batch   int    // messages that are listed and fetched together; default 100

	Response   time.Duration // the longest silence of the server; default 30 s
	PerMessage time.Duration // for one message, or the whole answer to one command; default 5 min
	PerRun     time.Duration // for one Fetch; default 15 min
	IdleFor    time.Duration // after which [Mailbox.Watch] asks anew; default 24 min
	Poll       time.Duration // between two looks at a server without IDLE; default 5 min

	Now  func() time.Time                                                  // default [time.Now]; what the ledger's times are taken from
	Rand func() float64                                                    // in [0,1), for the waits of Watch; default [rand.Float64]
	Dial func(ctx context.Context, network, addr string) (net.Conn, error) // default a [net.Dialer]'s
}

// Security says how the connection is protected. There is no fallback from one
// to another.
type Security string

// The ways to protect a connection.
const (
	TLS      Security = "tls"      // encrypted from the first byte, port 993
	StartTLS Security = "starttls" // encrypted before the login, port 143
	Plain    Security = "plain"    // not at all: only to this computer itself, port 143
)

// After is what is done on the server with a message that is stored and
// committed here. It is the last step, and is repeated until it succeeds; a
// server that refuses it costs a warning.
type After struct {
	Keyword string // a keyword that is set, where the server permits it; empty: none
	Seen    bool   // \Seen is set
	MoveTo  string // the folder it is moved to, on servers with MOVE; empty: none
}

// Fetched is what a Fetch did.
type Fetched struct {
	Stored   int      `json:"stored"`   // messages that were fetched
	Known    int      `json:"known"`    // messages met again, not fetched
	Failed   int      `json:"failed"`   // messages that could not be fetched, and are tried again later or shown to a clerk
	Warnings []string `json:"warnings"` // what did not succeed and does no harm, in English
}

// The errors that a person can do something about. Others are the network's.
var (
	ErrLoginRefused = errors.New("the mail server refused the login")
	ErrLoginPaused  = errors.New("no login is tried before its time, so that the account is not locked")
	ErrInsecure     = errors.New("the connection is not secure, and nothing secret was sent")
	ErrNoFolder     = errors.New("the mailbox has no such folder")
	ErrNoSpace      = errors.New("the disk is nearly full")
)

// errRunTime ends a Fetch that takes too long.
var errRunTime = errors.New("the time for one run is over; the next one goes on from here")

func (m Mailbox) orDefault() Mailbox {
	m.Security = cmp.Or(m.Security, TLS)
	m.Folder = cmp.Or(m.Folder, "INBOX")
	m.MaxSize = cmp.Or(m.MaxSize, DefaultLimits().Message)
	m.MinFree = cmp.Or(m.MinFree, 500_000_000)
	m.Batch = cmp.Or(m.Batch, 100)
	m.Response = cmp.Or(m.Response, 30*time.Second)
	m.PerMessage = cmp.Or(m.PerMessage, 5*time.Minute)
	m.PerRun = cmp.Or(m.PerRun, 15*time.Minute)
	m.IdleFor = cmp.Or(m.IdleFor, 24*time.Minute)
	m.Poll = cmp.Or(m.Poll, 5*time.Minute)
	if m.Log == nil {
		m.Log = slog.New(slog.DiscardHandler)
	}
	if m.Now == nil {
		m.Now = time.Now
	}
	if m.Rand == nil {
		m.Rand = rand.Float64
	}
	if m.Dial == nil {
		m.Dial = new(net.Dialer).DialContext
	}
	return m
}

// Place is the mailbox as the ledger names it. The server's name is no part of
// it: an account that moves to another one is still the same, and its messages
// are known again by what they are.
func (m Mailbox) Place() MailPlace {
	return MailPlace{Account: m.User, Folder: cmp.Or(m.Folder, "INBOX")}
}

// CheckSettings reports what is wrong with the settings, without reading the
// secret or connecting. Ledger may still be missing.
func (m Mailbox) CheckSettings() error {
	m = m.orDefault()
	switch {
	case m.User == "":
		return errors.New("no user is named")
	case m.Dir == "":
		return errors.New("there is nowhere to keep mail")
	case strings.ContainsFunc(m.User+m.Folder+m.After.MoveTo, unicode.IsControl):
		return errors.New("user or folder holds characters that cannot be typed")
	case strings.ContainsFunc(m.After.Keyword, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`(){%*"\]`, r) }):
		return fmt.Errorf("keyword %q: want letters and digits without spaces or Vietnamese marks", m.After.Keyword)
	case m.After.MoveTo != "" && m.After.MoveTo == m.Folder:
		return fmt.Errorf("messages of folder %q cannot be moved to itself", m.Folder)
	}
	host, _, err := m.address()
	switch {
	case err != nil:
		return err
	case m.Security != TLS && m.Security != StartTLS && m.Security != Plain:
		return fmt.Errorf("security %q: want %s, %s or %s", m.Security, TLS, StartTLS, Plain)
	case m.Security == Plain && !loopback(host):
		return fmt.Errorf("server %q with security %q: %w", m.Server, m.Security, ErrInsecure)
	}
	return m.Secret.check()
}
