package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"baocao/pipeline/deliver"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/report"
)

// boardWords are the words of templates/report/board.yaml: the board of a period
// as a workbook.
type boardWords struct {
	Author string `yaml:"author"`
	Footer string `yaml:"footer"`
	Words  struct {
		Page      string `yaml:"page"`
		Continued string `yaml:"continued"`
	} `yaml:"words"`
	Board     boardSheet                 `yaml:"board"`
	Log       boardSheet                 `yaml:"log"`
	States    map[reconcile.State]string `yaml:"states"`
	Steps     map[RemindStep]string      `yaml:"steps"`
	Letters   map[deliver.State]string   `yaml:"letters"`
	Withdrawn map[string]string          `yaml:"withdrawn"`
}

type boardSheet struct {
	Label     string        `yaml:"label"`
	Title     string        `yaml:"title"`
	Reference string        `yaml:"reference"`
	Sheet     string        `yaml:"sheet"`
	Intro     string        `yaml:"intro"`
	None      string        `yaml:"none"`
	Columns   []boardColumn `yaml:"columns"`
}

type boardColumn struct {
	Key   string       `yaml:"key"`
	Title string       `yaml:"title"`
	Width int          `yaml:"width"`
	Align report.Align `yaml:"align"`
}

var (
	boardNames = []string{
		"{period}", "{PERIOD}", "{plan}", "{due}", "{moment}", "{expected}", "{received}", "{held}", "{missing}", "{late}", "{reminders}",
	}
	boardColumns = []string{
		"number", "agency", "group", "state", "due", "received", "late", "version", "expected", "reported", "reminders", "step", "reminded", "letter",
	}
	logColumns = []string{"number", "agency", "step", "day", "hour", "to", "letter", "why"}
)

// readBoard reads the words of the board. Templates that were frozen with a report
// before there was one do not have them.
func (p *Pipeline) readBoard(o *office) error {
	words := new(boardWords)
	if _, err := p.template("report/board.yaml", words); errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	if err := words.check(); err != nil {
		return fmt.Errorf("templates/report/board.yaml: %w", err)
	}
	o.board = words
	return nil
}

// check looks for what is missing and for names that are not ours.
func (w *boardWords) check() error {
	problems := []error{
		w.Board.check("board", boardColumns), w.Log.check("log", logColumns), unknownNames("footer", w.Footer),
		named("states", w.States, reconcile.StateAccepted, reconcile.StateNothing, reconcile.StateHeld,
			reconcile.StateRejected, reconcile.StateMissing, reconcile.StateWaived),
		named("steps", w.Steps, remindSteps...),
		named("letters", w.Letters, deliver.Queued, deliver.Sending, deliver.Sent, deliver.MaybeSent, deliver.Failed, deliver.Bounced, deliver.Withdrawn),
		named("withdrawn", w.Withdrawn, WithdrawnReceived, WithdrawnWaived, WithdrawnMoved, WithdrawnNotAsked, WithdrawnClosed),
	}
	if w.Words.Page == "" || w.Footer == "" {
		problems = append(problems, errors.New("footer, words: page: one of them says nothing"))
	}
	return errors.Join(problems...)
}

func (s boardSheet) check(at string, columns []string) error {
	problems := []error{unknownNames(at, s.Title+s.Reference+s.Intro+s.None)}
	if s.Title == "" || s.Sheet == "" || len(s.Columns) == 0 {
		problems = append(problems, fmt.Errorf("%s: want title, sheet and columns", at))
	}
	for i, c := range s.Columns {
		if !slices.Contains(columns, c.Key) || c.Title == "" || c.Width <= 0 {
			problems = append(problems, fmt.Errorf("%s: columns: %d: want key, title and width, known keys are %q, got %q", at, i+1, columns, c.Key))
		}
	}
	return errors.Join(problems...)
}

func unknownNames(at, text string) error {
	for _, n := range markName.FindAllString(text, -1) {
		if !slices.Contains(boardNames, n) {
			return fmt.Errorf("%s: unknown name %s, known are %s", at, n, strings.Join(boardNames, " "))
		}
	}
	return nil
}

// named is an error for a value that the words have no name for.
func named[K ~string](list string, names map[K]string, values ...K) error {
	for _, v := range values {
		if names[v] == "" {
			return fmt.Errorf("%s: no name for %q", list, v)
		}
	}
	return nil
}
