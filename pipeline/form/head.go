package form

import (
	"regexp"
	"slices"
	"strings"

	"baocao/pipeline/sheet"
	"baocao/pipeline/viet"
)

// A head stands within this many filled rows of a sheet's top, or there is no
// table: a written report may stand before it.
const headWithin = 1000

// longestTitle is how long a column's heading may be, in bytes; longer ones are
// sentences.
const longestTitle = 300

// widestHead is how many cells a row of a head may have.
const widestHead = 100

// mostLooked is how many cells of a sheet are looked at for titles: a hostile
// sheet of nothing but short words is given up then.
const mostLooked = 100_000

// tallestHead is how many rows a head may have.
const tallestHead = 3

// firstHead looks for a head by its words, wherever it stands, over one to
// three rows and with its columns in any order. Of heads one upon the other the
// best counts.
func (d *dictionary) firstHead(g *layout) *table {
	var best *table
	for i := range min(len(g.Rows), headWithin) {
		if best != nil && (isDataRow(g.Rows[i]) || i >= best.first+tallestHead) {
			break
		}
		if t := d.bestHead(g, i); t != nil && (best == nil || t.score > best.score) {
			best = t
		}
	}
	return best
}

// bestHead is the best head that begins with row i; of equal ones the lowest.
func (d *dictionary) bestHead(g *layout, i int) *table {
	var best *table
	for height := 1; height <= tallestHead && i+height <= len(g.Rows); height++ {
		if !mayBeHead(g, i, height) {
			break
		}
		if t := d.readHead(g, i, height); t != nil && (best == nil || t.score > best.score) {
			best = t
		}
	}
	return best
}

// mayBeHead reports whether the last of the rows i to i+height-1 can belong to a
// head with those before it. A title or a caption above a head is no part of it.
func mayBeHead(g *layout, i, height int) bool {
	row := g.Rows[i+height-1]
	if len(row.Cells) > widestHead || isDataRow(row) || holdsNumbers(row) || isNumberRow(row) {
		return false
	}
	if g.looked += len(row.Cells); g.looked > mostLooked {
		return false
	}
	if height == 1 {
		return true
	}
	above := g.Rows[i+height-2]
	if gap := row.Number - above.Number; gap > 2 || gap == 2 && !joined(g, above, row) {
		return false
	}
	return len(above.Cells) > 1 || isGroupTitle(g, above, row)
}

// joined reports whether a merged cell reaches from one row to the other, so
// that an empty row between them is no end.
func joined(g *layout, above, row sheet.Row) bool {
	for _, c := range above.Cells {
		if m, ok := g.mergeAt(above.Number, c.Col); ok && m.Contains(row.Number, c.Col) {
			return true
		}
	}
	return false
}

// isGroupTitle reports whether the only cell of a row is merged over some of the
// columns below it.
func isGroupTitle(g *layout, above, row sheet.Row) bool {
	m, ok := g.mergeAt(above.Number, above.Cells[0].Col)
	return ok && m.LastCol > m.FirstCol && 2*(m.LastCol-m.FirstCol+1) <= len(row.Cells)
}

// holdsNumbers reports whether a row stores numbers or dates, as no head does
// but for its own numbering.
func holdsNumbers(row sheet.Row) bool {
	return slices.ContainsFunc(row.Cells, func(c sheet.Cell) bool {
		return c.Kind == sheet.Number || c.Kind == sheet.Date || c.Stale
	})
}

// headBelow is the head that begins with row i below the head of last; nil when
// the row is none. What may as well be data is no head.
func (d *dictionary) headBelow(g *layout, i int, last *table) *table {
	row := g.Rows[i]
	if len(row.Cells) < 2 {
		return nil
	}
	for _, c := range row.Cells {
		if len(c.Text) > longestTitle/2 || c.Kind == sheet.Bool || strings.Trim(c.Text, "0123456789.,% ") == "" {
			return nil // a cheap look first: most rows are data
		}
	}
	t := d.bestHead(g, i)
	if t == nil || t.sameHead(last) {
		return t
	}
	filled := columnsOf(t.headRows())
	if whole := t.wholeTitles(d); whole < 3 || 2*whole < len(filled) {
		return nil
	}
	if col := last.columns[colStatus]; len(t.marks) == 0 && col > 0 {
		if _, answered := d.status(row.Cell(col).Text); answered {
			return nil
		}
	}
	return t
}

