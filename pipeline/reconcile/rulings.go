package reconcile

import (
	"cmp"
	"slices"

	"baocao/pipeline/agency"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// desk is what clerks decided, by what it is about. Of several rulings about
// the same thing the last one holds.
type desk struct {
	documents map[string]Ruling // Release, SetAside of a whole document, by SHA-256
	rows      map[rowKey]Ruling // Release, SetAside of one row
	assigned  map[rowKey][]Ruling
	figures   map[figureKey]Ruling // Correct
	extended  map[agency.ID]Ruling
	waived    map[agency.ID]Ruling // WaiveGap for an agency
}

// rowKey names a row of a document; row 0 is the whole of it.
type rowKey struct {
	sha256, sheet string
	row           int
}

func (r Ruling) at() rowKey { return rowKey{r.SHA256, r.Sheet, r.Row} }

func rowOf(s form.Submission, e form.Entry) rowKey {
	return rowKey{s.SHA256, e.Place.Sheet, e.Place.Row}
}

// figureKey names one figure of one answer.
type figureKey struct {
	key
	figure Figure
}

// byID orders rulings as they were made: "r2" before "r10".
func byID(a, b Ruling) int {
	return cmp.Or(cmp.Compare(len(a.ID), len(b.ID)), cmp.Compare(a.ID, b.ID))
}

// inForce are the rulings that concern the period, in the order in which they
// were made.
func inForce(rulings []Ruling, p plan.Period) []Ruling {
	return slices.SortedFunc(func(yield func(Ruling) bool) {
		for _, ruling := range rulings {
			if (ruling.Period.IsZero() || ruling.Period == p) && !yield(ruling) {
				return
			}
		}
	}, byID)
}

// newDesk sorts the rulings that this package carries out; [WaiveRule] is the
// rules' own, and the others were carried out when the documents were read.
func newDesk(rulings []Ruling) desk {
	d := desk{
		documents: map[string]Ruling{}, rows: map[rowKey]Ruling{}, assigned: map[rowKey][]Ruling{},
		figures: map[figureKey]Ruling{}, extended: map[agency.ID]Ruling{}, waived: map[agency.ID]Ruling{},
	}
	for _, ruling := range rulings {
		switch ruling.Kind {
		case Release, SetAside:
			if ruling.Row == 0 {
				d.documents[ruling.SHA256] = ruling
			} else {
				d.rows[ruling.at()] = ruling
			}
		case Assign:
			d.assigned[ruling.at()] = append(d.assigned[ruling.at()], ruling)
		case Correct:
			d.figures[figureKey{key{ruling.Activity, ruling.Agency}, ruling.Figure}] = ruling
		case Extend:
			d.extended[ruling.Agency] = ruling
		case WaiveGap:
			if ruling.SHA256 == "" && ruling.Activity == "" {
				d.waived[ruling.Agency] = ruling
			}
		}
	}
	return d
}

// carryOut carries out the rulings on documents and rows, on copies of what was
// read.
func (r *reckoning) carryOut() {
	for i := range r.Submissions {
		s := &r.Submissions[i]
		switch ruling := r.documents[s.SHA256]; {
		case ruling.Kind == Release && s.Outcome == form.Review:
			s.Outcome = form.Accept
		case ruling.Kind == SetAside:
			s.Outcome = form.Ignore
		}
		if len(r.rows) > 0 {
			r.ruleRows(s)
		}
	}
}

// ruleRows carries out the rulings on single rows. A clerk who releases one of
// several rows that the document has on an activity has chosen between them: the
// others are left out.
func (r *reckoning) ruleRows(s *form.Submission) {
	chosen := map[plan.Code]bool{}
	for _, e := range s.Entries {
		if e.Held && r.rows[rowOf(*s, e)].Kind == Release {
			chosen[e.Activity] = true
		}
	}
	s.Entries, s.SetAside = slices.Clone(s.Entries), slices.Clone(s.SetAside)
	for i := range s.Entries {
		e := &s.Entries[i]
		switch kind := r.rows[rowOf(*s, *e)].Kind; {
		case kind == Release:
			e.Held = false
		case kind == SetAside, e.Held && chosen[e.Activity]:
			e.Held = false
			r.left[rowOf(*s, *e)] = true
		}
	}
	for i := range s.SetAside {
		row := &s.SetAside[i]
		if r.rows[rowKey{s.SHA256, row.Place.Sheet, row.Place.Row}].Kind == SetAside {
			row.Reason = Ruled
		}
	}
}

// taking are the IDs of the rulings on the document and the row that made an
// entry an answer.
func (r *reckoning) taking(s form.Submission, e form.Entry) []string {
	var ids []string
	for _, at := range []rowKey{{sha256: s.SHA256}, rowOf(s, e)} {
		for _, ruling := range r.assigned[at] {
			ids = append(ids, ruling.ID)
		}
	}
	if ruling, ok := r.documents[s.SHA256]; ok {
		ids = append(ids, ruling.ID)
	}
	if ruling, ok := r.rows[rowOf(s, e)]; ok {
		ids = append(ids, ruling.ID)
	}
	return ids
}
