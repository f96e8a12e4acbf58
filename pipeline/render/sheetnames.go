package render

import (
	"strconv"
	"strings"
	"unicode/utf16"
)

// maxSheetName is the length of a sheet's name that workbook programs take, in
// UTF-16 units.
const maxSheetName = 31

// sheetNames makes names that a workbook takes out of the wanted ones: without
// the forbidden characters, short enough, and different from each other without
// regard to case.
func sheetNames(wanted []string) []string {
	taken := map[string]bool{"history": true} // reserved by Excel
	names := make([]string, len(wanted))
	for i, want := range wanted {
		name := cutName(cleanName(want), maxSheetName)
		if name == "" {
			name = strconv.Itoa(i + 1)
		}
		base := name
		for n := 2; taken[strings.ToLower(name)]; n++ {
			tail := " (" + strconv.Itoa(n) + ")"
			name = cutName(base, maxSheetName-len(tail)) + tail
		}
		taken[strings.ToLower(name)] = true
		names[i] = name
	}
	return names
}

func cleanName(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`:\/?*[]`, r):
			return '-'
		case r == '\n' || r == '\uFFFD':
			return ' '
		}
		return r
	}, s)
	return trimName(s)
}

// trimName takes off what may not stand at a name's ends.
func trimName(s string) string { return strings.Trim(s, " '") }

func cutName(s string, most int) string {
	units := 0
	for i, r := range s {
		if units += utf16.RuneLen(r); units > most {
			return trimName(s[:i])
		}
	}
	return s
}
