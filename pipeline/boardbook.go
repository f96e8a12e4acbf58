package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/report"
)

// errNoBoard is the error of templates without words for a board.
var errNoBoard = errors.New("the templates have no report/board.yaml")

// BoardWorkbook writes the board of a period as a workbook: a sheet with a row for
// each agency, and one with a row for each reminder. The same state at the same
// minute gives the same bytes.
func (p *Pipeline) BoardWorkbook(ctx context.Context, w io.Writer, made *Made) error {
	if p.office.board == nil {
		return errNoBoard
	}
	rows, err := p.Board(ctx, made)
	if err != nil {
		return err
	}
	log, err := p.Reminders(ctx, made.Statement.Period)
	if err != nil {
		return err
	}
	now := p.Now().Truncate(time.Minute)
	renderer, err := p.office.renderer(agency.DayOf(now))
	if err != nil {
		return err
	}
	b := boardBook{boardWords: p.office.board, made: made, fill: p.boardFacts(made, rows, log, now)}
	if err := renderer.XLSX(w, b.document(rows, log, now)); err != nil {
		return fmt.Errorf("board of %s: %w", made.Statement.Period, err)
	}
	return nil
}

// boardFacts puts into a text what it may tell.
func (p *Pipeline) boardFacts(made *Made, rows []BoardRow, log []Reminder, now time.Time) *strings.Replacer {
	all, letters := made.Statement.Reporting, map[string]bool{}
	for _, r := range log {
		letters[r.Letter] = true
	}
	period := p.periodName(made.Statement.Period)
	return strings.NewReplacer(
		"{period}", period, "{PERIOD}", strings.ToUpper(period), "{plan}", made.Inputs.Plan.Number,
		"{due}", printedDay(made.Statement.Term.Due), "{moment}", printedTime(now),
		"{expected}", strconv.Itoa(len(rows)), "{received}", strconv.Itoa(all.Received), "{held}", strconv.Itoa(all.Held+all.Rejected),
		"{missing}", strconv.Itoa(all.Silent), "{late}", strconv.Itoa(all.Late), "{reminders}", strconv.Itoa(len(letters)),
	)
}

// boardBook is the board while it is written.
type boardBook struct {
	*boardWords
	made *Made
	fill *strings.Replacer
}

func (b boardBook) document(rows []BoardRow, log []Reminder, now time.Time) *report.Document {
	var agencies, reminders []map[string]report.Cell
	for i, r := range rows {
		agencies = append(agencies, b.agency(i+1, r))
	}
	for i, r := range log {
		reminders = append(reminders, b.reminder(i+1, r))
	}
	title := strings.ReplaceAll(b.fill.Replace(b.Board.Title), "\n", " ")
	return &report.Document{
		Meta: report.Meta{Title: title, Author: b.Author, Subject: title, AsOf: now, Footer: b.fill.Replace(b.Footer)},
		Annexes: []report.Annex{
			b.sheet(b.Board, agencies), b.sheet(b.Log, reminders),
		},
		Words: report.Words{Page: b.Words.Page, Continued: b.Words.Continued},
	}
}

func (b boardBook) sheet(s boardSheet, rows []map[string]report.Cell) report.Annex {
	a := report.Annex{Label: s.Label, Title: b.fill.Replace(s.Title), Reference: b.fill.Replace(s.Reference), Sheet: s.Sheet, Landscape: true}
	if len(rows) == 0 {
		a.Body = []report.Block{{Paragraph: b.fill.Replace(s.None)}}
		return a
	}
	if s.Intro != "" {
		a.Body = append(a.Body, report.Block{Paragraph: b.fill.Replace(s.Intro)})
	}
	t := &report.Table{Filter: true}
	for _, c := range s.Columns {
		t.Columns = append(t.Columns, report.Column{Title: c.Title, Width: c.Width, Align: c.Align})
	}
	for _, row := range rows {
		var cells []report.Cell
		for _, c := range s.Columns {
			cells = append(cells, row[c.Key])
		}
		t.Rows = append(t.Rows, report.Row{Cells: cells})
	}
	a.Body = append(a.Body, report.Block{Table: t})
	return a
}

func (b boardBook) agency(number int, r BoardRow) map[string]report.Cell {
	cells := map[string]report.Cell{
		"number": report.CountCell(number), "agency": {Text: r.Name}, "group": {Text: r.Group}, "state": {Text: b.States[r.State]},
		"due": report.DayCell(r.Due), "expected": report.CountCell(r.ActivitiesExpected), "reported": report.CountCell(r.ActivitiesReported),
		"reminders": report.CountCell(r.Reminders),
	}
	if r.ReceivedAt != nil {
		cells["received"] = report.DayCell(agency.DayOf(*r.ReceivedAt))
	}
	if r.DaysLate > 0 {
		cells["late"] = report.CountCell(r.DaysLate)
	}
	if r.Version > 0 {
		cells["version"] = report.CountCell(r.Version)
	}
	if last := r.Reminder; last != nil {
		cells["step"] = report.Cell{Text: b.Steps[last.Step]}
		cells["reminded"] = report.DayCell(agency.DayOf(last.At))
		cells["letter"] = report.Cell{Text: b.Letters[last.State]}
	}
	return cells
}

func (b boardBook) reminder(number int, r Reminder) map[string]report.Cell {
	return map[string]report.Cell{
		"number": report.CountCell(number), "step": {Text: b.Steps[r.Step]}, "to": {Text: r.To},
		"agency": {Text: b.made.Inputs.Directory.Name(r.Agency, b.made.Statement.Term.Closes)},
		"day":    report.DayCell(agency.DayOf(r.At)), "hour": {Text: r.At.In(agency.Zone).Format("15:04")},
		"letter": {Text: b.Letters[r.State]}, "why": {Text: b.Withdrawn[r.WithdrawnFor]},
	}
}
