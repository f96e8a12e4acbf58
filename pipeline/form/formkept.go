package form

import (
	"slices"
	"strconv"

	"baocao/pipeline/finding"
)

// ownForm tells what became of a form that was made for its sender: columns that
// are no longer there, and a plan that was amended meanwhile. Rows that are
// missing, and cells of the plan that were changed, are told of any document.
func (r *rowReader) ownForm(tables []*table, own identity) {
	if len(own.columns) == 0 || len(tables) == 0 {
		return
	}
	head := r.book.Place(tables[0].sheet, tables[0].headRow(), 0)
	for _, c := range own.columns {
		there := slices.ContainsFunc(tables, func(t *table) bool {
			return t.sheet == tables[0].sheet && (t.has(c.means) || slices.ContainsFunc(t.hidden, func(h hiddenColumn) bool { return plain(h.title) == plain(c.title) }) ||
				len(t.rivals[c.means]) > 0)
		})
		if !there && slices.Contains(inputKeys, c.means) {
			r.find("form-column-removed", finding.Warning, nil, head, short(c.title), "")
		}
	}
	version := 0
	for i, v := range r.plans[r.sub.Period.Year] {
		if v.Plan == r.plan {
			version = i + 1
		}
	}
	if own.plan != 0 && own.plan != version {
		r.find("form-other-plan", finding.Warning, nil, own.place, strconv.Itoa(own.plan), strconv.Itoa(version))
	}
}
