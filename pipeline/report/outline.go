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
	Letterhead struct {
		Parent text `yaml:"parent"`
		Issuer text `yaml:"issuer"`
		Symbol text `yaml:"symbol"`
		Nation text `yaml:"nation"`
		Motto  text `yaml:"motto"`
		Place  text `yaml:"place"`
	} `yaml:"letterhead"`
	Kind      text `yaml:"kind"`
	Subject   text `yaml:"subject"`
	Addressee text `yaml:"addressee"`
	Author    text `yaml:"author"`
	DraftMark text `yaml:"draft"`  // the status of what is not issued yet
	Issued    text `yaml:"issued"` // the status of what is
	Footer    text `yaml:"footer"`
	Moment    text `yaml:"moment"`

	Periods map[plan.Part]text `yaml:"periods"`
	Body    []outlineBlock     `yaml:"body"`
	Field   text               `yaml:"field"`

	Comparison text `yaml:"comparison"` // a sentence about one earlier period

	Signature struct {
		Authority  []string `yaml:"authority"`
		Name       string   `yaml:"name"`
		Recipients []string `yaml:"recipients"`
	} `yaml:"signature"`
	Words struct {
		To         string `yaml:"to"`
		Recipients string `yaml:"recipients"`
		Page       string `yaml:"page"`
		Continued  string `yaml:"continued"`
		Body       string `yaml:"body"`
	} `yaml:"words"`

	PlanTable       planTable       `yaml:"plan_table"`
	StatisticsTable statisticsTable `yaml:"statistics_table"`
	AgenciesTable   agenciesTable   `yaml:"agencies_table"`
	FindingsTable   plainTable      `yaml:"findings_table"`
	Notes           notes           `yaml:"notes"`
	ResultsTable    plainTable      `yaml:"results_table"`
	LeadsTable      plainTable      `yaml:"leads_table"`
	RulingsTable    plainTable      `yaml:"rulings_table"`
	ChangesTable    plainTable      `yaml:"changes_table"`
	SourcesTable    sourcesTable    `yaml:"sources_table"`
	ControlTable    controlTable    `yaml:"control_table"`
	ManifestTable   manifestTable   `yaml:"manifest_table"`
	AuditTable      auditTable      `yaml:"audit_table"`

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
}

// outlineBlock is one piece of the main text; exactly one part is set.
type outlineBlock struct {
	Heading   text `yaml:"heading"`
	Paragraph text `yaml:"paragraph"`
	Item      text `yaml:"item"`
	Fields    bool `yaml:"fields"`   // a paragraph for each field stands here
	Compared  bool `yaml:"compared"` // a paragraph for each earlier period stands here
}

// text is a text/template of the outline.
type text struct {
	source string
	tmpl   *template.Template
}

var functions = template.FuncMap{
	"upper":    strings.ToUpper,
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

// UnmarshalText parses the template; a fault in it is an error that quotes it.
func (t *text) UnmarshalText(source []byte) error {
	t.source = string(source)
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
