package form

import (
	"regexp"
	"strings"

	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
	"baocao/pipeline/viet"
)

// statusOf is the progress that a cell says: by a figure of the sheet's legend, in
// a few words, or in a sentence of a longer text.
func (r *rowReader) statusOf(text string) (Progress, bool) {
	if p, ok := r.legend[strings.Trim(strings.TrimSpace(text), "().")]; ok {
		return p, true
	}
	if p, ok := r.words.status(text); ok {
		return p, true
	}
	return r.words.statusInSentences(text)
}

var sentenceEnd = regexp.MustCompile(`[.;!?]\s+|[\n\r]+|\.?\s*$`)

// statusInSentences is done when one of the sentences of a text says so beyond
// doubt and no other speaks of any status, or of what is still to come.
func (d *dictionary) statusInSentences(text string) (Progress, bool) {
	if len(strings.Fields(text)) <= sentenceWords || len(text) > longestName {
		return "", false
	}
	found := false
	for _, s := range sentenceEnd.Split(text, -1) {
		words := plain(s)
		if _, ok := match(d.statuses, words); !ok {
			if hasAny(words, d.doubts) {
				return "", false
			}
			continue
		}
		if p, ok := d.status(s); !ok || p != Done {
			return "", false
		}
		found = true
	}
	return Done, found
}

var (
	anyPercent  = regexp.MustCompile(`\d\s*%`)
	saidPercent = regexp.MustCompile(`(?:\b(chua|khong|se|du kien|phan dau|uoc|gan)\s+)?\b(?:dat|ty le|tien do)(?:\s+(?:khoang|duoc|la|ty le|tien do|hoan thanh))*\s*:?\s*(\d{1,3}(?:[.,]\d{1,2})?)\s*%`)
)

// percentInText reads "đạt 25%" in the cell that says status and results in one. A
// text with several percentages, or with one of something else, is asked about.
func (r *rowReader) percentInText(t *table, row sheet.Row, a *plan.Activity, e *Entry, text string, status Progress) *plan.Percent {
	if len(text) > longestName {
		return nil
	}
	loose := strings.ToLower(viet.Loose(text))
	all := anyPercent.FindAllString(loose, -1)
	said := saidPercent.FindAllStringSubmatch(loose, -1)
	switch {
	case len(all) == 0:
		return nil
	case len(all) == 1 && len(said) == 1 && said[0][1] == "":
		p, ok := percentOf(sheet.Cell{Kind: sheet.String, Text: said[0][2] + "%"}, status)
		if ok && p >= 0 && p <= 100_00 {
			e.Cells.Percent = e.Cells.Status
			return &p
		}
	}
	if t.has(colText) || e.Text == "" {
		return nil // a status of a few words, such as "chưa hoàn thành 100%"
	}
	r.find("percent-in-text", finding.Warning, a, r.place(t, row, colStatus), lastWords(text), "")
	return nil
}

// lastWords is the end of a long text, where a percentage mostly stands.
func lastWords(text string) string {
	const most = 12
	words := strings.Fields(text)
	if len(words) <= most {
		return strings.Join(words, " ")
	}
	return "…" + strings.Join(words[len(words)-most:], " ")
}

// saidMoney is an amount with its unit that a text says was spent.
var saidMoney = regexp.MustCompile(`(?i)(?:\bchi|giải ngân|sử dụng|kinh phí|quyết toán|thanh toán|thực chi)[^.;\n\d]{0,40}(\d[\d.,]*\s*(?:triệu|tr|nghìn|ngàn|tỷ|tỉ|đồng|đ)(?:\s*đồng)?)(?:[^\p{L}\d]|$)`)

// moneyInText tells of an amount that stands in the text of a table without any
// column for what was spent, so that it is not lost in silence.
func (r *rowReader) moneyInText(t *table, row sheet.Row, a *plan.Activity, e *Entry) {
	if t.has(colSpent) || t.has(colSpentTotal) || len(e.Text) > longestName {
		return
	}
	m := saidMoney.FindStringSubmatch(viet.Clean(e.Text))
	if m == nil {
		return
	}
	c := colText
	if !t.has(colText) {
		c = colStatus
	}
	r.find("money-in-text", finding.Warning, a, r.place(t, row, c), strings.TrimSpace(m[1]), "")
}
