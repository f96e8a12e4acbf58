package form

import (
	"slices"
	"strings"

	"baocao/pipeline/plan"
	"baocao/pipeline/viet"
)

// lexicon finds a plan's activities by code and by text. Texts are compared by
// their words without marks, abbreviations written out on both sides; a word
// that the plan does not have counts as the one word of the plan from which it
// differs by one slip of the keyboard.
type lexicon struct {
	plan       *plan.Plan
	long       abbreviations
	ids        map[string]int // of the words that the plan's texts use
	words      []string
	byLength   map[int][]int // numbers of words, by how many letters they have
	activities []activityText
	byCode     map[plan.Code]int // index in activities
	byWords    map[string]int    // by the text as it is, white space apart; -1: several have it
	byKey      map[string]int    // by viet.Key of the text; -1: several have it
	byLoose    map[string]int    // by plain text; -1: several have it
}

// activityText is an activity with the words of its text.
type activityText struct {
	*plan.Activity
	bag
}

// bag is the words of a text, by ascending number in the lexicon, and how often
// each occurs; total counts those that the plan does not have as well.
type bag struct {
	words []wordCount
	total int
}

type wordCount struct{ id, n int }

func newBag(ids []int, total int) bag {
	slices.Sort(ids)
	b := bag{total: total}
	for _, id := range ids {
		if last := len(b.words) - 1; last >= 0 && b.words[last].id == id {
			b.words[last].n++
		} else {
			b.words = append(b.words, wordCount{id, 1})
		}
	}
	return b
}

// count is how often the word occurs.
func (b bag) count(id int) int {
	i, ok := slices.BinarySearchFunc(b.words, id, func(w wordCount, id int) int { return w.id - id })
	if !ok {
		return 0
	}
	return b.words[i].n
}

func newLexicon(p *plan.Plan, long abbreviations) *lexicon {
	l := &lexicon{
		plan: p, long: long, ids: map[string]int{}, byLength: map[int][]int{},
		byCode: map[plan.Code]int{}, byWords: map[string]int{}, byKey: map[string]int{}, byLoose: map[string]int{},
	}
	for a := range p.Activities() {
		i := len(l.activities)
		words := l.split(a.Name)
		var ids []int
		for _, w := range words {
			ids = append(ids, l.number(w))
		}
		l.activities = append(l.activities, activityText{a, newBag(ids, len(ids))})
		if _, twice := l.byCode[a.Code]; !twice {
			l.byCode[a.Code] = i
		}
		keep(l.byWords, strings.Join(strings.Fields(a.Name), " "), i)
		keep(l.byKey, viet.Key(a.Name), i)
		keep(l.byLoose, strings.Join(words, " "), i)
	}
	return l
}

// number is the number of a word of the plan.
func (l *lexicon) number(w string) int {
	id, ok := l.ids[w]
	if !ok {
		id = len(l.words)
		l.ids[w] = id
		l.words = append(l.words, w)
		l.byLength[len(w)] = append(l.byLength[len(w)], id)
	}
	return id
}

// keep notes what a text stands for, -1 if it stands for several.
func keep(index map[string]int, text string, i int) {
	if _, twice := index[text]; twice {
		i = -1
	}
	index[text] = i
}

// activity is the plan's activity with that code, nil when there is none.
func (l *lexicon) activity(code plan.Code) *activityText {
	if i, ok := l.byCode[code]; ok {
		return &l.activities[i]
	}
	return nil
}

// exact is the one activity with that very text, in any spelling.
func (l *lexicon) exact(text string) *activityText {
	i, ok := l.byWords[strings.Join(strings.Fields(text), " ")]
	if ok && i >= 0 {
		return &l.activities[i] // as the plan has it, which most rows do
	}
	i, ok = l.byKey[viet.Key(text)]
	if !ok || i < 0 {
		i, ok = l.byLoose[strings.Join(l.split(text), " ")]
	}
	if !ok || i < 0 {
		return nil
	}
	return &l.activities[i]
}

// longestName is how much of a text is looked at to find its activity, in bytes:
// several times the longest of a plan.
const longestName = 2000

// split is a text as its words, abbreviations written out.
func (l *lexicon) split(text string) []string {
	if len(text) > longestName {
		text = text[:longestName]
	}
	return l.long.expand(strings.Fields(plain(text)))
}

// bag is what a text says in the plan's words.
func (l *lexicon) bag(text string) bag {
	words := l.split(text)
	ids := make([]int, 0, len(words))
	odd := 0
	for _, w := range words {
		id, ok := l.ids[w]
		if !ok && odd < mostSlips {
			odd++
			id, ok = l.slip(w)
		}
		if ok {
			ids = append(ids, id)
		}
	}
	return newBag(ids, len(words))
}

// mostSlips is how many words of a text are looked at for a slip; a text with
// more that the plan does not have is about something else.
const mostSlips = 24

// shortestSlip is how many letters a word has in which a slip can be seen:
// shorter ones are too like each other.
const shortestSlip = 4

// slip is the one word of the plan from which w differs by one letter more, less
// or other, or by two that changed places.
func (l *lexicon) slip(w string) (int, bool) {
	if len(w) < shortestSlip || strings.IndexFunc(w, isDigit) >= 0 {
		return 0, false
	}
	found := -1
	for n := max(len(w)-1, shortestSlip); n <= len(w)+1; n++ {
		for _, id := range l.byLength[n] {
			if !oneSlip(w, l.words[id]) {
				continue
			}
			if found >= 0 {
				return 0, false
			}
			found = id
		}
	}
	return found, found >= 0
}

// oneSlip reports whether two different words are one slip of the keyboard apart.
func oneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if i == len(a) {
		return false
	}
	swapped := i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
	return swapped || a[i+1:] == b[i+1:]
}
