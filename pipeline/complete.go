package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/store"
)

// IssueFacts are what is known of an issue only after it was signed.
type IssueFacts struct {
	Number    string     // "15/BC-SNV"; empty: not said now
	Date      agency.Day // of the number
	Signed    []byte     // the signed copy; nil: not given now
	SignedExt string     // ".pdf"
}

// maxNumber is how many letters a document's number has at most: an honest one
// has some twenty.
const maxNumber = 60

// Check says what is wrong with the facts: to be asked before anything is issued
// that they belong to.
func (f IssueFacts) Check() error {
	switch {
	case f.Number != "" && f.Date.IsZero():
		return fmt.Errorf("number %q: its day is not said", f.Number)
	case f.Number == "" && !f.Date.IsZero():
		return fmt.Errorf("day %s: the number that it belongs to is not said", f.Date)
	case f.Number != cleanLine(f.Number) || utf8.RuneCountInString(f.Number) > maxNumber:
		return fmt.Errorf("number %.60q: want one line of at most %d letters, such as 15/BC-SNV", f.Number, maxNumber)
	case f.Signed == nil:
		return nil
	case len(f.Signed) == 0:
		return errors.New("signed copy: the file is empty")
	}
	if err := store.CheckExt(f.SignedExt); err != nil {
		return fmt.Errorf("signed copy: %w; want a name that ends as .pdf does", err)
	}
	if begins := signedFormats[f.SignedExt]; !slices.ContainsFunc(begins, func(b string) bool { return bytes.HasPrefix(f.Signed, []byte(b)) }) {
		return fmt.Errorf("signed copy: it is no PDF and no picture (.pdf, .jpg, .png, .tif) by its name and what is in it")
	}
	return nil
}

// signedFormats are how files begin that a signed paper is scanned into.
var signedFormats = map[string][]string{
	".pdf": {"%PDF"}, ".png": {"\x89PNG"}, ".jpg": {"\xff\xd8\xff"}, ".jpeg": {"\xff\xd8\xff"},
	".tif": {"II*\x00", "MM\x00*"}, ".tiff": {"II*\x00", "MM\x00*"},
}

// Complete records the number of an issued revision (0: the last), or its signed
// copy. What was issued does not change by it.
func (p *Pipeline) Complete(ctx context.Context, period plan.Period, revision int, facts IssueFacts, who store.Actor) (*store.Issue, error) {
	if err := facts.Check(); err != nil {
		return nil, err
	}
	i, err := p.issue(ctx, period, revision)
	if err != nil {
		return nil, err
	}
	if facts.Number != "" {
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
