package report

import (
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// difficultiesTable lists what agencies find difficult and what they propose, by
// activity.
type difficultiesTable struct {
	Table    plainTable `yaml:",inline"`
	Activity text       `yaml:"activity"` // over what is said of one activity
}

// activityFacts are the names that the text over an activity may use.
type activityFacts struct {
	Code plan.Code
	Name string
}

// difficultiesAnnex is everything that those expected to answer find difficult or
// propose, whole. Of an activity, agencies that say the same stand together. There
// is no such annex where the table of activities has a column for it.
func (w *writer) difficultiesAnnex() []Annex {
	t := w.DifficultiesTable
	if w.hasResult("difficulty") {
		return nil
	}
	var rows []entry
	number := 0
	for i := range w.Statement.Lines {
		l := &w.Statement.Lines[i]
		code := l.Activity.Code
		all := remarks(l)
		if len(all) > 0 {
			name := strings.TrimRight(oneLine(l.Activity.Name), " .;,:")
			rows = append(rows, entry{kind: Sub, label: w.say(t.Activity, activityFacts{code, name})})
		}
		for _, r := range all {
			number++
			rows = append(rows, entry{cells: map[string]Cell{
				"number":     CountCell(number),
				"activity":   textCell(string(code)),
				"agency":     textCell(w.shorts(r.by)),
				"difficulty": {Text: r.difficulty, Link: Link{Row: sourceName(code, "difficulty")}},
				"proposal":   {Text: r.proposal, Link: Link{Row: sourceName(code, "proposal")}},
			}})
		}
	}
	a := w.annex(t.Table, rows)
	a.Landscape = true
	return []Annex{a}
}

// remark is what one or several agencies find difficult in an activity, and what
// they propose.
type remark struct {
	difficulty, proposal string
	by                   []agency.ID
}

// remarks are those of the agencies expected to answer, in the order of their
// answers.
func remarks(l *reconcile.Line) []*remark {
	var all []*remark
	known := map[[2]string]*remark{}
	for _, a := range expected(l) {
		key := [2]string{a.Difficulty, a.Proposal}
		if key == [2]string{} {
			continue
		}
		if known[key] == nil {
			known[key] = &remark{difficulty: a.Difficulty, proposal: a.Proposal}
			all = append(all, known[key])
		}
		known[key].by = append(known[key].by, a.Agency)
	}
	return all
}
