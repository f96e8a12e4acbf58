package pipeline

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/durable"
	"baocao/pipeline/form"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/report"
)

// Document is the report of a statement, ready to be rendered.
func (p *Pipeline) Document(made *Made) (*report.Document, error) {
	return p.office.outline.Write(report.Source{
		Inputs: made.Inputs, Statement: made.Statement, Wording: p.office.wording,
		Data: made.Hash, Draft: true,
	})
}

// Report renders the official PDF and workbook of a statement into the
// period's folder, with a manifest of what went into them. The same statement
// gives the same bytes; files that hold them already are not written again. The
// figures of a moment that somebody asked for go into files named after it.
func (p *Pipeline) Report(ctx context.Context, made *Made) ([]File, error) {
	doc, err := p.Document(made)
	if err != nil {
		return nil, err
	}
	renderer, err := p.office.renderer(agency.DayOf(made.Statement.AsOf))
	if err != nil {
		return nil, err
	}
	name := made.Statement.Period.String()
	folder := filepath.Join(p.Out, name)
	manifestName := "manifest.json"
	if made.Explicit { // beside the report of the period, never in its place
		at := agency.DayOf(made.Statement.AsOf).String()
		name, manifestName = name+".as-of-"+at, "manifest.as-of-"+at+".json"
	}
	var files []File
	for i, format := range []struct {
		ext    string
		render func(*bytes.Buffer) error
	}{
		{".pdf", func(b *bytes.Buffer) error { return renderer.PDF(b, doc) }},
		{".xlsx", func(b *bytes.Buffer) error { return renderer.XLSX(b, doc) }},
	} {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p.progress("render", i, 2)
		var b bytes.Buffer
		if err := format.render(&b); err != nil {
			return nil, fmt.Errorf("render %s%s: %w", name, format.ext, err)
		}
		file, err := writeOnce(filepath.Join(folder, "bao-cao-"+name+format.ext), b.Bytes())
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	p.progress("render", 2, 2)
	manifest, err := json.MarshalIndent(p.manifest(made, files), "", "  ")
	if err != nil {
		return nil, fmt.Errorf("manifest of %s: %w", name, err)
	}
	file, err := writeOnce(filepath.Join(folder, manifestName), append(manifest, '\n'))
	if err != nil {
		return nil, err
	}
	return append(files, file), nil
}

// writeOnce writes a file unless it holds the very bytes.
func writeOnce(name string, data []byte) (File, error) {
	sum := sha256.Sum256(data)
	f := File{Path: name, SHA256: hex.EncodeToString(sum[:])}
	if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, data) {
		return f, nil
	}
	f.Changed = true
	return f, durable.WriteFile(name, data, 0o644)
}

// Manifest says what a report was made from.
type Manifest struct {
	Period      string                `json:"period"`
	Program     string                `json:"program"`
	PlanVersion reconcile.PlanVersion `json:"plan_version"`
	PlanNumber  string                `json:"plan_number"`
	AsOf        time.Time             `json:"as_of"`
	Inputs      string                `json:"inputs"`    // hash; its first 8 digits are the data number
	Templates   string                `json:"templates"` // hash of directory, calendar, word lists, outline and sentences
	Documents   []ManifestDocument    `json:"documents"`
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

// ManifestFile is one file of the report, beside the manifest.
type ManifestFile struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

func (p *Pipeline) manifest(made *Made, files []File) Manifest {
	m := Manifest{
		Period:      made.Statement.Period.String(),
		Program:     p.Version,
		PlanVersion: made.Inputs.PlanVersion,
		PlanNumber:  made.Inputs.Plan.Number,
		AsOf:        made.Inputs.AsOf,
		Inputs:      made.Hash,
		Templates:   p.office.templates,
	}
	for _, s := range made.Inputs.Submissions {
		m.Documents = append(m.Documents, ManifestDocument{
			SHA256: s.SHA256, File: s.File, Agency: s.Agency, Arrived: s.Arrived.UTC(), Outcome: s.Outcome,
		})
	}
	for _, f := range files {
		m.Files = append(m.Files, ManifestFile{filepath.Base(f.Path), f.SHA256})
	}
	return m
}
