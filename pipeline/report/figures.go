package report

import (
	"errors"
	"fmt"
	"reflect"

	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// figuresTable is a list of one figure a row, for who types them into another
// program.
type figuresTable struct {
	Table  plainTable    `yaml:",inline"`
	Unsaid string        `yaml:"unsaid"` // in the note of a figure that nobody states
	Parts  []figuresPart `yaml:"parts"`
}

// figuresPart are figures of the same kind: of all activities, of each field, of
// each agency, or of how agencies reported.
type figuresPart struct {
	Of      figuresOf    `yaml:"of"`
	Title   text         `yaml:"title"`
	Figures []figureText `yaml:"figures"`
}

type figuresOf string

const (
	ofProvince  figuresOf = "province"
	ofFields    figuresOf = "fields"
	ofAgencies  figuresOf = "agencies"
	ofReporting figuresOf = "reporting"
)

// figureText is how one figure is called.
type figureText struct {
	Key  string `yaml:"key"`
	Name string `yaml:"name"`
	Unit string `yaml:"unit"`
	Note string `yaml:"note"`
}

// partFacts are the names that the title of a part may use; Code and Name are the
// field's or the agency's.
type partFacts struct {
	facts
	Code plan.Code
	Name string
}

// figuresAnnex is the list of figures, part by part.
func (w *writer) figuresAnnex() Annex {
	list := figureList{writer: w}
	s := w.Statement
	for _, p := range w.FiguresTable.Parts {
		switch p.Of {
		case ofProvince:
			list.add(p, partFacts{facts: w.facts}, figureCells(s.Total))
		case ofFields:
			for _, f := range s.Fields {
				list.add(p, partFacts{w.facts, f.Code, w.fieldName(f.Code)}, figureCells(f))
			}
		case ofAgencies:
			for _, a := range s.Leads {
				list.add(p, partFacts{facts: w.facts, Name: w.name(a.Agency)}, figureCells(a.Sum))
			}
		case ofReporting:
			list.add(p, partFacts{facts: w.facts}, reportingCells(s.Reporting))
		}
	}
	a := w.annex(w.FiguresTable.Table, list.rows)
	a.Workbook = true
	return a
}

// figureList gathers the rows and numbers them through.
type figureList struct {
	*writer
	rows   []entry
	number int
}

func (l *figureList) add(p figuresPart, said partFacts, cells map[string]Cell) {
	l.rows = append(l.rows, entry{kind: Group, label: l.say(p.Title, said)})
	for _, f := range p.Figures {
		l.number++
		value, note := cells[f.Key], f.Note
		if value.Number == nil {
			note = l.FiguresTable.Unsaid
		}
		l.rows = append(l.rows, entry{cells: map[string]Cell{
			"number": CountCell(l.number), "what": textCell(f.Name), "unit": textCell(f.Unit), "value": value, "note": textCell(note),
		}})
	}
}

// figureCells are the figures of a sum.
func figureCells(s reconcile.Sum) map[string]Cell {
	cells := sumCells(s)
	delete(cells, "code") // no figure
	cells["not_asked"] = CountCell(s.NotAsked)
	cells["done_percent"], cells["used_percent"] = percentCell(s.DonePercent()), percentCell(s.UsedPercent())
	cells["used_planned"] = amountCell(s.UsedPlanned)
	t := s.Timings
	cells["early"], cells["on_time"], cells["late"] = CountCell(t.Early), CountCell(t.OnTime), CountCell(t.Late)
	cells["running"], cells["not_due"] = CountCell(t.Running), CountCell(t.NotBegun)
	cells["no_limit"], cells["untold"] = CountCell(t.NoLimit), CountCell(t.Untold)
	return cells
}

func reportingCells(r reconcile.Reporting) map[string]Cell {
	return map[string]Cell{
		"expected": CountCell(r.Expected), "received": CountCell(r.Received), "in_time": CountCell(r.InTime),
		"late": CountCell(r.Late), "missing": CountCell(r.Missing), "held": CountCell(r.Held),
		"rejected": CountCell(r.Rejected), "silent": CountCell(r.Silent),
	}
}

// check holds the titles against the names that they may use, and the figures
// against those that the parts can give.
func (t *figuresTable) check() error {
	var all []error
	for i, p := range t.Parts {
		all = append(all, p.Title.check(reflect.TypeFor[partFacts]()))
		var known map[string]Cell
		switch p.Of {
		case ofProvince, ofFields, ofAgencies:
			known = figureCells(reconcile.Sum{})
		case ofReporting:
			known = reportingCells(reconcile.Reporting{})
		default:
			all = append(all, fmt.Errorf("figures_table: part %d is of %q, known are %s %s %s %s", i+1, p.Of, ofProvince, ofFields, ofAgencies, ofReporting))
			continue
		}
		for _, f := range p.Figures {
			if _, ok := known[f.Key]; !ok {
				all = append(all, fmt.Errorf("figures_table: %s have no figure %q", p.Of, f.Key))
			}
		}
	}
	return errors.Join(all...)
}
