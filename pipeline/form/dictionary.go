package form

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"baocao/pipeline/plan"
	"baocao/pipeline/viet"
)

// Words is the dictionary that an office keeps in templates/form/words.yaml:
// what agencies call the columns, and how they write a status.
type Words struct {
	Columns    map[Column][]string    `yaml:"columns"`
	Statuses   map[Progress][]string  `yaml:"statuses"`
	Nothing    []string               `yaml:"nothing"`
	OtherFunds []string               `yaml:"other_funds"`
	ZeroFunds  []string               `yaml:"zero_funds"`
	Totals     []string               `yaml:"totals"`
	Units      map[viet.Unit][]string `yaml:"units"`
	Offers     []string               `yaml:"offers"`
	Doubts     []string               `yaml:"doubts"`
	Guidance   []string               `yaml:"guidance"`
	NotSender  []string               `yaml:"not_sender"`

	Abbreviations map[string]string `yaml:"abbreviations"`
	NotTotals     []string          `yaml:"not_totals"`
	Signers       []string          `yaml:"signers"`
	DoneWith      []string          `yaml:"done_with"`
	OtherPeriod   []string          `yaml:"other_period"`
	Subordinates  []string          `yaml:"subordinates"`
	NothingOf     []string          `yaml:"nothing_of"`
	OtherTime     []string          `yaml:"other_time"`
	NotDone       []string          `yaml:"not_done"`
	Planned       []string          `yaml:"planned"`
	Ahead         []string          `yaml:"ahead"`
	AsAbove       []string          `yaml:"as_above"`

	Periods map[plan.Part]string `yaml:"periods"` // as sentences name them, before the year
}

// Column is a meaning that a column of a report may have.
type Column string

// The columns that carry an agency's answer, and those that tell which
// activity it is about. The rest of the plan's columns is known so that it is
// not taken for an answer.
const (
	colNumber      Column = "number"
	colCode        Column = "code"
	colName        Column = "name"
	colIndicator   Column = "indicator"
	colPlanProof   Column = "evidence_plan"
	colBudget      Column = "budget"
	colResponsible Column = "responsibility"
	colStart       Column = "start"
	colEnd         Column = "end"
	colNote        Column = "note"
	colText        Column = "text"
	colStatus      Column = "status"
	colPercent     Column = "percent"
	colSpent       Column = "spent"
	colSpentTotal  Column = "spent_total"
	colDifficulty  Column = "difficulty"
	colProposal    Column = "proposal"
	colEvidence    Column = "evidence"
	colDoneOn      Column = "done_on"
	colAgency      Column = "agency"

	// Percentages that are not how far an activity has come in all: known, so
	// that they are not taken for it.
	colPercentPlan   Column = "percent_plan"
	colPercentPeriod Column = "percent_period"
	colPercentSpent  Column = "percent_spent"
)

var allColumns = []Column{
	colNumber, colCode, colName, colIndicator, colPlanProof, colBudget, colResponsible,
	colStart, colEnd, colNote, colText, colStatus, colPercent, colSpent, colSpentTotal,
	colDifficulty, colProposal, colEvidence, colDoneOn, colAgency,
	colPercentPlan, colPercentPeriod, colPercentSpent,
}

// dictionary is Words made ready for matching.
type dictionary struct {
	columns     []pattern[Column]
	statuses    []pattern[Progress]
	units       []pattern[viet.Unit]
	nothing     []string
	otherFunds  []string
	zeroFunds   []string
	totals      []string
	offers      []string
	doubts      []string
	guidance    []string
	notSender   []string
	notTotals   []string
	signers     []string
	doneWith    []string
	below       []string // units below an agency
	otherPeriod []string
	nothingOf   []string
	otherTime   []string
	notDone     []string
	planned     []string
	ahead       []string
	asAbove     []string
	periods     map[plan.Part]string
	says        map[Progress]string // a status as it is written

	abbreviations abbreviations
}

// pattern is a name of the dictionary: every part must occur, as whole words.
// With a group, a merged cell above must say the group's words and the title
// itself be the one part and nothing else.
type pattern[T any] struct {
	means T
	group string
	parts []string
	score int // letters matched: the longer name wins
}

