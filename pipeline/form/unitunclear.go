package form

import (
	"regexp"
	"slices"
	"strings"

	"baocao/pipeline/finding"
	"baocao/pipeline/viet"
)

// segments part what a title says of its unit from the rest.
var segments = regexp.MustCompile(`[()\[\]/;:\n]|,\s`)

// unitRun is words that may tell a unit together, with the number before them; for
// plain text.
var unitRun = regexp.MustCompile(`(?:\bx?\d+ )*\b(?:(?:tram|chuc|muoi|van|nghin|ngan|ng|trieu|tr|ty|ti|dong|d|vnd|usd|eur|euro|kip|yen|cny|rmb|lak|do la|nhan dan te)\b ?)+`)

var (
	foreignMoney = regexp.MustCompile(`\b(?:usd|eur|euro|yen|cny|rmb|lak|do la|nhan dan te)\b|\b(?:tram|chuc|muoi|nghin|ngan|trieu|ty|ti) kip\b|^kip$`)
	reportYear   = regexp.MustCompile(`^20\d\d `)
)

// unitUnclear reports whether a title names a unit that is not one of the
// dictionary's: a hundred million, another country's money, or two units.
func (d *dictionary) unitUnclear(title string) bool {
	if strings.ContainsAny(title, "$€£¥₭") {
		return true
	}
	said := map[viet.Unit]bool{}
	for _, segment := range segments.Split(title, -1) {
		segment = strings.TrimSpace(segment)
		if u, ok := factorUnit(segment); ok {
			said[u] = true
			continue
		}
		if n, err := viet.ParseNumber(segment); err == nil && n.Unit != viet.NoUnit && n.Unit != viet.PercentUnit {
			return true // so many đồng as no unit has
		}
		text := strings.TrimSpace(strings.NewReplacer("giai ngan", "", "ty le", "", "cong ty", "", "hoat dong", "", "hop dong", "", "hoi dong", "").Replace(plain(segment)))
		if foreignMoney.MatchString(text) {
			return true
		}
		for _, run := range unitRun.FindAllString(text, -1) {
			run = strings.TrimSpace(reportYear.ReplaceAllString(run, ""))
			u, known, unit := d.unitOf(run)
			if unit && !known {
				return true
			}
			if known && (strings.Contains(run, " ") || run == text) { // not the đồng of "lao động"
				said[u] = true
			}
		}
	}
	return len(said) > 1
}

// unitOf is the unit that a run of words is. A number word by itself is no unit.
func (d *dictionary) unitOf(run string) (u viet.Unit, known, unit bool) {
	for _, p := range d.units {
		if slices.Contains(p.parts, run) {
			return p.means, true, true
		}
	}
	if u, ok := factorUnit(run); ok {
		return u, true, true
	}
	return "", false, strings.Contains(run, " ")
}

// unclearUnits leaves out the money columns of which the unit is not certain: by
// their titles, the row below, or the line above the table.
func (r *rowReader) unclearUnits(t *table) {
	caption := ""
	for _, row := range t.sheet.Rows[t.top:t.head] {
		for _, c := range row.Cells {
			if isUnitCaption(c.Text) {
				caption = c.Text
			}
		}
	}
	for _, c := range []Column{colSpent, colSpentTotal, colBudget} {
		if !t.has(c) {
			continue
		}
		said := t.titles[c]
		if _, own := r.words.unit(said); !own && !r.words.unitUnclear(said) {
			said = r.saidBelow(t, c)
			if _, below := r.words.unit(said); !below && !r.words.unitUnclear(said) {
				said = caption
			}
		}
		if !r.words.unitUnclear(said) {
			continue
		}
		at := r.book.Place(t.sheet, t.headRow(), t.columns[c])
		t.told = append(t.told, t.columns[c])
		delete(t.columns, c)
		if c == colBudget {
			r.find("unit-unclear", finding.Warning, nil, at, short(said), "")
			continue
		}
		r.find("unit-unclear", finding.Error, nil, at, short(said), "")
		if r.sub.Outcome == Accept {
			r.sub.Outcome = Review
		}
	}
}

// saidBelow is the text in a row of its own under the head of a money column.
func (r *rowReader) saidBelow(t *table, c Column) string {
	rows := t.rows()
	for _, row := range rows[:min(len(rows), 2)] {
		text := row.Cell(t.columns[c]).Text
		if text != "" && r.label(t, row)+t.cell(row, colName).Text == "" && len(text) < longestUnit {
			return text
		}
	}
	return ""
}

// isUnitCaption reports whether a line above a table tells the unit of its money.
func isUnitCaption(line string) bool {
	text := plain(line)
	return len(line) <= longestTitle && (hasWords(text, "dvt") || hasWords(text, "don vi tinh") || strings.HasPrefix(text, "don vi "))
}
