package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"baocao/pipeline/deliver"
	"baocao/pipeline/viet"
)

// question is asked for an answer that no flag has given.
type question struct {
	key     string // in templates/init.yaml
	into    *string
	assumed string       // the answer of who only presses Enter
	secret  bool         // is not shown while it is typed
	wrong   func() error // with the answer; nil: any is right
}

// ask asks at the terminal in for what is missing.
func (w initWords) ask(in *os.File, out io.Writer, got *answers) error {
	r := bufio.NewReader(in)
	address := func(s *string) func() error {
		return func() error { return deliver.CheckAddress(*s) }
	}
	one := func(q question) error { return w.askOne(in, r, out, q) }
	if err := one(question{key: "province", into: &got.Province}); err != nil {
		return err
	}
	office := func() error {
		if !officeName.MatchString(got.Office) {
			return fmt.Errorf("%q: a-z, 0-9, -", got.Office)
		}
		return nil
	}
	if err := one(question{key: "office", into: &got.Office, assumed: shortName(got.Province), wrong: office}); err != nil {
		return err
	}
	if err := one(question{key: "mailbox", into: &got.Mailbox}); err != nil {
		return err
	}
	if got.Mailbox != "" {
		if err := one(question{key: "user", into: &got.User, wrong: address(&got.User)}); err != nil {
			return err
		}
	}
	if err := one(question{key: "smtp", into: &got.SMTP}); err != nil {
		return err
	}
	if got.SMTP != "" {
		if err := one(question{key: "user", into: &got.User, wrong: address(&got.User)}); err != nil {
			return err
		}
		if err := one(question{key: "only_to", into: &got.OnlyTo, wrong: address(&got.OnlyTo)}); err != nil {
			return err
		}
	}
	if got.User == "" || got.PasswordEnv != "" || got.PasswordFile != "" {
		return nil
	}
	return one(question{key: "password", into: &got.Password, secret: true})
}

// askOne asks until the answer can be used. An empty one always can.
func (w initWords) askOne(in *os.File, r *bufio.Reader, out io.Writer, q question) error {
	for *q.into == "" {
		fmt.Fprint(out, w.Questions[q.key])
		if q.assumed != "" {
			fmt.Fprintf(out, " [%s]", q.assumed)
		}
		fmt.Fprint(out, ": ")
		line, err := readLine(in, r, q.secret)
		if q.secret {
			fmt.Fprintln(out)
		}
		if err != nil {
			return fmt.Errorf("read the answer to %q: %w", q.key, err)
		}
		if !q.secret {
			line = strings.TrimSpace(line)
		}
		if line == "" {
			line = q.assumed
		}
		*q.into = line
		if line == "" || q.wrong == nil {
			return nil
		}
		wrong := q.wrong()
		if wrong == nil {
			return nil
		}
		*q.into, q.assumed = "", ""
		fmt.Fprintln(out, strings.ReplaceAll(w.Again, "{why}", wrong.Error()))
	}
	return nil
}

// readLine reads what a person types, without showing it if it is secret. A
// terminal gives a line at a time, so that r holds none of the next.
func readLine(in *os.File, r *bufio.Reader, secret bool) (string, error) {
	if secret {
		typed, err := term.ReadPassword(int(in.Fd()))
		return string(typed), err
	}
	line, err := r.ReadString('\n')
	if err != nil && (line == "" || !errors.Is(err, io.EOF)) {
		return "", err
	}
	return line, nil
}

// shortName is a province's name as an office's short one: daknong for "tỉnh Đắk
// Nông".
func shortName(province string) string {
	loose := viet.Loose(province)
	for _, kind := range []string{"tinh ", "thanh pho ", "tp "} {
		loose = strings.TrimPrefix(loose, kind)
	}
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, loose)
}
