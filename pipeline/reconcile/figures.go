package reconcile

import (
	"slices"

	"baocao/pipeline/agency"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// Figures are what a later statement compares itself with: the figures of an
// earlier period, as issued or, when it was not issued, as they stood at its
// lock.
type Figures struct {
	Kind        Compared     `json:"kind"`
	Term        plan.Term    `json:"term"`
	Revision    int          `json:"revision"` // 0: not issued
	Data        string       `json:"data"`     // hash of that statement's Inputs
	PlanVersion PlanVersion  `json:"plan_version"`
	Answers     []PastAnswer `json:"answers"`
	Fields      []Sum        `json:"fields"`
	Total       Sum          `json:"total"`
}

// Compared says which earlier period it is.
type Compared string

// The periods compared with.
const (
	Previous Compared = "previous"  // the period before, of the same year
	LastYear Compared = "last_year" // the same period of the year before
)

// PastAnswer is an agency's answer in an earlier period.
type PastAnswer struct {
	Agency   agency.ID     `json:"agency"`
	Activity plan.Code     `json:"activity"`
	Status   form.Progress `json:"status"`
	Percent  *plan.Percent `json:"percent,omitempty"`
	Used     *plan.Dong    `json:"used,omitempty"` // since the beginning of the year, also what was carried over
	Text     string        `json:"text,omitempty"`
	SHA256   string        `json:"sha256,omitempty"` // where Used was read; of what was carried over the first document
	File     string        `json:"file,omitempty"`
	Period   plan.Period   `json:"period,omitzero"` // in whose document Used was read
}

// FiguresOf are the figures of a finished statement for the comparison with a
// later one. The Inputs are those that it was made from and data is their hash;
// the revision is 0 when it was not issued. Only who is expected to answer has
// figures, and who said nothing and carries nothing over has none.
func FiguresOf(kind Compared, in Inputs, s *Statement, revision int, data string) Figures {
	f := Figures{
		Kind: kind, Term: s.Term, Revision: revision, Data: data, PlanVersion: s.PlanVersion,
		Fields: s.Fields, Total: s.Total,
	}
	before := in.answersBefore()
	for _, l := range s.Lines {
		for _, a := range slices.Concat(l.Answers, l.Unasked) {
			if a.Role == Partner || a.Status == "" && a.Used == nil {
				continue
			}
			past := PastAnswer{
				Agency: a.Agency, Activity: l.Activity.Code,
				Status: a.Status, Percent: a.Percent, Used: a.Used, Text: a.Text,
			}
			switch {
			case a.Carried != nil:
				from := before[key{l.Activity.Code, a.Agency}]
				past.SHA256, past.File, past.Period = from.SHA256, from.File, from.Period
			case a.Used != nil && a.Source != nil:
				past.SHA256, past.File, past.Period = a.Source.SHA256, a.Source.File, s.Period
			}
			f.Answers = append(f.Answers, past)
		}
	}
	return f
}
