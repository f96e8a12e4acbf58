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
	"baocao/pipeline/collect"
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

	// With a user exactly one of these says where the password or token is, as
	// in mailbox.
	PasswordFile string `yaml:"password_file"`
	PasswordEnv  string `yaml:"password_env"`
	TokenFile    string `yaml:"token_file"`
	TokenEnv     string `yaml:"token_env"`

	// From is the address that letters come from and that is answered to, with
	// its name: Sở Nội vụ tỉnh Đắk Nông <snv@daknong.example>.
	From string `yaml:"from"`

	// OnlyTo is an address that every letter goes to instead of its recipients,
	// who are named at its top: for trying out. Mails answered so are answered.
	// Default: none.
	OnlyTo string `yaml:"only_to"`

	// PerRun is how many letters one run posts, PerHour how many one address
	// gets within an hour; what is above waits. Defaults: 500 and 20.
	PerRun  int `yaml:"per_run"`
	PerHour int `yaml:"per_hour"`

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
		PerRun: cmp.Or(c.PerRun, 500), PerHour: cmp.Or(c.PerHour, 20),
		AnswerWithin: time.Duration(cmp.Or(c.AnswerDays, 7)) * 24 * time.Hour,
	}
	o.Post.Host = c.Server
	if host, port, err := net.SplitHostPort(c.Server); err == nil {
		o.Post.Host = host
		if o.Post.Port, err = strconv.Atoi(port); err != nil {
			return nil, fmt.Errorf("server %q: port %q is no number", c.Server, port)
		}
	}
	if err := c.secret(folder, &o.Post); err != nil {
		return nil, err
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
	if c.PerRun < 0 || c.PerHour < 0 || c.AnswerDays < 0 {
		return nil, errors.New("per_run, per_hour and answer_days are counts")
	}
	return o, o.Post.Check()
}

// secret says where the password or token is.
func (c *smtpConfig) secret(folder string, post *deliver.Post) error {
	given := 0
	for _, s := range []struct {
		file, env string
		oauth     bool
	}{
		{file: c.PasswordFile}, {env: c.PasswordEnv}, {file: c.TokenFile, oauth: true}, {env: c.TokenEnv, oauth: true},
	} {
		if s.file+s.env == "" {
			continue
		}
		given++
		secret := collect.Secret{Env: s.env}
		if s.file != "" {
			secret.File = beside(folder, s.file)
		}
		post.Secret = secret.Read
		if s.oauth {
			post.Auth = deliver.XOAuth2
		}
	}
	if want := min(len(c.User), 1); given != want {
		return fmt.Errorf("user %q: want %d of password_file, password_env, token_file and token_env, got %d", c.User, want, given)
	}
	return nil
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
