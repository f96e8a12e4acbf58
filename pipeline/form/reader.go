package form

import (
	"slices"
	"strconv"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

// Version changes whenever this package would read a document differently, so
// that what an older program understood is read again.
const Version = "5"

// Reader reads agencies' documents.
type Reader struct {
	plans     map[int]plan.Versions
	directory *agency.Directory
	calendar  *plan.Calendar
	words     *dictionary
	texts     map[*plan.Plan]*lexicon
}

// NewReader prepares a reader for reports on the given plans, by year: a document
// is read against the version in force on the last day of its period. A word list
// with an unknown column, status or unit is an error.
func NewReader(plans map[int]plan.Versions, dir *agency.Directory, cal *plan.Calendar, words Words) (*Reader, error) {
	d, err := words.compile()
	if err != nil {
		return nil, err
	}
	r := &Reader{plans: plans, directory: dir, calendar: cal, words: d, texts: map[*plan.Plan]*lexicon{}}
	for _, versions := range plans {
		for _, v := range versions {
			r.texts[v.Plan] = newLexicon(v.Plan, d.abbreviations)
		}
	}
	return r, nil
}

// Origin is what is known of a document besides its content.
type Origin struct {
	SHA256   string
	Name     string // the document's file name
	Arrived  time.Time
	Period   plan.Period       // the period it was sent for, if somebody said so; zero: the document tells
	Mail     *Mail             // nil for a dropped file, which a clerk vouches for
	Findings []finding.Finding // what was wrong already: with the mail, or with the format
	Rulings  Rulings           // what a clerk decided about it
}

// Mail is what the mail that brought a document says.
type Mail struct {
	From          string
	Subject       string
	Authenticated bool // our mail server vouches for From
	AutoReply     bool
	CheckOnly     bool // its sender asks to look at the document, and to count nothing
}

// ReadSubmission reads what an agency reports. The book is nil when the
// document could not be opened, which the origin's findings explain.
//
// A document whose agency, period or sender is in doubt is held for a clerk;
// rows that are understood are kept beside those that are not.
func (r *Reader) ReadSubmission(book *sheet.Book, o Origin) Submission {
	s := Submission{
		SHA256: o.SHA256, File: o.Name, Arrived: o.Arrived,
		Outcome: Accept, Findings: slices.Clone(o.Findings),
	}
	if o.Mail != nil {
		s.Sender = o.Mail.From
		if o.Mail.AutoReply {
			s.Outcome, s.Findings = Ignore, nil
			s.note("auto-reply", finding.Note, finding.Place{File: o.Name}, o.Mail.Subject, "")
			return s
		}
		if o.Mail.CheckOnly {
			s.Outcome, s.Findings = Ignore, nil
			s.note("check-only", finding.Note, finding.Place{File: o.Name}, o.Mail.Subject, "")
			return s
		}
	}
	if !o.Rulings.Period.IsZero() {
		o.Period = o.Rulings.Period
	}
	tables := r.tables(&s, book, o)
	r.identify(&s, book, tables, o)
	if book == nil { // what it is about is not its fault; that it cannot be read is
		s.Findings = slices.DeleteFunc(s.Findings, func(f finding.Finding) bool {
			return f.Code == "agency-unknown" || f.Code == "period-unknown" || f.Code == "period-from-arrival"
		})
	}
	p := r.plans[s.Period.Year].At(r.term(s.Period).Closes)
	switch {
	case book == nil:
		s.Outcome = Reject
	case p == nil && !s.Period.IsZero():
		s.hold("no-plan", finding.Place{File: o.Name}, r.words.sayPeriod(s.Period), "")
	case len(tables) == 0:
		r.readWithoutTable(&s, book)
	case p != nil:
		r.readTables(&s, book, tables, p, o.Rulings.Rows)
	}
	slices.SortStableFunc(s.Findings, finding.Compare)
	s.Findings = summarised(oncePerColumn(s.Findings))
	return s
}

// oftenTold is how often a document is told the same thing; a sender who made
// the same slip in a thousand rows knows after these.
const oftenTold = 50

// summarised keeps the first findings of each code and tells how many more
// there are.
func summarised(all []finding.Finding) []finding.Finding {
	told := map[string]int{}
	var kept []finding.Finding
	for _, f := range all {
		if told[f.Code]++; told[f.Code] <= oftenTold {
			kept = append(kept, f)
		}
	}
	for _, f := range slices.Clone(kept) {
		if more := told[f.Code] - oftenTold; more > 0 {
			kept = append(kept, finding.Finding{
				Code: "more-of-the-same", Level: f.Level, Place: finding.Place{File: f.Place.File}, Got: strconv.Itoa(more), Want: strconv.Itoa(oftenTold),
			})
			told[f.Code] = 0
		}
	}
	return kept
}

// mostRows is how many filled rows the tables of one document may have.
const mostRows = 5000

// readTables reads the rows of every table, and then looks at them together.
func (r *Reader) readTables(s *Submission, book *sheet.Book, tables []*table, p *plan.Plan, rulings []RowRuling) {
	filled := 0
	for _, t := range tables {
		filled += t.end - t.first
	}
	if filled > mostRows {
		s.reject("too-many-rows", finding.Place{File: book.Name}, strconv.Itoa(filled), strconv.Itoa(mostRows))
		return
	}
	term := r.term(s.Period)
	rows := rowReader{
		Reader: r, plan: p, book: book, sub: s, term: term,
		texts: r.texts[p], rulings: slices.Clone(rulings), asked: r.asks(p, s.Agency, term),
	}
	for _, t := range tables {
		rows.read(t)
	}
	rows.ownForm(tables, hiddenIdentity(book))
	rows.idleRulings()
	rows.hiddenRows()
	rows.sums.check(&rows)
	rows.notExpected()
	rows.settleRepeated()
	s.RowsRead = len(s.Entries) + len(s.SetAside)
	if len(s.Entries) == 0 {
		if !rows.unknownRows() && r.readNothing(s, book, tables) {
			return
		}
		t := tables[0]
		s.reject("form-unfilled", book.Place(t.sheet, t.headRow(), t.columns[colName]), "", "")
		return
	}
	if !slices.ContainsFunc(s.Entries, func(e Entry) bool { return !e.Held }) {
		s.hold("nothing-usable", book.Place(tables[0].sheet, 0, 0), "", "")
	}
	rows.missing(tables)
}

// notExpected tells which rows are about activities that the plan gives the
// agency no part in. It is a note, because what becomes of them is decided, and
// told, when the plan is held against all that was sent.
func (r *rowReader) notExpected() {
	if r.sub.Agency == "" {
		return
	}
	on := r.term.Closes
	for i := range r.sub.Entries {
		e := &r.sub.Entries[i]
		a := r.known(e.Activity)
		if r.asked[e.Activity] || slices.ContainsFunc(slices.Concat(a.Leads, a.Partners), func(id agency.ID) bool {
			return slices.Contains(r.directory.Members(id, on), r.sub.Agency)
		}) {
			continue
		}
		r.find("activity-of-others", finding.Note, a, e.Place, r.directory.Name(r.sub.Agency, on), "")
	}
}

// readWithoutTable takes a document that holds no table: either it says that
// there is nothing to report, or its sender must mend it.
func (r *Reader) readWithoutTable(s *Submission, book *sheet.Book) {
	if !r.readNothing(s, book, nil) {
		s.reject("no-table", finding.Place{File: book.Name}, "", "")
	}
}

// readNothing looks for a cell that says "không phát sinh" in a document that
// says nothing else about any activity. A legend that only offers the words, a
// head and a hidden sheet say nothing.
func (r *Reader) readNothing(s *Submission, book *sheet.Book, tables []*table) bool {
	for i := range book.Sheets {
		sh := &book.Sheets[i]
		if sh.Hidden || hasAny(plain(sh.Name), r.words.guidance) {
			continue
		}
		heads := map[int]bool{}
		for _, t := range tables {
			for _, row := range t.headRows() {
				heads[row.Number] = heads[row.Number] || t.sheet == sh
			}
		}
		for _, row := range sh.Rows {
			for _, c := range row.Cells {
				text := plain(c.Text)
				if !heads[row.Number] && r.words.saysNothing(text) && !hasAny(text, r.words.offers) {
					s.Nothing = true
					s.NothingAt = book.Place(sh, row.Number, c.Col)
					return true
				}
			}
		}
	}
	return false
}

// term is the term of the period, zero if the calendar does not know it.
func (r *Reader) term(p plan.Period) plan.Term {
	t, err := r.calendar.Term(p)
	if err != nil {
		return plan.Term{}
	}
	return t
}

// note adds a finding without consequence for the document.
func (s *Submission) note(code string, level finding.Level, at finding.Place, got, want string) {
	s.Findings = append(s.Findings, finding.Finding{Code: code, Level: level, Place: at, Got: got, Want: want})
}

// hold puts the document before a clerk and says why.
func (s *Submission) hold(code string, at finding.Place, got, want string) {
	if i := slices.IndexFunc(s.Findings, func(f finding.Finding) bool { return f.Code == code }); i >= 0 {
		s.Findings[i].Level = finding.Error // seen before, by whoever brought the document
	} else {
		s.note(code, finding.Error, at, got, want)
	}
	if s.Outcome == Accept {
		s.Outcome = Review
	}
}

// reject gives the document back to its sender and says why. One of which a
// clerk would have to say whose it is and for when, and nothing else, is given
// back as well: there is nothing in it to decide upon.
func (s *Submission) reject(code string, at finding.Place, got, want string) {
	doubtful := slices.ContainsFunc(s.Findings, func(f finding.Finding) bool {
		return f.Level == finding.Error && f.Code != "agency-unknown" && f.Code != "period-unknown"
	})
	s.note(code, finding.Error, at, got, want)
	if s.Outcome == Accept || s.Outcome == Review && !doubtful {
		s.Outcome = Reject
	}
}
