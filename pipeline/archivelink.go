package pipeline

import (
	"encoding/json"
	"path"
	"path/filepath"
	"strings"

	"baocao/pipeline/store"
)

// linkedEndings are the endings of documents under which the archive keeps them as
// they are named.
var linkedEndings = map[string]bool{
	".xlsx": true, ".xlsm": true, ".xls": true, ".ods": true, ".csv": true, ".tsv": true,
	".docx": true, ".doc": true, ".odt": true, ".pdf": true, ".txt": true, ".html": true, ".htm": true,
}

// besideReports is the way from a period's folder to the originals where database
// and archive stand in the folder of the reports.
const besideReports = "../archive"

// originals is the way from a period's folder to the originals, with "/"; empty
// where they stand outside the office's folder: such a way would hold on this
// machine only, and a report made again on another would have other bytes.
func (p *Pipeline) originals() string {
	if p.issuedOriginals != nil {
		return *p.issuedOriginals
	}
	if p.Store == nil {
		return besideReports
	}
	out, errOut := filepath.Abs(p.Out)
	to, errTo := filepath.Abs(p.Store.ArchiveDir())
	if errOut != nil || errTo != nil {
		return ""
	}
	if inside, err := filepath.Rel(filepath.Dir(out), to); err != nil || !filepath.IsLocal(inside) {
		return ""
	}
	way, err := filepath.Rel(filepath.Join(out, "period"), to)
	if err != nil {
		return ""
	}
	return filepath.ToSlash(way)
}

// archiveLink is the way from a workbook in the period's folder to the original
// with that hash and name. It asks nothing of the disk, so that a report made
// again has the same links; a document with an unusual ending has none.
func (p *Pipeline) archiveLink(sha, file string) string {
	way, ext := p.originals(), strings.ToLower(path.Ext(file))
	if way == "" || len(sha) < 2 || !linkedEndings[ext] {
		return ""
	}
	return way + "/" + sha[:2] + "/" + sha + ext
}

// originalsThen is the way that the links of an issued workbook go: the office may
// have moved its archive since. It is nil for an issue that is not made yet, or
// whose manifest is lost, which verifying tells of by itself.
func (p *Pipeline) originalsThen(i store.Issue) *string {
	if i.Manifest == "" {
		return nil
	}
	data, err := p.Store.Frozen(i.Manifest, store.ManifestExt)
	var m Manifest
	if err != nil || json.Unmarshal(data, &m) != nil {
		return nil
	}
	if m.Originals == nil {
		return new(besideReports)
	}
	return m.Originals
}
