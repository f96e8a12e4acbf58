package viet

import (
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Compare is -1, 0 or +1 as a stands before, with or after b in the order of
// the Vietnamese alphabet (a ă â b … d đ e ê …, tones last). Only equal texts
// compare as 0.
func Compare(a, b string) int {
	// A Collator must not be shared between goroutines.
	if c := collate.New(language.Vietnamese).CompareString(a, b); c != 0 {
		return c
	}
	return strings.Compare(a, b)
}
