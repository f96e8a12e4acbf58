package form

import (
	"regexp"
	"strings"
)

// lettered is the code of a part of an activity: 2.2.1a, "2.2.1 b)".
var lettered = regexp.MustCompile(`^\d{1,2}\s*\.\s*\d{1,2}\s*\.\s*\d{1,2}\s*[.\-]?\s*(\p{Ll})\)?\.?$`)

// partLetter is the letter behind an activity's code, empty when there is none.
func partLetter(label string) string {
	if m := lettered.FindStringSubmatch(strings.ToLower(strings.TrimSpace(label))); m != nil {
		return m[1]
	}
	return ""
}

// areParts reports whether two rows are about parts of one activity, each with
// money of its own: whether it is to be added is for a clerk.
func (r *rowReader) areParts(one, other *Entry) bool {
	money := one.Spent != nil && other.Spent != nil || one.SpentTotal != nil && other.SpentTotal != nil
	return money && r.parts[one.Place] != r.parts[other.Place]
}
