package form

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"

	"baocao/pipeline/opc"
)

// pack writes the workbook's parts in one order, which the library's own is not.
func (b *formBook) pack(w io.Writer) error {
	var made bytes.Buffer
	if err := b.file.Write(&made); err != nil {
		return err
	}
	grow := map[string]func([]byte) []byte{}
	for i, name := range b.file.GetSheetList() {
		if rows := b.grow[name]; len(rows) > 0 {
			grow[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = func(data []byte) []byte { return growing(data, rows) }
		}
	}
	return opc.Rewrite(w, made.Bytes(), grow)
}

// sheetRow is the beginning of a row in a worksheet.
var sheetRow = regexp.MustCompile(`<row r="(\d+)"[^>]*>`)

// growing lets the heights of rows follow what is typed into them: the library
// writes every height as one that holds, whatever stands in the row.
func growing(data []byte, rows []int) []byte {
	return sheetRow.ReplaceAllFunc(data, func(row []byte) []byte {
		n, err := strconv.Atoi(string(sheetRow.FindSubmatch(row)[1]))
		if err != nil || !slices.Contains(rows, n) {
			return row
		}
		return bytes.Replace(row, []byte(` customHeight="1"`), nil, 1)
	})
}
