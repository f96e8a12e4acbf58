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

// letterheadLines are how many cells from the top a letterhead may take: the
// two boxes of page 1 side by side, or one below the other.
const letterheadLines = 12

// identify finds out who reports on which period, from the document and from
// the mail that brought it. Where they disagree, a clerk decides.
func (r *Reader) identify(s *Submission, book *sheet.Book, tables []*table, o Origin) {
	head := headLines(book, tables)
	s.Ref, s.RefDate = reference(head)
	own := hiddenIdentity(book)
	r.identifyPeriod(s, head, tables, own, o)
	on := agency.DayOf(o.Arrived)
	if t := r.term(s.Period); !t.Closes.IsZero() {
		on = t.Closes
	}
	var each [][]headLine
	for _, t := range tables {
		each = append(each, headLinesOf(book, t))
	}
	r.identifyAgency(s, each, head, signatureLines(book, tables), own, on, o)
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

// identifyAgency asks the hidden identity, the letterhead, the document's number,
// the signature and the sender's address, and holds the document when two of
// them name different agencies.
func (r *Reader) identifyAgency(s *Submission, tables [][]headLine, head, signature []headLine, own identity, on agency.Day, o Origin) {
	at := finding.Place{File: o.Name}
	named, place := r.letterhead(head, on)
	if other, at, ok := r.besideLetterhead(head, place, named, on); ok {
		s.hold("agency-disagrees", at, r.directory.Name(other, on), r.directory.Name(named, on))
	}
	if line, at, ok := r.subordinate(head, place); ok {
		s.hold("agency-subordinate", at, short(line), r.directory.Name(named, on))
	}
	signed, signedAt := r.signer(signature, on)
	if _, ok := r.directory.Agency(own.agency); ok {
		if named != "" && named != own.agency {
			s.hold("agency-disagrees", place, r.directory.Name(named, on), r.directory.Name(own.agency, on))
		}
		for _, other := range own.others {
			s.hold("agency-disagrees", own.place, cmp.Or(r.directory.Name(other, on), string(other)), r.directory.Name(own.agency, on))
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
		s.hold("agency-disagrees", signedAt, r.directory.Name(signed, on), r.directory.Name(named, on))
	}
	if ids := r.directory.Symbol(s.Ref, on); s.Ref != "" && len(ids) > 0 {
		switch {
		case named == "" && len(ids) == 1:
			named = ids[0]
		case named != "" && !slices.Contains(ids, named):
			s.hold("agency-disagrees", at, s.Ref, r.directory.Name(named, on))
		}
	}
	if other, at, ok := r.otherLetterhead(tables, named, on); ok {
		s.hold("agency-disagrees", at, r.directory.Name(other, on), r.directory.Name(named, on))
	}
	s.Agency = named
	if o.Mail != nil {
		r.identifySender(s, named, at, on, o)
	}
	if s.Agency == "" {
		s.hold("agency-unknown", finding.Place{File: o.Name}, s.Sender, "")
	}
}

func (r *Reader) identifySender(s *Submission, named agency.ID, at finding.Place, on agency.Day, o Origin) {
	sender, known := r.directory.Sender(o.Mail.From, on)
	switch {
	case !known:
		s.hold("sender-unknown", finding.Place{File: o.Name}, o.Mail.From, "")
	case !o.Mail.Authenticated:
		s.hold("sender-not-authenticated", finding.Place{File: o.Name}, o.Mail.From, "")
	case named == "":
		s.Agency = sender
	case named != sender:
		s.hold("agency-disagrees", at, r.directory.Name(sender, on)+" ("+o.Mail.From+")", r.directory.Name(named, on))
	}
}

// letterhead is the first agency that a line of the letterhead names, or a line
// with the one above it: "ỦY BAN NHÂN DÂN" and below it "HUYỆN ĐẮK MIL".
func (r *Reader) letterhead(head []headLine, on agency.Day) (agency.ID, finding.Place) {
	above := map[int]string{}
	for _, l := range head[:min(len(head), letterheadLines)] {
		if beginsWithAny(plain(l.text), r.words.notSender) {
			continue
		}
		for _, text := range []string{l.text, above[l.col] + " " + l.text} {
			if id, ok := r.directory.One(text, on); ok && len(text) <= longestTitle {
				return id, l.place
			}
		}
		above[l.col] = l.text
	}
	return "", finding.Place{}
}

// besideLetterhead is another agency that is named in the row of the one at place.
func (r *Reader) besideLetterhead(head []headLine, place finding.Place, named agency.ID, on agency.Day) (agency.ID, finding.Place, bool) {
	row := func(p finding.Place) string { return strings.TrimLeft(p.Cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") }
	for _, l := range head[:min(len(head), letterheadLines)] {
		if named == "" || l.place.Sheet != place.Sheet || l.place.Row != place.Row || row(l.place) != row(place) ||
			len(l.text) > longestTitle || beginsWithAny(plain(l.text), r.words.notSender) {
			continue
		}
		if id, ok := r.directory.One(l.text, on); ok && id != named {
			return id, l.place, true
		}
	}
	return "", finding.Place{}, false
}

// subordinate is the line below the one at place that names a unit under that
// agency: its report is not the agency's.
func (r *Reader) subordinate(head []headLine, place finding.Place) (string, finding.Place, bool) {
	found := false
	for _, l := range head[:min(len(head), letterheadLines)] {
		switch {
		case l.col != head[0].col:
		case l.place == place:
			found = true
		case found:
			return l.text, l.place, beginsWithAny(plain(l.text), r.words.below)
		}
	}
	return "", finding.Place{}, false
}

// otherLetterhead is an agency that the letterhead of another of the document's
// tables names: two agencies in one document.
func (r *Reader) otherLetterhead(tables [][]headLine, named agency.ID, on agency.Day) (agency.ID, finding.Place, bool) {
	for _, head := range tables {
		if id, at := r.letterhead(head, on); id != "" && named != "" && id != named {
			return id, at, true
		}
	}
	return "", finding.Place{}, false
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
			s.hold("period-several", first.place, first.text, "")
			return
		}
	}
	for _, other := range all[1:] {
		i := slices.IndexFunc(other.periods, func(p plan.Period) bool { return agree(s.Period, p) })
		if i < 0 {
			s.hold("period-disagrees", first.place, first.text, other.text)
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
		s.hold("period-wrong", first.place, first.text, r.words.sayPeriod(o.Period))
	case !r.calendar.Reports(s.Period.Part):
		s.hold("period-not-reported", first.place, first.text, "")
	case !o.Arrived.IsZero() && agency.DayOf(o.Arrived).Before(t.Closes.AddDays(-earliest)):
		s.hold("period-to-come", first.place, first.text, "")
	case !s.RefDate.IsZero() && s.RefDate.Before(t.Closes.AddDays(-earliest)):
		s.hold("ref-too-early", first.place, sayDay(s.RefDate), first.text)
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
		s.hold("period-unknown", at, "", "")
		return
	}
	s.Period = open[0].Period
	s.note("period-from-arrival", finding.Note, at, sayDay(agency.DayOf(o.Arrived)), r.words.sayPeriod(s.Period))
}
