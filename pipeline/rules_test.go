package pipeline

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/reconcile"
	"baocao/templates"
)

// TestShippedRules holds that the table that ships names every rule with the
// action that it has without a table.
func TestShippedRules(t *testing.T) {
	p := &Pipeline{Templates: templates.FS}
	var rules reconcile.Rules
	if _, err := p.template("rules.yaml", &rules); err != nil {
		t.Fatal(err)
	}
	if err := p.checkRules(rules); err != nil {
		t.Fatal(err)
	}
	got := append([]reconcile.Rule(nil), rules.Findings...)
	for i := range got {
		if b := got[i].Beyond; b != nil && *b == 0 {
			got[i].Beyond = nil
		}
	}
	if diff := cmp.Diff(reconcile.DefaultRules(), got); diff != "" {
		t.Errorf("rules (-default +shipped):\n%s", diff)
	}
	if r := rules.Ranking; r.Timeliness != 30 || r.Completeness != 30 || r.Completion != 40 {
		t.Errorf("weights %d, %d and %d, want 30, 30 and 40", r.Timeliness, r.Completeness, r.Completion)
	}
}

func TestRulesAreRefusedWithTheirLine(t *testing.T) {
	const good = `# quy tắc
rules:
  - {code: undone, action: warning}
  - code: cumulative-fell
    action: note
    beyond: 0.5
ranking:
  timeliness: 30
  completeness: 30
  completion: 40
  in_grace: 50
  after_grace: 0
  grades:
    - {name: Tốt, from: 80}
    - {name: Yếu, from: 0}
`
	for _, c := range []struct{ old, new, want string }{
		{"", "", ""},
		{"undone", "un-done", "templates/rules.yaml: line 3: rules[0].code: no rule is called"},
		{"cumulative-fell", "undone", "line 4: rules[1].code"},
		{"action: note", "action: stop", `line 5: rules[1].action: want off, note, warning, error or hold, got "stop"`},
		{"beyond: 0.5", "beyond: -1", "line 6: rules[1].beyond"},
		{"beyond: 0.5", "beyond: ít", "templates/rules.yaml: "},
		{"beyond: 0.5", "limit: 0.5", `templates/rules.yaml: [6:5] unknown field "limit"`},
		{"    action: note\n", "", "line 4: rules[1].action"}, // left out: the line of its rule
		{"completion: 40", "completion: 50", "line 8: ranking.timeliness: the weights"},
		{"from: 0", "from: 5", "line 15: ranking.grades[1].from"},
		{"name: Tốt, ", "", "line 14: ranking.grades[0].name"},
		{good[strings.Index(good, "ranking"):], "", "templates/rules.yaml: ranking.timeliness: the weights"},
	} {
		p := &Pipeline{Templates: fstest.MapFS{"rules.yaml": {Data: []byte(strings.Replace(good, c.old, c.new, 1))}}}
		var rules reconcile.Rules
		_, err := p.template("rules.yaml", &rules)
		if err == nil {
			err = p.checkRules(rules)
		}
		got := ""
		if err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, c.want) || (c.want == "") != (got == "") {
			t.Errorf("%q for %q: %q, want %q", c.new, c.old, got, c.want)
		}
	}
}
