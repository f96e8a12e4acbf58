package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"baocao/pipeline"
)

// loginSink is a mail server that lets one user in, and notes when somebody
// begins a letter.
type loginSink struct{ letters atomic.Int32 }

func (s *loginSink) NewSession(*smtp.Conn) (smtp.Session, error) { return &loginSession{s}, nil }

type loginSession struct{ sink *loginSink }

func (s *loginSession) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *loginSession) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != mailUser || password != "secret" {
			return &smtp.SMTPError{Code: 535, EnhancedCode: smtp.EnhancedCode{5, 7, 8}, Message: "nobody has the password " + password}
		}
		return nil
	}), nil
}

func (s *loginSession) Mail(string, *smtp.MailOptions) error {
	s.sink.letters.Add(1)
	return nil
}

func (s *loginSession) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (s *loginSession) Data(io.Reader) error                 { return errors.New("no letters here") }
func (s *loginSession) Reset()                               {}
func (s *loginSession) Logout() error                        { return nil }

// examined runs doctor --json over a folder, and gives what it found by check.
func examined(t *testing.T, folder string) (map[string]pipeline.Examined, int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := Main(t.Context(), []string{"--config", filepath.Join(folder, configName), "doctor", "--json"}, &stdout, &stderr, toldNow)
	if strings.Contains(stdout.String()+stderr.String(), "wrong-secret") {
		t.Error("the password is shown")
	}
	return byCheck(t, stdout.Bytes(), stderr.String()), code
}

// byCheck is what doctor --json printed.
func byCheck(t *testing.T, stdout []byte, stderr string) map[string]pipeline.Examined {
	t.Helper()
	var all []pipeline.Examined
	if err := json.Unmarshal(stdout, &all); err != nil {
		t.Fatalf("%v in %q; stderr %q", err, stdout, stderr)
	}
	byName := map[string]pipeline.Examined{}
	for _, e := range all {
		byName[e.Check] = e
	}
	return byName
}

// doctorsOffice makes a folder with a configuration that has the given end.
func doctorsOffice(t *testing.T, config, password string) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "inbox"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{configName: config, "password": password} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("BAOCAO_NOW", "2018-03-16T09:00:00+07:00")
	return folder
}

func TestDoctorSMTP(t *testing.T) {
	sink := &loginSink{}
	addr := serveSMTP(t, sink)
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := closed.Addr().String()
	closed.Close()
	words, err := readDoctorHints()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		addr, password, more string
		ok                   bool
		code                 int
		hint, detail         string
	}{
		"all is well":    {addr: addr, password: "secret", ok: true, detail: "127.0.0.1 as " + mailUser},
		"for trying out": {addr: addr, password: "secret", more: "  only_to: me@daknong.example\n", ok: true, hint: "only-to", detail: "me@daknong.example alone"},
		"wrong password": {addr: addr, password: "wrong-secret", code: exitFailed, hint: "smtp-login", detail: "535"},
		"nobody there":   {addr: nobody, password: "secret", code: exitFailed, hint: "smtp", detail: "connection refused"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := doctorsOffice(t, "smtp:\n  server: "+c.addr+"\n  security: plain\n  user: "+mailUser+
				"\n  password_file: password\n  from: snv@daknong.example\n"+c.more, c.password)
			all, code := examined(t, folder)
			got := all["smtp"]
			if got.OK != c.ok || code != c.code || !strings.Contains(got.Detail, c.detail) || got.Hint != words[c.hint] {
				t.Errorf("got %+v, code %d, want ok %v, code %d, detail %q, hint %q", got, code, c.ok, c.code, c.detail, words[c.hint])
			}
			for _, e := range all {
				if !e.OK && e.Check != "smtp" {
					t.Errorf("got %+v, want it ok", e)
				}
			}
		})
	}
	if n := sink.letters.Load(); n != 0 {
		t.Errorf("got %d letters begun, want none", n)
	}
}

// readDoctorHints are the sentences that ship, by name.
func readDoctorHints() (map[string]string, error) {
	data, err := os.ReadFile("../../templates/doctor.yaml")
	if err != nil {
		return nil, err
	}
	var w pipeline.DoctorWords
	if err := pipeline.DecodeYAML(data, &w); err != nil {
		return nil, err
	}
	hints := map[string]string{}
	for name, text := range w.Hints {
		hints[string(name)] = text
	}
	return hints, nil
}
