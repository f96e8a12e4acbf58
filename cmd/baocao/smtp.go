package main

import (
	"cmp"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"os"
	"strconv"
	"time"

	"baocao/pipeline"
	"baocao/pipeline/deliver"
)

// smtpConfig is how the office sends letters.
type smtpConfig struct {
	// Server is the mail server's name, with a port if it is not the usual one:
	// smtp.daknong.example or smtp.daknong.example:2465.
	Server string `yaml:"server"`

	// Security is tls (encrypted from the first byte, port 465), starttls
	// (encrypted before the login, port 587) or plain (not at all, and only to
	// this computer itself, port 25). There is no fallback. Default: tls.
	Security string `yaml:"security"`

	// CAFile holds the certificates, in PEM, that are believed instead of the
	// system's. Relative to the configuration's folder.
	CAFile string `yaml:"ca_file"`

	// User is the name to log in with, mostly the address. Default: the server
	// asks for no login.
	User string `yaml:"user"`

	// With a user exactly one of these keys says where the password or token
	// is, as in mailbox.
	Secret secretConfig `yaml:",inline"`

	// From is the address that letters come from and that is answered to, with
	// its name: Sở Nội vụ tỉnh Đắk Nông <snv@daknong.example>.
	From string `yaml:"from"`

	// OnlyTo is an address that every letter goes to instead of its recipients,
	// who are named at its top: for trying out. Mails answered so are answered.
	// Default: none.
	OnlyTo string `yaml:"only_to"`

	// PerRun is how many letters one run posts, PerMinute how many go out within
	// a minute, PerHour and PerDay how many one address gets within an hour and
	// within 24 hours; what is above waits. Of the mails of one address, too, no
	// more than PerDay within 24 hours get a receipt: so ends a loop with a
	// program that answers answers, and baocao deliver --list tells of it.
	// Defaults: 500, 60, 20 and 50.
	PerRun    int `yaml:"per_run"`
	PerMinute int `yaml:"per_minute"`
	PerHour   int `yaml:"per_hour"`
	PerDay    int `yaml:"per_day"`

	// AnswerDays is how many days old a mail may be that still gets a receipt.
	// Default: 7.
	AnswerDays int `yaml:"answer_days"`
}

// outgoing is the sending as configured; nil when none is. Paths are relative
// to the configuration's folder.
func (c *smtpConfig) outgoing(folder string) (*pipeline.Outgoing, error) {
	if c == nil {
		return nil, nil
	}
	o := &pipeline.Outgoing{
		Post:   deliver.Post{TLS: deliver.TLS(cmp.Or(c.Security, string(deliver.Implicit))), User: c.User},
		PerRun: cmp.Or(c.PerRun, 500), PerMinute: cmp.Or(c.PerMinute, 60),
		PerHour: cmp.Or(c.PerHour, 20), PerDay: cmp.Or(c.PerDay, 50),
		AnswerWithin: time.Duration(cmp.Or(c.AnswerDays, 7)) * 24 * time.Hour,
	}
	o.Post.Host = c.Server
	if host, port, err := net.SplitHostPort(c.Server); err == nil {
		o.Post.Host = host
		if o.Post.Port, err = strconv.Atoi(port); err != nil {
			return nil, fmt.Errorf("server %q: port %q is no number", c.Server, port)
		}
	}
	secret, oauth, given := c.Secret.where(folder)
	if want := min(len(c.User), 1); given != want {
		return nil, fmt.Errorf("user %q: %w", c.User, wrongSecrets(want, given))
	}
	if given > 0 {
		o.Post.Secret = secret.Read
	}
	if oauth {
		o.Post.Auth = deliver.XOAuth2
	}
	from, err := mail.ParseAddress(c.From)
	if err != nil || deliver.CheckAddress(from.Address) != nil {
		return nil, fmt.Errorf("from %q: want one address, such as Sở Nội vụ <snv@daknong.example>", c.From)
	}
	o.From, o.OnlyTo = *from, c.OnlyTo
	if c.OnlyTo != "" {
		if err := deliver.CheckAddress(c.OnlyTo); err != nil {
			return nil, fmt.Errorf("only_to: %w", err)
		}
	}
	if min(c.PerRun, c.PerMinute, c.PerHour, c.PerDay, c.AnswerDays) < 0 {
		return nil, errors.New("per_run, per_minute, per_hour, per_day and answer_days are counts")
	}
	return o, o.Post.Check()
}

// openOutgoing completes the sending for use.
func (c *smtpConfig) openOutgoing(folder string) (*pipeline.Outgoing, error) {
	o, err := c.outgoing(folder)
	if o == nil || err != nil {
		return nil, err
	}
	o.Post.Hello = "localhost"
	if c.CAFile != "" {
		data, err := os.ReadFile(beside(folder, c.CAFile))
		if err != nil {
			return nil, fmt.Errorf("smtp: ca_file: %w", err)
		}
		o.Post.Roots = x509.NewCertPool()
		if !o.Post.Roots.AppendCertsFromPEM(data) {
			return nil, fmt.Errorf("smtp: ca_file %q: it holds no certificate in PEM", c.CAFile)
		}
	}
	return o, nil
}
