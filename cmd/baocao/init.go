package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"baocao/pipeline/durable"
)

// answers are what init is told, by flags or at the terminal.
type answers struct {
	Province string // "tỉnh Đắk Nông"
	Office   string // the short name
	Authserv string

	Mailbox, Security string // of the mailbox
	User              string // of both servers

	SMTP, SMTPSecurity string
	From, OnlyTo       string

	PasswordFile, PasswordEnv string
	Password                  string // typed at the terminal; goes to PasswordFile
}

// passwordFile is where the password is, if nobody says.
const passwordFile = "mat-khau.txt"

func newInit(a *app) *cobra.Command {
	var got answers
	var yes bool
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Write an annotated baocao.yaml, and make inbox/ and out/ beside it",
		Long: `init asks a few questions, in Vietnamese, for what no flag says, and writes
baocao.yaml with every key that there is, explained. The password goes to a file
of its own that nobody else can read, or stays in an environment variable.

A file that is there already is never changed. With --yes, and where there is no
terminal to ask at, nothing is asked.`,
		Example: "  baocao init\n  baocao init --yes --province \"tỉnh Đắk Nông\" --office daknong --mailbox imap.so.example.vn --user cchc@so.example.vn --password-env BAOCAO_MAT_KHAU",
		Args:    exactly(0, "argument"),
		RunE: func(*cobra.Command, []string) error {
			words, err := readInitWords()
			if err != nil {
				return err
			}
			if err := a.initUnwritten(); err != nil {
				return err
			}
			if !yes && term.IsTerminal(int(os.Stdin.Fd())) {
				if err := words.ask(os.Stdin, a.stderr, &got); err != nil {
					return fmt.Errorf("init: %w", err)
				}
			}
			return a.init(words, got)
		},
	}
	f := cmd.Flags()
	f.StringVar(&got.Province, "province", "", "the `name` of the province, such as \"tỉnh Đắk Nông\"")
	f.StringVar(&got.Office, "office", "", "the office's short `name`, lower-case ASCII (default: made of the province's)")
	f.StringVar(&got.Authserv, "authserv", "", "the authserv-id of the office's own mail server")
	f.StringVar(&got.Mailbox, "mailbox", "", "the IMAP server, `HOST` or HOST:PORT")
	f.StringVar(&got.Security, "security", "", "of the IMAP server: tls (default), starttls or plain")
	f.StringVar(&got.User, "user", "", "the `name` to log in with, mostly the address")
	f.StringVar(&got.SMTP, "smtp", "", "the SMTP server, `HOST` or HOST:PORT")
	f.StringVar(&got.SMTPSecurity, "smtp-security", "", "of the SMTP server: tls (default), starttls or plain")
	f.StringVar(&got.From, "from", "", "the `address` that letters come from (default: the user)")
	f.StringVar(&got.OnlyTo, "only-to", "", "send every letter to this `address` alone, for trying out")
	f.StringVar(&got.PasswordFile, "password-file", "", "the `file` that holds the password (default: "+passwordFile+")")
	f.StringVar(&got.PasswordEnv, "password-env", "", "the `variable` of the environment that holds the password")
	f.BoolVar(&yes, "yes", false, "ask nothing")
	cmd.MarkFlagsMutuallyExclusive("password-file", "password-env")
	return cmd
}

// initFile is the configuration that init writes.
func (a *app) initFile() string {
	if a.configFile != "" {
		return a.configFile
	}
	return configName
}

// errThere is the error of a file that init would have to change.
var errThere = errors.New("it is there already and is not changed; edit it, or move it away and run init again")

// initUnwritten makes sure that there is nothing to overwrite, before anything is
// asked.
func (a *app) initUnwritten() error {
	if _, err := os.Lstat(a.initFile()); err == nil {
		return fmt.Errorf("init: %q: %w", a.initFile(), errThere)
	}
	return nil
}

// init writes what was answered. The configuration comes last: a run that is
// killed leaves none that is in force.
func (a *app) init(words initWords, got answers) error {
	name := a.initFile()
	folder := filepath.Dir(name)
	got = got.complete(words)
	text, err := words.fill(got)
	if err != nil {
		return err
	}
	if _, err := readConfig(name, []byte(text)); err != nil {
		return fmt.Errorf("init: nothing is written: %w", err)
	}
	for _, dir := range []string{"inbox", "out"} {
		if err := durable.MkdirAll(filepath.Join(folder, dir)); err != nil {
			return fmt.Errorf("init: %w", err)
		}
	}
	if got.PasswordFile != "" {
		if err := putPassword(beside(folder, got.PasswordFile), got.Password); err != nil {
			return err
		}
	}
	if err := putNew(name, text, 0o644); err != nil {
		return err
	}
	words.printNext(a.stdout, name, got)
	return nil
}

// putPassword makes the file of the password, empty when it is not known; one
// that is there is left alone, unless there is a password to write.
func putPassword(name, password string) error {
	if password != "" {
		password += "\n"
	}
	err := putNew(name, password, 0o600)
	if errors.Is(err, errThere) && password == "" {
		return nil
	}
	return err
}

// putNew writes a file durably where there is none.
func putNew(name, text string, mode fs.FileMode) error {
	f, err := durable.CreateTemp(filepath.Dir(name))
	if err != nil {
		return fmt.Errorf("init: %w", err)
	}
	if _, err = f.WriteString(text); err == nil {
		err = f.Chmod(mode)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("init: write %q: %w", name, err), f.Close(), os.Remove(f.Name()))
	}
	err = durable.Publish(f, name)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("init: %q: %w", name, errThere)
	}
	if err != nil {
		return fmt.Errorf("init: %w", err)
	}
	return nil
}

// complete is the answers with what follows from others.
func (got answers) complete(words initWords) answers {
	got.Province = strings.TrimSpace(got.Province)
	if got.Office == "" {
		got.Office = shortName(got.Province)
	}
	if (got.Mailbox != "" || got.SMTP != "") && got.User != "" && got.PasswordEnv == "" && got.PasswordFile == "" {
		got.PasswordFile = passwordFile
	}
	if got.SMTP != "" && got.From == "" && strings.Contains(got.User, "@") {
		got.From = got.User
		if got.Province != "" {
			got.From = strings.ReplaceAll(words.Sender, "{province}", got.Province) + " <" + got.User + ">"
		}
	}
	return got
}
