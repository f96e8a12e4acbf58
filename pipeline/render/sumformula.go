package render

import (
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

const (
	maxArguments = 255  // of a function, in workbook programs
	maxFormula   = 8000 // characters, a little below what they take
)

// sumFormula adds up a column's cells in some of a table's rows; sheetRows tells
// where those before the row stand. Neighbouring rows become one range. It is
// empty, so that the figure stands alone, for rows that are not set yet or too
// many ranges.
func sumFormula(column int, sheetRows []int, rows []int, row int) string {
	rows = slices.Clone(rows)
	slices.Sort(rows)
	rows = slices.Compact(rows)
	if rows[len(rows)-1] >= row {
		return ""
	}
	var ranges []string
	for i := 0; i < len(rows); {
		end := i
		for end+1 < len(rows) && rows[end+1] == rows[end]+1 {
			end++
		}
		ranges = append(ranges, cellRange(column, sheetRows[rows[i]], sheetRows[rows[end]]))
		i = end + 1
	}
	var sums []string
	for part := range slices.Chunk(ranges, maxArguments) {
		sums = append(sums, "SUM("+strings.Join(part, ",")+")")
	}
	formula := strings.Join(sums, "+")
	if len(formula) > maxFormula {
		return ""
	}
	return formula
}

func cellRange(column, top, bottom int) string {
	if top == bottom {
		return cellName(column, top)
	}
	return cellName(column, top) + ":" + cellName(column, bottom)
}

// cellName is "E5". Columns and rows are our own and lie within a sheet.
func cellName(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return ""
	}
	return name
}

func (a area) ref() string {
	return cellName(a.left, a.top) + ":" + cellName(a.right, a.bottom)
}
