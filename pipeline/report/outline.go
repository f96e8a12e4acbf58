package report

import (
	"fmt"
	"strings"
	"text/template"

	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/viet"
)

// Outline is what an office says in its reports and how it calls things:
// templates/report/outline.yaml.
type Outline struct {
	Profile `yaml:",inline"`

	Kind      text `yaml:"kind"`
	Subject   text `yaml:"subject"`
	DraftMark text `yaml:"draft"`  // the status of what is not issued yet
	Issued    text `yaml:"issued"` // the status of what is
	Footer    text `yaml:"footer"`
	Moment    text `yaml:"moment"`

	Periods map[plan.Part]text `yaml:"periods"`
	Body    []outlineBlock     `yaml:"body"`
	Field   fieldTexts         `yaml:"field"`

	Own struct { // of one agency's own lines
		Subject    text           `yaml:"subject"`
		Addressee  text           `yaml:"addressee"`
		Body       []outlineBlock `yaml:"body"`
		Recipients []string       `yaml:"recipients"`
	} `yaml:"own"`

	Comparison text `yaml:"comparison"` // a sentence about one earlier period

	Words struct {
		To         string `yaml:"to"`
		Recipients string `yaml:"recipients"`
		Page       string `yaml:"page"`
		Continued  string `yaml:"continued"`
		Body       string `yaml:"body"`
	} `yaml:"words"`

	PlanTable         planTable         `yaml:"plan_table"`
	StatisticsTable   statisticsTable   `yaml:"statistics_table"`
	FiguresTable      figuresTable      `yaml:"figures_table"`
	ActivitiesTable   plainTable        `yaml:"activities_table"`
	Charts            charts            `yaml:"charts"`
	AgenciesTable     agenciesTable     `yaml:"agencies_table"`
	DifficultiesTable difficultiesTable `yaml:"difficulties_table"`
	FindingsTable     plainTable        `yaml:"findings_table"`
	Notes             notes             `yaml:"notes"`
	ResultsTable      plainTable        `yaml:"results_table"`
	LeadsTable        plainTable        `yaml:"leads_table"`
	RulingsTable      plainTable        `yaml:"rulings_table"`
	ChangesTable      plainTable        `yaml:"changes_table"`
	SourcesTable      sourcesTable      `yaml:"sources_table"`
	ControlTable      controlTable      `yaml:"control_table"`
	ManifestTable     manifestTable     `yaml:"manifest_table"`
	AuditTable        auditTable        `yaml:"audit_table"`

	Waiting  string                      `yaml:"waiting"`
	Progress map[form.Progress]string    `yaml:"progress"`
	Timing   map[reconcile.Timing]string `yaml:"timing"`
	State    map[reconcile.State]string  `yaml:"state"`
	Role     map[reconcile.Role]string   `yaml:"role"`
	Level    map[finding.Level]string    `yaml:"level"`
	Figure   map[string]string           `yaml:"figure"`
	Reason   map[form.Reason]string      `yaml:"reason"`

	Differs    map[reconcile.Compare]string        `yaml:"differs"` // what two revisions may give differently
	Rules      map[string]string                   `yaml:"rules"`   // the rules of findings, by code
	RulingKind map[reconcile.RulingKind]rulingKind `yaml:"ruling_kind"`

	Together struct {
		Done        text `yaml:"done"`
		Answered    text `yaml:"answered"`
		Missing     text `yaml:"missing"`
		MostMissing int  `yaml:"most_missing"`
		More        text `yaml:"more"`
		Sum         text `yaml:"sum"` // in a Tổng row: how many activities are done
	} `yaml:"together"`
	Said text `yaml:"said"`

	issuers map[string]Profile // others than the outline's own, by their IDs
}

// text is a text/template of the outline.
type text struct {
	source string
	tmpl   *template.Template
}

var functions = template.FuncMap{
	"upper":    strings.ToUpper,
	"two":      func(n int) string { return fmt.Sprintf("%02d", n) }, // as officials write counts: 07
	"join":     func(sep string, list []string) string { return strings.Join(list, sep) },
	"sentence": func(s string) string { return viet.Sentence(strings.ToLower(s)) },
	"codes": func(codes []plan.Code) string {
		all := make([]string, len(codes))
		for i, c := range codes {
			all[i] = string(c)
		}
		return strings.Join(all, ", ")
	},
}

// UnmarshalYAML parses the template; a fault in it is an error that quotes it. (Of
// a type with UnmarshalText the YAML decoder writes each node out and reads it
// again, which took most of a command's start.)
func (t *text) UnmarshalYAML(decode func(any) error) error {
	if err := decode(&t.source); err != nil {
		return err
	}
	tmpl, err := template.New("").Option("missingkey=error").Funcs(functions).Parse(t.source)
	if err != nil {
		return fmt.Errorf("text %q: %w", t.source, err)
	}
	t.tmpl = tmpl
	return nil
}

// with is the text filled with data. A name that the data do not have is an
// error that quotes the text.
func (t text) with(data any) (string, error) {
	if t.tmpl == nil {
		return "", nil
	}
	var b strings.Builder
	if err := t.tmpl.Execute(&b, data); err != nil {
		return "", fmt.Errorf("text %q: %w", t.source, err)
	}
	return b.String(), nil
}
