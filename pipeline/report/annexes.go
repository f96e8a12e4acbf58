package report

import (
	"slices"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/reconcile"
)

// agenciesAnnex lists every agency that the plan expects to report, and how
// its reporting stands; then how the agencies are ranked.
func (w *writer) agenciesAnnex() Annex {
	var rows []entry
	for i, a := range w.Statement.Agencies {
		row := map[string]Cell{
			"number":   CountCell(i + 1),
			"agency":   textCell(w.name(a.Agency)),
			"state":    textCell(w.State[a.State]),
			"due":      DayCell(w.ownDue(a)),
			"reported": CountCell(a.ActivitiesReported),
			"expected": CountCell(a.ActivitiesExpected),
		}
		if !a.Received.IsZero() {
			row["received"] = DayCell(agency.DayOf(a.Received))
		}
		if a.DaysLate > 0 {
			row["late"] = CountCell(a.DaysLate)
		}
		rows = append(rows, entry{cells: row})
	}
	annex := w.annex(w.AgenciesTable.Table, rows)
	if w.Agency != "" {
		return annex
	}
	annex.Body = append(annex.Body, w.ranking()...)
	return annex
}

// ownDue is an agency's due day.
func (w *writer) ownDue(a reconcile.AgencyState) agency.Day {
	if a.Due.IsZero() {
		return w.Statement.Term.Due
	}
	return a.Due
}

// rankingFacts are the names that the text about the rule of ranking may use.
type rankingFacts struct {
	Timeliness, Completeness, Completion, InGrace, AfterGrace int
	Grades                                                    string
}

// ranking are the agencies by points, under the rule that they were reckoned by.
func (w *writer) ranking() []Block {
	rule := w.Inputs.Rules.Ranking
	grades := make([]string, len(rule.Grades))
	for i, g := range rule.Grades {
		grades[i] = w.say(w.AgenciesTable.Grade, g)
	}
	var rows []entry
	for _, r := range w.Statement.Rankings {
		row := map[string]Cell{
			"agency":       textCell(w.name(r.Agency)),
			"timeliness":   pointsCell(r.Timeliness),
			"completeness": pointsCell(r.Completeness),
			"completion":   pointsCell(r.Completion),
			"points":       pointsCell(r.Points),
			"grade":        textCell(r.Grade),
		}
		if r.Place > 0 {
			row["place"] = CountCell(r.Place)
		}
		rows = append(rows, entry{cells: row})
	}
	return w.part(w.AgenciesTable.Ranking, rankingFacts{
		rule.Timeliness, rule.Completeness, rule.Completion, rule.InGrace, rule.AfterGrace, strings.Join(grades, "; "),
	}, rows)
}

// findingsAnnex lists what agencies should look at again.
func (w *writer) findingsAnnex() Annex {
	var rows []entry
	for i, f := range w.review {
		rows = append(rows, entry{cells: map[string]Cell{
			"number":   CountCell(i + 1),
			"level":    textCell(w.Level[f.Level]),
			"activity": textCell(f.Activity),
			"file":     textCell(f.Place.File),
			"agency":   textCell(w.short(f.Agency)),
			"message":  textCell(w.Wording.Say(f.Finding)),
		}})
	}
	a := w.annex(w.FindingsTable, rows)
	a.Landscape = true
	return a
}

// Review are the findings of a statement that a person should look at: errors
// and warnings, without notes.
func Review(findings []reconcile.Noted) []reconcile.Noted {
	return slices.DeleteFunc(slices.Clone(findings), func(f reconcile.Noted) bool { return f.Level == finding.Note })
}
