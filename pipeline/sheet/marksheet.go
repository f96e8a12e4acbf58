package sheet

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"baocao/pipeline/finding"
)

// ruleFormula is the formula, always true, of our conditional formats. By it
// we know them again.
const (
	ruleFormula = `LEN("baocao")=6`
	ruleMark    = `"baocao"`
)

// maxRefs is how many cells one conditional format is given.
const maxRefs = 200

// sheetOrder is the order of what stands in a work sheet, ECMA-376 part 1, §18.3.1.99.
var sheetOrder = []string{
	"sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
	"protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
	"phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
	"headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
	"legacyDrawing",
}

// markSheet puts the notes into one sheet. The cells themselves are not
// touched.
func (m *marking) markSheet(s *bookSheet, notes []*note, front Front) error {
	slices.SortStableFunc(notes, func(a, b *note) int {
		return cmp.Or(cmp.Compare(a.at.row, b.at.row), cmp.Compare(a.at.col, b.at.col))
	})
	data, err := m.read(s.part)
	if err != nil {
		return err
	}
	root, err := outline(s.part, data, 3)
	if err != nil {
		return err
	}
	drawing, err := m.comment(s, data, root, notes, front)
	if err != nil {
		return err
	}
	edits := append(unselect(data, root), m.colour(data, root, notes)...)
	if drawing != "" {
		at := insertAt(root, sheetOrder, "legacyDrawing")
		text := "<legacyDrawing " + m.relation(root, drawing) + "/>"
		edits = append(edits, edit{at, at, prefixed(root.prefix, text)})
	}
	if len(edits) > 0 {
		m.write(s.part, apply(data, edits))
	}
	return nil
}

// unselect takes the sheet out of the selection. Two sheets selected would be
// written to at once.
func unselect(data []byte, root *element) []edit {
	var edits []edit
	for _, view := range root.child("sheetViews").all("sheetView") {
		if isOn(view.attr("tabSelected")) {
			edits = append(edits, view.setAttr(data, "tabSelected", "0"))
		}
	}
	return edits
}

// unselectChart does so for a sheet without cells.
func (m *marking) unselectChart(s *bookSheet) error {
	data, err := m.read(s.part)
	if err != nil {
		return err
	}
	root, err := outline(s.part, data, 2)
	if err != nil {
		return err
	}
	if edits := unselect(data, root); edits != nil {
		m.write(s.part, apply(data, edits))
	}
	return nil
}

// colour lays a conditional format over the cells of the notes, before those
// that are there, and takes away our earlier ones.
func (m *marking) colour(data []byte, root *element, notes []*note) []edit {
	byLevel := map[finding.Level][]string{}
	for _, n := range notes {
		byLevel[n.level] = append(byLevel[n.level], Column(n.at.col)+strconv.Itoa(n.at.row))
	}
	var text strings.Builder
	priority := 0
	for _, level := range levels {
		for refs := range slices.Chunk(byLevel[level], maxRefs) {
			priority++
			fmt.Fprintf(&text, `<conditionalFormatting sqref="%s"><cfRule type="expression" dxfId="%d" priority="%d"><formula>%s</formula></cfRule></conditionalFormatting>`,
				strings.Join(refs, " "), m.styles.colours[level], priority, xmlText(ruleFormula))
		}
	}
	var edits []edit
	var kept []*element
	ours := 0
	for _, format := range root.all("conditionalFormatting") {
		rules := format.all("cfRule")
		var removed []edit
		for _, rule := range rules {
			if strings.Contains(plainText(data[rule.inner:rule.innerEnd]), ruleMark) {
				removed = append(removed, rule.remove())
			} else {
				kept = append(kept, rule)
			}
		}
		ours += len(removed)
		if len(removed) > 0 && len(removed) == len(rules) {
			removed = []edit{format.remove()}
		}
		edits = append(edits, removed...)
	}
	for _, rule := range kept {
		if n, err := strconv.Atoi(rule.attr("priority")); err == nil && priority != ours {
			edits = append(edits, rule.setAttr(data, "priority", strconv.Itoa(max(n+priority-ours, priority+1))))
		}
	}
	if priority > 0 {
		at := insertAt(root, sheetOrder, "phoneticPr")
		edits = append(edits, edit{at, at, prefixed(root.prefix, text.String())})
	}
	return edits
}
