package form

import (
	"regexp"
	"strconv"

	"baocao/pipeline/sheet"
)

// numbering is a cell of the row that numbers the columns: "(1)", "[2]", "3",
// "(9)=(8)/(5)", or a letter, as statistical forms have it.
var numbering = regexp.MustCompile(`^([(\[]?)(?:([0-9]{1,2})|[A-H])[)\]]?(?: ?=[0-9()\[\]+\-*/:x%= ]*)?$`)

// isNumberRow reports whether a row holds nothing but the numbers of the
// columns: in brackets, or one after the other from 1.
func isNumberRow(row sheet.Row) bool {
	counted, bracketed := 0, false
	for i, c := range row.Cells {
		m := numbering.FindStringSubmatch(c.Text)
		if m == nil {
			return false
		}
		bracketed = bracketed || i == 0 && m[1] != ""
		if m[2] == "" {
			continue // a letter
		}
		n, err := strconv.Atoi(m[2])
		if err != nil || !bracketed && n != counted+1 {
			return false
		}
		counted++
	}
	return len(row.Cells) > 1 && bracketed || counted >= 3
}
