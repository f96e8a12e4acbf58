package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"path"

	"baocao/pipeline/deliver"
	"baocao/pipeline/form"
)

// The letters that begin a correspondence, in templates/letter.
const (
	letterForm     = "form"
	letterBefore   = "remind-before"
	letterDue      = "remind-due"
	letterAfter    = "remind-after"
	letterEscalate = "escalate"
	letterToMe     = "to-me" // around a letter that a clerk sends to himself first
)

// readForms reads the template of forms, the letters that go with it and the words
// of reminders. Templates that were frozen with a report before there were any do
// not have them: nobody is written to in their words.
func (p *Pipeline) readForms(o *office) error {
	tmpl, words := new(form.Template), new(reminderWords)
	if _, err := p.template("form/form.yaml", tmpl); errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	if err := tmpl.Check(o.words); err != nil {
		return fmt.Errorf("templates/form/form.yaml: %w", err)
	}
	for _, a := range tmpl.Letterhead.Parents {
		for _, id := range a.Agencies {
			_, isAgency := o.directory.Agency(id)
			if _, isGroup := o.directory.Group(id); !isAgency && !isGroup {
				return fmt.Errorf("templates/form/form.yaml: letterhead: parents: %q is not in the directory", id)
			}
		}
	}
	if _, err := p.template("report/remind.yaml", words); err != nil {
		return err
	}
	if err := words.check(); err != nil {
		return fmt.Errorf("templates/report/remind.yaml: %w", err)
	}
	for _, name := range []string{letterForm, letterBefore, letterDue, letterAfter, letterEscalate, letterCorrection, letterToMe} {
		file := path.Join("letter", name+".txt")
		data, err := fs.ReadFile(p.Templates, file)
		if err != nil {
			return fmt.Errorf("templates: %w", err)
		}
		text, err := deliver.ParseText("templates/"+file, string(data), "", "")
		if err != nil {
			return err
		}
		samples := letterSamples()
		if name == letterToMe {
			samples = []any{onlyTo{}, onlyTo{"a", []string{"b", "c"}, "d"}}
		}
		if err := text.Check(samples...); err != nil {
			return err
		}
		o.letters[name] = text
	}
	o.form, o.reminder = tmpl, words
	return nil
}

// letterFacts are the names that the letters to an agency may use. What is not
// known is empty or 0.
type letterFacts struct {
	Agency, Period    string
	Year              int
	Plan              string // number of the decision
	From, Closes      string // days: "15/3/2018"
	Due, Grace, Lock  string // the agency's own
	Extended          bool   // Due is later than that of the others
	GraceOver, Locked bool   // today is after Grace, after Lock
	Reply             string // the address that answers go to
	File              string // name of the attached form
	Asked, Partner    int    // activities that it leads, and cooperates in
	DaysLeft          int    // until Due; 0: none
	DaysLate          int    // since Due; 0: none
	Rejected          bool   // what it sent cannot be used
	Received          string // the day on which that came
	Missing           []missingActivity
	More              int      // of them that are not listed
	Before            []string // days on which it was reminded
	Persons           []string // names of those above, of an escalation
	Place, Question   string   // of a correction: where, and what the clerk asks
	Found             []string // what was found there
}

type missingActivity struct{ Code, Name string }

// letterSamples have every name with a value and without.
func letterSamples() []any {
	full := letterFacts{
		Agency: "a", Period: "a", Year: 1, Plan: "a", From: "a", Closes: "a", Due: "a", Grace: "a", Lock: "a", Extended: true, GraceOver: true, Locked: true,
		Reply: "a", File: "a", Asked: 1, Partner: 1, DaysLeft: 1, DaysLate: 1, Rejected: true, Received: "a",
		Missing: []missingActivity{{"1.1.1", "a"}}, More: 1, Before: []string{"a"}, Persons: []string{"a"},
		Place: "a", Question: "a", Found: []string{"a"},
	}
	other := full
	other.Rejected, other.Extended, other.GraceOver, other.Locked, other.DaysLeft = false, false, false, false, 0
	return []any{letterFacts{}, full, other}
}
