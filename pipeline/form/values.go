package form

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"

	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
	"baocao/pipeline/viet"
)

// status is the progress that a text names; the longest phrase of the
// dictionary decides, so that "chưa hoàn thành" is not done. What is said to be
// done must be so beyond doubt: "sẽ hoàn thành" and "hoàn thành 50%" name no
// status. Of boxes the ticked one counts, and of two statuses none.
func (d *dictionary) status(said string) (Progress, bool) {
	said, ok := tickedPart(said)
	if !ok {
		return "", false
	}
	text := plain(documentNumber.ReplaceAllString(said, " "))
	for _, p := range d.statuses {
		if !p.in(text) {
			continue
		}
		rest := p.without(text)
		if p.means == Done && (strings.ContainsFunc(said, isQueer) || hasAny(rest, d.doubts) || !isWhole(rest) || !d.sealed(rest)) {
			return "", false
		}
		if other, ok := match(d.statuses, rest); ok && other != p.means && strings.ContainsAny(said, "/|") && !dated.MatchString(said) {
			return "", false // the choice that the form offers
		}
		if d.contradicts(p.means, rest) || slices.ContainsFunc(clauses.Split(said, -1), func(s string) bool { return d.contradicts(p.means, p.without(plain(s))) }) {
			return "", false
		}
		return p.means, true
	}
	return "", false
}

var figure = regexp.MustCompile(`\d+`)

// isQueer reports a sign that leaves nothing whole: a question mark, a fraction.
func isQueer(r rune) bool { return r == '?' || unicode.IsNumber(r) && !unicode.IsDigit(r) }

// clauses are parted by these signs.
var clauses = regexp.MustCompile(`[,;/|()\n]|\s[-–—]\s`)

// contradicts reports whether a clause says another status and nothing else, but
// when: "đang thực hiện, hoàn thành tháng 6" says what is to come.
func (d *dictionary) contradicts(p Progress, clause string) bool {
	digits := strings.IndexFunc(clause, isDigit) >= 0
	for _, other := range d.statuses {
		if other.means == p || len(other.parts) != 1 || !hasWords(clause, other.parts[0]) {
			continue
		}
		if other.means == Done && digits && !strings.HasPrefix(clause, "da ") {
			continue
		}
		return d.sealed(other.without(clause))
	}
	return false
}

// longestOpening is how much of a text is looked at for the status that it begins
// with, in bytes.
const longestOpening = 100

// opening is the status with which a text begins, if it speaks of no other.
func (d *dictionary) opening(text string) Progress {
	words := plain(text[:min(len(text), longestOpening)])
	for _, p := range d.statuses {
		if len(p.parts) == 1 && len(strings.Fields(p.parts[0])) > 1 && strings.HasPrefix(words+" ", p.parts[0]+" ") {
			return p.means
		}
	}
	return ""
}

// sealed reports whether what stands beside "hoàn thành" leaves it so: nothing,
// a date, a document's number or words of the list done_with. "Hoàn thành dự
// thảo" is a part of the work, "hoàn thành trong quý II" is to come.
func (d *dictionary) sealed(rest string) bool {
	for _, words := range d.doneWith {
		rest = strings.ReplaceAll(" "+rest+" ", " "+words+" ", "  ")
	}
	for w := range strings.FieldsSeq(rest) {
		if strings.IndexFunc(w, isDigit) < 0 && w != "%" {
			return false
		}
	}
	return true
}

// documentNumber is a document's number and symbol: 12/QĐ-SNV.
var documentNumber = regexp.MustCompile(`\d+[a-z]?\s*/\s*(?:\d{4}\s*/\s*)?\p{Lu}[\p{L}&]*(?:\s*-\s*\p{Lu}[\p{L}&]*)*`)

// dated is a date or a document's number: its slash parts no choices.
var dated = regexp.MustCompile(`\d\s*/`)

// isWhole reports whether the figures beside "hoàn thành" leave it whole: none,
// 100, or those of a date or a document's number.
func isWhole(rest string) bool {
	rest = wholeFigures.ReplaceAllString(rest, " ")
	return !strings.ContainsRune(rest, '%') && strings.IndexFunc(rest, isDigit) < 0
}

// wholeFigures are 100, dates and numbers of documents.
var wholeFigures = regexp.MustCompile(`\b(?:100(?: %|\b)|ngay \d{1,2} (?:thang )?\d{1,2}(?: (?:nam )?\d{4})?\b|thang \d{1,2}(?: (?:nam )?\d{4})?\b|nam 20\d{2}\b|so \d+\b)`)

// percent reads the percentage of a row, nil when none is said.
func (r *rowReader) percent(t *table, row sheet.Row, a *plan.Activity, status Progress) *plan.Percent {
	c := t.cell(row, colPercent)
	at := r.place(t, row, colPercent)
	if r.misleads(c, a, at) || c.Text == "" && !c.Stale {
		return nil
	}
	if c.Stale || c.Kind == sheet.Failed {
		r.find("formula-without-value", finding.Error, a, at, c.Text, "")
		return nil
	}
	p, ok := percentOf(c, status)
	if shown, err := cellNumber(c); ok && err == nil && shown.Unit != viet.PercentUnit && !shown.Value.Equal(p.Decimal()) {
		r.find("percent-scaled", finding.Note, a, at, c.Text, viet.FormatNumber(p.Decimal()))
	}
	switch {
	case !ok:
		r.find("percent-unreadable", finding.Error, a, at, c.Text, "")
		return nil
	case p < 0 || p > 100_00:
		r.find("percent-out-of-range", finding.Error, a, at, c.Text, "")
		return nil
	}
	return &p
}

// percentOf is the percentage in a cell. Without a sign of percent a fraction
// below one is a share, and 1 is 100 % where the activity is done.
func percentOf(c sheet.Cell, status Progress) (plan.Percent, bool) {
	n, err := cellNumber(c)
	if err != nil || n.Other != nil {
		return 0, false
	}
	v := n.Value
	if v.Abs().GreaterThan(decimal.New(1, 6)) {
		return 0, false
	}
	one := decimal.NewFromInt(1)
	switch {
	case n.Unit == viet.PercentUnit:
	case n.Unit != viet.NoUnit:
		return 0, false
	case v.IsPositive() && v.LessThan(one),
		v.Equal(one) && status == Done:
		v = v.Shift(2)
	case v.Equal(one) && c.Format == "" && (status == "" || status == InProgress):
		return 0, false // 1 % or the whole?
	}
	return plan.PercentOf(v), true
}
