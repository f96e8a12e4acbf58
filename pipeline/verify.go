package pipeline

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"baocao/pipeline/agency"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
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
		return nil, fmt.Errorf("verify %s: %w", period, ErrNoRevision)
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
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != sha {
			err = fmt.Errorf("want SHA-256 %s, got %x", sha, sum)
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

// Known is an issued file that was recognised by its bytes.
type Known struct {
	Period   plan.Period `json:"period"`
	Revision int         `json:"revision"`
	Name     string      `json:"name"`
	Number   string      `json:"number,omitempty"`
	Reopened bool        `json:"reopened"` // a later revision replaces it, or will
}

// ErrUnknownFile is the error of a file that is no issued one.
var ErrUnknownFile = errors.New("no report that was issued here has these bytes")

// Recognise says which issued report a file is, by its bytes.
func (p *Pipeline) Recognise(ctx context.Context, data []byte) (Known, error) {
	sum := sha256.Sum256(data)
	sha := hex.EncodeToString(sum[:])
	issues, err := p.Store.AllIssues(ctx)
	if err != nil {
		return Known{}, err
	}
	for _, i := range issues {
		if i.State == store.Prepared {
			continue
		}
		k := Known{Period: i.Period, Revision: i.Revision, Number: i.Number, Reopened: i.State == store.Reopened}
		for _, f := range i.Files {
			if f.SHA256 == sha {
				k.Name = f.Name
				return k, nil
			}
		}
		switch sha {
		case i.Manifest:
			k.Name = manifestName(i.Revision)
			return k, nil
		case i.Signed:
			k.Name = "signed" + i.SignedExt
			return k, nil
		}
	}
	return Known{}, fmt.Errorf("SHA-256 %s: %w", sha, ErrUnknownFile)
}

// Differences are what an issued revision (0: the last) and the figures as they
// stand now, or another revision, give differently.
func (p *Pipeline) Differences(ctx context.Context, period plan.Period, from, to int) ([]reconcile.Difference, error) {
	old, err := p.issuedStatement(ctx, period, from)
	if err != nil {
		return nil, err
	}
	var now *reconcile.Statement
	if to > 0 {
		now, err = p.issuedStatement(ctx, period, to)
	} else {
		var made *Made
		if made, err = p.AsNow(ctx, period); err == nil {
			now = made.Statement
		}
	}
	if err != nil {
		return nil, err
	}
	return reconcile.Differences(old, now), nil
}

// AsNow is the statement of a period as its figures stand at the end of today,
// whether it is issued or not.
func (p *Pipeline) AsNow(ctx context.Context, period plan.Period) (*Made, error) {
	return p.Statement(ctx, period, lastSecond(agency.DayOf(p.Now())))
}

// VersionDifferences are what two documents of an agency for a period say
// differently. The valid ones count from 1 by arrival; from 0 is the one before
// to, and to 0 the last.
func (p *Pipeline) VersionDifferences(ctx context.Context, period plan.Period, id agency.ID, from, to int) ([]reconcile.Difference, error) {
	made, err := p.AsNow(ctx, period)
	if err != nil {
		return nil, err
	}
	versions := slices.DeleteFunc(slices.Clone(made.Inputs.Submissions), func(s form.Submission) bool {
		return s.Agency != id || s.Outcome != form.Accept
	})
	slices.SortFunc(versions, func(a, b form.Submission) int {
		return cmp.Or(a.Arrived.Compare(b.Arrived), cmp.Compare(a.SHA256, b.SHA256))
	})
	to = cmp.Or(to, len(versions))
	from = cmp.Or(from, to-1)
	if from < 1 || to > len(versions) || from == to {
		return nil, fmt.Errorf("versions %d and %d of %q in %s: there are %d", from, to, id, period, len(versions))
	}
	alone := func(s form.Submission) *reconcile.Statement {
		in := made.Inputs
		in.Submissions = []form.Submission{s}
		return reconcile.Reconcile(in)
	}
	return slices.DeleteFunc(reconcile.Differences(alone(versions[from-1]), alone(versions[to-1])), func(d reconcile.Difference) bool {
		return d.Agency != id || d.Activity == ""
	}), nil
}

func (p *Pipeline) issuedStatement(ctx context.Context, period plan.Period, revision int) (*reconcile.Statement, error) {
	i, err := p.issue(ctx, period, revision)
	if err != nil {
		return nil, err
	}
	in, err := p.frozenInputs(i)
	if err != nil {
		return nil, err
	}
	return reconcile.Reconcile(in), nil
}
