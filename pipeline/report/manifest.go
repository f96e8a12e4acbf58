package report

import (
	"fmt"

	"baocao/pipeline/reconcile"
)

// manifestAnnex lists what the report was made from. It holds no hash of the
// report's own files: they would have to hold themselves.
func (w *writer) manifestAnnex() Annex {
	t, p := w.ManifestTable, w.Provenance
	var rows []entry
	add := func(what, value, at, sha string) {
		if value != "" || sha != "" {
			rows = append(rows, entry{cells: map[string]Cell{
				"what": textCell(what), "value": textCell(value), "at": textCell(at), "hash": textCell(sha),
			}})
		}
	}
	group := func(label string) { rows = append(rows, entry{kind: Group, label: label}) }
	words := t.Words

	group(words.Report)
	add(words.Period, w.facts.Period, "", "")
	add(words.Edition, w.facts.Edition, "", "")
	add(words.Revision, fmt.Sprint(w.Edition.Revision), "", "")
	add(words.AsOf, w.moment(w.Statement.AsOf), "", "")
	add(words.Inputs, w.facts.Data, "", w.Data)
	add(words.Prepared, w.Edition.Prepared.Name, w.moment(w.Edition.Prepared.At), "")
	if w.facts.Approved != "" {
		add(words.Approved, w.Edition.Approved.Name, w.moment(w.Edition.Approved.At), "")
	}
	add(words.Program, p.Program, "", "")
	add(words.Layout, p.Layout, "", "")

	group(words.Plan)
	add(w.Inputs.Plan.Number, w.say(t.Version, w.facts), w.dayText(w.facts.PlanFrom.Day), w.Statement.PlanVersion.SHA256)

	group(words.Templates)
	for _, f := range p.Templates {
		add(f.Name, "", "", f.SHA256)
	}
	group(words.Documents)
	for _, s := range w.Inputs.Submissions {
		add(s.File, w.say(t.Document, documentFacts{w.name(s.Agency), t.Outcome[s.Outcome]}), w.moment(s.Arrived), s.SHA256)
	}
	if len(w.Inputs.Earlier) > 0 {
		group(words.Earlier)
	}
	for _, e := range w.Inputs.Earlier {
		add(w.period(e.Term.Period), w.say(t.Compared, comparedFacts{Kind: e.Kind, Revision: e.Revision}), "", e.Data)
	}
	group(words.Rulings)
	add(words.Count, fmt.Sprint(len(w.Inputs.Rulings)), "", "")
	a := w.annex(t.Table, rows)
	a.Landscape, a.Workbook = true, true
	return a
}

// documentFacts are the names that the text about a document may use.
type documentFacts struct{ Agency, Outcome string }

// rulingsByID are the rulings by their IDs.
func (w *writer) rulingsByID() map[string]reconcile.Ruling {
	all := map[string]reconcile.Ruling{}
	for _, r := range w.Inputs.Rulings {
		all[r.ID] = r
	}
	return all
}
