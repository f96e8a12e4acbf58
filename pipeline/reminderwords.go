package pipeline

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"baocao/pipeline/reconcile"
	"baocao/pipeline/report"
)

// reminderWords are the words of templates/report/remind.yaml: the draft of a công
// văn đôn đốc.
type reminderWords struct {
	Parent     string   `yaml:"parent"`
	Issuer     string   `yaml:"issuer"`
	Symbol     string   `yaml:"symbol"`
	Subject    string   `yaml:"subject"` // below the number: V/v …
	Nation     string   `yaml:"nation"`
	Motto      string   `yaml:"motto"`
	Place      string   `yaml:"place"`
	Author     string   `yaml:"author"`
	Draft      string   `yaml:"draft"`
	Footer     string   `yaml:"footer"`
	Addressee  string   `yaml:"addressee"`
	Body       []string `yaml:"body"`
	Closing    []string `yaml:"closing"`
	Authority  []string `yaml:"authority"`
	Name       string   `yaml:"name"`
	Recipients []string `yaml:"recipients"`
	NoReply    string   `yaml:"no_reply"` // where no address is known
	Until      struct {
		BeforeLock string `yaml:"before_lock"`
		Locked     string `yaml:"locked"`
	} `yaml:"until"`

	Words struct {
		To         string `yaml:"to"`
		Recipients string `yaml:"recipients"`
		Page       string `yaml:"page"`
		Continued  string `yaml:"continued"`
		Body       string `yaml:"body"`
	} `yaml:"words"`
	Annex struct {
		Label     string         `yaml:"label"`
		Title     string         `yaml:"title"`
		Reference string         `yaml:"reference"`
		Sheet     string         `yaml:"sheet"`
		Columns   []remindColumn `yaml:"columns"`
	} `yaml:"annex"`
	States map[reconcile.State]string `yaml:"states"`
}

type remindColumn struct {
	Key   string       `yaml:"key"`
	Title string       `yaml:"title"`
	Width int          `yaml:"width"`
	Align report.Align `yaml:"align"`
}

var (
	remindNames   = []string{"{period}", "{PERIOD}", "{year}", "{plan}", "{due}", "{grace}", "{lock}", "{count}", "{expected}", "{today}", "{reply}", "{until}", "{day}"}
	remindColumns = []string{"number", "agency", "due", "days", "state", "missing", "reminded"}
)

// check looks for what is missing and for names that are not ours.
func (w *reminderWords) check() error {
	var problems []error
	all := []struct{ key, text string }{
		{"issuer", w.Issuer}, {"symbol", w.Symbol}, {"subject", w.Subject}, {"nation", w.Nation}, {"motto", w.Motto}, {"place", w.Place},
		{"author", w.Author}, {"draft", w.Draft}, {"footer", w.Footer}, {"addressee", w.Addressee}, {"body", strings.Join(w.Body, "\n")},
		{"no_reply", w.NoReply}, {"until: before_lock", w.Until.BeforeLock}, {"until: locked", w.Until.Locked},
		{"closing", strings.Join(w.Closing, "\n")}, {"authority", strings.Join(w.Authority, "\n")}, {"recipients", strings.Join(w.Recipients, "\n")},
		{"words: to", w.Words.To}, {"words: recipients", w.Words.Recipients}, {"words: page", w.Words.Page}, {"words: continued", w.Words.Continued},
		{"words: body", w.Words.Body}, {"annex: label", w.Annex.Label}, {"annex: title", w.Annex.Title}, {"annex: sheet", w.Annex.Sheet},
	}
	for _, c := range all {
		if strings.TrimSpace(c.text) == "" {
			problems = append(problems, fmt.Errorf("%s: says nothing", c.key))
		}
		for _, n := range markName.FindAllString(c.text, -1) {
			if !slices.Contains(remindNames, n) {
				problems = append(problems, fmt.Errorf("%s: unknown name %s, known are %q", c.key, n, remindNames))
			}
		}
	}
	for i, c := range w.Annex.Columns {
		if !slices.Contains(remindColumns, c.Key) || c.Title == "" || c.Width <= 0 {
			problems = append(problems, fmt.Errorf("annex: columns: %d: want key, title and width, known keys are %q, got %q", i+1, remindColumns, c.Key))
		}
	}
	if len(w.Annex.Columns) == 0 {
		problems = append(problems, errors.New("annex: columns: there are none"))
	}
	for _, s := range []reconcile.State{reconcile.StateMissing, reconcile.StateRejected} {
		if w.States[s] == "" {
			problems = append(problems, fmt.Errorf("states: nothing for %q", s))
		}
	}
	return errors.Join(problems...)
}
