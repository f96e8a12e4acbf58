package form

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
	"baocao/pipeline/viet"
)

// status is the progress that a text names; the longest phrase of the
// dictionary decides, so that "chưa hoàn thành" is not done. What is said to be
// done must be so beyond doubt: "sẽ hoàn thành" and "hoàn thành 50%" name no
// status.
func (d *dictionary) status(said string) (Progress, bool) {
	text := plain(documentNumber.ReplaceAllString(said, " "))
	for _, p := range d.statuses {
		if !p.in(text) {
			continue
		}
		rest := text
		for _, part := range p.parts {
			rest = strings.Replace(" "+rest+" ", " "+part+" ", " ", 1)
		}
		rest = strings.TrimSpace(rest)
		if p.means == Done && (strings.Contains(said, "?") || hasAny(rest, d.doubts) || !isWhole(rest) || !d.sealed(rest)) {
			return "", false
		}
		if other, ok := match(d.statuses, rest); ok && other != p.means && strings.ContainsAny(said, "/|") && !dated.MatchString(said) {
			return "", false // the choice that the form offers
		}
		return p.means, true
	}
	return "", false
}

var (
	figure  = regexp.MustCompile(`\d+`)
	anyDate = regexp.MustCompile(`\b(?:ngay|thang|quy|nam|so|bc|qd|kh|cv)\b`)
)

// opening is the status with which a text begins, if it speaks of no other.
func (d *dictionary) opening(text string) Progress {
	words := plain(text[:min(len(text), longestTitle)])
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
	for _, n := range figure.FindAllString(rest, -1) {
		if n != "100" && !anyDate.MatchString(rest) {
			return false
		}
	}
	return true
}

// percent reads the percentage of a row, nil when none is said.
func (r *rowReader) percent(t *table, row sheet.Row, a *plan.Activity, status Progress) *plan.Percent {
	c := t.cell(row, colPercent)
	if c.Text == "" && !c.Stale {
		return nil
	}
	at := r.place(t, row, colPercent)
	if c.Stale || c.Kind == sheet.Failed {
		r.find("formula-without-value", finding.Error, a, at, c.Text, "")
		return nil
	}
	p, ok := percentOf(c, status)
	if shown, err := cellNumber(c); ok && err == nil && !isPercentFormat(c.Format) && !shown.Value.Equal(p.Decimal()) {
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

// percentOf is the percentage in a cell. A workbook stores 80 % as 0.8 with a
// percent format; without the format a fraction below one is a share, and 1 is
// 100 % where the activity is done.
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
	case isPercentFormat(c.Format),
		v.IsPositive() && v.LessThan(one),
		v.Equal(one) && status == Done:
		v = v.Shift(2)
	case v.Equal(one) && c.Format == "" && (status == "" || status == InProgress):
		return 0, false // 1 % or the whole?
	}
	return plan.PercentOf(v), true
}

// isPercentFormat reports whether a number format multiplies by a hundred: a
// percent sign outside quotes.
func isPercentFormat(format string) bool {
	quoted := false
	for i, c := range format {
		switch {
		case c == '"':
			quoted = !quoted
		case c == '%' && !quoted && (i == 0 || format[i-1] != '\\'):
			return true
		}
	}
	return false
}

// cellNumber is the number in a cell: the stored one, or the one written.
func cellNumber(c sheet.Cell) (viet.Number, error) {
	if c.Kind == sheet.Number {
		d, err := decimal.NewFromString(c.Raw)
		if err != nil {
			return viet.Number{}, err
		}
		return viet.Number{Value: d.Round(9)}, nil // 14.500000000000002 is 14.5
	}
	return viet.ParseNumber(c.Text)
}
