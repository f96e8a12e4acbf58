package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/cobra"
)

// readmeBlocks are the fenced blocks of the README whose fence is marked so.
func readmeBlocks(t *testing.T, mark string) []string {
	t.Helper()
	fence := regexp.MustCompile("(?ms)^```" + mark + "\n(.*?)^```$")
	var blocks []string
	for _, m := range fence.FindAllStringSubmatch(readme(t), -1) {
		blocks = append(blocks, m[1])
	}
	if len(blocks) == 0 {
		t.Fatalf("README.md: no block marked %q", mark)
	}
	return blocks
}

func readme(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(data), "\r\n", "\n")
}

// readmeWords are the words of a line as a shell takes them: double quotes keep
// blanks, and a # begins a comment.
func readmeWords(line string) []string {
	var words []string
	for _, m := range regexp.MustCompile(`"([^"]*)"|(\S+)`).FindAllStringSubmatch(line, -1) {
		if strings.HasPrefix(m[2], "#") {
			break
		}
		words = append(words, m[1]+m[2])
	}
	return words
}

// readmeCommand is a line as arguments of the program; nil when the line is not
// for it. That the program is run by go run makes no difference.
func readmeCommand(line string) []string {
	words := readmeWords(line)
	if len(words) > 2 && strings.Join(words[:3], " ") == "go run ./cmd/baocao" {
		words = words[2:]
		words[0] = "baocao"
	}
	if len(words) == 0 || words[0] != "baocao" {
		return nil
	}
	return words[1:]
}

// TestReadmeCommands runs the README's blocks marked as runnable, in their order,
// in a scratch copy of what they need from a clone. Each line must end 0.
func TestReadmeCommands(t *testing.T) {
	var script strings.Builder
	for _, block := range readmeBlocks(t, "sh run") {
		for line := range strings.Lines(block) {
			words := readmeWords(line)
			if len(words) == 0 || strings.Join(words, " ") == "go test ./..." { // this test is part of it
				continue
			}
			args := readmeCommand(line)
			if args == nil {
				t.Fatalf("README.md: %q: want a line of baocao", line)
			}
			script.WriteString("exec baocao")
			for _, arg := range args {
				script.WriteString(" '" + strings.ReplaceAll(arg, "'", "''") + "'")
			}
			script.WriteString("\n")
		}
	}
	file := filepath.Join(t.TempDir(), "readme.txtar")
	if err := os.WriteFile(file, []byte(script.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Files: []string{file},
		Setup: func(env *testscript.Env) error {
			for _, name := range []string{"inbox/mau-2018", "templates/plan", "pipeline/form/testdata/plan"} {
				if err := os.CopyFS(filepath.Join(env.WorkDir, name), os.DirFS(filepath.Join(root, name))); err != nil {
					return err
				}
			}
			return nil
		},
	})
}

// TestReadmeConfiguration reads the configuration that the README shows.
func TestReadmeConfiguration(t *testing.T) {
	for _, block := range readmeBlocks(t, "yaml") {
		name := filepath.Join(t.TempDir(), configName)
		if err := os.WriteFile(name, []byte(block), 0o600); err != nil {
			t.Fatal(err)
		}
		_, cfg, _, err := (&app{configFile: name}).config()
		if err != nil {
			t.Errorf("README.md: %v", err)
		}
		if cfg.Mailbox == nil || cfg.SMTP == nil {
			t.Errorf("README.md: configuration: mailbox %v, smtp %v; want both", cfg.Mailbox, cfg.SMTP)
		}
	}
}

// TestReadmeNames looks up every command and flag that the README names.
func TestReadmeNames(t *testing.T) {
	spans := regexp.MustCompile("`([^`\n]+)`").FindAllStringSubmatch(readme(t), -1)
	found := 0
	for _, span := range spans {
		args := readmeCommand(span[1])
		if args == nil {
			args = readmeWords(span[1])
		}
		if len(args) == 0 {
			continue
		}
		cmd, rest, err := newRoot(&app{}).Find(args)
		switch {
		case err != nil || !cmd.HasParent():
			if readmeCommand(span[1]) != nil {
				t.Errorf("README.md: `%s`: no such command", span[1])
			}
			continue
		case cmd.HasSubCommands() && cmd.ValidateArgs(rest) != nil: // plan, with an unknown word behind it
			t.Errorf("README.md: `%s`: no such command", span[1])
			continue
		}
		found++
		for _, word := range rest {
			if flag, ok := strings.CutPrefix(word, "--"); ok && !hasFlag(cmd, flag) {
				t.Errorf("README.md: `%s`: %s takes no --%s", span[1], cmd.CommandPath(), flag)
			}
		}
	}
	if found < 20 {
		t.Errorf("README.md: %d commands named, want 20 at least", found)
	}
}

func hasFlag(cmd *cobra.Command, name string) bool {
	return name == "help" || cmd.Flags().Lookup(name) != nil || cmd.InheritedFlags().Lookup(name) != nil
}

// TestReadmeTemplates looks for every template that the README's table names.
func TestReadmeTemplates(t *testing.T) {
	_, section, ok := strings.Cut(readme(t), "\n## Templates\n")
	if !ok {
		t.Fatal("README.md: no section on templates")
	}
	section, _, _ = strings.Cut(section, "\n## ")
	for _, row := range regexp.MustCompile("(?m)^\\| (`.*?) \\|").FindAllStringSubmatch(section, -1) {
		for _, span := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(row[1], -1) {
			if names, err := filepath.Glob(filepath.Join("../../templates", span[1])); err != nil || len(names) == 0 {
				t.Errorf("README.md: templates/%s: there is none", span[1])
			}
		}
	}
}
