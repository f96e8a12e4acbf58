package form

import (
	"slices"
	"strings"

	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/viet"
)

// checkTotals holds every stated total against the sum of its rows, and the
// amount in words against the grand total.
func (r *planReader) checkTotals() {
	if r.head.headings[planBudget] == "" {
		return
	}
	for i := range r.plan.Fields {
		r.checkFieldTotal(&r.plan.Fields[i], r.fieldAt[i])
	}
	sum, _ := r.plan.Sum()
	switch {
	case r.totalAt == (finding.Place{}):
		r.find("grand-total-missing", finding.Warning, finding.Place{File: r.book.Name, Sheet: r.sheet.Name}, "", "", sayDong(sum))
	case r.plan.Total == nil && r.plan.TotalText == "" && sum > 0 && !r.told(r.totalAt):
		r.find("total-empty", finding.Warning, r.totalAt, "", "", sayDong(sum))
	case r.plan.Total != nil && *r.plan.Total != sum:
		r.find("grand-total-mismatch", finding.Error, r.totalAt, "", sayDong(*r.plan.Total), sayDong(sum))
	}
	if r.plan.Total != nil {
		sum = *r.plan.Total
	}
	switch {
	case r.wordsAt == (finding.Place{}):
		r.find("words-missing", finding.Note, finding.Place{File: r.book.Name, Sheet: r.sheet.Name}, "", "", viet.MoneyWords(int64(sum), viet.Style{}))
	case !viet.SameWords(int64(sum), r.plan.TotalWords):
		r.find("words-mismatch", finding.Error, r.wordsAt, "", r.plan.TotalWords, viet.MoneyWords(int64(sum), viet.Style{}))
	}
}

func (r *planReader) checkFieldTotal(f *plan.Field, at planFieldPlaces) {
	sum, any := f.Sum()
	switch {
	case !f.HasTotal && !any:
		r.find("field-without-total", finding.Note, at.field, f.Code, "", "")
	case !f.HasTotal:
		r.find("field-without-total", finding.Note, at.field, f.Code, "", sayDong(sum))
	case f.Total == nil && f.TotalText == "" && any && !r.told(at.total):
		r.find("total-empty", finding.Warning, at.total, f.Code, "", sayDong(sum))
	case f.Total == nil:
		// Nothing over nothing; a cell that cannot be read is a finding already.
	case *f.Total != sum:
		r.find("total-mismatch", finding.Error, at.total, f.Code, sayDong(*f.Total), sayDong(sum))
	case !any && *f.Total == 0:
		r.find("total-zero-of-nothing", finding.Note, at.total, f.Code, f.TotalText, "")
	}
}

// told reports whether there is a finding at the place already.
func (r *planReader) told(at finding.Place) bool {
	return slices.ContainsFunc(r.findings, func(f finding.Finding) bool { return f.Place == at })
}

// sayDong is an amount in triệu đồng as Vietnamese is written.
func sayDong(d plan.Dong) string { return viet.FormatNumber(d.Millions()) }

// lookAt notes what is odd in the texts of an activity.
func (r *planReader) lookAt(it *planItem, a *plan.Activity) {
	if a.Name == "" {
		r.find("activity-without-name", finding.Error, r.at(it, planCode), a.Code, a.Label, "")
	}
	items := 0
	lines := strings.Split(a.Name, "\n")
	for _, line := range lines {
		if strings.HasPrefix(line, "-") || strings.HasPrefix(line, "–") {
			items++
		}
	}
	if items > 1 && items == len(lines) {
		r.find("name-only-items", finding.Note, r.at(it, planName), a.Code, short(a.Name), "")
	}
	if a.Budget != nil && hasWords(plain(a.Note), "kinh phi") {
		r.find("note-beside-number", finding.Note, r.at(it, planNote), a.Code, a.Note, sayDong(*a.Budget))
	}
}

// planManner is a way of writing that is harmless alone and tiresome to read
// about in every row: one finding names all rows.
type planManner struct {
	code  string
	at    finding.Place // of the first
	where []plan.Code
}

func (r *planReader) manner(code string, at finding.Place, of plan.Code) {
	for i := range r.manners {
		if r.manners[i].code == code {
			r.manners[i].where = append(r.manners[i].where, of)
			return
		}
	}
	r.manners = append(r.manners, planManner{code, at, []plan.Code{of}})
}

// summarise makes one finding of each manner.
func (r *planReader) summarise() {
	for _, m := range r.manners {
		codes := make([]string, len(m.where))
		for i, c := range m.where {
			codes[i] = string(c)
		}
		r.find(m.code, finding.Note, m.at, "", strings.Join(codes, ", "), "")
	}
}
