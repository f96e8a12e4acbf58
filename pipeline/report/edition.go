package report

import (
	"time"

	"baocao/pipeline/reconcile"
)

// Edition says which edition of a period's report it is.
type Edition struct {
	Draft    bool
	Revision int // the one issued, or the one that the draft is of; from 1
	Prepared Signed
	Approved Signed // empty where one person issues

	Reason  string                 // why the period was opened again; empty for the first revision
	Changes []reconcile.Difference // from the revision before
}

// Signed is who did something, and when.
type Signed struct {
	Name string
	At   time.Time
}

// Provenance is what a report was made with besides its inputs.
type Provenance struct {
	Program   string
	Layout    string // the layout's profile: "ND30-2020"
	Templates []TemplateFile
}

// TemplateFile is one of the office's templates.
type TemplateFile struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}
