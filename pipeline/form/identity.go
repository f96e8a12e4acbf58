package form

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
	"baocao/pipeline/viet"
)

// headLine is one line of a cell above the table: letterhead, title, date.
type headLine struct {
	text  string
	col   int
	place finding.Place
}

// identify finds out who reports on which period, from the document and from
// the mail that brought it. Where they disagree, a clerk decides.
func (r *Reader) identify(s *Submission, book *sheet.Book, tables []*table, o Origin) {
	head := headLines(book, tables)
	s.Ref, s.RefDate = reference(head)
	own := hiddenIdentity(book)
	r.identifyPeriod(s, head, tables, own, o)
	r.rulePeriod(s, o)
	on := agency.DayOf(o.Arrived)
	if t := r.term(s.Period); !t.Closes.IsZero() {
		on = t.Closes
	}
	var each [][]headLine
	for _, t := range tables {
		each = append(each, headLinesOf(book, t))
	}
	r.identifyAgency(s, naming{each, head, signatureLines(book, tables), own}, on, o)
}

// naming is where a document may name its agency.
type naming struct {
	each      [][]headLine // above each table
	head      []headLine
	signature []headLine
	own       identity
}

// headLines are the cells above each table, or the first cells of a document
// without one.
func headLines(book *sheet.Book, tables []*table) []headLine {
	if book == nil {
		return nil
	}
	var lines []headLine
	for _, t := range tables {
		lines = append(lines, headLinesOf(book, t)...)
	}
	if len(tables) == 0 {
		for i := range book.Sheets {
			if s := &book.Sheets[i]; !s.Hidden {
				lines = append(lines, linesOf(book, s, s.Rows[:min(len(s.Rows), headWithin)])...)
			}
		}
	}
	return lines
}

func headLinesOf(book *sheet.Book, t *table) []headLine {
	return linesOf(book, t.sheet, t.sheet.Rows[t.top:t.head])
}

// linesOf are the lines that a reader sees: what is hidden or struck out names nobody.
func linesOf(book *sheet.Book, s *sheet.Sheet, rows []sheet.Row) []headLine {
	var lines []headLine
	for _, row := range rows {
		if row.Hidden {
			continue
		}
		for _, c := range row.Cells {
			if c.Struck == sheet.Wholly || s.HiddenCol(c.Col) {
				continue
			}
			for text := range strings.SplitSeq(c.Text, "\n") {
				lines = append(lines, headLine{text, c.Col, book.Place(s, row.Number, c.Col)})
			}
		}
	}
	return lines
}

// number finds a document's own number: "Số: 45/BC-SNV", with gaps and without
// the word.
var (
	refDay   = regexp.MustCompile(`(?i)ngày\s*(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})`)
	number   = regexp.MustCompile(`(\d{1,5}[a-z]?)\s*/\s*(BC\s*-\s*[\p{L}&]{2,15})`)
	signedOn = regexp.MustCompile(`(?i)ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})`)
)

// reference is the sender's own number and date, where they stand in the head.
func reference(head []headLine) (ref string, on agency.Day) {
	for _, l := range head {
		text := viet.Clean(l.text)
		if m := number.FindStringSubmatch(text); m != nil && ref == "" {
			ref = m[1] + "/" + strings.ReplaceAll(m[2], " ", "")
			if m := refDay.FindStringSubmatch(text); m != nil { // "(Kèm theo Báo cáo số … ngày …)"
				on = dayFrom(m[3], m[2], m[1])
			}
		}
		if m := signedOn.FindStringSubmatch(text); m != nil && on.IsZero() {
			on = dayFrom(m[3], m[2], m[1])
		}
	}
	return ref, on
}

// identifyAgency asks the document and the sender's address. What a clerk ruled
// stands in place of what the document names.
func (r *Reader) identifyAgency(s *Submission, by naming, on agency.Day, o Origin) {
	named, at := r.named(s, by, on, o)
	if ruled := r.ruledAgency(o); ruled != "" {
		if named == "" {
			r.doubt(s, o, "agency-unknown", finding.Place{File: o.Name}, s.Sender, "")
		}
		named = ruled
	}
	s.Agency = named
	if o.Mail != nil {
		r.identifySender(s, named, at, on, o)
	}
	if s.Agency == "" {
		r.doubt(s, o, "agency-unknown", finding.Place{File: o.Name}, s.Sender, "")
	}
}

