package pipeline

import (
	"fmt"
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

// documentID names a document to a clerk: the first digits of its hash.
func (m *Made) documentID(sha string) string { return documentID(sha) }

func documentID(sha string) string { return sha[:min(len(sha), shortHash)] }

// rowID names a row of a document: 3f2a91c0:18, and where the document has
// rows in several sheets 3f2a91c0:Biểu 2:18. Without a row it names the
// document.
func (m *Made) rowID(sha string, at finding.Place) string {
	if at.Row == 0 {
		return documentID(sha)
	}
	s, _ := m.submission(sha)
	return rowID(s, sha, at)
}

func rowID(s form.Submission, sha string, at finding.Place) string {
	if len(sheetsOf(s)) > 1 {
		return fmt.Sprintf("%s:%s:%d", documentID(sha), at.Sheet, at.Row)
	}
	return fmt.Sprintf("%s:%d", documentID(sha), at.Row)
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
	if _, err := fmt.Sscanf(rest, "%d", &id.row); err != nil || id.row < 1 {
		return id, fmt.Errorf("item %q: want a row's number after the last colon, as held lists it", s)
	}
	return id, nil
}
