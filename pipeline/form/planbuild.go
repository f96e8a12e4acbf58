package form

import (
	"regexp"
	"strings"

	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/viet"
)

// build makes the plan of the rows read.
func (r *planReader) build(items []planItem) {
	r.seen = map[plan.Code]bool{}
	unit := r.budgetUnit()
	inDong, _ := unit.InDong()
	r.plan.Unit = plan.Dong(inDong.IntPart())
	activities := 0
	for i := range items {
		it := &items[i]
		if it.total {
			r.addTotal(it, unit)
			continue
		}
		r.checkCode(it)
		switch it.kind {
		case fieldCode:
			r.addField(it, unit)
		case resultCode:
			r.addResult(it)
		case activityCode:
			r.addActivity(it, unit)
			activities++
		}
	}
	if activities == 0 {
		r.find("no-table", finding.Error, r.place(r.sheet.Rows[r.head.first].Number, 0), "", "", "")
	}
}

func (r *planReader) at(it *planItem, role planRole) finding.Place {
	col := it.cells[role].Col
	if col == 0 && r.sheet.Grid {
		col = r.head.column(role).first
	}
	return r.place(it.row, col)
}

func (r *planReader) addField(it *planItem, unit viet.Unit) {
	var last plan.Code
	if n := len(r.plan.Fields); n > 0 {
		f := &r.plan.Fields[n-1]
		last = f.Code
		if r.totalAt != (finding.Place{}) && r.totalAfter == n && !f.HasTotal { // a field's total under the grand total's label
			f.Total, f.TotalText, f.HasTotal = r.plan.Total, r.plan.TotalText, true
			r.fieldAt[n-1].total = r.totalAt
			r.plan.Total, r.plan.TotalText, r.totalAt = nil, "", finding.Place{}
		}
	}
	r.checkOrder(it, "", last)
	r.plan.Fields = append(r.plan.Fields, plan.Field{Code: it.code, Label: it.label, Name: it.cells[planName].Text})
	r.fieldAt = append(r.fieldAt, planFieldPlaces{field: r.at(it, planCode)})
	if it.cells[planBudget].Text != "" {
		r.addTotal(it, unit) // the total stands in the field's own row
	}
}

// field is the field that the row with the given code belongs to. A result or
// an activity before the first field begins one without a name.
func (r *planReader) field(code plan.Code, at finding.Place) *plan.Field {
	if len(r.plan.Fields) == 0 {
		r.plan.Fields = append(r.plan.Fields, plan.Field{Code: fieldOf(code)})
		r.fieldAt = append(r.fieldAt, planFieldPlaces{field: at})
		r.find("code-out-of-place", finding.Error, at, code, string(code), string(fieldOf(code)))
	}
	return &r.plan.Fields[len(r.plan.Fields)-1]
}

func (r *planReader) addResult(it *planItem) {
	f := r.field(it.code, r.at(it, planCode))
	var last plan.Code
	if n := len(f.Results); n > 0 {
		last = f.Results[n-1].Code
	}
	r.checkOrder(it, f.Code, last)
	if c := it.cells[planBudget]; c.Text != "" {
		r.find("result-with-budget", finding.Warning, r.at(it, planBudget), it.code, c.Text, "")
	}
	f.Results = append(f.Results, plan.Result{
		Code: it.code, Label: it.label,
		Name: it.cells[planName].Text, Indicator: it.cells[planIndicator].Text,
	})
}

func (r *planReader) addActivity(it *planItem, unit viet.Unit) {
	f := r.field(it.code, r.at(it, planCode))
	if len(f.Results) == 0 {
		f.Results = append(f.Results, plan.Result{Code: resultOf(it.code)})
		r.find("code-out-of-place", finding.Error, r.at(it, planCode), it.code, string(it.code), string(resultOf(it.code)))
	}
	res := &f.Results[len(f.Results)-1]
	var last plan.Code
	if n := len(res.Activities); n > 0 {
		last = res.Activities[n-1].Code
	}
	r.checkOrder(it, res.Code, last)
	a := plan.Activity{
		Code: it.code, Label: it.label,
		Name:           it.cells[planName].Text,
		Indicator:      it.cells[planIndicator].Text,
		Evidence:       it.cells[planEvidence].Text,
		BudgetText:     it.cells[planBudget].Text,
		Responsibility: it.cells[planDuty].Text,
		StartText:      it.cells[planStart].Text,
		EndText:        it.cells[planEnd].Text,
		Note:           it.cells[planNote].Text,
	}
	a.Budget = r.budget(it, unit)
	r.readMonths(it, &a)
	r.readDuty(it, &a)
	r.lookAt(it, &a)
	res.Activities = append(res.Activities, a)
}

// addTotal takes a total to be the grand total if its label says so, or if its
// field has one already.
func (r *planReader) addTotal(it *planItem, unit viet.Unit) {
	amount, text, at := r.budget(it, unit), it.cells[planBudget].Text, r.at(it, planBudget)
	n := len(r.plan.Fields)
	if n == 0 || isGrandTotal(it.label) || r.plan.Fields[n-1].HasTotal {
		r.plan.Total, r.plan.TotalText, r.totalAt, r.totalAfter = amount, text, at, n
		return
	}
	f := &r.plan.Fields[n-1]
	f.Total, f.TotalText, f.HasTotal = amount, text, true
	r.fieldAt[n-1].total = at
}

// checkOrder holds a code against the row it stands under and the last one
// there.
func (r *planReader) checkOrder(it *planItem, parent, last plan.Code) {
	at := r.at(it, planCode)
	if own := parentOf(it.code); own != parent {
		r.find("code-out-of-place", finding.Error, at, it.code, string(it.code), string(parent))
		return
	}
	if want := nextCode(parent, last); it.code != want {
		r.find("code-gap", finding.Warning, at, it.code, string(it.code), string(want))
	}
}

// writtenCode finds the digits of a code as a document writes them.
var writtenCode = regexp.MustCompile(`\d[\d\s.,\-–—·]*`)

// checkCode notes a code that occurs twice or is not written as it should be.
func (r *planReader) checkCode(it *planItem) {
	at := r.at(it, planCode)
	if r.seen[it.code] {
		r.find("duplicate-code", finding.Error, at, it.code, it.label, string(it.code))
	}
	r.seen[it.code] = true
	label := plain(it.label)
	switch {
	case it.kind == activityCode && (hasWords(label, "ket qua") || hasWords(label, "kq")):
		r.find("mislabelled-activity", finding.Note, at, it.code, it.label, string(it.code))
	case it.kind == resultCode && (hasWords(label, "hoat dong") || hasWords(label, "hd")):
		r.find("mislabelled-result", finding.Note, at, it.code, it.label, string(it.code))
	}
	if m := strings.TrimRight(writtenCode.FindString(it.label), " .,-–—\n"); it.kind != fieldCode && m != string(it.code) {
		r.find("code-corrected", finding.Note, at, it.code, it.label, string(it.code))
	}
}