// named is the agency that the hidden identity, the letterhead, the document's
// number and the signature name, and where; two of them that name different
// agencies are a doubt.
func (r *Reader) named(s *Submission, by naming, on agency.Day, o Origin) (agency.ID, finding.Place) {
	at, head, own := finding.Place{File: o.Name}, by.head, by.own
	named, place := r.letterhead(head, on)
	if other, at, ok := r.belowLetterhead(head, place, named, on); ok {
		r.doubt(s, o, "agency-disagrees", at, r.directory.Name(other, on), r.directory.Name(named, on))
	}
	if other, at, ok := r.besideLetterhead(head, place, named, on); ok {
		r.doubt(s, o, "agency-disagrees", at, r.directory.Name(other, on), r.directory.Name(named, on))
	}
	if line, at, ok := r.subordinate(head, place); ok {
		r.doubt(s, o, "agency-subordinate", at, short(line), r.directory.Name(named, on))
	}
	signed, signedAt := r.signer(by.signature, on)
	if _, ok := r.directory.Agency(own.agency); ok {
		if named != "" && named != own.agency {
			r.doubt(s, o, "agency-disagrees", place, r.directory.Name(named, on), r.directory.Name(own.agency, on))
		}
		for _, other := range own.others {
			r.doubt(s, o, "agency-disagrees", own.place, cmp.Or(r.directory.Name(other, on), string(other)), r.directory.Name(own.agency, on))
		}
		named, place = own.agency, own.place
	}
	if named == "" {
		named, place = signed, signedAt
	}
	if named != "" {
		at = place
	}
	if signed != "" && signed != named {
		r.doubt(s, o, "agency-disagrees", signedAt, r.directory.Name(signed, on), r.directory.Name(named, on))
	}
	if ids := r.directory.Symbol(s.Ref, on); s.Ref != "" && len(ids) > 0 {
		switch {
		case named == "" && len(ids) == 1:
			named = ids[0]
		case named != "" && !slices.Contains(ids, named):
			r.doubt(s, o, "agency-disagrees", at, s.Ref, r.directory.Name(named, on))
		}
	}
	if other, at, ok := r.otherLetterhead(by.each, named, on); ok {
		r.doubt(s, o, "agency-disagrees", at, r.directory.Name(other, on), r.directory.Name(named, on))
	}
	return named, at
}

func (r *Reader) identifySender(s *Submission, named agency.ID, at finding.Place, on agency.Day, o Origin) {
	sender, known := r.directory.Sender(o.Mail.From, on)
	remembered, file := r.inDirectory(o.Rulings.Sender), finding.Place{File: o.Name}
	switch {
	case !known && remembered == "":
		s.hold("sender-unknown", file, o.Mail.From, "")
	case !o.Mail.Authenticated:
		s.hold("sender-not-authenticated", file, o.Mail.From, "")
	case remembered != "" && remembered != sender && (named == "" || named == remembered):
		s.Agency = remembered
		s.note(codeRuled, finding.Note, file, o.Mail.From, r.directory.Name(remembered, on))
	case !known:
		r.doubt(s, o, "agency-disagrees", at, r.directory.Name(remembered, on)+" ("+o.Mail.From+")", r.directory.Name(named, on))
	case named == "":
		s.Agency = sender
	case named != sender:
		r.doubt(s, o, "agency-disagrees", at, r.directory.Name(sender, on)+" ("+o.Mail.From+")", r.directory.Name(named, on))
	}
}

// signer is the agency that a signature below the table names: a line that
// begins with an office of those who sign, and not one of those who are told.
func (r *Reader) signer(lines []headLine, on agency.Day) (agency.ID, finding.Place) {
	above := map[int]string{}
	for _, l := range lines {
		if len(l.text) > longestTitle {
			continue
		}
		for _, text := range []string{l.text, above[l.col] + " " + l.text} {
			if !beginsWithAny(plain(text), r.words.signers) {
				continue
			}
			if id, ok := r.directory.One(text, on); ok {
				return id, l.place
			}
		}
		above[l.col] = l.text
	}
	return "", finding.Place{}
}

// saying is one text that tells a period, or several.
type saying struct {
	periods []plan.Period
	text    string
	place   finding.Place
}

