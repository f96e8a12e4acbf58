package pipeline

import (
	"path"
	"strings"
)

// linkedEndings are the endings of documents under which the archive keeps them as
// they are named.
var linkedEndings = map[string]bool{
	".xlsx": true, ".xlsm": true, ".xls": true, ".ods": true, ".csv": true, ".tsv": true,
	".docx": true, ".doc": true, ".odt": true, ".pdf": true, ".txt": true, ".html": true, ".htm": true,
}

// archiveLink is the way from a workbook in the period's folder to the original
// in the archive that stands beside it. It asks nothing of the disk, so that a
// report made again has the same links; a document with an unusual ending has
// none.
func archiveLink(sha, file string) string {
	ext := strings.ToLower(path.Ext(file))
	if len(sha) < 2 || !linkedEndings[ext] {
		return ""
	}
	return "../archive/" + sha[:2] + "/" + sha + ext
}