func (w Words) compile() (*dictionary, error) {
	for c := range w.Columns {
		if !slices.Contains(allColumns, c) {
			return nil, fmt.Errorf("words: unknown column %q", c)
		}
	}
	for p := range w.Statuses {
		if !slices.Contains([]Progress{Done, InProgress, NotStarted, Paused, Nil}, p) {
			return nil, fmt.Errorf("words: unknown status %q", p)
		}
	}
	for u := range w.Units {
		if !slices.Contains([]viet.Unit{viet.DongUnit, viet.Thousand, viet.Million, viet.Billion}, u) {
			return nil, fmt.Errorf("words: unknown unit %q", u)
		}
	}
	return &dictionary{
		columns:     patterns(w.Columns),
		statuses:    patterns(w.Statuses),
		units:       patterns(w.Units),
		nothing:     plainAll(w.Nothing),
		otherFunds:  plainAll(w.OtherFunds),
		zeroFunds:   plainAll(w.ZeroFunds),
		totals:      plainAll(w.Totals),
		offers:      plainAll(w.Offers),
		doubts:      plainAll(w.Doubts),
		guidance:    plainAll(w.Guidance),
		notSender:   plainAll(w.NotSender),
		notTotals:   plainAll(w.NotTotals),
		signers:     plainAll(w.Signers),
		doneWith:    longestFirst(plainAll(w.DoneWith)),
		below:       plainAll(w.Subordinates),
		otherPeriod: plainAll(w.OtherPeriod),
		nothingOf:   plainAll(w.NothingOf),
		otherTime:   plainAll(w.OtherTime),
		notDone:     plainAll(w.NotDone),
		planned:     plainAll(w.Planned),
		ahead:       plainAll(w.Ahead),
		asAbove:     plainAll(w.AsAbove),
		periods:     w.Periods,
		says:        firstOf(w.Statuses),

		abbreviations: newAbbreviations(w.Abbreviations),
	}, nil
}

// patterns are the names of m, the longest first; ties are broken by name, so
// that matching does not depend on the order of a map.
func patterns[T cmp.Ordered](m map[T][]string) []pattern[T] {
	var all []pattern[T]
	for means, names := range m {
		for _, name := range names {
			p := pattern[T]{means: means}
			if group, own, ok := strings.Cut(name, " > "); ok {
				p.group, name = plain(group), own
				p.score = len(p.group)
			}
			for part := range strings.SplitSeq(name, " + ") {
				part = plain(part)
				p.parts = append(p.parts, part)
				p.score += len(part)
			}
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(a, b pattern[T]) int {
		return cmp.Or(
			cmp.Compare(b.score, a.score),
			cmp.Compare(a.means, b.means),
			slices.Compare(a.parts, b.parts),
		)
	})
	return all
}

// in reports whether every part of p stands in text as whole words.
func (p pattern[T]) in(text string) bool {
	for _, part := range p.parts {
		if !hasWords(text, part) {
			return false
		}
	}
	return true
}

// without is text with each part of p left out once.
func (p pattern[T]) without(text string) string {
	for _, part := range p.parts {
		text = strings.TrimSpace(strings.Replace(" "+text+" ", " "+part+" ", " ", 1))
	}
	return text
}

// match is the meaning of the longest name that stands in text.
func match[T any](patterns []pattern[T], text string) (T, bool) {
	for _, p := range patterns {
		if p.in(text) {
			return p.means, true
		}
	}
	var none T
	return none, false
}

// plain is s in lower case without marks and punctuation, its words separated
// by single spaces; the percent sign is a word of its own.
func plain(s string) string {
	var b strings.Builder
	space := false
	for _, r := range viet.Loose(s) {
		switch {
		case r == '%':
			b.WriteString(" %")
			space = true
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
		default:
			space = true
		}
	}
	return strings.TrimSpace(b.String())
}

func plainAll(all []string) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = plain(s)
	}
	return out
}

// hasWords reports whether the words stand in text one after the other; both
// are plain.
func hasWords(text, words string) bool {
	if words == "" {
		return false
	}
	for at := 0; ; {
		i := strings.Index(text[at:], words)
		if i < 0 {
			return false
		}
		from, to := at+i, at+i+len(words)
		if (from == 0 || text[from-1] == ' ') && (to == len(text) || text[to] == ' ') {
			return true
		}
		at = from + 1
	}
}

// longestFirst puts long phrases before the short ones that they hold.
func longestFirst(all []string) []string {
	slices.SortStableFunc(all, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return all
}

// firstOf is the first name of each meaning.
func firstOf[T comparable](m map[T][]string) map[T]string {
	first := map[T]string{}
	for means, names := range m {
		if len(names) > 0 {
			first[means] = names[0]
		}
	}
	return first
}

func hasAny(text string, all []string) bool {
	return slices.ContainsFunc(all, func(words string) bool { return hasWords(text, words) })
}

func beginsWithAny(text string, all []string) bool {
	return slices.ContainsFunc(all, func(words string) bool {
		return words != "" && strings.HasPrefix(text+" ", words+" ")
	})
}
