package form

import (
	"slices"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

// Rulings are what a clerk decided about how a document is to be read. A doubt
// that they settle stays in its findings as a note with the code "ruled". The
// zero Rulings decide nothing.
type Rulings struct {
	Agency agency.ID   // whose the document is; empty: it tells
	Period plan.Period // for when it is; zero: it tells
	Rows   []RowRuling // what some of its rows mean; of two about one row the later counts

	// Sender is whose mail from this address is, as remembered. It is as good as
	// an entry in the directory and no better: a mail that our server does not
	// vouch for waits all the same.
	Sender agency.ID
}

// RowRuling says which activity a row is about. It names the row as the place of
// an entry or of a row set aside does.
type RowRuling struct {
	Sheet    string
	Row      int
	Activity plan.Code
}

// codeRuled is the finding of a doubt that a clerk settled: got is what was
// written, want what was decided.
const codeRuled = "ruled"

// Doubts that a clerk's word about the agency, or about the period, settles.
var (
	agencyDoubts = []string{"agency-unknown", "agency-disagrees", "agency-subordinate"}
	periodDoubts = []string{"period-unknown", "period-several", "period-disagrees", "period-wrong", "period-not-reported", "period-to-come", "ref-too-early"}
)

// doubt holds the document, unless a clerk settled the question.
func (r *Reader) doubt(s *Submission, o Origin, code string, at finding.Place, got, want string) {
	switch {
	case r.ruledAgency(o) != "" && slices.Contains(agencyDoubts, code):
		s.note(codeRuled, finding.Note, at, got, r.directory.Name(r.ruledAgency(o), r.term(s.Period).Closes))
	case !o.Rulings.Period.IsZero() && slices.Contains(periodDoubts, code):
		s.note(codeRuled, finding.Note, at, got, r.words.sayPeriod(o.Rulings.Period))
	default:
		s.hold(code, at, got, want)
	}
}

// ruledAgency is whose a clerk says the document is. An agency that the directory
// does not have any more decides nothing.
func (r *Reader) ruledAgency(o Origin) agency.ID { return r.inDirectory(o.Rulings.Agency) }

// rulePeriod takes a clerk's word for the period, whatever the document says. That
// the office makes no report of it is not for a clerk to decide.
func (r *Reader) rulePeriod(s *Submission, o Origin) {
	if o.Rulings.Period.IsZero() {
		return
	}
	s.Period = o.Rulings.Period
	if !r.calendar.Reports(s.Period.Part) {
		s.hold("period-not-reported", finding.Place{File: o.Name}, r.words.sayPeriod(s.Period), "")
	}
}

// inDirectory is id, or nothing when the directory does not have it.
func (r *Reader) inDirectory(id agency.ID) agency.ID {
	if _, ok := r.directory.Agency(id); !ok {
		return ""
	}
	return id
}

// ruledRow is the activity that a clerk gave the row, last of all; false where
// nobody decided, or the plan in force does not have it.
func (r *rowReader) ruledRow(t *table, row sheet.Row) (*plan.Activity, bool) {
	at := r.place(t, row, t.labelColumn())
	var a *plan.Activity
	r.rulings = slices.DeleteFunc(r.rulings, func(d RowRuling) bool {
		if d.Sheet != at.Sheet || d.Row != at.Row || r.plan.Activity(d.Activity) == nil {
			return false
		}
		a = r.plan.Activity(d.Activity)
		return true
	})
	return a, a != nil
}

// idleRulings tells which rows a clerk decided about in vain: they are in no table
// that is read, or the plan in force does not have the activity.
func (r *rowReader) idleRulings() {
	for _, d := range r.rulings {
		at := finding.Place{File: r.book.Name, Sheet: d.Sheet, Row: d.Row}
		r.sub.note("ruling-without-row", finding.Warning, at, "", string(d.Activity))
	}
}
