package pipeline

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/report"
	"baocao/pipeline/store"
)

// GapsError is the error of a period that cannot be issued yet.
type GapsError struct {
	Period plan.Period
	Gaps   []Gap // those that nobody has waived
}

func (e *GapsError) Error() string {
	return fmt.Sprintf("issue %s: %d gaps are neither filled nor waived", e.Period, len(e.Gaps))
}

// Issue makes the period's next revision official: it freezes what the report
// is made from, renders it, and closes the period. Gaps must have been waived,
// see [Pipeline.Gaps]; otherwise the error is a [*GapsError].
//
// Where two persons are asked for, it only prepares: inputs and templates are
// frozen, and [Pipeline.Approve] by another person does the rest.
func (p *Pipeline) Issue(ctx context.Context, period plan.Period, asOf time.Time, who store.Actor) (*store.Issue, []File, error) {
	made, err := p.ToIssue(ctx, period, asOf)
	if err != nil {
		return nil, nil, err
	}
	if made.Gate.State == store.GateIssued {
		return nil, nil, p.closed(&store.ClosedError{Issue: *made.Gate.Issue})
	}
	if open := slices.DeleteFunc(p.Gaps(made), func(g Gap) bool { return g.Waived != "" }); len(open) > 0 {
		return nil, nil, &GapsError{period, open}
	}
	i := store.Issue{
		Period: period, Revision: made.Gate.Next(), AsOf: made.Inputs.AsOf, Data: made.Hash,
		Program: p.Version, PlanVersion: made.Inputs.PlanVersion, PreparedBy: who.Name, PreparedAt: who.At.UTC(),
	}
	if i.Inputs, err = p.freezeInputs(made.Inputs); err != nil {
		return nil, nil, err
	}
	if i.Templates, err = p.freezeTemplates(); err != nil {
		return nil, nil, err
	}
	if p.TwoPersons {
		prepared, err := p.Store.Prepare(ctx, i, who)
		return &prepared, nil, p.closed(err)
	}
	return p.publish(ctx, i, who)
}

// Approve issues what another person has prepared.
func (p *Pipeline) Approve(ctx context.Context, period plan.Period, who store.Actor) (*store.Issue, []File, error) {
	gate, err := p.Store.Gate(ctx, period)
	switch {
	case err != nil:
		return nil, nil, err
	case gate.State == store.GateIssued:
		return nil, nil, p.closed(&store.ClosedError{Issue: *gate.Issue})
	case gate.State != store.GatePrepared:
		return nil, nil, fmt.Errorf("approve %s: %w", period, store.ErrNotPrepared)
	}
	return p.publish(ctx, *gate.Issue, who)
}

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
		{".txt", func(b *bytes.Buffer) error { return renderer.Text(b, doc) }},
	}
	var done []rendering
	for n, format := range all {
		if edition.Draft && format.ext == ".txt" {
			continue // the text is kept to compare issues with
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
			return fmt.Errorf("%s, revision %d: %w", i.Period, i.Revision, err)
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

// ErrNoRevision is the error of a revision that was never issued.
var ErrNoRevision = errors.New("no such revision was issued")

// Revision gives an issued revision's files back byte for byte, from what the
// store keeps alone.
func (p *Pipeline) Revision(ctx context.Context, period plan.Period, revision int) ([]File, error) {
	i, err := p.issue(ctx, period, revision)
	if err != nil {
		return nil, err
	}
	return p.Restore(i)
}

// issue is an issued revision; 0 means the last one.
func (p *Pipeline) issue(ctx context.Context, period plan.Period, revision int) (store.Issue, error) {
	issues, err := p.Store.Issues(ctx, period)
	if err != nil {
		return store.Issue{}, err
	}
	issues = slices.DeleteFunc(issues, func(i store.Issue) bool {
		return i.State == store.Prepared || revision != 0 && i.Revision != revision
	})
	if len(issues) == 0 {
		return store.Issue{}, fmt.Errorf("period %s, revision %d: %w", period, revision, ErrNoRevision)
	}
	return slices.MaxFunc(issues, func(a, b store.Issue) int { return cmp.Compare(a.Revision, b.Revision) }), nil
}

// Reopen opens an issued period again: what came too late, and rulings, enter
// the next revision. The issued one stays.
func (p *Pipeline) Reopen(ctx context.Context, period plan.Period, reason string, who store.Actor) error {
	return p.Store.Reopen(ctx, period, reason, who)
}

// IssueGaps are what the period lacks to be issued now, also what was waived.
func (p *Pipeline) IssueGaps(ctx context.Context, period plan.Period, asOf time.Time) ([]Gap, error) {
	made, err := p.ToIssue(ctx, period, asOf)
	if err != nil {
		return nil, err
	}
	return list(p.Gaps(made)), nil
}

// IssueFacts are what is known of an issue only after it was signed.
type IssueFacts struct {
	Number    string     // "15/BC-SNV"; empty: not said now
	Date      agency.Day // of the number
	Signed    []byte     // the signed copy; nil: not given now
	SignedExt string     // ".pdf"
}

// Complete records the number of the period's last issue, or its signed copy.
// What was issued does not change by it.
func (p *Pipeline) Complete(ctx context.Context, period plan.Period, facts IssueFacts, who store.Actor) (*store.Issue, error) {
	i, err := p.issue(ctx, period, 0)
	if err != nil {
		return nil, err
	}
	if facts.Number != "" {
		if facts.Date.IsZero() {
			return nil, fmt.Errorf("number %q: its day is not said", facts.Number)
		}
		if err := p.Store.NumberIssue(ctx, period, i.Revision, facts.Number, facts.Date, who); err != nil {
			return nil, err
		}
	}
	if facts.Signed != nil {
		sha, err := p.Store.Freeze(facts.Signed, facts.SignedExt)
		if err != nil {
			return nil, err
		}
		if err := p.Store.SignedIssue(ctx, period, i.Revision, sha, facts.SignedExt, who); err != nil {
			return nil, err
		}
	}
	i, err = p.issue(ctx, period, i.Revision)
	return &i, err
}
