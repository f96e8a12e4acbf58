package reconcile

import (
	"slices"
	"strconv"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// settles is the ID of the ruling that settles a finding of a document: what is
// wrong with a document or row that was left out matters no more, and an error
// is what kept one waiting that was released.
func (r *reckoning) settles(s form.Submission, f finding.Finding) string {
	ruling, ok := r.documents[s.SHA256]
	if ok && (ruling.Kind == SetAside || f.Level == finding.Error && ofDocument(s, f)) {
		return ruling.ID
	}
	row, ok := r.rows[rowKey{s.SHA256, f.Place.Sheet, f.Place.Row}]
	if ok && f.Place.Row != 0 && (row.Kind == SetAside || f.Level == finding.Error) {
		return row.ID
	}
	if id := r.corrects(s, f); id != "" {
		return id
	}
	if f.Level == finding.Error && f.Activity != "" {
		return r.chosen(s, plan.Code(f.Activity))
	}
	return ""
}

// chosen is the ruling by which a clerk chose between the rows that a document
// has on an activity, empty while one of them waits.
func (r *reckoning) chosen(s form.Submission, activity plan.Code) string {
	id := ""
	for _, e := range s.Entries {
		if e.Activity != activity {
			continue
		}
		if e.Held {
			return ""
		}
		if ruling, ok := r.rows[rowOf(s, e)]; ok && (id == "" || ruling.Kind == Release) {
			id = ruling.ID
		}
	}
	return id
}

// ofDocument reports whether a finding is about the document and none of its
// rows.
func ofDocument(s form.Submission, f finding.Finding) bool {
	return f.Activity == "" && !hasRow(s, f.Place.Sheet, f.Place.Row)
}

// hasRow reports whether the row is among those read.
func hasRow(s form.Submission, sheet string, row int) bool {
	is := func(p finding.Place) bool { return row != 0 && p.Sheet == sheet && p.Row == row }
	return slices.ContainsFunc(s.Entries, func(e form.Entry) bool { return is(e.Place) }) ||
		slices.ContainsFunc(s.SetAside, func(r form.Row) bool { return is(r.Place) })
}

// missed tells which rulings of this period name what is not there: a document
// that did not arrive by the moment of the figures, a row that it does not have,
// an agency that nothing is asked of, an answer that nobody gave. Rulings without
// a period are remembered for whenever they fit.
func (r *reckoning) missed() {
	for _, ruling := range r.Rulings {
		if ruling.Period.IsZero() || r.finds(ruling) {
			continue
		}
		f := finding.Finding{
			Code: "ruling-without-object", Level: finding.Note,
			Activity: string(ruling.Activity), Got: ruling.ID, Want: r.object(ruling),
		}
		r.seen = append(r.seen, Noted{f, ruling.Agency, ruling.SHA256})
	}
}

// finds reports whether what the ruling is about is there.
func (r *reckoning) finds(ruling Ruling) bool {
	if ruling.SHA256 != "" {
		return r.findsDocument(ruling)
	}
	switch ruling.Kind {
	case Correct:
		_, told := r.answers[key{ruling.Activity, ruling.Agency}]
		return told && slices.Contains(correctable, ruling.Figure)
	case Extend:
		return r.expects(ruling.Agency)
	case WaiveGap, WaiveRule:
		_, known := r.Directory.Agency(ruling.Agency)
		return (ruling.Agency == "" || known) && (ruling.Activity == "" || r.activities[ruling.Activity] != nil)
	}
	return true
}

func (r *reckoning) findsDocument(ruling Ruling) bool {
	i := slices.IndexFunc(r.Submissions, func(s form.Submission) bool { return s.SHA256 == ruling.SHA256 })
	if i < 0 {
		return false
	}
	s := r.Submissions[i]
	if ruling.Row != 0 {
		return hasRow(s, ruling.Sheet, ruling.Row)
	}
	overtaken := r.documents[s.SHA256].ID != ruling.ID
	return ruling.Kind != Release || overtaken || s.Outcome == form.Accept
}

// expects reports whether any answer is asked of the agency in any period.
func (r *reckoning) expects(id agency.ID) bool {
	for _, all := range r.expected {
		if slices.ContainsFunc(all, func(e plan.Expectation) bool { return e.Agency == id }) {
			return true
		}
	}
	return false
}

// object says what a ruling is about: the beginning of the document's hash and
// the row, as items are called, else the name of the agency.
func (r *reckoning) object(ruling Ruling) string {
	if ruling.SHA256 == "" {
		return r.Directory.Name(ruling.Agency, r.on)
	}
	id := ruling.SHA256[:min(len(ruling.SHA256), shownOfHash)]
	if ruling.Row != 0 {
		id += ":" + strconv.Itoa(ruling.Row)
	}
	return id
}

// shownOfHash is how many digits of a document's hash people see.
const shownOfHash = 8
