package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/plan"
)

func newParagraph(a *app) *cobra.Command {
	var (
		who    actorFlag
		text   string
		remove bool
		asJSON bool
	)
	cmd := &cobra.Command{
		Use:   "paragraph PERIOD [SECTION]",
		Short: "Write your own paragraphs into a section of a period's report, or list the sections",
		Long: `paragraph puts the text of a file, or of the standard input (-), into a section of
the period's report, in place of what was written there before. Lines are
paragraphs; one that begins with "- " is an item of a list. Without a section it
lists the sections and what is written into them. What is written is frozen with
the report when it is issued; a period that is issued takes none.`,
		Example: `  baocao paragraph 2018-Q1
  baocao paragraph 2018-Q1 phuong-huong --text nhiem-vu.txt
  baocao paragraph 2018-Q1 II --remove`,
		Args: func(cmd *cobra.Command, args []string) error {
			switch {
			case len(args) == 0 || len(args) > 2:
				return usageError{cmd.CommandPath(), fmt.Errorf("want a period, such as 2018-Q1, and at most one section, got %d arguments", len(args))}
			case len(args) == 1 && (text != "" || remove):
				return usageError{cmd.CommandPath(), errors.New("want a section to write into")}
			case len(args) == 2 && (text != "") == remove:
				return usageError{cmd.CommandPath(), errors.New("want one of --text and --remove")}
			}
			return onePeriod(cmd, args[:1])
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			p, done, err := a.open(cmd.Context(), needsStore)
			if err != nil {
				return err
			}
			defer done()
			period, _ := plan.ParsePeriod(args[0]) // Args has checked it
			if len(args) == 2 {
				said := ""
				if !remove {
					if said, err = writtenText(cmd.InOrStdin(), text); err != nil {
						return err
					}
				}
				by, err := who.actor(p.Now())
				if err != nil {
					return err
				}
				if err := p.Write(cmd.Context(), period, args[1], said, by); err != nil {
					return err
				}
			}
			sections, err := p.Paragraphs(cmd.Context(), period)
			if err != nil {
				return err
			}
			if asJSON {
				return a.printJSON(sections)
			}
			a.printSections(sections)
			return nil
		},
	}
	who.register(cmd)
	f := cmd.Flags()
	f.StringVar(&text, "text", "", "the `file` with the text, - for the standard input")
	f.BoolVar(&remove, "remove", false, "take out what is written")
	f.BoolVar(&asJSON, "json", false, "print one JSON value")
	return cmd
}

// mostWritten is how much is read of a text, in bytes.
const mostWritten = 1 << 20

// writtenText is the text of a file, or of stdin.
func writtenText(stdin io.Reader, name string) (string, error) {
	from := stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return "", err
		}
		defer f.Close()
		from = f
	}
	data, err := io.ReadAll(io.LimitReader(from, mostWritten+1))
	if err != nil {
		return "", fmt.Errorf("read text %q: %w", name, err)
	}
	said := strings.TrimPrefix(string(data), "\uFEFF") // Notepad writes one
	switch {
	case len(data) > mostWritten:
		return "", fmt.Errorf("text %q: more than %d bytes", name, mostWritten)
	case strings.TrimSpace(said) == "":
		return "", fmt.Errorf("text %q is empty; --remove takes out what is written", name)
	}
	return said, nil
}

func (a *app) printSections(sections []pipeline.Section) {
	for _, s := range sections {
		if s.Text == "" {
			fmt.Fprintf(a.stdout, "%s: -\n", s.Name)
			continue
		}
		fmt.Fprintf(a.stdout, "%s: %s, %s\n", s.Name, s.By, s.At)
		for line := range strings.Lines(s.Text) {
			fmt.Fprintf(a.stdout, "    %s\n", strings.TrimRight(line, "\n"))
		}
	}
}