// identifyPeriod takes the period from the first of hidden identity, title, sheet
// name, subject and file name that tells one. A later one that tells only others puts the
// document before a clerk. When nothing tells, it is for the one term that
// gathers reports on the day it arrived.
func (r *Reader) identifyPeriod(s *Submission, head []headLine, tables []*table, own identity, o Origin) {
	all := periodSayings(head, tables, o)
	if !own.period.IsZero() {
		all = slices.Insert(all, 0, saying{[]plan.Period{own.period}, own.period.String(), own.place})
	}
	if len(all) == 0 {
		r.guessPeriod(s, o)
		return
	}
	first := all[0]
	s.Period = first.periods[0]
	if len(first.periods) > 1 {
		var ok bool
		if s.Period, ok = settled(first.periods, all[1:]); !ok {
			r.doubt(s, o, "period-several", first.place, first.text, "")
			return
		}
	}
	for _, other := range all[1:] {
		i := slices.IndexFunc(other.periods, func(p plan.Period) bool { return agree(s.Period, p) })
		if i < 0 {
			r.doubt(s, o, "period-disagrees", first.place, first.text, other.text)
			return
		}
		if s.Period.Year == 0 {
			s.Period.Year = other.periods[i].Year
		}
	}
	if s.Period.Year == 0 {
		s.Period.Year = agency.DayOf(o.Arrived).Year
	}
	switch t := r.term(s.Period); {
	case !o.Period.IsZero() && s.Period != o.Period:
		r.doubt(s, o, "period-wrong", first.place, first.text, r.words.sayPeriod(o.Period))
	case !r.calendar.Reports(s.Period.Part):
		r.doubt(s, o, "period-not-reported", first.place, first.text, "")
	case !o.Arrived.IsZero() && agency.DayOf(o.Arrived).Before(t.Closes.AddDays(-earliest)):
		r.doubt(s, o, "period-to-come", first.place, first.text, "")
	case !s.RefDate.IsZero() && s.RefDate.Before(t.Closes.AddDays(-earliest)):
		r.doubt(s, o, "ref-too-early", first.place, sayDay(s.RefDate), first.text)
	}
}

// earliest is how many days before a period closes its report may come: one that
// comes before is on another period than it says.
const earliest = 45

// settled is the one of several periods in a title that all other sayings leave
// standing.
func settled(periods []plan.Period, others []saying) (plan.Period, bool) {
	var left []plan.Period
	for _, p := range periods {
		stands := len(others) > 0
		for _, o := range others {
			stands = stands && slices.ContainsFunc(o.periods, func(q plan.Period) bool { return agree(p, q) })
		}
		if stands {
			left = append(left, p)
		}
	}
	if len(left) != 1 {
		return periods[0], false
	}
	return left[0], true
}

// periodSayings are the texts that tell a period, the weightiest first.
func periodSayings(head []headLine, tables []*table, o Origin) []saying {
	var all []saying
	hear := func(text string, place finding.Place) {
		if p := periodsIn(text); len(p) > 0 {
			all = append(all, saying{p, text, place})
		}
	}
	for _, l := range head {
		hear(l.text, l.place)
	}
	// "Kế hoạch CCHC năm 2018 … quý I" names the plan's year beside the period.
	whole := func(s saying) bool { return s.periods[0].Part == plan.Year }
	if slices.ContainsFunc(all, func(s saying) bool { return !whole(s) }) {
		all = slices.DeleteFunc(all, whole)
	}
	for _, t := range tables {
		hear(t.sheet.Name, finding.Place{File: o.Name, Sheet: t.sheet.Name})
	}
	file := finding.Place{File: o.Name}
	if o.Mail != nil {
		hear(o.Mail.Subject, file)
	}
	hear(strings.TrimSuffix(path.Base(o.Name), path.Ext(o.Name)), file)
	return all
}

// agree reports whether two sayings may mean one period; a saying without a
// year leaves it open.
func agree(a, b plan.Period) bool {
	return a.Part == b.Part && (a.Year == b.Year || a.Year == 0 || b.Year == 0)
}

func (r *Reader) guessPeriod(s *Submission, o Origin) {
	at := finding.Place{File: o.Name}
	if !o.Period.IsZero() {
		s.Period = o.Period
		return
	}
	open, err := r.calendar.Open(agency.DayOf(o.Arrived))
	if err != nil || len(open) != 1 {
		r.doubt(s, o, "period-unknown", at, "", "")
		return
	}
	s.Period = open[0].Period
	s.note("period-from-arrival", finding.Note, at, sayDay(agency.DayOf(o.Arrived)), r.words.sayPeriod(s.Period))
}
