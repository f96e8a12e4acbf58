package report

import (
	"fmt"
	"time"

	"baocao/pipeline/agency"
)

// AuditRow is one entry of the audit trail.
type AuditRow struct {
	Number                                           int
	At                                               time.Time
	Who, Via, Action, Subject, Before, After, Reason string
	Hash                                             string
}

// Audit is the audit trail as a document for a workbook, dated at: one sheet, a
// row an entry. The same rows give the same document; the only error is a fault
// in the texts.
func (o *Outline) Audit(rows []AuditRow, at time.Time) (*Document, error) {
	w := &writer{Outline: o}
	t := o.AuditTable
	entries := make([]entry, len(rows))
	for i, r := range rows {
		entries[i] = entry{cells: map[string]Cell{
			"number": CountCell(r.Number), "at": textCell(r.At.In(agency.Zone).Format("02/01/2006 15:04:05")),
			"who": textCell(r.Who), "via": textCell(r.Via), "action": textCell(r.Action), "subject": textCell(r.Subject),
			"before": textCell(r.Before), "after": textCell(r.After), "reason": textCell(r.Reason), "hash": textCell(r.Hash),
		}}
	}
	said := auditFacts{Entries: len(rows), Moment: w.moment(at)}
	annex := Annex{Label: t.Label, Title: w.say(t.Title, said), Sheet: t.Sheet, Landscape: true, Body: w.part(t.Table, said, entries)}
	for _, b := range annex.Body {
		if b.Table != nil {
			b.Table.Filter = true
		}
	}
	doc := &Document{
		Meta: Meta{
			Title: annex.Title, Author: w.say(o.Author, facts{}), Subject: annex.Title,
			AsOf: at, Footer: w.say(t.Footer, said),
		},
		Annexes: []Annex{annex},
		Words:   Words{Page: o.Words.Page, Continued: o.Words.Continued, Body: o.Words.Body},
	}
	if w.err != nil {
		return nil, fmt.Errorf("write audit trail: %w", w.err)
	}
	return doc, nil
}

// auditFacts are the names that the texts about the audit trail may use.
type auditFacts struct {
	Entries int
	Moment  string
}
