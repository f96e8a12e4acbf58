package reconcile

import (
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
)

// Rules are what an office makes of what a comparison shows,
// templates/rules.yaml.
type Rules struct {
	Findings []Rule  `yaml:"rules" json:"rules"`
	Ranking  Ranking `yaml:"ranking" json:"ranking"`
}

// Rule says what becomes of one kind of finding.
type Rule struct {
	Code   string     `yaml:"code" json:"code"`
	Action Action     `yaml:"action" json:"action"`
	Beyond *plan.Dong `yaml:"beyond" json:"beyond,omitempty"` // money: how much is let pass
	Share  int        `yaml:"share" json:"share,omitempty"`   // percent: how much is let pass
}

// Action is what an office does about a finding.
type Action string

// The actions.
const (
	Off    Action = "off"
	Noting Action = "note"
	Warn   Action = "warning"
	Fault  Action = "error" // keeps a period from being issued until it is waived
	Hold   Action = "hold"  // the answer is not used until a clerk decides
)

// Level is the level of a finding under the action.
func (a Action) Level() finding.Level {
	switch a {
	case Noting:
		return finding.Note
	case Warn:
		return finding.Warning
	default:
		return finding.Error
	}
}

// Ranking is how agencies are scored (xếp loại): each of the three parts is 0
// to 100, weighed, and the sum compared with the grades.
type Ranking struct {
	Timeliness   int     `yaml:"timeliness" json:"timeliness"`     // weight, percent
	Completeness int     `yaml:"completeness" json:"completeness"` // weight, percent
	Completion   int     `yaml:"completion" json:"completion"`     // weight, percent
	InGrace      int     `yaml:"in_grace" json:"in_grace"`         // points for timeliness when late within the grace days
	AfterGrace   int     `yaml:"after_grace" json:"after_grace"`   // when later than that
	Grades       []Grade `yaml:"grades" json:"grades"`             // best first
}

// Grade is a grade and the fewest points for it.
type Grade struct {
	Name string `yaml:"name" json:"name"` // "Tốt"
	From int    `yaml:"from" json:"from"`
}
