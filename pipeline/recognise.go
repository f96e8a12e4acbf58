package pipeline

import (
	"context"
	"errors"
	"fmt"

	"baocao/pipeline/plan"
	"baocao/pipeline/store"
)

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
	sha := hashOf(data)
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
