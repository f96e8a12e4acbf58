package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"baocao/pipeline"
	"baocao/pipeline/deliver"
)

// config is baocao.yaml. Unknown keys are errors that name their line.
type config struct {
	// Office is the short name under which this office's data are kept, so
	// that many can share a database later. Lower-case ASCII. Default: "local".
	Office string `yaml:"office"`

	// Authserv is the authserv-id that the office's own mail server writes
	// into Authentication-Results (RFC 8601). Only results under this name are
	// believed. Default: that of the shipped example.
	Authserv string `yaml:"authserv"`

	// DKIMDNS lets the program itself check the DKIM signature of a mail that
	// carries no believed Authentication-Results. The sender's domain is asked
	// for its key once, and what was found is kept beside the mails, in
	// inbox/mail. The value is system (the name servers of this computer) or the
	// address of a name server: 192.0.2.1, 127.0.0.1:5353. What it answers is
	// believed, so it should be near. Default: none; nobody is asked.
	DKIMDNS string `yaml:"dkim_dns"`

	// State is the folder of database and archive, relative to the
	// configuration's folder. Default: "out".
	State string `yaml:"state"`

	// Mailbox is the mailbox that the agencies write to. Default: none; mail
	// is then put into inbox/ by hand.
	Mailbox *mailboxConfig `yaml:"mailbox"`

	// SMTP is how the office sends letters. Default: none; it sends none.
	SMTP *smtpConfig `yaml:"smtp"`

	// Approval says how many persons it takes to issue a report: "one", or "two"
	// where one prepares and another approves. Default: "one".
	Approval string `yaml:"approval"`

	// CheckAddress is an address of the office for documents that are only to
	// be checked: who writes to it gets what was found, and nothing is counted.
	// A subject with [KIEM TRA] asks for the same. Default: none.
	CheckAddress string `yaml:"check_address"`

	// AlarmHours is for how many hours a mail may lie unanswered, a document
	// unread or a letter unsent before status raises an alarm. Default: 24.
	AlarmHours int `yaml:"alarm_hours"`

	// Clerk is who gets the drafts, and is told what the schedule could not do:
	// Nguyễn Văn A <canbo@daknong.example>. Default: nobody.
	Clerk string `yaml:"clerk"`

	// Recipients are who gets the issued reports. Default: nobody.
	Recipients []recipientsConfig `yaml:"recipients"`
}

// officeName is what an office may be called: it is part of every key.
var officeName = regexp.MustCompile(`^[a-z][a-z0-9-]{0,39}$`)

// configName is the configuration's usual name.
const configName = "baocao.yaml"

// config reads the configuration. Without one the program runs on what ships,
// in the working folder.
func (a *app) config() (folder string, cfg config, configured bool, err error) {
	name := a.configFile
	if name == "" {
		name = configName
	}
	data, err := os.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && a.configFile == "":
		return ".", cfg.withDefaults(), false, nil
	case err != nil:
		return "", cfg, false, fmt.Errorf("open configuration: %w", err)
	}
	if cfg, err = readConfig(name, data); err != nil {
		return "", cfg, false, err
	}
	return filepath.Dir(name), cfg, true, nil
}

// readConfig is the configuration that data holds, checked whole; name is the
// file's.
func readConfig(name string, data []byte) (cfg config, err error) {
	if err := pipeline.DecodeYAML(data, &cfg); err != nil {
		return cfg, fmt.Errorf("configuration %q: %w", name, nearestKey(data, err))
	}
	cfg = cfg.withDefaults()
	if !officeName.MatchString(cfg.Office) {
		return cfg, fmt.Errorf("configuration %q: office %q: want lower-case letters, digits and hyphens, such as daknong", name, cfg.Office)
	}
	if first, _, _ := strings.Cut(filepath.ToSlash(filepath.Clean(cfg.State)), "/"); first == "inbox" || first == "." || first == ".." {
		return cfg, fmt.Errorf("configuration %q: state %q: want a folder of its own, outside inbox", name, cfg.State)
	}
	if _, err := cfg.Mailbox.mailbox(filepath.Dir(name)); err != nil {
		return cfg, fmt.Errorf("configuration %q: mailbox: %w", name, err)
	}
	if cfg.AlarmHours < 0 {
		return cfg, fmt.Errorf("configuration %q: alarm_hours %d: want a number of hours", name, cfg.AlarmHours)
	}
	if _, err := cfg.SMTP.outgoing(filepath.Dir(name)); err != nil {
		return cfg, fmt.Errorf("configuration %q: smtp: %w", name, err)
	}
	if _, err := newKeyServer(cfg.DKIMDNS); err != nil {
		return cfg, fmt.Errorf("configuration %q: %w", name, err)
	}
	if _, _, err := cfg.addressees(); err != nil {
		return cfg, fmt.Errorf("configuration %q: %w", name, err)
	}
	if cfg.Approval != "one" && cfg.Approval != "two" {
		return cfg, fmt.Errorf("configuration %q: approval %q: want one or two", name, cfg.Approval)
	}
	if cfg.CheckAddress != "" {
		if err := deliver.CheckAddress(cfg.CheckAddress); err != nil {
			return cfg, fmt.Errorf("configuration %q: check_address: %w", name, err)
		}
	}
	return cfg, nil
}

// withDefaults is the configuration with the default for each key left out.
func (c config) withDefaults() config {
	return config{
		Office:   cmp.Or(c.Office, "local"),
		Authserv: cmp.Or(c.Authserv, "mx.daknong.example"),
		State:    cmp.Or(c.State, "out"),
		Mailbox:  c.Mailbox,
		SMTP:     c.SMTP,

		DKIMDNS:      c.DKIMDNS,
		Approval:     cmp.Or(c.Approval, "one"),
		CheckAddress: c.CheckAddress,
		AlarmHours:   cmp.Or(c.AlarmHours, 24),
		Clerk:        c.Clerk,
		Recipients:   c.Recipients,
	}
}
