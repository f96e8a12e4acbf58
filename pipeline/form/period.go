package form

import (
	"regexp"
	"strconv"

	"baocao/pipeline/plan"
)

// The ways in which a period is written, on text made plain: "quy i nam 2018",
// "6 thang dau nam 2018", "bao cao … nam 2018".
var (
	partSaid   = regexp.MustCompile(`\b(?:(?:quy|qui|q) ?(iv|iii|ii|i|[1-4])|(3|ba|6|sau|9|chin) ?(?:thang|t))\b(?: dau nam)?(?: (?:nam )?(\d{4})\b)?`)
	ahead      = regexp.MustCompile(`\b(?:phuong huong|nhiem vu (?:trong tam|quy|nam|thang|\d)|ke hoach (?:quy|thang|cong tac)|du kien)\b`)
	yearSaid   = regexp.MustCompile(`\bnam (\d{4})\b`)
	anyYear    = regexp.MustCompile(`\b(20\d{2})\b`)
	yearReport = regexp.MustCompile(`\b(?:bao cao|ket qua|ca nam)\b`)
	dateSaid   = regexp.MustCompile(`\bngay \d`)
	planSaid   = regexp.MustCompile(`\bke hoach\b`)
)

var quarters = map[string]plan.Part{
	"i": plan.Q1, "ii": plan.Q2, "iii": plan.Q3, "iv": plan.Q4,
	"1": plan.Q1, "2": plan.Q2, "3": plan.Q3, "4": plan.Q4,
}

// periodsIn are the periods that a title, a sheet's name, a subject or a file's
// name tells, in the order written. The year is 0 when the text names a part of
// a year alone. "Năm 2018" tells the year's report only in a line that speaks of
// a report and names no smaller part; a date tells none.
func periodsIn(text string) []plan.Period {
	text = plain(text)
	if at := ahead.FindStringIndex(text); at != nil && at[0] > 0 {
		text = text[:at[0]] // what is planned next is not what is reported
	}
	var all []plan.Period
	for _, m := range partSaid.FindAllStringSubmatch(text, -1) {
		all = append(all, plan.Period{Year: yearOf(m[3], text), Part: partOf(m)})
	}
	if len(all) > 0 || dateSaid.MatchString(text) || !yearReport.MatchString(text) {
		return all
	}
	years := yearSaid.FindAllStringSubmatch(text, -1)
	if len(years) == 0 || (planSaid.MatchString(text) && len(years) == 1 && !endsWithYear(text)) {
		return nil
	}
	return []plan.Period{{Year: yearOf(years[len(years)-1][1], text), Part: plan.Year}}
}

// partOf is the part of a year in a match of partSaid.
func partOf(m []string) plan.Part {
	switch m[2] {
	case "3", "ba":
		return plan.Q1
	case "6", "sau":
		return plan.Half
	case "9", "chin":
		return plan.Nine
	}
	return quarters[m[1]]
}

// sayPeriod is how people name a period: "quý I năm 2018".
func (d *dictionary) sayPeriod(p plan.Period) string {
	if name := d.periods[p.Part]; name != "" {
		return name + " " + strconv.Itoa(p.Year)
	}
	return p.String()
}

// endsWithYear reports whether the year stands at the end of the line, where a
// title names what it reports on.
func endsWithYear(text string) bool {
	at := yearSaid.FindAllStringIndex(text, -1)
	return len(at) > 0 && at[len(at)-1][1] == len(text)
}

// yearOf is the year said beside the period, else the only year in the text,
// else 0.
func yearOf(said, text string) int {
	if said == "" {
		all := anyYear.FindAllString(text, -1)
		for _, y := range all {
			if y != all[0] {
				return 0
			}
		}
		if len(all) > 0 {
			said = all[0]
		}
	}
	year, _ := strconv.Atoi(said)
	return year
}
