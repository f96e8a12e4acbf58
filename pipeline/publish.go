package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/report"
	"baocao/pipeline/store"
)

// publish renders a report from what is frozen, keeps its bytes, and closes
// the period. What stands in out/ afterwards are these bytes.
func (p *Pipeline) publish(ctx context.Context, i store.Issue, who store.Actor) (*store.Issue, []File, error) {
	i.ApprovedBy, i.ApprovedAt = who.Name, who.At.UTC()
	then, made, err := p.asIssued(i)
	if err != nil {
		return nil, nil, err
	}
	rendered, err := then.renderIssue(ctx, i, made)
	if err != nil {
		return nil, nil, err
	}
	i.Files = nil
	for _, r := range rendered {
		sha, err := p.Store.Freeze(r.data, r.ext)
		if err != nil {
			return nil, nil, err
		}
		i.Files = append(i.Files, store.IssueFile{Name: issueName(i, r.ext), Ext: r.ext, SHA256: sha, Size: int64(len(r.data))})
	}
	manifest, err := then.issueManifest(i, made).text()
	if err != nil {
		return nil, nil, err
	}
	if i.Manifest, err = p.Store.Freeze(manifest, store.ManifestExt); err != nil {
		return nil, nil, err
	}
	issued, err := p.Store.Issue(ctx, i, p.TwoPersons, who)
	if err != nil {
		return nil, nil, p.closed(err)
	}
	files, err := p.Restore(issued)
	return &issued, files, err
}

// rendering is a report in one format.
type rendering struct {
	ext  string
	data []byte
}

// renderIssue renders the report of an issue; with the templates and the
// program of that day it gives the bytes of that day.
func (p *Pipeline) renderIssue(ctx context.Context, i store.Issue, made *Made) ([]rendering, error) {
	edition := report.Edition{
		Revision: i.Revision,
		Prepared: report.Signed{Name: i.PreparedBy, At: i.PreparedAt},
		Approved: report.Signed{Name: i.ApprovedBy, At: i.ApprovedAt},
	}
	if i.Revision > 1 {
		before, err := p.issue(ctx, i.Period, i.Revision-1)
		if err != nil {
			return nil, err
		}
		in, err := p.frozenInputs(before)
		if err != nil {
			return nil, err
		}
		edition.Reason = before.ReopenReason
		edition.Changes = reconcile.Differences(reconcile.Reconcile(in), made.Statement)
	}
	return p.renderings(ctx, made, edition)
}

// renderings are the official formats of a report, and its text.
func (p *Pipeline) renderings(ctx context.Context, made *Made, edition report.Edition) ([]rendering, error) {
	doc, err := p.document(made, edition)
	if err != nil {
		return nil, err
	}
	renderer, err := p.office.renderer(agency.DayOf(made.Statement.AsOf))
	if err != nil {
		return nil, err
	}
	all := []struct {
		ext    string
		render func(*bytes.Buffer) error
	}{
		{".pdf", func(b *bytes.Buffer) error { return renderer.PDF(b, doc) }},
		{".xlsx", func(b *bytes.Buffer) error { return renderer.XLSX(b, doc) }},
		{".docx", func(b *bytes.Buffer) error { return renderer.DOCX(b, doc) }},
		{".txt", func(b *bytes.Buffer) error { return renderer.Text(b, doc) }},
	}
	var done []rendering
	for n, format := range all {
		if edition.Draft && format.ext == ".txt" || !edition.Draft && format.ext == ".docx" {
			continue // the text is kept to compare issues with; what is issued is not for editing
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p.progress("render", n, len(all))
		var b bytes.Buffer
		if err := format.render(&b); err != nil {
			return nil, fmt.Errorf("render %s%s: %w", made.Statement.Period, format.ext, err)
		}
		done = append(done, rendering{format.ext, b.Bytes()})
	}
	p.progress("render", len(all), len(all))
	return done, nil
}

// issueName is a file's name in the period's folder: bao-cao-2018-Q1.pdf, and
// of a later revision bao-cao-2018-Q1.r2.pdf.
func issueName(i store.Issue, ext string) string {
	return "bao-cao-" + revisionName(i.Period, i.Revision) + ext
}

func revisionName(period plan.Period, revision int) string {
	if revision > 1 {
		return fmt.Sprintf("%s.r%d", period, revision)
	}
	return period.String()
}

func manifestName(revision int) string {
	if revision > 1 {
		return fmt.Sprintf("manifest.r%d.json", revision)
	}
	return "manifest.json"
}

// Restore puts the bytes of an issue back into its period's folder, as they
// were issued.
func (p *Pipeline) Restore(i store.Issue) ([]File, error) {
	folder := filepath.Join(p.Out, i.Period.String())
	var files []File
	put := func(name, sha, ext string) error {
		data, err := p.Store.Frozen(sha, ext)
		if err != nil {
			return fmt.Errorf("%s, revision %d: %w; put that file back from a backup", i.Period, i.Revision, err)
		}
		file, err := writeOnce(filepath.Join(folder, name), data)
		files = append(files, file)
		return err
	}
	for _, f := range i.Files {
		if f.Ext == ".txt" {
			continue
		}
		if err := put(f.Name, f.SHA256, f.Ext); err != nil {
			return nil, err
		}
	}
	return files, put(manifestName(i.Revision), i.Manifest, store.ManifestExt)
}
