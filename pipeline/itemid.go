package pipeline

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"baocao/pipeline/finding"
	"baocao/pipeline/form"
)

// shortHash is how many digits of a document's hash name it to a clerk.
const shortHash = 8

// submission is the document of the statement with that hash.
func (m *Made) submission(sha string) (form.Submission, bool) {
	for _, s := range m.Inputs.Submissions {
		if s.SHA256 == sha {
			return s, sha != ""
		}
	}
	return form.Submission{}, false
}

// shortNames are the hashes of the documents that are kept, sorted: they tell how
// many digits name one of them.
type shortNames []string

// of names a document to a clerk: the first digits of its hash, as many as no
// other document's hash begins with.
func (n shortNames) of(sha string) string {
	digits := shortHash
	i, found := slices.BinarySearch(n, sha)
	after := i
	if found {
		after++
	}
	for _, other := range [][]string{n[max(0, i-1):i], n[after:min(len(n), after+1)]} {
		for _, hash := range other {
			for digits < len(sha) && strings.HasPrefix(hash, sha[:digits]) {
				digits++
			}
		}
	}
	return sha[:min(len(sha), digits)]
}

// documentID names a document to a clerk.
func (m *Made) documentID(sha string) string { return m.names.of(sha) }

// rowID names a row of a document: 3f2a91c0:18, and where the document has
// rows in several sheets 3f2a91c0:Biểu 2:18. Without a row it names the
// document.
func (m *Made) rowID(sha string, at finding.Place) string {
	if at.Row == 0 {
		return m.documentID(sha)
	}
	if s, _ := m.submission(sha); len(sheetsOf(s)) > 1 {
		return fmt.Sprintf("%s:%s:%d", m.documentID(sha), at.Sheet, at.Row)
	}
	return fmt.Sprintf("%s:%d", m.documentID(sha), at.Row)
}

// sheetsOf are the sheets that a document's rows stand in.
func sheetsOf(s form.Submission) []string {
	var names []string
	known := map[string]bool{}
	note := func(at finding.Place) {
		if at.Row > 0 && !known[at.Sheet] {
			known[at.Sheet] = true
			names = append(names, at.Sheet)
		}
	}
	for _, e := range s.Entries {
		note(e.Place)
	}
	for _, r := range s.SetAside {
		note(r.Place)
	}
	return names
}

// itemID is the parts of what a clerk names.
type itemID struct {
	hash  string // its first digits
	sheet string
	row   int
}

// parseItemID reads 3f2a91c0, 3f2a91c0:18 and 3f2a91c0:Biểu 2:18.
func parseItemID(s string) (itemID, error) {
	var id itemID
	hash, rest, more := strings.Cut(s, ":")
	hash = strings.ToLower(hash)
	if len(hash) < 4 || strings.Trim(hash, "0123456789abcdef") != "" {
		return id, fmt.Errorf("item %q: want the first digits of a document's hash, as held lists them", s)
	}
	id.hash = hash
	if !more {
		return id, nil
	}
	if i := strings.LastIndexByte(rest, ':'); i >= 0 {
		id.sheet, rest = rest[:i], rest[i+1:]
	}
	var err error
	if id.row, err = strconv.Atoi(rest); err != nil || id.row < 1 {
		return id, fmt.Errorf("item %q: want a row's number after the last colon, as held lists it", s)
	}
	return id, nil
}

// find is the document and the row that a clerk names.
func (p *Pipeline) find(ctx context.Context, item string) (form.Submission, Target, error) {
	id, err := parseItemID(item)
	if err != nil {
		return form.Submission{}, Target{}, err
	}
	originals, err := p.Store.Originals(ctx)
	if err != nil {
		return form.Submission{}, Target{}, err
	}
	var found []string
	for _, o := range originals {
		if strings.HasPrefix(o.SHA256, id.hash) {
			found = append(found, o.SHA256)
		}
	}
	switch {
	case len(found) == 0:
		return form.Submission{}, Target{}, fmt.Errorf("%s: %w", item, ErrNoItem)
	case len(found) > 1:
		return form.Submission{}, Target{}, fmt.Errorf("%s: %d documents begin so; give more digits of the hash", item, len(found))
	}
	s, ok, err := p.Store.LastReading(ctx, found[0])
	if err == nil && !ok {
		err = fmt.Errorf("%s: %w", item, ErrNoItem)
	}
	if err != nil {
		return s, Target{}, err
	}
	at := Target{SHA256: found[0], Sheet: id.sheet, Row: id.row}
	if at.Row > 0 && at.Sheet == "" {
		sheets := sheetsOf(s)
		if len(sheets) > 1 {
			return s, at, fmt.Errorf("%s: the document has rows in %d sheets; name the sheet as in %s:%s:%d", item, len(sheets), id.hash, sheets[0], id.row)
		}
		if len(sheets) == 1 {
			at.Sheet = sheets[0]
		}
	}
	if at.Row > 0 && !hasRow(s, at) {
		return s, at, fmt.Errorf("%s: %w", item, ErrNoItem)
	}
	return s, at, nil
}

func hasRow(s form.Submission, at Target) bool {
	return slices.ContainsFunc(s.Entries, func(e form.Entry) bool { return e.Place.Sheet == at.Sheet && e.Place.Row == at.Row }) ||
		slices.ContainsFunc(s.SetAside, func(r form.Row) bool { return r.Place.Sheet == at.Sheet && r.Place.Row == at.Row })
}
