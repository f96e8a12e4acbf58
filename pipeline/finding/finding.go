// Package finding holds what is wrong, or worth a look, in a document that
// somebody sent us: data with a place, for the person who wrote the document.
//
// It is not for what we could not do ourselves; that is an error. The
// sentences a person reads live in templates/findings.yaml, see [Wording].
package finding

import "cmp"

// Level says how much a finding matters.
type Level string

// The levels, most important first.
const (
	Error   Level = "error"   // the document, or this row, cannot be taken
	Warning Level = "warning" // taken, but a person should look
	Note    Level = "note"    // taken; worth knowing
)

// rank orders levels for [Compare].
func (l Level) rank() int {
	switch l {
	case Error:
		return 0
	case Warning:
		return 1
	default:
		return 2
	}
}

// Place is where in a document something was found. Empty parts are not known
// or do not apply: a text file has rows (lines) only, a whole file has neither.
type Place struct {
	File  string `json:"file,omitempty"`
	Sheet string `json:"sheet,omitempty"`
	Cell  string `json:"cell,omitempty"` // "C12"; empty where rows have no columns
	Row   int    `json:"row,omitempty"`  // 1-based row, or line of a text file

	// Of a document whose tables a reader counts: the table, from 1, and the row
	// in it.
	Table    int `json:"table,omitempty"`
	TableRow int `json:"table_row,omitempty"`
}

// String is file!sheet!cell without the parts that are not known.
func (p Place) String() string {
	s := p.File
	if p.Sheet != "" {
		s += "!" + p.Sheet
	}
	if p.Cell != "" {
		s += "!" + p.Cell
	}
	return s
}

// Finding is one thing seen in a document.
type Finding struct {
	Code     string `json:"code"` // kebab-case, a key of templates/findings.yaml
	Level    Level  `json:"level"`
	Place    Place  `json:"place"`
	Activity string `json:"activity,omitempty"` // code of the plan's row it concerns, if any
	Got      string `json:"got"`                // what was written
	Want     string `json:"want"`               // what is allowed or expected
}

// Compare orders findings for a reader: most important first, then by place.
func Compare(a, b Finding) int {
	return cmp.Or(
		cmp.Compare(a.Level.rank(), b.Level.rank()),
		cmp.Compare(a.Place.File, b.Place.File),
		cmp.Compare(a.Place.Sheet, b.Place.Sheet),
		cmp.Compare(a.Place.Row, b.Place.Row),
		cmp.Compare(len(a.Place.Cell), len(b.Place.Cell)),
		cmp.Compare(a.Place.Cell, b.Place.Cell),
		cmp.Compare(a.Code, b.Code),
	)
}

// AnyError reports whether any finding has level [Error].
func AnyError(findings []Finding) bool {
	for _, f := range findings {
		if f.Level == Error {
			return true
		}
	}
	return false
}
