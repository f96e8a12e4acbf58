package form

import (
	"strings"

	"baocao/pipeline/finding"
	"baocao/pipeline/sheet"
)

// continued is the table of a sheet that has no head because it goes on where t,
// in a sheet before, ends; nil when its column of codes does not prove that.
func (t *table) continued(s *sheet.Sheet) *table {
	if t == nil || len(s.Rows) == 0 {
		return nil
	}
	next := &table{
		sheet: s, layout: newLayout(s), columns: t.columns, titles: t.titles, rivals: t.rivals, marks: t.marks,
		end: len(s.Rows), again: map[int]bool{}, goesOn: true,
	}
	col := t.columns[t.labelColumn()]
	full, codes := 0, 0
	for _, row := range s.Rows {
		_, kind, _ := parseCode(row.Cell(col).Text)
		if kind == activityCode {
			codes++
		}
		if len(row.Cells) >= 3 && kind == noCode {
			full++
		}
	}
	if codes == 0 || full > codes/2+1 {
		return nil
	}
	// What stands above the first code is a title.
	for next.head < len(s.Rows) {
		if _, _, ok := parseCode(s.Rows[next.head].Cell(col).Text); ok {
			break
		}
		next.head++
	}
	next.first = next.head
	return next
}

// firstCode is where the first activity's code stands in a sheet that is not
// read, beside other cells.
func firstCode(book *sheet.Book, s *sheet.Sheet) (finding.Place, bool) {
	for _, row := range s.Rows {
		if len(row.Cells) < 3 || !isDataRow(row) {
			continue
		}
		return book.Place(s, row.Number, row.Cells[0].Col), true
	}
	return finding.Place{}, false
}

// goesOn takes a row without code and name for a further line of the activity
// above, when it follows at once or the cells above are merged over it: its texts
// are added. A figure of its own that is not the one above makes the activity a
// clerk's. It reports whether the row has been dealt with.
func (r *rowReader) goesOn(t *table, row sheet.Row) bool {
	numbered := t.has(colNumber) && row.Cell(t.columns[colNumber]).Text != ""
	if r.lastRow == 0 || len(r.sub.Entries) == 0 || numbered && !r.answers(t, row) {
		return false
	}
	e := &r.sub.Entries[len(r.sub.Entries)-1]
	m, merged := t.layout.mergeAt(row.Number, t.columns[t.labelColumn()])
	merged = merged && m.FirstRow == e.Place.Row
	if !merged && row.Number != r.lastRow+1 {
		return false
	}
	if numbered || r.answers(t, row) && !r.repeatsFigures(t, row, e) {
		e.Held = true
		kept := r.aside(t, row, Unknown)
		r.sums.entry(r, t, row, kept.Spent, kept.SpentTotal)
		r.find("row-without-activity", finding.Error, r.known(e.Activity), r.place(t, row, t.labelColumn()), e.Place.Cell, "")
		return true
	}
	joined := false
	for _, text := range []struct {
		column Column
		into   *string
	}{{colText, &e.Text}, {colDifficulty, &e.Difficulty}, {colProposal, &e.Proposal}, {colEvidence, &e.Evidence}} {
		own := ownCell(t, row, text.column).Text
		if own == "" || !merged && (beginsWithAny(plain(own), r.words.signers) || beginsWithAny(plain(own), r.words.notSender)) {
			continue
		}
		*text.into = strings.TrimPrefix(*text.into+"\n"+own, "\n")
		joined = true
	}
	if joined {
		r.lastRow = row.Number
		r.aside(t, row, Remark)
	}
	return joined
}

// repeatsFigures reports whether a row says no other status or percentage than the
// entry, and no money.
func (r *rowReader) repeatsFigures(t *table, row sheet.Row, e *Entry) bool {
	if ownCell(t, row, colSpent).Text+ownCell(t, row, colSpentTotal).Text != "" {
		return false
	}
	status, ok := r.words.status(ownCell(t, row, colStatus).Text)
	if ok && status != e.Status {
		return false
	}
	c := ownCell(t, row, colPercent)
	if c.Text == "" {
		return true
	}
	p, ok := percentOf(c, e.Status)
	return ok && e.Percent != nil && p == *e.Percent
}
