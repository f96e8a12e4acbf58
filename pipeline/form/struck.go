package form

import (
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

// struck tells of what is struck through in a row. Where the rest of a cell is not,
// the rest counts; where nothing else stands in it, a text is kept, a figure or a
// status waits for its sender, and so does a row whose activity is struck out.
func (r *rowReader) struck(t *table, row sheet.Row, a *plan.Activity, e *Entry) {
	for _, c := range []Column{
		colCode, colNumber, colName, colStatus, colPercent, colText, colSpent, colSpentTotal,
		colDifficulty, colProposal, colEvidence, colDoneOn,
	} {
		cell := t.cell(row, c)
		at := r.place(t, row, c)
		switch cell.Struck {
		case sheet.Partly:
			r.find("text-struck", finding.Note, a, at, short(cell.Text), "")
			continue
		case sheet.Wholly:
			r.find("cell-struck", finding.Warning, a, at, short(cell.Text), "")
		default:
			continue
		}
		switch c {
		case colCode, colName, colStatus, t.labelColumn():
			e.Held = true
		case colPercent:
			e.Percent = nil
		case colSpent:
			e.Spent = nil
		case colSpentTotal:
			e.SpentTotal = nil
		}
	}
}
