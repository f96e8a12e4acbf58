package pipeline

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"

	"baocao/pipeline/reconcile"
	"baocao/pipeline/store"
)

// freezeInputs keeps the inputs of a report for good.
func (p *Pipeline) freezeInputs(in reconcile.Inputs) (sha string, err error) {
	data, err := json.Marshal(in)
	if err != nil {
		return "", fmt.Errorf("freeze inputs of %s: %w", in.Term.Period, err)
	}
	return p.Store.Freeze(data, store.InputsExt)
}

// frozenInputs are the inputs that a report was issued from.
func (p *Pipeline) frozenInputs(i store.Issue) (in reconcile.Inputs, err error) {
	data, err := p.Store.Frozen(i.Inputs, store.InputsExt)
	var kept struct {
		Format int `json:"format"`
	}
	if err == nil {
		err = json.Unmarshal(data, &kept)
	}
	if err == nil && kept.Format > reconcile.InputsFormat {
		err = fmt.Errorf("kept in format %d, and this program reads up to %d; use the baocao of version %s that issued it, or a newer one",
			kept.Format, reconcile.InputsFormat, i.Program)
	}
	if err == nil {
		err = json.Unmarshal(data, &in)
	}
	if err != nil {
		return in, fmt.Errorf("inputs of %s, revision %d: %w", i.Period, i.Revision, err)
	}
	return in, nil
}

// freezeTemplates keeps the office's templates as they are now: words, rules
// and layouts belong to what a report is made from.
func (p *Pipeline) freezeTemplates() (sha string, err error) {
	data, err := packed(p.Templates)
	if err != nil {
		return "", fmt.Errorf("freeze templates: %w", err)
	}
	return p.Store.Freeze(data, store.TemplatesExt)
}

// packed is a folder as a zip archive: the same files give the same bytes.
func packed(folder fs.FS) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	err := fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(folder, name)
		if err != nil {
			return err
		}
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			return err
		}
		_, err = f.Write(data)
		return err
	})
	if err == nil {
		err = w.Close()
	}
	return b.Bytes(), err
}

// shipped are the templates that ship with this program.
func (p *Pipeline) shipped() fs.FS {
	if p.Shipped != nil {
		return p.Shipped
	}
	return p.Templates
}

// asIssued is a pipeline that says and draws as on the day of an issue, and
// the statement that was issued.
func (p *Pipeline) asIssued(i store.Issue) (*Pipeline, *Made, error) {
	in, err := p.frozenInputs(i)
	if err != nil {
		return nil, nil, err
	}
	m := &Made{Inputs: in}
	if err := m.reconcile(); err != nil {
		return nil, nil, err
	}
	data, err := p.Store.Frozen(i.Templates, store.TemplatesExt)
	if err != nil {
		return nil, nil, fmt.Errorf("templates of %s, revision %d: %w", i.Period, i.Revision, err)
	}
	frozen, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, nil, fmt.Errorf("templates of %s, revision %d: %w", i.Period, i.Revision, err)
	}
	then := &Pipeline{
		Templates: Overlay{frozen, p.shipped()}, Shipped: p.shipped(), Out: p.Out, Store: p.Store, Version: p.Version, Now: p.Now, Log: p.Log,
		issuedOriginals: p.originalsThen(i),
	}
	if err := then.Open(); err != nil {
		return nil, nil, fmt.Errorf("templates of %s, revision %d: %w", i.Period, i.Revision, err)
	}
	return then, m, nil
}