// wholeTitles counts the columns whose titles are names in the dictionary and
// not sentences in which one happens to stand.
func (t *table) wholeTitles(d *dictionary) int {
	n := len(t.marks)
	for means, title := range t.titles {
		text := plain(bracketed.ReplaceAllString(title, " "))
		all := len(strings.Fields(text))
		for _, p := range d.columns {
			if p.means == means && p.group == "" && p.in(text) && 5*len(strings.Fields(strings.Join(p.parts, " "))) >= 3*all || p.means == means && p.group != "" && hasWords(text, p.group) {
				n++
				break
			}
		}
	}
	return n
}

// sameHead reports whether two heads name the same meanings in the same columns
// and none of the titles differs.
func (t *table) sameHead(o *table) bool {
	if len(t.columns) < 2 {
		return false
	}
	for c, col := range t.columns {
		if o.columns[c] != col || plain(t.titles[c]) != plain(o.titles[c]) {
			return false
		}
	}
	for p, col := range t.marks {
		if o.marks[p] != col {
			return false
		}
	}
	return len(t.marks) == len(o.marks)
}

// claim is a meaning that the title of a column may have.
type claim struct {
	col   int
	title string
	means Column
	score int
	weak  bool // only the cell over several columns says it

	weight int // in the score of the head: a title in a cell above is as good as any
}

// readHead takes the rows i to i+height-1 as a head; nil if they are none.
func (d *dictionary) readHead(g *layout, i, height int) *table {
	rows := g.Rows[i : i+height]
	t := &table{
		sheet: g.Sheet, layout: g, head: i, first: i + height, end: len(g.Rows),
		columns: map[Column]int{}, titles: map[Column]string{}, again: map[int]bool{},
	}
	t.marks = d.markColumns(g, rows)
	t.score = 10 * len(t.marks) // more than a status column over all of them
	var claims []claim
	for _, col := range columnsOf(rows) {
		if !t.marks.has(col) {
			claims = append(claims, d.claims(g, rows, col)...)
		}
	}
	sortClaims(claims, g.Sheet)
	taken, spent := map[int]bool{}, map[int]bool{}
	for _, c := range claims {
		if _, ok := t.columns[c.means]; ok || taken[c.col] || c.means == colBudget && spent[c.col] {
			// A second column of what was spent is not what was planned.
			spent[c.col] = spent[c.col] || ok && c.means == colSpent
			continue
		}
		taken[c.col] = true
		t.columns[c.means], t.titles[c.means] = c.col, c.title
		t.score += c.weight
	}
	for k := 1; k < height; k++ {
		if isSubHead(g, rows[k-1], rows[k]) {
			t.score += subHeadBonus
		}
	}
	if !t.usable() {
		return nil
	}
	t.rivals = rivalsOf(t, claims, taken)
	t.hide(claims)
	return t
}

// bracketed is a remark in a title, mostly the unit.
var bracketed = regexp.MustCompile(`\([^()]*\)`)

