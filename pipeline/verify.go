package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"baocao/pipeline/plan"
	"baocao/pipeline/store"
)

// Verified is what became of holding one issued revision against its files and
// against a fresh rendering.
type Verified struct {
	Period   plan.Period    `json:"period"`
	Revision int            `json:"revision"`
	Program  string         `json:"program"` // that issued it
	Kept     []VerifiedFile `json:"kept"`    // what the store keeps
	Files    []VerifiedFile `json:"files"`   // what stands in the period's folder
	Fresh    []VerifiedFile `json:"fresh"`   // a rendering made now: bytes under the same program, figures and text under another
	OK       bool           `json:"ok"`
}

// VerifiedFile is one file and how it compares.
type VerifiedFile struct {
	Name   string       `json:"name"`
	Result VerifyResult `json:"result"`
	Detail string       `json:"detail,omitempty"`
}

// VerifyResult is how a file compares with what was issued.
type VerifyResult string

// The results.
const (
	VerifySame     VerifyResult = "same"
	VerifySameText VerifyResult = "same-text" // other bytes of another program version, the same words and figures
	VerifyChanged  VerifyResult = "changed"
	VerifyMissing  VerifyResult = "missing"
)

func (v *Verified) judge() {
	v.OK = true
	for _, list := range [][]VerifiedFile{v.Kept, v.Files, v.Fresh} {
		for _, f := range list {
			v.OK = v.OK && (f.Result == VerifySame || f.Result == VerifySameText)
		}
	}
}

// Verify holds every issued revision of a period against its files and against
// a fresh rendering of what was frozen.
func (p *Pipeline) Verify(ctx context.Context, period plan.Period) ([]Verified, error) {
	issues, err := p.Store.Issues(ctx, period)
	if err != nil {
		return nil, err
	}
	var all []Verified
	for _, i := range issues {
		if i.State == store.Prepared {
			continue
		}
		v, err := p.verify(ctx, i)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("verify %s: %w", period, ErrNotIssued)
	}
	return all, nil
}

func (p *Pipeline) verify(ctx context.Context, i store.Issue) (Verified, error) {
	v := Verified{Period: i.Period, Revision: i.Revision, Program: i.Program}
	folder := filepath.Join(p.Out, i.Period.String())
	check := func(name, sha, ext string, onDisk bool) {
		_, err := p.Store.Frozen(sha, ext)
		v.Kept = append(v.Kept, verifiedFile(name, err))
		if onDisk {
			v.Files = append(v.Files, onDiskFile(filepath.Join(folder, name), sha))
		}
	}
	check("inputs", i.Inputs, store.InputsExt, false)
	check("templates", i.Templates, store.TemplatesExt, false)
	for _, f := range i.Files {
		check(f.Name, f.SHA256, f.Ext, f.Ext != ".txt")
	}
	check(manifestName(i.Revision), i.Manifest, store.ManifestExt, true)
	if i.Signed != "" {
		check("signed", i.Signed, i.SignedExt, false)
	}
	fresh, err := p.verifyFresh(ctx, i)
	if err != nil {
		if ctx.Err() != nil {
			return v, err
		}
		fresh = []VerifiedFile{{Name: "rendering", Result: VerifyChanged, Detail: err.Error()}}
	}
	v.Fresh = fresh
	v.judge()
	return v, nil
}

func verifiedFile(name string, err error) VerifiedFile {
	switch {
	case err == nil:
		return VerifiedFile{Name: name, Result: VerifySame}
	case errors.Is(err, fs.ErrNotExist):
		return VerifiedFile{Name: name, Result: VerifyMissing, Detail: err.Error()}
	}
	return VerifiedFile{Name: name, Result: VerifyChanged, Detail: err.Error()}
}

func onDiskFile(file, sha string) VerifiedFile {
	data, err := os.ReadFile(file)
	if err == nil {
		if got := hashOf(data); got != sha {
			err = fmt.Errorf("want SHA-256 %s, got %s", sha, got)
		}
	}
	return verifiedFile(filepath.Base(file), err)
}

// verifyFresh renders an issue again from what is frozen.
func (p *Pipeline) verifyFresh(ctx context.Context, i store.Issue) ([]VerifiedFile, error) {
	then, made, err := p.asIssued(i)
	if err != nil {
		return nil, err
	}
	var all []VerifiedFile
	if made.Hash != i.Data && i.Program == p.Version {
		all = append(all, VerifiedFile{Name: "data number", Result: VerifyChanged, Detail: made.Hash})
	}
	then.Version = i.Program // what the report says of itself
	rendered, err := then.renderIssue(ctx, i, made)
	if err != nil {
		return nil, err
	}
	sameText := false
	for n := len(rendered) - 1; n >= 0; n-- { // the text first: it decides about the others
		r := rendered[n]
		kept, err := p.Store.Frozen(frozenFile(i, r.ext), r.ext)
		f := VerifiedFile{Name: issueName(i, r.ext), Result: VerifySame}
		switch {
		case err != nil:
			f.Result, f.Detail = VerifyMissing, err.Error()
		case bytes.Equal(kept, r.data):
			sameText = sameText || r.ext == ".txt"
		case i.Program != p.Version && sameText:
			f.Result = VerifySameText
		default:
			f.Result, f.Detail = VerifyChanged, "a fresh rendering has other bytes"
		}
		all = append(all, f)
	}
	return all, nil
}

func frozenFile(i store.Issue, ext string) string {
	for _, f := range i.Files {
		if f.Ext == ext {
			return f.SHA256
		}
	}
	return ""
}
