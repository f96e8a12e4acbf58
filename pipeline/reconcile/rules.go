package reconcile

import (
	"fmt"
	"slices"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
)

// facts are what a rule about one agency's answer looks at.
type facts struct {
	activity *plan.Activity
	answer   Answer
	past     *PastAnswer // the agency's own in the previous period; nil: none known
	proved   bool        // a document of proof came with the answer's own
	term     plan.Term
	year     int  // of the plan
	rule     Rule // what the office lets pass
}

// broken is how an answer stands against a rule: the cell of the figure, empty
// for the answer's own cell, what was found and what is allowed.
type broken struct{ cell, got, want string }

// answerRule looks at one agency's answer. What partners say is judged by
// [lineRules] only.
type answerRule struct {
	Rule  // with the action that holds where the office's table does not name it
	check func(facts) *broken
}

// answerRules are the rules that may hold an answer.
var answerRules = []answerRule{
	{Rule{Code: "cumulative-fell", Action: Warn}, cumulativeFell},
	{Rule{Code: "unit-slip", Action: Warn}, unitSlip},
	{Rule{Code: "undone", Action: Warn}, undone},
	{Rule{Code: "percent-against-status", Action: Warn}, percentAgainstStatus},
	{Rule{Code: "overdue-without-reason", Action: Warn}, overdueWithoutReason},
	{Rule{Code: "not-begun", Action: Noting}, notBegun},
	{Rule{Code: "done-after-close", Action: Noting}, doneAfterClose},
	{Rule{Code: "done-without-evidence", Action: Noting}, doneWithoutEvidence},
	{Rule{Code: "done-without-date", Action: Noting}, doneWithoutDate},
	{Rule{Code: "same-as-before", Action: Noting}, sameAsBefore},
}

// lineRule looks at a finished line.
type lineRule struct {
	Rule
	check func(*reckoning, *Line, Rule) []Noted
}

var lineRules = []lineRule{
	{Rule{Code: "spent-over-budget", Action: Warn}, (*reckoning).spentOverBudget},
	{Rule{Code: "lead-partner-disagree", Action: Warn}, (*reckoning).leadPartnerDisagree},
}

// otherRules govern what is found elsewhere: while a document is read, or while
// its rows are held against the plan.
var otherRules = []Rule{
	{Code: "plan-cell-changed", Action: Warn},
	{Code: "not-expected", Action: Warn},
	{Code: "nobody-expected", Action: Warn},
	{Code: "not-asked-now", Action: Noting},
}

// judgedAnew are findings of a document alone that a rule raises again from the
// figures used: a newer document, a ruling or the cut-off may have changed them.
var judgedAnew = map[string]string{
	"done-below-100":      "percent-against-status",
	"not-started-above-0": "percent-against-status",
	"in-progress-at-100":  "percent-against-status",
	"done-after-closes":   "done-after-close",
}

// DefaultRules are all rules with the actions that hold where an office's table
// does not name them.
func DefaultRules() []Rule {
	var all []Rule
	for _, r := range answerRules {
		all = append(all, r.Rule)
	}
	for _, r := range lineRules {
		all = append(all, r.Rule)
	}
	return append(all, otherRules...)
}

// RulesFault is what is wrong in a table of rules, and where.
type RulesFault struct {
	Path   string // "rules[3].action"
	Reason string
}

func (f *RulesFault) Error() string { return f.Path + ": " + f.Reason }

// Check is nil when every rule is known, named once and given an action that it
// can have, and the ranking adds up. Otherwise it is a [*RulesFault].
func (r Rules) Check() error {
	named := map[string]bool{}
	for i, rule := range r.Findings {
		fault := func(key, reason string, args ...any) error {
			return &RulesFault{fmt.Sprintf("rules[%d].%s", i, key), fmt.Sprintf(reason, args...)}
		}
		known := slices.ContainsFunc(DefaultRules(), func(d Rule) bool { return d.Code == rule.Code })
		switch {
		case !known:
			return fault("code", "no rule is called %q, there are %s", rule.Code, strings.Join(ruleCodes(), ", "))
		case named[rule.Code]:
			return fault("code", "%q is named twice", rule.Code)
		case !slices.Contains([]Action{Off, Noting, Warn, Fault, Hold}, rule.Action):
			return fault("action", "want off, note, warning, error or hold, got %q", rule.Action)
		case rule.Action == Hold && !isAnswerRule(rule.Code):
			return fault("action", "%q is not about one answer, which alone can be held", rule.Code)
		case rule.Beyond != nil && (*rule.Beyond < 0 || !slices.Contains(withBeyond, rule.Code)):
			return fault("beyond", "want an amount of 0 or more, of %s", strings.Join(withBeyond, ", "))
		case rule.Share != 0 && (rule.Share < 0 || rule.Share > mostShare || !slices.Contains(withShare, rule.Code)):
			return fault("share", "want 0 to %d per cent, of %s", mostShare, strings.Join(withShare, ", "))
		}
		named[rule.Code] = true
	}
	return r.Ranking.check()
}

// mostShare is the largest share that can be let pass.
const mostShare = 1_000

// The rules that let an amount, or a share, pass.
var (
	withBeyond = []string{"cumulative-fell", "spent-over-budget", "lead-partner-disagree"}
	withShare  = []string{"spent-over-budget"}
)

func ruleCodes() []string {
	var codes []string
	for _, r := range DefaultRules() {
		codes = append(codes, r.Code)
	}
	return codes
}

func isAnswerRule(code string) bool {
	return slices.ContainsFunc(answerRules, func(a answerRule) bool { return a.Code == code })
}

// sayAmount is an amount in million đồng as a Vietnamese sentence has it.
func sayAmount(d plan.Dong) string { return strings.ReplaceAll(d.String(), ".", ",") }

func sayPercent(p plan.Percent) string { return strings.ReplaceAll(p.String(), ".", ",") }

// sayDay is a day as a Vietnamese sentence has it.
func sayDay(d agency.Day) string { return fmt.Sprintf("%d/%d/%d", d.Day, d.Month, d.Year) }

// beyond is the amount that a rule lets pass.
func (r Rule) beyond() plan.Dong { return amount(r.Beyond) }
