package report

import (
	"cmp"
	"slices"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// sourcesAnnex leads from every answer in the report to the file, sheet and
// cell that it was read from, to the earlier document that a figure was carried
// over from, and to the ruling that changed it.
func (w *writer) sourcesAnnex() Annex {
	s := newSources(w)
	var rows []entry
	for i := range w.Statement.Lines {
		l := &w.Statement.Lines[i]
		for _, a := range slices.Concat(l.Answers, l.Unasked) {
			rows = append(rows, s.rows(l.Activity.Code, a)...)
		}
	}
	a := w.annex(w.SourcesTable.Table, rows)
	a.Landscape, a.Workbook = true, true
	return a
}

// sourceName is the name of the row that tells where a figure of an activity
// comes from.
func sourceName(code plan.Code, what string) string { return string(code) + "/" + what }

// sources is what the rows of the figures' sources are made from.
type sources struct {
	*writer
	corrected map[correctedKey]reconcile.Correction
	past      map[pastKey]reconcile.PastAnswer
	rulings   map[string]reconcile.Ruling
	before    plan.Period // the previous period
}

type correctedKey struct {
	activity plan.Code
	agency   agency.ID
	figure   string
}

type pastKey struct {
	activity plan.Code
	agency   agency.ID
}

func newSources(w *writer) *sources {
	s := &sources{
		writer: w, corrected: map[correctedKey]reconcile.Correction{},
		past: map[pastKey]reconcile.PastAnswer{}, rulings: w.rulingsByID(),
	}
	for _, c := range w.Statement.Corrected {
		s.corrected[correctedKey{c.Activity, c.Agency, string(c.Figure)}] = c
	}
	for _, f := range w.Inputs.Earlier {
		if f.Kind != reconcile.Previous {
			continue
		}
		s.before = f.Term.Period
		for _, a := range f.Answers {
			s.past[pastKey{a.Activity, a.Agency}] = a
		}
	}
	return s
}

// rows are the figures of one answer; those that say nothing are left out.
func (s *sources) rows(code plan.Code, a reconcile.Answer) []entry {
	var at reconcile.Source
	if a.Source != nil {
		at = *a.Source
	}
	figures := []struct {
		what, cell string
		value      Cell
	}{
		{"status", at.Cells.Status, textCell(s.Progress[a.Status])},
		{"percent", at.Cells.Percent, percentCell(a.Percent)},
		{"spent", at.Cells.Spent, amountCell(a.Spent)},
		{"spent_total", at.Cells.SpentTotal, amountCell(a.SpentTotal)},
		{"done_on", "", DayCell(a.DoneOn)},
		{"text", at.Cells.Text, textCell(a.Text)},
		{"difficulty", "", textCell(a.Difficulty)},
		{"proposal", "", textCell(a.Proposal)},
		{"evidence", "", textCell(a.Evidence)},
	}
	var rows []entry
	for _, f := range figures {
		c, corrected := s.corrected[correctedKey{code, a.Agency, f.what}]
		if f.value.Text == "" && !corrected || a.Source == nil {
			continue
		}
		row := s.row(code, a, f.what, f.value)
		s.place(row, at.File, at.Sheet, cmp.Or(f.cell, at.Cell), at.SHA256)
		if corrected {
			row.cells["note"] = textCell(s.say(s.SourcesTable.Corrected, s.correctedFacts(c)))
		}
		rows = append(rows, row)
	}
	if a.Used != nil && a.Role != reconcile.Partner {
		rows = append(rows, s.used(code, a, at))
	}
	return rows
}

func (s *sources) row(code plan.Code, a reconcile.Answer, what string, value Cell) entry {
	return entry{name: sourceName(code, what), cells: map[string]Cell{
		"activity": textCell(string(code)),
		"agency":   textCell(s.name(a.Agency)),
		"role":     textCell(s.Role[a.Role]),
		"what":     textCell(s.Figure[what]),
		"value":    value,
	}}
}

// place says in which document the figure of a row stands.
func (s *sources) place(row entry, file, sheet, cell, sha string) {
	link := Link{}
	if s.Archive != nil && sha != "" {
		link.File = s.Archive(sha, file)
	}
	row.cells["file"], row.cells["cell"] = Cell{Text: file, Link: link}, Cell{Text: cell, Link: link}
	row.cells["sheet"], row.cells["hash"] = textCell(sheet), textCell(sha)
}

// usedFacts are the names that the texts about cumulative money may use.
type usedFacts struct {
	Period       string // in whose document it was told
	Before       string // the previous period's figure
	BeforePeriod string
	Spent        string
}

// used is how the money since the beginning of the year was come by; see
// [reconcile.Answer.Used].
func (s *sources) used(code plan.Code, a reconcile.Answer, at reconcile.Source) entry {
	row := s.row(code, a, "used", amountCell(a.Used))
	past := s.past[pastKey{code, a.Agency}]
	said := usedFacts{Before: money(past.Used), BeforePeriod: s.period(s.before), Spent: money(a.Spent)}
	corrected, isCorrected := s.corrected[correctedKey{code, a.Agency, string(reconcile.FigureSpentTotal)}]
	switch {
	case a.Carried != nil:
		said.Period = s.period(*a.Carried)
		s.place(row, past.File, "", "", past.SHA256)
		row.cells["note"] = textCell(s.say(s.SourcesTable.Carried, said))
	case a.SpentTotal != nil:
		s.place(row, at.File, at.Sheet, cmp.Or(at.Cells.SpentTotal, at.Cell), at.SHA256)
		row.cells["note"] = textCell(s.say(s.SourcesTable.Told, said))
		if isCorrected {
			row.cells["note"] = textCell(s.say(s.SourcesTable.Corrected, s.correctedFacts(corrected)))
		}
	case a.Spent != nil && *a.Used == *a.Spent:
		s.place(row, at.File, at.Sheet, cmp.Or(at.Cells.Spent, at.Cell), at.SHA256)
		row.cells["note"] = textCell(s.say(s.SourcesTable.Term, said))
	default:
		s.place(row, at.File, at.Sheet, cmp.Or(at.Cells.Spent, at.Cell), at.SHA256)
		row.cells["note"] = textCell(s.say(s.SourcesTable.Added, said))
	}
	return row
}
