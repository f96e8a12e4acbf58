package report

import (
	"slices"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// notesAnnex says how the figures were come by: which plan, what is carried
// over, what clerks decided, and what a revision changes.
func (w *writer) notesAnnex() Annex {
	n := w.Notes
	a := Annex{Label: n.Label, Title: w.say(n.Title, w.facts), Reference: w.say(n.Reference, w.facts), Sheet: n.Sheet}
	a.Body = append(paragraphs(w.say(n.Plan, w.facts), w.say(n.Rule, w.facts)), w.carried()...)
	if w.Edition.Revision > 1 {
		a.Body = append(a.Body, w.revision()...)
	}
	a.Body = append(a.Body, w.part(n.Rulings, w.facts, w.rulingEntries())...)
	a.Body = append(a.Body, w.part(n.Waived, w.facts, w.waivedEntries())...)
	a.Body = append(a.Body, paragraphs(w.say(n.Persons, w.facts))...)
	return a
}

// carriedFacts are the names that the text about carried figures may use.
type carriedFacts struct {
	Period            string // in whose documents they were told
	Answers, Agencies int
}

// carried says how many figures come from earlier periods, the latest first.
func (w *writer) carried() []Block {
	answers := map[plan.Period]int{}
	agencies := map[plan.Period]map[agency.ID]bool{}
	for _, l := range w.Statement.Lines {
		for _, a := range slices.Concat(l.Answers, l.Unasked) {
			if a.Carried == nil || a.Role == reconcile.Partner {
				continue
			}
			if agencies[*a.Carried] == nil {
				agencies[*a.Carried] = map[agency.ID]bool{}
			}
			answers[*a.Carried]++
			agencies[*a.Carried][a.Agency] = true
		}
	}
	var blocks []Block
	for _, part := range []plan.Part{plan.Q4, plan.Nine, plan.Q3, plan.Half, plan.Q2, plan.Q1} {
		p := plan.Period{Year: w.Statement.Period.Year, Part: part}
		if answers[p] > 0 {
			blocks = append(blocks, Block{Item: w.say(w.Notes.Carried, carriedFacts{w.period(p), answers[p], len(agencies[p])})})
		}
	}
	if len(blocks) == 0 {
		return paragraphs(w.say(w.Notes.NothingCarried, w.facts))
	}
	return blocks
}

// revision says why the period was opened again, and what stands differently.
func (w *writer) revision() []Block {
	changes := w.Notes.Changes
	list := changeList{writer: w, longest: changes.Longest, most: changes.Most, joined: true}
	blocks := append(paragraphs(w.say(w.Notes.Reason, w.facts)), w.part(changes.Table, w.facts, list.entries())...)
	if list.left > 0 {
		blocks = append(blocks, paragraphs(w.say(changes.More, list.left))...)
	}
	return blocks
}

// changesAnnex are all changes, with their texts whole.
func (w *writer) changesAnnex() Annex {
	list := changeList{writer: w, most: len(w.Edition.Changes)}
	a := w.annex(w.ChangesTable, list.entries())
	a.Landscape, a.Workbook = true, true
	return a
}

// waivedEntries are the findings that a ruling silenced.
func (w *writer) waivedEntries() []entry {
	rulings := w.rulingsByID()
	var rows []entry
	for i, f := range w.Statement.Waived {
		by := rulings[f.Ruling]
		rows = append(rows, entry{cells: map[string]Cell{
			"number": CountCell(i + 1), "activity": textCell(f.Activity), "agency": textCell(w.short(f.Agency)),
			"message": textCell(w.Wording.Say(f.Finding)), "ruling": textCell(f.Ruling),
			"reason": textCell(by.Reason), "by": textCell(by.By),
		}})
	}
	return rows
}
