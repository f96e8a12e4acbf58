package main

import (
	"cmp"
	"crypto/x509"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/collect"
)

// mailboxConfig is the mailbox that the agencies write to. What is new in it is
// put into inbox/mail by collect and run.
type mailboxConfig struct {
	// Server is the mail server's name, with a port if it is not the usual one:
	// imap.daknong.example or imap.daknong.example:1993.
	Server string `yaml:"server"`

	// Security is tls (encrypted from the first byte, port 993), starttls
	// (encrypted before the login, port 143) or plain (not at all, and only to
	// this computer itself). There is no fallback. Default: tls.
	Security string `yaml:"security"`

	// CAFile holds the certificates, in PEM, that are believed instead of the
	// system's: for a server with a certificate of the office's own. Relative
	// to the configuration's folder.
	CAFile string `yaml:"ca_file"`

	// User is the name to log in with, mostly the address.
	User string `yaml:"user"`

	// Exactly one of these keys says where the password or token is.
	Secret secretConfig `yaml:",inline"`

	// Folder is the folder that the mail is in; it may be Vietnamese.
	// Default: INBOX.
	Folder string `yaml:"folder"`

	// Since leaves older mail alone (2018-01-01) when the mailbox is met for
	// the first time. Default: all mail is fetched.
	Since string `yaml:"since"`

	// What is done on the server with a mail that is safe here. Keyword is a
	// keyword that is set; "none" for none. Seen marks it as read. MoveTo is a
	// folder that it is moved to. Nothing is ever deleted.
	// Default: the keyword $BaocaoStored.
	Keyword string `yaml:"keyword"`
	Seen    bool   `yaml:"seen"`
	MoveTo  string `yaml:"move_to"`

	// Poll is how often collect --watch asks a server that does not say by
	// itself when there is new mail: 5m, 1h. At least 1m. Default: 5m.
	Poll string `yaml:"poll"`
}

// mailbox is the mailbox as configured; nil when none is. Paths are relative to
// the configuration's folder.
func (c *mailboxConfig) mailbox(folder string) (*collect.Mailbox, error) {
	if c == nil {
		return nil, nil
	}
	m := &collect.Mailbox{
		Server: c.Server, Security: collect.Security(c.Security), User: c.User, Folder: c.Folder,
		Dir:   filepath.Join(folder, "inbox", "mail"),
		After: collect.After{Keyword: cmp.Or(c.Keyword, "$BaocaoStored"), Seen: c.Seen, MoveTo: c.MoveTo},
	}
	if c.Keyword == "none" {
		m.After.Keyword = ""
	}
	var given int
	if m.Secret, m.OAuth, given = c.Secret.where(folder); given != 1 {
		return nil, wrongSecrets(1, given)
	}
	if c.Since != "" {
		day, err := agency.ParseDay(c.Since)
		if err != nil {
			return nil, fmt.Errorf("since %q: want a day, such as 2018-01-01", c.Since)
		}
		m.Since = day.Start()
	}
	if c.Poll != "" {
		var err error
		if m.Poll, err = time.ParseDuration(c.Poll); err != nil || m.Poll < time.Minute {
			return nil, fmt.Errorf("poll %q: want a time of at least a minute, such as 5m", c.Poll)
		}
	}
	return m, m.CheckSettings()
}

// openMailbox completes the mailbox for use.
func (c *mailboxConfig) openMailbox(folder string, ledger collect.Ledger, log *slog.Logger) (*collect.Mailbox, error) {
	m, err := c.mailbox(folder)
	if m == nil || err != nil {
		return nil, err
	}
	m.Ledger, m.Log = ledger, log
	if c.CAFile != "" {
		data, err := os.ReadFile(beside(folder, c.CAFile))
		if err != nil {
			return nil, fmt.Errorf("mailbox: ca_file: %w", err)
		}
		m.RootCAs = x509.NewCertPool()
		if !m.RootCAs.AppendCertsFromPEM(data) {
			return nil, fmt.Errorf("mailbox: ca_file %q: it holds no certificate in PEM", c.CAFile)
		}
	}
	return m, nil
}

// beside is a path of the configuration, which is relative to its folder.
func beside(folder, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(folder, name)
}
