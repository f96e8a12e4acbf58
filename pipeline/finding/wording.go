package finding

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Wording turns findings into the sentences of templates/findings.yaml:
// code → sentence with the names {place}, {got}, {want} and {activity}. A part
// in [[double brackets]] is said only when every name in it has a value.
type Wording struct {
	sentences map[string]string
	places    Places
}

// Places says how a place is spoken of, from the whole cell to the mere file.
// Each holds the names {file}, {sheet}, {cell} and {row} it needs.
type Places struct {
	Cell  string `yaml:"cell"`  // a cell of a sheet
	Row   string `yaml:"row"`   // a row of a sheet
	Sheet string `yaml:"sheet"` // a whole sheet
	Line  string `yaml:"line"`  // a line of a text file
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
	for _, s := range []string{places.Cell, places.Row, places.Sheet, places.Line, places.File} {
		if err := checkNames(s, "{file}", "{sheet}", "{cell}", "{row}"); err != nil {
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
		"{place}": w.Place(f.Place), "{got}": f.Got, "{want}": f.Want, "{activity}": f.Activity,
	}
	s = optional.ReplaceAllStringFunc(s, func(part string) string {
		for _, n := range name.FindAllString(part, -1) {
			if values[n] == "" {
				return ""
			}
		}
		return part[2 : len(part)-2]
	})
	said := name.ReplaceAllStringFunc(s, func(n string) string { return values[n] })
	return strings.TrimSpace(said)
}

// Place is how p is spoken of.
func (w Wording) Place(p Place) string {
	s := w.places.File
	switch {
	case p.Cell != "":
		s = w.places.Cell
	case p.Row > 0 && p.Sheet != "":
		s = w.places.Row
	case p.Row > 0:
		s = w.places.Line
	case p.Sheet != "":
		s = w.places.Sheet
	}
	return strings.NewReplacer(
		"{file}", p.File,
		"{sheet}", p.Sheet,
		"{cell}", p.Cell,
		"{row}", strconv.Itoa(p.Row),
	).Replace(s)
}
