package pipeline

import (
	"context"
	"slices"

	"baocao/pipeline/agency"
	"baocao/pipeline/deliver"
	"baocao/pipeline/viet"
)

// BoardRow is one agency on the board of a period, status --json.
type BoardRow struct {
	AgencyView
	Group     string    `json:"group"`     // the group that it belongs to; empty: none that the directory names
	Reminders int       `json:"reminders"` // letters that were not withdrawn
	Reminder  *Reminder `json:"reminder"`  // the last of them; null: none
}

// Board is how each agency that must report stands in a period, and when it was
// reminded.
func (p *Pipeline) Board(ctx context.Context, made *Made) ([]BoardRow, error) {
	log, err := p.Reminders(ctx, made.Statement.Period)
	if err != nil {
		return nil, err
	}
	rows := []BoardRow{}
	for _, v := range p.AgencyViews(made) {
		row := BoardRow{AgencyView: v, Group: groupOf(made.Inputs.Directory, v.Agency, made.Statement.Term.Closes)}
		row.Reminders, row.Reminder = lastReminder(log, v.Agency)
		rows = append(rows, row)
	}
	return rows, nil
}

// troubleFirst is the order in which what became of a letter to several recipients
// is told of.
var troubleFirst = []deliver.State{
	deliver.Failed, deliver.Bounced, deliver.MaybeSent, deliver.Queued, deliver.Sending, deliver.Sent,
}

// lastReminder is how many reminders an agency has, and the last one. Of its
// recipients the one counts that a clerk has to look at.
func lastReminder(log []Reminder, id agency.ID) (letters int, last *Reminder) {
	var letter string
	for i, r := range log {
		if r.Agency != id || r.State == deliver.Withdrawn {
			continue
		}
		if r.Letter == letter {
			if slices.Index(troubleFirst, r.State) < slices.Index(troubleFirst, last.State) {
				last = &log[i]
			}
			continue
		}
		letters++
		letter, last = r.Letter, &log[i]
	}
	return letters, last
}

// groupOf is the first group of the directory that an agency is a member of.
func groupOf(dir *agency.Directory, id agency.ID, on agency.Day) string {
	for _, g := range dir.Data().Groups {
		if slices.Contains(dir.Members(g.ID, on), id) {
			return viet.Sentence(g.Name)
		}
	}
	return ""
}
