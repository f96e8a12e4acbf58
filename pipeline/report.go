package pipeline

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/durable"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/report"
	"baocao/pipeline/store"
)

// Document is the draft of a statement's report, ready to be rendered.
func (p *Pipeline) Document(made *Made) (*report.Document, error) {
	return p.document(made, report.Edition{Draft: true, Revision: made.Gate.Next()})
}

func (p *Pipeline) document(made *Made, edition report.Edition) (*report.Document, error) {
	layout, err := p.office.layout(agency.DayOf(made.Statement.AsOf))
	if err != nil {
		return nil, err
	}
	outline, err := p.office.outline.As(made.As.Issuer)
	if err != nil {
		return nil, err
	}
	next, err := p.nextTerm(made.Inputs.Term)
	if err != nil {
		return nil, err
	}
	return outline.Write(report.Source{
		Inputs: made.Inputs, Statement: made.Statement, Wording: p.office.wording,
		Data: made.Hash, Edition: edition, Next: next, Agency: made.As.Agency,
		Provenance: report.Provenance{Program: p.Version, Layout: layout.name, Templates: p.office.files},
		Archive:    p.archiveLink, Unprintable: layout.renderer.Unprintable,
	})
}

// Report renders the official PDF and workbook of a statement into the
// period's folder, with a manifest of what went into them. The same statement
// gives the same bytes; files that hold them already are not written again. The
// figures of a moment that somebody asked for go into files named after it.
//
// Of a period that is issued it puts back what was issued.
func (p *Pipeline) Report(ctx context.Context, made *Made) ([]File, error) {
	if made.Gate.State == store.GateIssued && !made.Explicit {
		return p.Restore(*made.Gate.Issue)
	}
	period, edition := made.Statement.Period, report.Edition{Draft: true, Revision: made.Gate.Next()}
	name, manifest := revisionName(period, edition.Revision), manifestName(edition.Revision)
	if made.Explicit { // beside the report of the period, never in its place
		at := agency.DayOf(made.Statement.AsOf).String()
		name, manifest = period.String()+".as-of-"+at, "manifest.as-of-"+at+".json"
	}
	rendered, err := p.renderings(ctx, made, edition)
	if err != nil {
		return nil, err
	}
	folder := filepath.Join(p.Out, period.String())
	ours := writtenBefore(filepath.Join(folder, manifest))
	var files []File
	for _, r := range rendered {
		write := writeOnce
		if r.ext == draftExt {
			write = ours.writeBeside
		}
		file, err := write(filepath.Join(folder, "bao-cao-"+name+r.ext), r.data)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	m := p.manifest(made)
	for _, f := range files {
		m.Files = append(m.Files, ManifestFile{filepath.Base(f.Path), f.SHA256})
	}
	data, err := m.text()
	if err != nil {
		return nil, err
	}
	file, err := writeOnce(filepath.Join(folder, manifest), data)
	if err != nil {
		return nil, err
	}
	return append(files, file), nil
}

// writeOnce writes a file unless it holds the very bytes.
func writeOnce(name string, data []byte) (File, error) {
	f := File{Path: name, SHA256: hashOf(data)}
	if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, data) {
		return f, nil
	}
	f.Changed = true
	return f, durable.WriteFile(name, data, 0o644)
}

// Manifest says what a report was made from.
type Manifest struct {
	Period      string                `json:"period"`
	Revision    int                   `json:"revision"` // 0: a draft
	Program     string                `json:"program"`
	PlanVersion reconcile.PlanVersion `json:"plan_version"`
	PlanNumber  string                `json:"plan_number"`
	AsOf        time.Time             `json:"as_of"`
	Inputs      string                `json:"inputs"`         // hash; its first 8 digits are the data number
	Templates   string                `json:"templates"`      // hash of directory, calendar, rules, word lists, outline and sentences
	Layout      string                `json:"layout"`         // the layout's profile
	Used        []report.TemplateFile `json:"template_files"` // those that Templates is the hash of
	Documents   []ManifestDocument    `json:"documents"`
	Earlier     []ManifestEarlier     `json:"earlier,omitempty"` // what it is compared with
	Rulings     []reconcile.Ruling    `json:"rulings,omitempty"`
	PreparedBy  string                `json:"prepared_by,omitempty"`
	PreparedAt  time.Time             `json:"prepared_at,omitzero"`
	ApprovedBy  string                `json:"approved_by,omitempty"`
	ApprovedAt  time.Time             `json:"approved_at,omitzero"`
	Originals   *string               `json:"originals,omitempty"` // the way from the workbook to the originals, nil: "../archive"; empty: it has no links
	Files       []ManifestFile        `json:"files"`
}

// ManifestDocument is one document that the report was made from, or that was
// set aside.
type ManifestDocument struct {
	SHA256  string       `json:"sha256"`
	File    string       `json:"file"`
	Agency  agency.ID    `json:"agency,omitempty"`
	Arrived time.Time    `json:"arrived"`
	Outcome form.Outcome `json:"outcome"`
}

// ManifestEarlier is an earlier period that figures come from.
type ManifestEarlier struct {
	Period   plan.Period        `json:"period"`
	Kind     reconcile.Compared `json:"kind"`
	Revision int                `json:"revision"` // 0: not issued
	Inputs   string             `json:"inputs"`
}

// ManifestFile is one file of the report, beside the manifest.
type ManifestFile struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

func (m Manifest) text() ([]byte, error) {
	data, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("manifest of %s: %w", m.Period, err)
	}
	return append(data, '\n'), nil
}

func (p *Pipeline) manifest(made *Made) Manifest {
	m := Manifest{
		Period:      made.Statement.Period.String(),
		Program:     p.Version,
		PlanVersion: made.Inputs.PlanVersion,
		PlanNumber:  made.Inputs.Plan.Number,
		AsOf:        made.Inputs.AsOf,
		Inputs:      made.Hash,
		Templates:   p.office.templates,
		Used:        p.office.files,
		Rulings:     made.Inputs.Rulings,
	}
	if way := p.originals(); way != besideReports {
		m.Originals = &way
	}
	if layout, err := p.office.layout(agency.DayOf(made.Statement.AsOf)); err == nil {
		m.Layout = layout.name
	}
	for _, s := range made.Inputs.Submissions {
		m.Documents = append(m.Documents, ManifestDocument{
			SHA256: s.SHA256, File: s.File, Agency: s.Agency, Arrived: s.Arrived.UTC(), Outcome: s.Outcome,
		})
	}
	for _, e := range made.Inputs.Earlier {
		m.Earlier = append(m.Earlier, ManifestEarlier{e.Term.Period, e.Kind, e.Revision, e.Data})
	}
	return m
}

// issueManifest is the manifest of an issue, made by the pipeline that has its
// templates.
func (p *Pipeline) issueManifest(i store.Issue, made *Made) Manifest {
	m := p.manifest(made)
	m.Revision = i.Revision
	m.PreparedBy, m.PreparedAt = i.PreparedBy, i.PreparedAt.UTC()
	m.ApprovedBy, m.ApprovedAt = i.ApprovedBy, i.ApprovedAt.UTC()
	for _, f := range i.Files {
		m.Files = append(m.Files, ManifestFile{f.Name, f.SHA256})
	}
	return m
}
