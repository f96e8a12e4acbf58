package form

import "strings"

// abbreviations are what offices write short, by the words of the short form.
type abbreviations struct {
	long    map[string][]string
	longest int // words of the longest short form
}

func newAbbreviations(all map[string]string) abbreviations {
	a := abbreviations{long: map[string][]string{}}
	for short, long := range all {
		words := strings.Fields(plain(short))
		a.long[strings.Join(words, " ")] = strings.Fields(plain(long))
		a.longest = max(a.longest, len(words))
	}
	return a
}

// expand writes out what is short in words, the longest forms first.
func (a abbreviations) expand(words []string) []string {
	var out []string
	for i := 0; i < len(words); {
		n := min(a.longest, len(words)-i)
		for ; n > 0; n-- {
			if long, ok := a.long[strings.Join(words[i:i+n], " ")]; ok {
				out = append(out, long...)
				break
			}
		}
		if n == 0 {
			out = append(out, words[i])
			n = 1
		}
		i += n
	}
	return out
}
