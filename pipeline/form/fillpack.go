package form

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
)

// pack writes the workbook's parts in one order, which the library's own is not.
func (b *formBook) pack(w io.Writer) error {
	var made bytes.Buffer
	if err := b.file.Write(&made); err != nil {
		return err
	}
	parts, err := zip.NewReader(bytes.NewReader(made.Bytes()), int64(made.Len()))
	if err != nil {
		return err
	}
	const first = "[Content_Types].xml"
	slices.SortFunc(parts.File, func(a, b *zip.File) int {
		if (a.Name == first) != (b.Name == first) {
			if a.Name == first {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.Name, b.Name)
	})
	grow := map[string][]int{}
	for i, name := range b.file.GetSheetList() {
		grow[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = b.grow[name]
	}
	out := zip.NewWriter(w)
	for _, part := range parts.File {
		if err := b.part(out, part, grow[part.Name]); err != nil {
			return fmt.Errorf("part %q: %w", part.Name, err)
		}
	}
	return out.Close()
}

func (b *formBook) part(out *zip.Writer, part *zip.File, grow []int) error {
	if len(grow) == 0 {
		return out.Copy(part)
	}
	from, err := part.Open()
	if err != nil {
		return err
	}
	defer from.Close()
	data, err := io.ReadAll(from)
	if err != nil {
		return err
	}
	to, err := out.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	_, err = to.Write(growing(data, grow))
	return err
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
