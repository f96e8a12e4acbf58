package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"strings"

	"baocao/pipeline"
	"baocao/templates"
)

// initWords are templates/init.yaml: there is no configuration yet, and so no
// templates of the office's own.
type initWords struct {
	Questions map[string]string `yaml:"questions"`
	Again     string            `yaml:"again"`
	Sender    string            `yaml:"sender"`
	Title     string            `yaml:"title"`
	Nobody    string            `yaml:"nobody"`
	Next      []string          `yaml:"next"`
	File      string            `yaml:"file"`
}

func readInitWords() (w initWords, err error) {
	data, err := fs.ReadFile(templates.FS, "init.yaml")
	if err == nil {
		err = pipeline.DecodeYAML(data, &w)
	}
	if err != nil {
		return w, fmt.Errorf("templates/init.yaml: %w", err)
	}
	return w, nil
}

// fill is the annotated file with the answers in it.
func (w initWords) fill(got answers) (string, error) {
	office := got.Province
	if office == "" {
		office = w.Nobody
	} else {
		office = strings.ReplaceAll(w.Sender, "{province}", office)
	}
	title := strings.ReplaceAll(w.Title, "{office}", strings.Join(strings.Fields(office), " "))
	lines := strings.Split(strings.ReplaceAll(w.File, "{title}", title), "\n")
	type pair struct{ section, key, value string }
	pairs := []pair{
		{"", "office", got.Office}, {"", "authserv", got.Authserv},
	}
	if got.Mailbox != "" {
		pairs = append(pairs,
			pair{"mailbox", "server", got.Mailbox}, pair{"mailbox", "security", got.Security}, pair{"mailbox", "user", got.User},
			pair{"mailbox", "password_file", got.PasswordFile}, pair{"mailbox", "password_env", got.PasswordEnv})
	}
	if got.SMTP != "" {
		pairs = append(pairs,
			pair{"smtp", "server", got.SMTP}, pair{"smtp", "security", got.SMTPSecurity}, pair{"smtp", "user", got.User},
			pair{"smtp", "from", got.From}, pair{"smtp", "only_to", got.OnlyTo})
		if got.User != "" {
			pairs = append(pairs, pair{"smtp", "password_file", got.PasswordFile}, pair{"smtp", "password_env", got.PasswordEnv})
		}
	}
	for _, p := range pairs {
		if p.value == "" {
			continue
		}
		if err := setKey(lines, p.section, p.key, p.value); err != nil {
			return "", fmt.Errorf("templates/init.yaml: %w", err)
		}
	}
	return strings.Join(lines, "\n"), nil
}

// keyLine is a key of the annotated file, in force or not: "#" or nothing, the
// indentation, the key.
var keyLine = regexp.MustCompile(`^#?( *)([a-z_]+):`)

// setKey puts a key of a section, or of the top, in force with a value.
func setKey(lines []string, section, key, value string) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b) // a JSON string is one of YAML, too
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return err
	}
	quoted := strings.TrimSpace(b.String())
	head := -1
	for i, line := range lines {
		m := keyLine.FindStringSubmatch(line)
		if m == nil || m[1] == " " { // a sentence
			continue
		}
		switch top := m[1] == ""; {
		case top && section == "" && m[2] == key:
			lines[i] = key + ": " + quoted
			return nil
		case top:
			head = -1
			if m[2] == section {
				head = i
			}
		case head >= 0 && m[2] == key:
			lines[head] = section + ":"
			lines[i] = m[1] + key + ": " + quoted
			return nil
		}
	}
	return fmt.Errorf("file: no line for %s %s", section, key)
}

// printNext says what to do now. A line that names what there is not is left
// out.
func (w initWords) printNext(out io.Writer, name string, got answers) {
	password := got.PasswordFile
	if got.Password != "" {
		password = "" // it is in the file already
	}
	values := map[string]string{"{file}": name, "{password}": password, "{env}": got.PasswordEnv}
lines:
	for _, line := range w.Next {
		for mark, value := range values {
			if strings.Contains(line, mark) && value == "" {
				continue lines
			}
			line = strings.ReplaceAll(line, mark, value)
		}
		fmt.Fprintln(out, line)
	}
}
