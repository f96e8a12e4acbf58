package form

import (
	"slices"
	"strconv"
	"strings"

	"baocao/pipeline/finding"
)

// toldInColumn is how many cells of a column are told of one by one when all have
// the same fault; more of them are named in one sentence behind the first.
const toldInColumn = 5

// aboutCells are the findings that one slip makes in every cell of a column.
var aboutCells = []string{
	"status-unclear", "status-missing", "percent-unreadable", "percent-out-of-range", "percent-scaled",
	"money-unreadable", "money-ambiguous", "money-beyond-plan", "money-too-little", "money-other-funds",
	"money-in-text", "percent-in-text", "formula-without-value", "date-unclear", "date-far-off", "row-hidden-entry",
	"as-above", "text-struck", "code-from-date", "code-corrected", "row-unfilled",
}

// inColumn is what the findings of one column have in common.
type inColumn struct {
	code, file, sheet, column string
	level                     finding.Level
}

// oncePerColumn tells of a fault that most of a column has in two sentences: the
// first in full, and one that names the other cells.
func oncePerColumn(all []finding.Finding) []finding.Finding {
	count := map[inColumn]int{}
	key := func(f finding.Finding) inColumn {
		return inColumn{f.Code, f.Place.File, f.Place.Sheet, strings.TrimRight(f.Place.Cell, "0123456789"), f.Level}
	}
	foldable := func(f finding.Finding) bool { return f.Place.Cell != "" && slices.Contains(aboutCells, f.Code) }
	for _, f := range all {
		if foldable(f) {
			count[key(f)]++
		}
	}
	told := map[inColumn]int{} // index of the sentence that names the others
	var kept []finding.Finding
	others := map[inColumn][]string{}
	for _, f := range all {
		k := key(f)
		if !foldable(f) || count[k] <= toldInColumn {
			kept = append(kept, f)
			continue
		}
		if _, ok := told[k]; !ok {
			told[k] = len(kept) + 1
			kept = append(kept, f, finding.Finding{
				Code: "the-same-in-column", Level: f.Level, Place: f.Place, Got: strconv.Itoa(count[k] - 1),
			})
			continue
		}
		if len(others[k]) == oftenTold {
			others[k] = append(others[k], "…")
		}
		if len(others[k]) < oftenTold {
			others[k] = append(others[k], sayCell(f))
		}
	}
	for k, i := range told {
		kept[i].Want = strings.Join(others[k], ", ")
	}
	return kept
}

// sayCell names the cell of a finding, its activity and the beginning of what was
// written.
func sayCell(f finding.Finding) string {
	said := f.Activity
	if f.Got != "" {
		said = strings.TrimPrefix(said+": “"+short(f.Got)+"”", ": ")
	}
	if said == "" {
		return f.Place.Cell
	}
	return f.Place.Cell + " (" + said + ")"
}
