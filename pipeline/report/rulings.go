package report

import (
	"cmp"
	"slices"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// rulingFacts are the names that the texts about a clerk's ruling may use.
type rulingFacts struct {
	ID, Agency, Period, Figure, Before, After, Rule, File, Sheet, Address, Until string
	Activity                                                                     plan.Code
	Row                                                                          int
	Money                                                                        bool // Figure is an amount, in million đồng
	Source, Reason, By, At                                                       string
}

// tookPart are the rulings that the statement was made with. A correction that
// found no answer, or was too old for it, changed nothing and is left out (a
// finding tells of it), and so is the waiver of a report that came after all.
func (w *writer) tookPart() []reconcile.Ruling {
	used := map[string]bool{}
	for _, l := range w.Statement.Lines {
		for _, a := range l.Answers {
			for _, id := range a.Rulings {
				used[id] = true
			}
		}
	}
	came := map[agency.ID]bool{}
	for _, a := range w.Statement.Agencies {
		came[a.Agency] = a.State == reconcile.StateAccepted || a.State == reconcile.StateNothing
	}
	return slices.DeleteFunc(slices.Clone(w.Inputs.Rulings), func(r reconcile.Ruling) bool {
		switch r.Kind {
		case reconcile.Correct:
			return !used[r.ID]
		case reconcile.WaiveGap:
			return r.SHA256 == "" && r.Activity == "" && came[r.Agency]
		}
		return false
	})
}

func (w *writer) rulingFacts(r reconcile.Ruling) rulingFacts {
	f := rulingFacts{
		ID: r.ID, Activity: r.Activity, Row: r.Row, Sheet: r.Sheet, Address: r.Address, Until: w.dayText(r.Until),
		Figure: w.Figure[string(r.Figure)], Rule: w.Rules[r.Rule],
		Source: r.Source, Reason: r.Reason, By: r.By, At: w.moment(r.At),
	}
	if r.Agency != "" {
		f.Agency = w.name(r.Agency)
	}
	if meant := r.MeantPeriod(); !meant.IsZero() {
		f.Period = w.period(meant)
	}
	for _, s := range w.Inputs.Submissions {
		if r.SHA256 != "" && s.SHA256 == r.SHA256 {
			f.File = s.File
		}
	}
	if r.SHA256 != "" && f.File == "" {
		f.File = r.SHA256[:min(8, len(r.SHA256))]
	}
	f.Money = r.Figure == reconcile.FigureSpent || r.Figure == reconcile.FigureSpentTotal
	if r.Kind == reconcile.Correct {
		f.Before, f.After = w.corrected(r.Figure, w.readBefore(r)), w.corrected(r.Figure, r.Value)
	}
	return f
}

// readBefore is what a correction replaced: what was read, else what stood there
// when the clerk decided.
func (w *writer) readBefore(r reconcile.Ruling) string {
	for _, c := range w.Statement.Corrected {
		if c.Ruling == r.ID {
			return c.Read
		}
	}
	return r.Before
}

// correctedFacts are those of the ruling that changed a figure.
func (w *writer) correctedFacts(c reconcile.Correction) rulingFacts {
	f := w.rulingFacts(w.rulingsByID()[c.Ruling])
	f.ID = c.Ruling
	f.Before, f.After = w.corrected(c.Figure, c.Read), w.corrected(c.Figure, c.Used)
	return f
}

// corrected is a figure before or after a correction.
func (w *writer) corrected(f reconcile.Figure, written string) string {
	return cmp.Or(w.value(string(f), written), w.Notes.Unsaid)
}

// rulingEntries are the rulings as they are printed, by kind.
func (w *writer) rulingEntries() []entry {
	var rows []entry
	n := 0
	all := w.tookPart()
	for _, kind := range rulingKinds {
		headed := false
		for _, r := range all {
			if r.Kind != kind {
				continue
			}
			if !headed {
				rows, headed = append(rows, entry{kind: Group, label: w.RulingKind[kind].Name}), true
			}
			n++
			rows = append(rows, w.rulingEntry(n, r))
		}
	}
	return rows
}

// rulingKinds are all kinds, in the order in which a report tells of them.
var rulingKinds = []reconcile.RulingKind{
	reconcile.Correct, reconcile.Release, reconcile.SetAside, reconcile.Assign, reconcile.RememberSender,
	reconcile.WaiveGap, reconcile.WaiveRule, reconcile.Extend,
}

func (w *writer) rulingEntry(n int, r reconcile.Ruling) entry {
	f := w.rulingFacts(r)
	cells := map[string]Cell{
		"number": CountCell(n), "ruling": textCell(r.ID), "kind": textCell(w.RulingKind[r.Kind].Name),
		"what":     textCell(w.say(w.RulingKind[r.Kind].Text, f)),
		"agency":   textCell(f.Agency),
		"activity": textCell(string(r.Activity)),
		"before":   textCell(f.Before), "after": textCell(f.After),
		"source": textCell(r.Source), "reason": textCell(r.Reason),
		"ground": textCell(w.say(w.Notes.Ground, f)),
		"by":     textCell(r.By), "at": textCell(f.At), "signed": textCell(w.say(w.Notes.Signed, f)),
		"file": textCell(f.File), "hash": textCell(r.SHA256),
	}
	return entry{cells: cells}
}

// rulingsAnnex are all rulings, whole.
func (w *writer) rulingsAnnex() Annex {
	var rows []entry
	for i, r := range w.tookPart() {
		rows = append(rows, w.rulingEntry(i+1, r))
	}
	a := w.annex(w.RulingsTable, rows)
	a.Landscape, a.Workbook = true, true
	return a
}
