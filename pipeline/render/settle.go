package render

import (
	"strings"

	"baocao/pipeline/report"
)

const (
	// settleRows is how many rows are looked at to settle the widths: enough to
	// know a table by, few enough to cost little in a long one.
	settleRows = 100
	// settleSteps is how often a little width is moved.
	settleSteps = 80
	// headWeight is how many rows the head counts for, because it comes again on
	// every page.
	headWeight = 4
	// pull is what the length of a text counts for beside its lines: without it a
	// column one word short of a line less would not be widened step by step.
	pull = 0.3
)

// settle moves width from columns that do not miss it to columns whose text
// makes rows tall, while the table becomes shorter. No column falls below its
// least width, and none that has text in plenty far below what it had.
func (r *Renderer) settle(t *report.Table, size float64, widths, least []float64) {
	e := r.estimate(t, size)
	floor := make([]float64, len(widths))
	for i := range widths {
		floor[i] = min(widths[i], max(least[i], min(0.65*widths[i], e.natural[i]+e.around)))
	}
	step := sum(widths) / 200
	for range settleSteps {
		from, to, gain := -1, -1, 0.0
		losses, gains := e.moves(widths, step)
		for i := range widths {
			if widths[i]-step < floor[i] {
				continue
			}
			for j := range widths {
				if won := gains[j] - losses[i]; i != j && won > gain+tolerance {
					from, to, gain = i, j, won
				}
			}
		}
		if from < 0 {
			return
		}
		widths[from] -= step
		widths[to] += step
	}
}

// estimate knows the text of some rows by the widths of its words.
type estimate struct {
	around  float64     // space round a cell's text
	rows    [][]measure // per row and column; spanning cells are left out
	natural []float64   // the widest text of each column
}

func (r *Renderer) estimate(t *report.Table, size float64) estimate {
	e := estimate{around: 2*r.layout.Table.Pad + r.layout.Table.Rule, natural: make([]float64, len(t.Columns))}
	titles := make([]measure, len(t.Columns))
	for i, c := range t.Columns {
		titles[i] = r.typeface(bold, size).measure(c.Title)
	}
	for range headWeight {
		e.rows = append(e.rows, titles)
	}
	for i := 0; i < len(t.Rows); i += max(1, len(t.Rows)/settleRows) {
		face := r.typeface(rowStyle(t.Rows[i].Kind), size)
		row := make([]measure, len(t.Columns))
		at := 0
		for _, c := range t.Rows[i].Cells {
			if span(c) == 1 {
				row[at] = face.measure(c.Text)
				e.natural[at] = max(e.natural[at], row[at].length)
			}
			at += span(c)
		}
		e.rows = append(e.rows, row)
	}
	return e
}

// moves tells for each column how many lines the table becomes longer if the
// column loses a step of width, and how many shorter if it gains one.
func (e *estimate) moves(widths []float64, step float64) (losses, gains []float64) {
	losses, gains = make([]float64, len(widths)), make([]float64, len(widths))
	tall := make([]float64, len(widths))
	for _, row := range e.rows {
		most, second := 0.0, 0.0
		for i := range row {
			tall[i] = row[i].height(widths[i] - e.around)
			if tall[i] > most {
				most, second = tall[i], most
			} else if tall[i] > second {
				second = tall[i]
			}
		}
		for i := range row {
			others := most
			if tall[i] == most {
				others = second
			}
			losses[i] += max(others, row[i].height(widths[i]-step-e.around)) - most
			gains[i] += most - max(others, row[i].height(widths[i]+step-e.around))
		}
	}
	return losses, gains
}

// measure is a text known by the widths of its words.
type measure struct {
	words  []float64 // lineEnd between two paragraphs
	space  float64
	length float64 // of the longest paragraph
}

// lineEnd stands between the words of two paragraphs.
const lineEnd = -1

func (t typeface) measure(text string) measure {
	m := measure{space: t.width(" ")}
	for paragraph := range strings.SplitSeq(text, "\n") {
		if m.words != nil {
			m.words = append(m.words, lineEnd)
		}
		for word := range strings.SplitSeq(paragraph, " ") {
			m.words = append(m.words, t.width(word))
		}
		m.length = max(m.length, t.width(paragraph))
	}
	return m
}

// height is about how many lines the text takes in a width.
func (m *measure) height(width float64) float64 {
	if m.length == 0 {
		return 0
	}
	lines, used := 1.0, 0.0
	for _, word := range m.words {
		switch {
		case word == lineEnd:
			lines, used = lines+1, 0
		case used == 0:
			used = word
		case used+m.space+word > width:
			lines, used = lines+1, word
		default:
			used += m.space + word
		}
	}
	if m.length <= width {
		return lines
	}
	return lines + pull*m.length/max(width, 1)
}
