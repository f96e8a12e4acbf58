package form

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"baocao/pipeline/viet"
)

// tableUnits are the units of the money columns: as the head says, else as a
// line above the table does, else triệu đồng as in the plan. A table below
// another, or one that goes on in the next sheet, has the units of the one before.
func (r *rowReader) tableUnits(t *table) map[Column]viet.Unit {
	units := map[Column]viet.Unit{}
	above := viet.Million
	if u := r.units[""]; u != "" && (t.below || t.goesOn) {
		above = u
	}
	for _, row := range t.sheet.Rows[t.top:t.head] {
		for _, c := range row.Cells {
			if isUnitCaption(c.Text) {
				if u, ok := r.words.unit(c.Text); ok {
					above = u
				}
			}
		}
	}
	units[""] = above
	for _, c := range []Column{colSpent, colSpentTotal, colBudget} {
		units[c] = above
		if u, ok := r.words.unit(t.titles[c]); ok {
			units[c] = u
		} else if u, ok := r.unitBelow(t, c); ok {
			units[c] = u
		}
	}
	return units
}

// unitBelow is the unit in a row of its own under the head.
func (r *rowReader) unitBelow(t *table, c Column) (viet.Unit, bool) {
	rows := t.rows()
	for _, row := range rows[:min(len(rows), 2)] {
		text := row.Cell(t.columns[c]).Text
		if t.has(c) && r.label(t, row)+t.cell(row, colName).Text == "" && len(text) < longestUnit && strings.IndexFunc(text, isDigit) < 0 {
			if u, ok := r.words.unit(text); ok {
				return u, true
			}
		}
	}
	return "", false
}

// longestUnit is how long a cell is that holds a unit alone, in bytes.
const longestUnit = 40

// unit is the unit of money that a title names: in brackets, or anywhere. The
// ngân of giải ngân is no ngàn, and the tỷ of tỷ lệ no billion.
func (d *dictionary) unit(title string) (viet.Unit, bool) {
	remarks := bracketed.FindAllString(title, -1)
	parts := remarks
	if _, after, ok := strings.Cut(title, ":"); ok {
		parts = append(slices.Clone(parts), after)
	}
	for _, remark := range parts {
		if u, ok := factorUnit(strings.Trim(remark, "() ")); ok {
			return u, true
		}
	}
	if u, ok := match(d.units, plain(strings.Join(remarks, " "))); ok {
		return u, true
	}
	return match(d.units, strings.NewReplacer("giai ngan", "", "ty le", "").Replace(plain(title)))
}

// factorUnit is the unit written as a number of đồng or as an abbreviation:
// "1.000 đ", "ng.đ", "tr.đ".
func factorUnit(s string) (viet.Unit, bool) {
	n, err := viet.ParseNumber(s)
	if err != nil {
		if n, err = viet.ParseNumber("1 " + s); err != nil || !n.Value.Equal(decimal.NewFromInt(1)) {
			return "", false
		}
	}
	worth, ok := n.Unit.InDong()
	if !ok {
		return "", false
	}
	worth = worth.Mul(n.Value)
	for _, u := range []viet.Unit{viet.DongUnit, viet.Thousand, viet.Million, viet.Billion} {
		if w, _ := u.InDong(); w.Equal(worth) {
			return u, true
		}
	}
	return "", false
}
