package form

import (
	"strconv"
	"strings"

	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

// hiddenRow sets aside a hidden row about an activity that the agency need not
// answer for: a form that was filtered, with others' answers still in it.
func (r *rowReader) hiddenRow(t *table, row sheet.Row, a *plan.Activity) {
	if !r.answers(t, row) && ownCell(t, row, colText).Text == "" {
		r.aside(t, row, Unfilled)
		return
	}
	kept := r.aside(t, row, Hidden)
	r.sums.entry(r, t, row, kept.Spent, kept.SpentTotal)
	r.unseen = append(r.unseen, hiddenAnswer{kept.Place, a.Code})
}

// hiddenAnswer is a hidden row that is not used.
type hiddenAnswer struct {
	at       finding.Place
	activity plan.Code
}

// hiddenRows tells once of all the hidden rows that are not used.
func (r *rowReader) hiddenRows() {
	if len(r.unseen) == 0 {
		return
	}
	var codes []string
	for _, h := range r.unseen {
		codes = append(codes, string(h.activity))
	}
	r.find("rows-hidden-unused", finding.Warning, nil, r.unseen[0].at, strconv.Itoa(len(codes)), strings.Join(codes, ", "))
}
