package finding

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Wording turns findings into the sentences of templates/findings.yaml:
// code → sentence with the names {place}, {got}, {want} and {activity}. A part
// in [[double brackets]] is said only when every name in it has a value. What
// stands for a name is one line, and not long.
type Wording struct {
	sentences map[string]string
	places    Places
}

// Places says how a place is spoken of, from the whole cell to the mere file.
// Each holds the names {file}, {sheet}, {cell}, {table} and {row} it needs. A part
// in [[double brackets]] is said only when every name in it has a value.
type Places struct {
	Cell  string `yaml:"cell"`  // a cell of a sheet
	Row   string `yaml:"row"`   // a row of a sheet
	Sheet string `yaml:"sheet"` // a whole sheet
	Line  string `yaml:"line"`  // a line of a text file
	Table string `yaml:"table"` // a row of a table in a written document
	File  string `yaml:"file"`  // the whole file
}

var (
	name     = regexp.MustCompile(`\{[^{}]*\}`)
	optional = regexp.MustCompile(`\[\[.*?\]\]`)
)

// NewWording checks the sentences and places: a name that is not one of ours
// is an error naming the sentence.
func NewWording(sentences map[string]string, places Places) (Wording, error) {
	for _, code := range slices.Sorted(maps.Keys(sentences)) {
		if err := checkNames(sentences[code], "{place}", "{got}", "{want}", "{activity}"); err != nil {
			return Wording{}, fmt.Errorf("finding %q: %w", code, err)
		}
	}
	for _, s := range []string{places.Cell, places.Row, places.Sheet, places.Line, places.Table, places.File} {
		if err := checkNames(s, "{file}", "{sheet}", "{cell}", "{table}", "{row}"); err != nil {
			return Wording{}, fmt.Errorf("place %q: %w", s, err)
		}
	}
	return Wording{sentences, places}, nil
}

func checkNames(s string, known ...string) error {
	for _, n := range name.FindAllString(s, -1) {
		if !slices.Contains(known, n) {
			return fmt.Errorf("unknown name %s, known are %s", n, strings.Join(known, " "))
		}
	}
	return nil
}

// Has reports whether there is a sentence for code.
func (w Wording) Has(code string) bool { return w.sentences[code] != "" }

// Say is the sentence for f. A code without a sentence, which a test of the
// program keeps from happening, is said with its bare facts.
func (w Wording) Say(f Finding) string {
	s, ok := w.sentences[f.Code]
	if !ok {
		s = "{place}: " + f.Code + " {got} {want}"
	}
	values := map[string]string{
		"{place}": w.Place(f.Place), "{got}": cut(oneLine(f.Got)), "{want}": cut(oneLine(f.Want)), "{activity}": oneLine(f.Activity),
	}
	return strings.TrimSpace(fill(s, values))
}

// fill puts the values of the names into s. What a value holds is no name.
func fill(s string, values map[string]string) string {
	s = optional.ReplaceAllStringFunc(s, func(part string) string {
		for _, n := range name.FindAllString(part, -1) {
			if values[n] == "" {
				return ""
			}
		}
		return part[2 : len(part)-2]
	})
	return name.ReplaceAllStringFunc(s, func(n string) string { return values[n] })
}

// oneLine is s on one line, without what would steer a terminal or turn the
// direction of writing: what a sender wrote must not look like a line of ours.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r) || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// How much of a value is said, in letters: enough to find it again. A list of
// short items, such as codes, is of use only as a whole.
const (
	maxSaid  = 120
	maxItem  = 12
	maxItems = 2_000
)

// cut is s, or its beginning where it is longer than need be.
func cut(s string) string {
	runes, most := []rune(s), maxItems
	for item := range strings.SplitSeq(s, ", ") {
		if utf8.RuneCountInString(item) > maxItem {
			most = maxSaid
			break
		}
	}
	if len(runes) <= most {
		return s
	}
	return strings.TrimSpace(string(runes[:most-1])) + "…"
}

// Place is how p is spoken of.
func (w Wording) Place(p Place) string {
	p.File, p.Sheet, p.Cell = oneLine(p.File), oneLine(p.Sheet), oneLine(p.Cell)
	s, row := w.places.File, p.Row
	switch {
	case p.Table > 0 && w.places.Table != "":
		s, row = w.places.Table, p.TableRow
	case p.Cell != "":
		s = w.places.Cell
	case p.Row > 0 && p.Sheet != "":
		s = w.places.Row
	case p.Row > 0:
		s = w.places.Line
	case p.Sheet != "":
		s = w.places.Sheet
	}
	return fill(s, map[string]string{
		"{file}": p.File, "{sheet}": p.Sheet, "{cell}": p.Cell,
		"{table}": strconv.Itoa(p.Table), "{row}": strconv.Itoa(row),
	})
}
