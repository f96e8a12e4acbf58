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
	DraftMark text `yaml:"draft"` // the status of what is not issued yet
	Footer    text `yaml:"footer"`

	Periods map[plan.Part]text `yaml:"periods"`
	Body    []outlineBlock     `yaml:"body"`
	Field   text               `yaml:"field"`

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

	PlanTable     planTable    `yaml:"plan_table"`
	AgenciesTable plainTable   `yaml:"agencies_table"`
	FindingsTable plainTable   `yaml:"findings_table"`
	SourcesTable  plainTable   `yaml:"sources_table"`
	ControlTable  controlTable `yaml:"control_table"`

	Waiting  string                      `yaml:"waiting"`
	Progress map[form.Progress]string    `yaml:"progress"`
	Timing   map[reconcile.Timing]string `yaml:"timing"`
	State    map[reconcile.State]string  `yaml:"state"`
	Role     map[reconcile.Role]string   `yaml:"role"`
	Level    map[finding.Level]string    `yaml:"level"`
	Figure   map[string]string           `yaml:"figure"`
	Reason   map[form.Reason]string      `yaml:"reason"`

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
	Fields    bool `yaml:"fields"` // a paragraph for each field stands here
}

// plainTable is an annex with a table whose columns are all named here.
type plainTable struct {
	Label     string          `yaml:"label"`
	Title     text            `yaml:"title"`
	Reference text            `yaml:"reference"`
	Sheet     string          `yaml:"sheet"`
	Intro     text            `yaml:"intro"`
	None      text            `yaml:"none"`
	Columns   []outlineColumn `yaml:"columns"`
}

type controlTable struct {
	Table     plainTable `yaml:",inline"`
	Documents string     `yaml:"documents"`
	Read      string     `yaml:"read"`
	Used      string     `yaml:"used"`
	Aside     text       `yaml:"aside"`
}

// planTable is the decision's table with the columns of results.
type planTable struct {
	Label      string                   `yaml:"label"`
	Title      text                     `yaml:"title"`
	Reference  text                     `yaml:"reference"`
	Sheet      string                   `yaml:"sheet"`
	Columns    map[string]outlineColumn `yaml:"columns"` // the decision's own, by key
	Results    []outlineColumn          `yaml:"results"`
	Total      string                   `yaml:"total"`
	GrandTotal string                   `yaml:"grand_total"`
	Words      text                     `yaml:"words"`
}

type outlineColumn struct {
	Key   string      `yaml:"key"`
	Group string      `yaml:"group"`
	Title string      `yaml:"title"`
	Width int         `yaml:"width"`
	Align Align       `yaml:"align"`
	Only  []plan.Part `yaml:"only"` // the parts of the year whose reports have the column; none: all
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
