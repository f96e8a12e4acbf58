package form

import (
	"slices"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

// dateCell is a cell of the column of dates, and the entry that it belongs to.
type dateCell struct {
	cell     sheet.Cell
	day      agency.Day
	activity plan.Code
	at       finding.Place
}

// mixedDates looks for the trace of a workbook whose locale puts the month
// first: 6/7/2018 silently became June 7, while 15/6/2018, which is no date
// there, stayed text. The days that may be turned round are not believed.
func (r *rowReader) mixedDates(t *table) {
	dates := r.dates
	r.dates = nil
	var written, turned *dateCell
	for i, d := range dates {
		switch {
		case d.cell.Kind != sheet.Date && d.day.Day > 12:
			written = &dates[i]
		case d.cell.Kind == sheet.Date && d.day.Day > 12:
			return // no locale would have made this one of a text with the month first
		case d.cell.Kind == sheet.Date && d.day.Day != int(d.day.Month):
			turned = &dates[i]
		}
	}
	if written == nil || turned == nil {
		return
	}
	found := len(r.sub.Findings)
	r.find("dates-mixed", finding.Error, nil, turned.at, "", written.cell.Text)
	var doubtful []string
	for _, d := range dates {
		if d.cell.Kind != sheet.Date || d.day.Day == int(d.day.Month) {
			continue
		}
		doubtful = append(doubtful, sayDay(d.day)+" ("+string(d.activity)+")")
		for i := range r.sub.Entries {
			if e := &r.sub.Entries[i]; e.Activity == d.activity && e.DoneOn == d.day {
				e.DoneOn = agency.Day{}
			}
		}
	}
	r.sub.Findings[found].Got = strings.Join(doubtful, ", ")
	r.sub.Findings = slices.DeleteFunc(r.sub.Findings, func(f finding.Finding) bool {
		return f.Code == "done-after-closes" && slices.ContainsFunc(dates, func(d dateCell) bool {
			return f.Place == d.at && d.cell.Kind == sheet.Date && d.day.Day != int(d.day.Month)
		})
	})
}
