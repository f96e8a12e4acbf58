package form

import (
	"slices"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

// tables are the tables of the document that hold data. A hidden sheet and a
// sheet that explains how to fill in the form hold none; of sheets for several
// periods, those of the period that the document is sent for are taken. What is
// left out is said.
func (r *Reader) tables(s *Submission, book *sheet.Book, o Origin) []*table {
	if book == nil {
		return nil
	}
	var all []*table
	var last *table
	howTo := hiddenIdentity(book).howTo
	for i := range book.Sheets {
		sh := &book.Sheets[i]
		found := r.words.findTables(sh)
		at := finding.Place{File: book.Name, Sheet: sh.Name}
		switch {
		case len(found) == 0 && (sh.Hidden || hasAny(plain(sh.Name), r.words.guidance)):
		case len(found) == 0:
			if t := last.continued(sh); t != nil {
				all = append(all, t)
				s.note("sheet-without-head", finding.Note, at, "", last.sheet.Name)
			} else if place, ok := firstCode(book, sh); ok && last != nil {
				s.note("sheet-unread", finding.Warning, place, "", "")
			}
		case sh.Hidden:
			s.note("sheet-hidden", finding.Note, at, "", "")
		case howTo != "" && sh.Name == howTo: // of our own form
		case hasAny(plain(sh.Name), r.words.guidance):
			s.note("sheet-guidance", finding.Note, at, "", "")
		default:
			all = append(all, found...)
			last = found[len(found)-1]
		}
	}
	return r.ofOnePeriod(s, book, r.aboutActivities(s, book, all), o)
}

// aboutActivities leaves out a table without any text of activities, numbered like
// them, beside others that have it: it counts something else.
func (r *Reader) aboutActivities(s *Submission, book *sheet.Book, all []*table) []*table {
	named := func(t *table) bool { return t.has(colName) || t.has(colCode) }
	if !slices.ContainsFunc(all, named) {
		return all
	}
	var kept []*table
	for _, t := range all {
		if named(t) {
			kept = append(kept, t)
			continue
		}
		s.note("table-left-out", finding.Warning, book.Place(t.sheet, t.headRow(), t.columns[t.labelColumn()]), "", "")
	}
	return kept
}

// ofOnePeriod keeps the tables of the period that the document is sent for,
// when its sheets tell several and it is known which one that is.
func (r *Reader) ofOnePeriod(s *Submission, book *sheet.Book, tables []*table, o Origin) []*table {
	periods := make([]plan.Period, len(tables))
	var told []plan.Period
	for i, t := range tables {
		sayings := periodSayings(headLines(book, []*table{t}), []*table{t}, Origin{})
		if len(sayings) == 0 {
			if i > 0 && t.below && tables[i-1].sheet == t.sheet { // the one above may have been left out
				periods[i] = periods[i-1]
			}
			continue
		}
		periods[i] = sayings[0].periods[0]
		if !slices.ContainsFunc(told, func(p plan.Period) bool { return agree(p, periods[i]) }) {
			told = append(told, periods[i])
		}
	}
	if len(told) < 2 {
		return tables
	}
	meant := r.meant(told, o)
	if meant.IsZero() {
		return tables // a clerk decides: the sheets disagree
	}
	var kept []*table
	for i, t := range tables {
		if periods[i].IsZero() || agree(periods[i], meant) {
			kept = append(kept, t)
			continue
		}
		s.note("sheet-other-period", finding.Note, finding.Place{File: book.Name, Sheet: t.sheet.Name}, t.sheet.Name, r.words.sayPeriod(meant))
	}
	return kept
}

// meant is the one of the periods that the sender, the subject or the file's
// name speaks of, else the one term that gathers reports on the day of arrival.
func (r *Reader) meant(told []plan.Period, o Origin) plan.Period {
	said := []plan.Period{o.Period}
	if o.Mail != nil {
		said = append(said, periodsIn(o.Mail.Subject)...)
	}
	said = append(said, periodsIn(strings.ReplaceAll(o.Name, "_", " "))...)
	if open, err := r.calendar.Open(agency.DayOf(o.Arrived)); err == nil && len(open) == 1 {
		said = append(said, open[0].Period)
	}
	for _, want := range said {
		for _, p := range told {
			if want.Part != "" && agree(want, p) {
				return p
			}
		}
	}
	return plan.Period{}
}