// claims are the meanings that the title over a column may have.
func (d *dictionary) claims(g *layout, rows []sheet.Row, col int) []claim {
	levels := titleLevels(g, rows, col)
	title := strings.Join(levels, " ")
	if title == "" || len(title) > longestTitle {
		return nil
	}
	text, own, group := plain(title), plain(levels[len(levels)-1]), plain(strings.Join(levels[:len(levels)-1], " "))
	bare := plain(bracketed.ReplaceAllString(levels[len(levels)-1], " "))
	var all []claim
	weak := false // the longest name in the cell above is enough
	for _, p := range d.columns {
		if p.group == "" && !p.in(text) || p.group != "" && (bare != p.parts[0] || !hasWords(group, p.group)) ||
			d.saysOtherwise(p.means, title, text) {
			continue
		}
		c := claim{col: col, title: title, means: p.means, score: p.score}
		switch {
		case p.group != "":
			c.score += groupBonus
		case group != "" && !slices.ContainsFunc(p.parts, func(part string) bool { return hasWords(own, part) }):
			if weak {
				continue
			}
			c.score, c.weak, weak = c.score/3, true, true
		case len(p.parts) == 1 && (text == p.parts[0] || bare == p.parts[0] && !strings.Contains(own, "%")):
			c.score += 2 // the whole title, not a word of it
		}
		c.weight = max(c.score, p.score)
		all = append(all, c)
	}
	return all
}

// groupBonus makes a name that is bound to the cell above it weigh more than
// any of the words alone.
const groupBonus = 12

// subHeadBonus makes a head with its sub-heads better than without.
const subHeadBonus = 40

// isSubHead reports whether the cells of a row part what cells above them, each
// over several columns, say: such a row is no data.
func isSubHead(g *layout, upper, lower sheet.Row) bool {
	parted := false
	for _, c := range lower.Cells {
		m, merged := g.mergeAt(upper.Number, c.Col)
		switch {
		case merged && m.LastCol > m.FirstCol && m.LastRow < lower.Number:
			parted = parted || c.Col > m.FirstCol
		case merged && m.LastRow >= lower.Number:
		case !merged && upper.Cell(c.Col).Text == "" && spannedText(upper, lower, c.Col) != "":
			parted = true
		case !merged && upper.Cell(c.Col+1).Text == "" && lower.Cell(c.Col+1).Text != "":
		default:
			return false
		}
	}
	return parted
}

// usable reports whether the head tells which activity a row is about, and
// has room for an answer.
func (t *table) usable() bool {
	return len(t.columns)+len(t.marks) >= 3 &&
		(t.has(colCode) || t.has(colNumber) || t.has(colName)) &&
		(len(t.marks) > 0 || t.has(colStatus) || t.has(colPercent) || t.has(colText) || t.has(colSpent) || t.has(colSpentTotal))
}

// isDataRow reports whether a row names an activity, and so is no head.
func isDataRow(row sheet.Row) bool {
	for _, c := range row.Cells[:min(2, len(row.Cells))] {
		if _, kind, _ := parseCode(c.Text); kind == activityCode {
			return true
		}
	}
	return false
}

// columnsOf are the columns that any of the rows fills, ascending.
func columnsOf(rows []sheet.Row) []int {
	var cols []int
	for _, row := range rows {
		for _, c := range row.Cells {
			cols = append(cols, c.Col)
		}
	}
	slices.Sort(cols)
	return slices.Compact(cols)
}

// headTitle is what the head says over the column col: the merged cells above
// it and its own, each once.
func headTitle(g *layout, rows []sheet.Row, col int) string {
	return strings.Join(titleLevels(g, rows, col), " ")
}

// titleLevels are the parts of [headTitle], its own one last.
func titleLevels(g *layout, rows []sheet.Row, col int) []string {
	var parts []string
	for i, row := range rows {
		text := g.text(row.Number, col)
		if text == "" && i+1 < len(rows) {
			text = spannedText(rows[i], rows[i+1], col)
		}
		if text = strings.TrimSpace(viet.Clean(text)); text != "" && !slices.Contains(parts, text) {
			parts = append(parts, text)
		}
	}
	return parts
}

// spannedText is the heading to the left that stands over several columns
// without being merged: its cell is filled, the ones to its right are empty,
// and all have a sub-heading.
func spannedText(upper, lower sheet.Row, col int) string {
	for c := col; c > 0 && lower.Cell(c).Text != ""; c-- {
		if text := upper.Cell(c).Text; text != "" {
			return text
		}
	}
	return ""
}
