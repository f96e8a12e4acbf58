package form

import (
	"regexp"
	"strconv"
	"strings"

	"baocao/pipeline/sheet"
)

// item reads a row that has a code or the label of a total.
func (r *planReader) item(line planLine, ended bool) (planItem, bool) {
	it := planItem{row: line.row.Number, cells: line.cells}
	code, name := line.cells[planCode].Text, line.cells[planName].Text
	for _, label := range []string{code, name} {
		if isTotalLabel(label) {
			it.total, it.label = true, label
			return it, true
		}
		if label != "" {
			break
		}
	}
	var ok bool
	if it.code, it.kind, ok = parseCode(code); ok {
		it.label = code
		return it, true
	}
	return r.splitItem(it, ended)
}

// splitItem reads a row with code and name in one cell, as a field often has
// it. A paragraph of the text around the table, "III. TỔ CHỨC THỰC HIỆN", looks
// the same but for its label and its merged columns.
func (r *planReader) splitItem(it planItem, ended bool) (planItem, bool) {
	from, to := &it.cells[planCode], &it.cells[planName]
	alone := to.Text == ""
	if !alone {
		if _, err := strconv.Atoi(strings.Trim(from.Text, ". ")); from.Text != "" && err != nil {
			return it, false
		}
		from = to
	}
	text := from.Text
	var rest string
	var ok bool
	if it.code, it.kind, rest, ok = splitCode(text); !ok || rest == "" {
		return it, false
	}
	it.label = strings.TrimRight(strings.TrimSuffix(text, rest), " .:-–\n")
	first, last := planSpan(r.sheet, it.row, from.Col)
	if labelled := strings.ContainsAny(it.label, " \n"); alone && !labelled && (ended || first == last && r.book.Format != sheet.XLSX) {
		return it, false
	}
	to.Text, to.Col = rest, from.Col
	return it, true
}

// The labels of totals, made plain: of a field, and of the whole table.
var (
	planTotal = regexp.MustCompile(`^(?:tong cong|tong so|tong kinh phi|tong|cong)(?: linh vuc)?(?: [ivx]+)*$`)
	planGrand = regexp.MustCompile(`^tong (?:cong|so|kinh phi)(?: [ivx]+){0,9}$`)
)

func isTotalLabel(s string) bool { return len(s) < 100 && planTotal.MatchString(plain(s)) }

func isGrandTotal(label string) bool { return planGrand.MatchString(plain(label)) }

// inWords finds the amount in words that stands under the table.
var inWords = regexp.MustCompile(`(?is)(?:^\(?\s*(?:viết\s+)?bằng\s+chữ\s*:?|bằng\s+chữ\s*:)\s*([^()]+)`)

// amountWords is the total in words, if the row states it, and its column.
func amountWords(row sheet.Row) (words string, col int, ok bool) {
	for _, c := range row.Cells {
		if m := inWords.FindStringSubmatch(c.Text); m != nil {
			return strings.Trim(m[1], " \n.;"), c.Col, true
		}
	}
	return "", 0, false
}
