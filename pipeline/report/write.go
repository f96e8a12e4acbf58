package report

import (
	"fmt"
	"slices"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// Source is what a report is written from.
type Source struct {
	Inputs    reconcile.Inputs
	Statement *reconcile.Statement
	Wording   finding.Wording
	Data      string // hash of the Inputs, whose beginning is printed on every page

	Edition    Edition
	Provenance Provenance
	Next       *plan.Term // the term that the office reports after this one; nil: none
	Agency     agency.ID  // whose own statement it is, see [reconcile.Own]; empty: the province's

	// Archive is the path, relative to the workbook, of the original with that
	// hash and name, empty where it cannot be told; nil: there are no links.
	Archive func(sha256, file string) string

	// Unprintable are the characters of a text that paper shows another sign for,
	// as often as they stand there; nil: paper shows everything.
	Unprintable func(text string) []Unprintable
}

// Write writes the report of a statement. The same source gives the same
// document. The only error is a fault in the outline's own texts.
func (o *Outline) Write(src Source) (*Document, error) {
	w := &writer{Outline: o, Source: src}
	w.review = Review(src.Statement.Findings)
	w.names()
	doc := &Document{
		Kind:      w.say(o.Kind, w.facts),
		Subject:   w.say(o.Subject, w.facts),
		Addressee: w.say(o.Addressee, w.facts),
		Letterhead: Letterhead{
			Parent: w.say(o.Letterhead.Parent, w.facts),
			Issuer: w.say(o.Letterhead.Issuer, w.facts),
			Symbol: w.say(o.Letterhead.Symbol, w.facts),
			Nation: w.say(o.Letterhead.Nation, w.facts),
			Motto:  w.say(o.Letterhead.Motto, w.facts),
			Place:  w.say(o.Letterhead.Place, w.facts),
		},
		Signature: Signature{
			Authority: o.Signature.Authority, Name: o.Signature.Name, Recipients: o.Signature.Recipients,
		},
		Words: Words{
			To: o.Words.To, Recipients: o.Words.Recipients, Page: o.Words.Page,
			Continued: o.Words.Continued, Body: o.Words.Body,
		},
	}
	if src.Agency != "" {
		doc.Subject, doc.Addressee = w.say(o.Own.Subject, w.facts), w.say(o.Own.Addressee, w.facts)
		doc.Signature.Recipients = o.Own.Recipients
	}
	doc.Meta = Meta{
		Title:    doc.Kind + " " + oneLine(doc.Subject),
		Author:   w.say(o.Author, w.facts),
		Subject:  oneLine(doc.Subject),
		Keywords: w.facts.Data,
		Status:   w.facts.Status,
		Edition:  w.facts.Edition,
		Revision: w.facts.Revision,
		Data:     w.facts.Data,
		AsOf:     src.Statement.AsOf,
		Footer:   w.say(o.Footer, w.facts),
	}
	doc.Body = w.body()
	doc.Annexes = w.annexes(doc)
	if w.err != nil {
		return nil, fmt.Errorf("write report %s: %w", src.Statement.Period, w.err)
	}
	return doc, nil
}

// oneLine is a title without the breaks that it has on paper.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// writer is the state of one Write. The first fault of a text stops it.
type writer struct {
	*Outline
	Source
	facts  facts
	review []reconcile.Noted // errors and warnings

	unwritten map[string]reconcile.Paragraph // what clerks wrote and the body does not hold yet, by section
	err       error
}

// annexes are those that are printed, in their order, and behind them those of the
// workbook only. The last one printed holds what is to be noted about all before.
func (w *writer) annexes(doc *Document) []Annex {
	all := append([]Annex{w.planAnnex(), w.statisticsAnnex(), w.agenciesAnnex()}, w.difficultiesAnnex()...)
	all = append(all, w.findingsAnnex(), w.notesAnnex())
	notes := &all[len(all)-1]
	notes.Body = append(notes.Body, w.unprintable(doc, all)...)
	notes.Landscape = slices.ContainsFunc(notes.Body, func(b Block) bool { return b.Table != nil })
	absent := func(a Annex) bool { return a.Label == "" && a.Sheet == "" } // an outline from before there was such a table
	if w.Agency != "" {
		return slices.DeleteFunc(append(all, w.activitiesAnnex(), w.sourcesAnnex(), w.rulingsAnnex(), w.manifestAnnex()), absent)
	}
	all = append(all, w.figuresAnnex(), w.activitiesAnnex(), w.resultsAnnex(), w.leadsAnnex())
	all = append(all, w.sourcesAnnex(), w.controlAnnex(), w.rulingsAnnex())
	if w.Edition.Revision > 1 {
		all = append(all, w.changesAnnex())
	}
	return slices.DeleteFunc(append(all, w.manifestAnnex()), absent)
}

// say fills a text; a fault is kept for the end.
func (w *writer) say(t text, data any) string {
	s, err := t.with(data)
	if err != nil && w.err == nil {
		w.err = err
	}
	return s
}

func (w *writer) name(id agency.ID) string {
	return w.Inputs.Directory.Name(id, w.Statement.Term.Closes)
}

func (w *writer) short(id agency.ID) string {
	return w.Inputs.Directory.Short(id, w.Statement.Term.Closes)
}
