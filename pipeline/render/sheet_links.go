package render

import (
	"strings"

	"baocao/pipeline/report"
)

// maxLinks is how many links a sheet gets, from its top: the library looks
// through all of them for each one that is added.
const maxLinks = 3000

// places are where in a workbook the rows with names stand.
func places(sheets []*sheet) map[string]string {
	all := map[string]string{}
	for _, s := range sheets {
		for name, row := range s.names {
			if _, known := all[name]; !known {
				all[name] = "'" + strings.ReplaceAll(s.name, "'", "''") + "'!" + cellName(1, row)
			}
		}
	}
	return all
}

// links makes the links of a sheet.
func (b *workbook) links(s *sheet) error {
	made := 0
	for i, row := range s.rows {
		for _, c := range row.cells {
			link, kind := b.target(c)
			if link == "" || made == maxLinks {
				continue
			}
			made++
			if err := b.file.SetCellHyperLink(s.name, cellName(c.left, i+1), link, kind); err != nil {
				return err
			}
		}
	}
	return nil
}

// target is where a cell leads, empty for nowhere: an empty cell leads nowhere.
func (b *workbook) target(c sheetCell) (link, kind string) {
	if c.value == nil || c.value == "" {
		return "", ""
	}
	if c.link.File != "" {
		return relative(c.link), "External"
	}
	return b.places[c.link.Row], "Location"
}

// relative is the path of a link to a file, which may not lead to another
// machine or run anything.
func relative(l report.Link) string {
	if strings.ContainsAny(l.File, `:\?#%`) || strings.HasPrefix(l.File, "/") {
		return ""
	}
	return l.File
}
