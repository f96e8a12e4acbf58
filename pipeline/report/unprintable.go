package report

import (
	"fmt"
	"slices"
	"strings"
)

// Unprintable is a character of a text, and the sign that paper shows for it
// because its typeface does not have the character.
type Unprintable struct{ Written, Printed rune }

// unprintablePlace is where such a character stands: in the main text, under a
// heading; in an annex; in a table by its row and column.
type unprintablePlace struct {
	Part    string // the annex, or how the main text is called
	Section string // the heading above it
	Row     string // what the row begins with, if that is not its number
	Line    int    // the row, from 1; 0: it stands in no row
	Column  string
}

// unprintableNote is one character, how often it stands in the report and where.
type unprintableNote struct {
	Unprintable
	times  int
	places []unprintablePlace
}

// unprintableList gathers characters in the order in which they are met.
type unprintableList struct {
	of    func(string) []Unprintable
	notes []unprintableNote
	at    map[Unprintable]int // of notes
}

func (l *unprintableList) look(p unprintablePlace, texts ...string) {
	for _, text := range texts {
		for _, u := range l.of(text) {
			i, met := l.at[u]
			if !met {
				i = len(l.notes)
				l.at[u], l.notes = i, append(l.notes, unprintableNote{Unprintable: u})
			}
			n := &l.notes[i]
			n.times++
			if last := len(n.places) - 1; last < 0 || n.places[last] != p { // a place is left for good
				n.places = append(n.places, p)
			}
		}
	}
}

func (l *unprintableList) blocks(part string, blocks []Block) {
	p := unprintablePlace{Part: part}
	for _, b := range blocks {
		if b.Heading != "" {
			p.Section = b.Heading
		}
		l.look(p, b.Heading, b.Paragraph, b.Item)
		if b.Table != nil {
			l.table(part, b.Table)
		}
		if b.Chart != nil {
			l.table(part, b.Chart.Table())
		}
	}
}

func (l *unprintableList) table(part string, t *Table) {
	for i, row := range t.Rows {
		p := unprintablePlace{Part: part, Line: i + 1}
		if len(row.Cells) > 0 && row.Cells[0].Number == nil {
			p.Row = oneLine(row.Cells[0].Text)
		}
		at := 0
		for _, c := range row.Cells {
			p.Column = t.Columns[at].Title
			l.look(p, c.Text)
			at += max(1, c.Span)
		}
	}
	l.look(unprintablePlace{Part: part}, t.Note)
}

// unprintable says of a document, with the annexes that are printed, which of its
// characters paper shows another sign for: where it stands, an agency's own words
// are no longer what the agency wrote. Nothing is said if there is none, or if the
// outline has no columns for it.
func (w *writer) unprintable(d *Document, annexes []Annex) []Block {
	if w.Source.Unprintable == nil || len(w.Notes.Unprintable.Table.Columns) == 0 {
		return nil
	}
	list := unprintableList{of: w.Source.Unprintable, at: map[Unprintable]int{}}
	h, s, main := d.Letterhead, d.Signature, unprintablePlace{Part: w.Words.Body}
	list.look(main, h.Parent, h.Issuer, h.Symbol, h.Nation, h.Motto, h.Place, d.Kind, d.Subject, d.Addressee)
	list.blocks(main.Part, d.Body)
	list.look(main, append(append(slices.Clone(s.Authority), s.Recipients...), s.Name)...)
	for _, a := range annexes {
		list.look(unprintablePlace{Part: a.Label}, a.Label, a.Title, a.Reference)
		list.blocks(a.Label, a.Body)
	}
	texts := w.Notes.Unprintable
	listed := list.notes
	if texts.Characters > 0 { // a page of another script would take hundreds of pages to list
		listed = listed[:min(len(listed), texts.Characters)]
	}
	var rows []entry
	for i, n := range listed {
		rows = append(rows, entry{cells: map[string]Cell{
			"number": CountCell(i + 1), "character": textCell(string(n.Written)), "code": textCell(fmt.Sprintf("%U", n.Written)),
			"printed": textCell(string(n.Printed)), "times": CountCell(n.times), "places": textCell(w.unprintablePlaces(n.places)),
		}})
	}
	if left := len(list.notes) - len(listed); left > 0 {
		rows = append(rows, entry{cells: map[string]Cell{"places": textCell(w.say(texts.Others, left))}})
	}
	return w.part(texts.Table, w.facts, rows)
}

func (w *writer) unprintablePlaces(places []unprintablePlace) string {
	texts := w.Notes.Unprintable
	shown := places
	if texts.Most > 0 {
		shown = places[:min(len(places), texts.Most)]
	}
	var all []string
	for _, p := range shown {
		all = append(all, w.say(texts.At, p))
	}
	if left := len(places) - len(shown); left > 0 {
		all = append(all, w.say(texts.More, left))
	}
	return strings.Join(all, "; ")
}
