package form

import (
	"regexp"
	"slices"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
)

// Template is how an office's blank forms look and what they say:
// templates/form/form.yaml.
type Template struct {
	Font   string  `yaml:"font"`
	Size   float64 `yaml:"size"` // of the table's text, in points
	Author string  `yaml:"author"`
	// NoReply stands for the address to which a form goes back when none is known.
	NoReply string `yaml:"no_reply"`

	Sheets struct {
		Asked   string `yaml:"asked"`
		Partner string `yaml:"partner"`
		HowTo   string `yaml:"how_to"`
	} `yaml:"sheets"`
	Letterhead struct {
		Parents []Authority `yaml:"parents"`
		Symbol  string      `yaml:"symbol"`
		Nation  string      `yaml:"nation"`
		Motto   string      `yaml:"motto"`
		Dated   string      `yaml:"dated"`
	} `yaml:"letterhead"`
	Titles struct {
		Kind    string `yaml:"kind"`
		Asked   string `yaml:"asked"`
		Partner string `yaml:"partner"`
		Plan    string `yaml:"plan"`
		Note    string `yaml:"note"`
		File    string `yaml:"file"`
	} `yaml:"titles"`
	Columns     []FormColumn        `yaml:"columns"`
	Result      string              `yaml:"result"` // of a row of a kết quả: {name}, {indicator}
	Statuses    map[Progress]string `yaml:"statuses"`
	BeforeMoney string              `yaml:"before_money"`
	Inputs      map[Column]Input    `yaml:"inputs"`
	Signature   struct {
		Left  []string `yaml:"left"`
		Right []string `yaml:"right"`
	} `yaml:"signature"`
	Footer string `yaml:"footer"`
	HowTo  struct {
		Title string              `yaml:"title"`
		Steps []string            `yaml:"steps"`
		Intro string              `yaml:"intro"` // above the example
		Rows  []map[Column]string `yaml:"rows"`  // of the example
	} `yaml:"how_to"`
	Mail struct {
		File string `yaml:"file"` // name of the attached form
	} `yaml:"mail"`
}

// Authority says under whom agencies stand, and where they sit. The first one
// that fits holds; one without agencies fits all.
type Authority struct {
	Agencies []agency.ID `yaml:"agencies"` // and groups
	Parent   string      `yaml:"parent"`
	Place    string      `yaml:"place"` // {short} is the agency's short name
}

// FormColumn is a column of a form: of the plan, of answers, or what was said
// last ("before").
type FormColumn struct {
	Key   Column      `yaml:"key"`
	Group string      `yaml:"group"`
	Title string      `yaml:"title"` // empty: the plan's own; a column that it has not is left out
	Width float64     `yaml:"width"` // in millimetres
	Only  []plan.Part `yaml:"only"`  // the periods that have it; empty: all
	Where string      `yaml:"where"` // "asked", "partner", empty: both
}

// Input is what a program for workbooks says of a cell that is filled in: when it
// is chosen, and when what was typed cannot be.
type Input struct {
	Title string `yaml:"title"`
	Help  string `yaml:"help"`
	Error string `yaml:"error"`
}

// colBefore is the column of what the agency said last; the reader takes it for
// nothing.
const colBefore Column = "before"

// planKeys and inputKeys are the columns that a form may have besides colBefore.
var (
	planKeys  = []Column{colCode, colName, colIndicator, colPlanProof, colBudget, colResponsible, colStart, colEnd, colNote}
	inputKeys = []Column{colText, colStatus, colPercent, colSpent, colSpentTotal, colDoneOn, colDifficulty, colProposal, colEvidence}
)

var templateName = regexp.MustCompile(`\{[^{}]*\}`)

// templateNames may stand in any text of the template.
var templateNames = strings.Fields("{agency} {AGENCY} {short} {parent} {symbol} {place} {period} {PERIOD} {previous} {year} {plan} {signed} {from} {closes} {due} {reply}")

// shown are the columns that a sheet of the form has: a column of the plan in
// which nothing stands takes no room.
func (t *Template) shown(b Blank, where string) []FormColumn {
	asked := b.Asked
	if where == "partner" {
		asked = b.Partner
	}
	var columns []FormColumn
	for _, c := range t.Columns {
		empty := !slices.ContainsFunc(asked, func(a Asked) bool { return planCell(b.Plan, a.Activity, c.Key) != "" })
		switch {
		case c.Where != "" && c.Where != where, len(c.Only) > 0 && !slices.Contains(c.Only, b.Term.Period.Part):
			continue
		case c.Key == colBefore && b.Previous == "", slices.Contains(planKeys, c.Key) && empty:
			continue
		}
		if c.Title == "" {
			c.Group, c.Title = headingOf(b.Plan, c.Key)
		}
		if c.Title != "" {
			columns = append(columns, c)
		}
	}
	return columns
}
