package form

import (
	"regexp"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
)

// letterheadLines are how many cells from the top a letterhead may take: the
// two boxes of page 1 side by side, or one below the other.
const letterheadLines = 12

// letterhead is the first agency that the letterhead names; below the name of the
// province's people's committee, the one that stands under it.
func (r *Reader) letterhead(head []headLine, on agency.Day) (agency.ID, finding.Place) {
	named, place := r.firstNamed(head, on)
	if provincial.MatchString(plain(r.directory.Name(named, on))) {
		if own, at, ok := r.belowLetterhead(head, place, named, on); ok {
			return own, at
		}
	}
	return named, place
}

// firstNamed is the first agency that a line of the letterhead names, or a line
// with the one above it: "ỦY BAN NHÂN DÂN" and below it "HUYỆN ĐẮK MIL".
func (r *Reader) firstNamed(head []headLine, on agency.Day) (agency.ID, finding.Place) {
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

// What stands in front of an agency's name that reports, and the name of the
// authority above every office of a province, in plain text.
var (
	reporting  = regexp.MustCompile(`^(?:ten )?(?:don vi|co quan)(?: (?:lap|gui|nop))?(?: bao cao)?$`)
	provincial = regexp.MustCompile(`^(?:ubnd|uy ban nhan dan) tinh\b`)
)

// belowLetterhead is another agency of which a line consists below the one at
// place: none that answers for the first one, or the other way round. What follows
// a line such as "Kính gửi:" is whom the document is for.
func (r *Reader) belowLetterhead(head []headLine, place finding.Place, named agency.ID, on agency.Day) (agency.ID, finding.Place, bool) {
	found := false
	for _, l := range head[:min(len(head), letterheadLines)] {
		if named == "" || beginsWithAny(plain(l.text), r.words.notSender) {
			break
		}
		if !found {
			found = l.place == place
			continue
		}
		m := r.directory.Match(l.text, on)
		if len(m.IDs) != 1 || len(m.Unknown) > 0 && !reporting.MatchString(plain(strings.Join(m.Unknown, " "))) {
			continue
		}
		if other, ok := r.directory.Agency(m.IDs[0]); ok && other.ID != named && !r.under(other.ID, named) {
			return other.ID, l.place, true
		}
	}
	return "", finding.Place{}, false
}

// under reports whether one of two agencies answers for the other.
func (r *Reader) under(a, b agency.ID) bool {
	first, _ := r.directory.Agency(a)
	second, _ := r.directory.Agency(b)
	return first.Answers == b || second.Answers == a
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
