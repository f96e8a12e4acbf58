package sheet

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"baocao/pipeline/viet"
)

// define adds defined names, and counts those that belong to one sheet on by
// the sheet that has come in front.
func (m *marking) define(data []byte, root *element, text string) []edit {
	names := root.child("definedNames")
	if names == nil {
		at := insertAt(root, bookOrder, "definedNames")
		return []edit{{at, at, prefixed(root.prefix, "<definedNames>") + text + prefixed(root.prefix, "</definedNames>")}}
	}
	var edits []edit
	for _, d := range names.all("definedName") {
		if i, err := strconv.Atoi(d.attr("localSheetId")); err == nil {
			edits = append(edits, d.setAttr(data, "localSheetId", strconv.Itoa(i+1)))
		}
	}
	return append(edits, names.addInside(data, text))
}

// bookOrder is the order of what stands in a workbook, ECMA-376 part 1, §18.2.27.
var bookOrder = []string{
	"fileVersion", "fileSharing", "workbookPr", "AlternateContent", "workbookProtection", "bookViews", "sheets",
	"functionGroups", "externalReferences", "definedNames",
}

// insertAt is where in root a new element of the given name belongs: behind
// all that the order puts before it.
func insertAt(root *element, order []string, name string) int {
	rank := slices.Index(order, name)
	at := root.inner
	for _, c := range root.children {
		if i := slices.Index(order, c.name); 0 <= i && i <= rank {
			at = c.end
		}
	}
	return at
}

// maxSheetName is how many UTF-16 units the name of a sheet may have.
const maxSheetName = 31

// sheetName is a name that Excel takes for a sheet: like the wanted one, and
// none of those taken.
func sheetName(want string, taken []string) string {
	want = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) || r < ' ' || r > 0xFFFF {
			return '_'
		}
		return r
	}, viet.Clean(want))
	if want = strings.Trim(want, " '"); want == "" {
		want = "Sheet"
	}
	for n := 1; ; n++ {
		suffix := ""
		if n > 1 {
			suffix = fmt.Sprintf(" (%d)", n)
		}
		runes := []rune(want)
		name := strings.Trim(string(runes[:min(len(runes), maxSheetName-len(suffix))]), " '") + suffix
		same := func(other string) bool { return strings.EqualFold(other, name) }
		if !slices.ContainsFunc(taken, same) {
			return name
		}
	}
}
