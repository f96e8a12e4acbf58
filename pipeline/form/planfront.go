package form

import (
	"regexp"
	"strconv"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/viet"
)

// What a decision says about itself: its number in the letterhead, or in the
// line that issues the plan with it, and its date beside the place.
var (
	ownNumber    = regexp.MustCompile(`(?i)^số\s*:?\s*(\d{1,6}[a-z]?\s*/\s*[\p{L}\d]+(?:\s*-\s*[\p{L}\d]+)*)`)
	issuedWith   = regexp.MustCompile(`(?i)kèm theo (?:quyết định|kế hoạch|công văn) số\s*:?\s*(\d{1,6}[a-z]?\s*/\s*[\p{L}\d]+(?:\s*-\s*[\p{L}\d]+)*)`)
	placeAndDay  = regexp.MustCompile(`(?i),\s*ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})\s*\.?$`)
	dayInIssue   = regexp.MustCompile(`(?i)ngày\s*(\d{1,2})\s*(?:tháng|/)\s*(\d{1,2})\s*(?:năm|/)\s*(\d{4})`)
	inForceFrom  = regexp.MustCompile(`(?i)(?:quyết định|kế hoạch) này có hiệu lực(?: thi hành)?\s+(?:kể )?từ ngày\s*(\d{1,2})\s*(?:tháng|/)\s*(\d{1,2})\s*(?:năm|/)\s*(\d{4})`)
	yearInTitle  = regexp.MustCompile(`(?i)năm\s+(20\d{2})`)
	titleOfWhole = regexp.MustCompile(`(?i)^(?:về việc |v/v )?ban hành (kế hoạch .*)$`)
)

// readFront reads number, dates, title and year.
func (r *planReader) readFront() {
	lines := r.frontLines()
	var issueDay agency.Day
	for _, l := range lines {
		if m := ownNumber.FindStringSubmatch(l); m != nil && r.plan.Number == "" {
			r.plan.Number = withoutSpaces(m[1])
		}
		if m := placeAndDay.FindStringSubmatch(l); m != nil && r.plan.Signed.IsZero() {
			r.plan.Signed = dayFrom(m[3], m[2], m[1])
		}
		if m := inForceFrom.FindStringSubmatch(viet.Clean(l)); m != nil {
			r.plan.Effective = dayFrom(m[3], m[2], m[1])
		}
	}
	for _, l := range lines {
		m := issuedWith.FindStringSubmatch(l)
		if m == nil {
			continue
		}
		if r.plan.Number == "" {
			r.plan.Number = withoutSpaces(m[1])
		}
		if d := dayInIssue.FindStringSubmatch(l); d != nil {
			issueDay = dayFrom(d[3], d[2], d[1])
		}
	}
	if r.plan.Signed.IsZero() {
		r.plan.Signed = issueDay
	}
	file := finding.Place{File: r.book.Name}
	if r.plan.Number == "" {
		r.find("number-unknown", finding.Warning, file, "", "", "")
	}
	if r.plan.Signed.IsZero() {
		r.find("day-unknown", finding.Warning, file, "", "", "")
	}
	r.plan.Title = planTitle(lines)
	r.readYear(lines)
}

// frontLines are the lines of all cells above the table.
func (r *planReader) frontLines() []string {
	var lines []string
	rows := r.sheet.Rows[:r.head.first+1]
	for i, row := range rows {
		for _, c := range row.Cells {
			if i == r.head.first && (r.sheet.Grid || planRoleOf(c.Text) != planNone) {
				break // the head itself; without a grid, text may have run into it
			}
			lines = append(lines, strings.Split(c.Text, "\n")...)
		}
	}
	return lines
}

// planTitle is the plan's title: the line "KẾ HOẠCH" and those after it up to the
// year, a line that begins so and names a year, or what the decision says to
// issue.
func planTitle(lines []string) string {
	for i, l := range lines {
		if viet.Key(l) == viet.Key("kế hoạch") && i+1 < len(lines) {
			return titleLines(lines[i:min(i+5, len(lines))])
		}
	}
	for _, l := range lines {
		if strings.HasPrefix(viet.Key(l), viet.Key("kế hoạch")+" ") && yearInTitle.MatchString(l) {
			return l
		}
	}
	for _, l := range lines {
		if m := titleOfWhole.FindStringSubmatch(l); m != nil {
			return m[1]
		}
	}
	return ""
}

// titleLines joins a title's lines up to the one that names the year; without
// one, the first two.
func titleLines(lines []string) string {
	title := lines[0] + " " + lines[1]
	joined := lines[0]
	for _, l := range lines[1:] {
		if strings.HasPrefix(l, "(") {
			break
		}
		if joined += " " + l; yearInTitle.MatchString(joined) {
			return joined
		}
	}
	return title
}

// readYear takes the plan's year from its title, else from the first line above
// the table that speaks of a plan for a year.
func (r *planReader) readYear(lines []string) {
	texts := []string{r.plan.Title}
	for _, l := range lines {
		if hasWords(plain(l), "ke hoach") && !issuedWith.MatchString(l) && !hasWords(plain(l), "can cu") {
			texts = append(texts, l)
		}
	}
	for _, text := range texts {
		if all := yearInTitle.FindAllStringSubmatch(text, -1); all != nil {
			r.plan.Year, _ = strconv.Atoi(all[len(all)-1][1])
			return
		}
	}
	r.find("year-unknown", finding.Error, finding.Place{File: r.book.Name}, "", r.plan.Title, "")
}

// readHeadings keeps the headings as written, and names columns that are not
// understood or are missing.
func (r *planReader) readHeadings() {
	h := r.head.headings
	c := &r.plan.Columns
	c.Code, c.Name, c.Indicator, c.Evidence = h[planCode], h[planName], h[planIndicator], h[planEvidence]
	c.Budget, c.Responsibility, c.Note = h[planBudget], h[planDuty], h[planNote]
	c.Time, c.Start, c.End = h[planTime], h[planStart], h[planEnd]
	if c.Responsibility == "" {
		c.Responsibility = strings.Trim(h[planLead]+" / "+h[planPartner], " /")
	}
	row := r.sheet.Rows[r.head.first].Number
	for _, column := range r.head.columns {
		if column.role == planNone {
			r.find("column-unknown", finding.Note, r.place(row, column.first), "", column.heading, "")
		}
	}
	for _, missing := range []struct {
		heading, code string
		level         finding.Level
	}{
		{c.Code, "no-code-column", finding.Error},
		{c.Indicator, "no-indicator-column", finding.Note},
		{c.Evidence, "no-evidence-column", finding.Note},
		{c.Budget, "no-budget-column", finding.Warning},
		{c.Time + c.Start + c.End, "no-time-column", finding.Warning},
		{c.Note, "no-note-column", finding.Note},
	} {
		if missing.heading == "" {
			r.find(missing.code, missing.level, r.place(row, 0), "", "", "")
		}
	}
}

func withoutSpaces(s string) string { return strings.Join(strings.Fields(s), "") }
