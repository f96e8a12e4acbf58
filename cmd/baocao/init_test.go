package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline"
	"baocao/pipeline/collect"
)

// The annotated file that init writes has every key of the configuration, each
// once, so that the two cannot drift apart.
func TestInitFileHasEveryKey(t *testing.T) {
	words, err := readInitWords()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	section := ""
	for _, line := range strings.Split(words.File, "\n") {
		m := regexp.MustCompile(`^#( *)(?:- )?([a-z_]+):`).FindStringSubmatch(line)
		switch {
		case m == nil || m[1] == " ":
		case m[1] == "":
			section = m[2]
			got = append(got, section)
		default:
			got = append(got, section+"."+m[2])
		}
	}
	want := keysOf(reflect.TypeFor[config](), "")
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("keys of templates/init.yaml (-config.go +init.yaml):\n%s", diff)
	}
}

// keysOf are the keys of a struct as YAML has them, with their sections.
func keysOf(t reflect.Type, under string) []string {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	var keys []string
	for i := range t.NumField() {
		name, options, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
		switch {
		case options == "inline":
			keys = append(keys, keysOf(t.Field(i).Type, under)...)
		case name != "":
			keys = append(keys, under+name)
			keys = append(keys, keysOf(t.Field(i).Type, under+name+".")...)
		}
	}
	return keys
}

// With the # taken from every key the file is still one that the program
// decodes, and what stands there as default is the default.
func TestInitFileDefaults(t *testing.T) {
	words, err := readInitWords()
	if err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile(`(?m)^#((?:  )*(?:- )?[a-z_]+:)`).ReplaceAllString(words.File, "$1")
	var got config
	if err := pipeline.DecodeYAML([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	defaults := config{}.withDefaults()
	for _, c := range []struct {
		key       string
		got, want any
	}{
		{"office", got.Office, defaults.Office},
		{"authserv", got.Authserv, defaults.Authserv},
		{"state", got.State, defaults.State},
		{"approval", got.Approval, defaults.Approval},
		{"alarm_hours", got.AlarmHours, defaults.AlarmHours},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %v, want the default %v", c.key, c.got, c.want)
		}
	}
	bare := &smtpConfig{Server: "smtp.so.example.vn", From: "cchc@so.example.vn"}
	want, err := bare.outgoing(".")
	if err != nil {
		t.Fatal(err)
	}
	said := *got.SMTP
	said.Secret, said.User = secretConfig{}, ""
	have, err := said.outgoing(".")
	if err != nil {
		t.Fatal(err)
	}
	type counts struct {
		perRun, perMinute, perHour, perDay int
		within                             any
		tls                                any
	}
	of := func(o *pipeline.Outgoing) counts {
		return counts{o.PerRun, o.PerMinute, o.PerHour, o.PerDay, o.AnswerWithin, o.Post.TLS}
	}
	if of(have) != of(want) {
		t.Errorf("smtp: got %v, want the defaults %v", of(have), of(want))
	}
	box := *got.Mailbox
	box.Secret, box.Since = secretConfig{PasswordEnv: "X"}, ""
	m, err := box.mailbox(".")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := m.After, (collect.After{Keyword: "$BaocaoStored"}); got != want {
		t.Errorf("mailbox: got %+v, want the default %+v", got, want)
	}
}

// Nobody else may read the password.
func TestInitPasswordMode(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such modes")
	}
	name := filepath.Join(t.TempDir(), passwordFile)
	if err := putPassword(name, "secret"); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := info.Mode().Perm(), fs.FileMode(0o600); got != want {
		t.Errorf("got mode %o, want %o", got, want)
	}
	if got, err := (collect.Secret{File: name}).Read(); got != "secret" || err != nil {
		t.Errorf("got %q, %v, want secret", got, err)
	}
}

func TestNearestKey(t *testing.T) {
	for text, want := range map[string]string{
		"offce: x\n":                             `line 1: unknown key "offce", the nearest is "office"`,
		"mailbox: {sever: x}\n":                  `line 1: unknown key "sever" in mailbox, the nearest is "server"`,
		"smtp:\n  # only\n  onlyto: a@b.vn\n":    `line 3: unknown key "onlyto" in smtp, the nearest is "only_to"`,
		"smtp:\n  poll: 5m\n":                    `line 2: unknown key "poll" in smtp, there is one in mailbox`,
		"OFFICE: x\n":                            `line 1: unknown key "OFFICE", the nearest is "office"`,
		"mailbox:\n  server: x\nper_day: 5\n":    `line 3: unknown key "per_day", there is one in smtp`,
		"office: x\nmailbox:\n  xyzzyxyzzy: 1\n": `line 3: unknown key "xyzzyxyzzy" in mailbox, known are server, `,
	} {
		if _, err := readConfig(configName, []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
}
