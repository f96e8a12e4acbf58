package form

import (
	"cmp"
	"slices"
	"strings"

	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
)

// How alike two texts must be, from 0 to 1.
const (
	alikeEnough  = 0.5  // a row's text and the activity that its code names
	alikeCertain = 0.8  // a text alone, without a code
	alikeMargin  = 0.1  // and by how much the next one must fall behind
	alikeOffer   = 0.4  // worth offering as what may be meant
	exactlyAlike = 0.99 // the same words
)

// activity finds the activity that a row is about: by its code, checked against
// its text, or by the text alone when there is no code. held tells that code
// and text disagree, so that a clerk must decide. It is nil when none is meant
// for certain.
func (r *rowReader) activity(code plan.Code, label, name string, at finding.Place) (a *plan.Activity, held bool) {
	if code == "" && strings.TrimSpace(name) == "" {
		// A code may stand before the text in one cell.
		c, kind, rest, ok := splitCode(label)
		if ok && kind == activityCode {
			code, name = c, rest
		}
	}
	if code == "" {
		if c, kind, rest, ok := splitCode(name); ok && kind == activityCode {
			code, name = c, rest
		}
	}
	if code == "" {
		return r.byText(name), false
	}
	a = r.plan.Activity(code)
	if a == nil || strings.TrimSpace(name) == "" {
		return a, false
	}
	said := wordsOf(name)
	own := alike(said, wordsOf(a.Name))
	if own >= exactlyAlike {
		return a, false
	}
	best, score := r.mostAlike(said)
	switch {
	case best != a && score >= own+alikeMargin/2 && score >= alikeCertain:
		r.find("code-text-disagree", finding.Error, a, at, label+" – "+short(name), string(best.Code))
		return a, true
	case own < alikeEnough:
		r.find("code-text-disagree", finding.Error, a, at, label+" – "+short(name), short(a.Name))
		return a, true
	}
	return a, false
}

// byText is the one activity whose text is all but the same, nil when there is
// none or a second one comes near.
func (r *rowReader) byText(name string) *plan.Activity {
	if strings.TrimSpace(name) == "" {
		return nil
	}
	said := wordsOf(name)
	best, score := r.mostAlike(said)
	if best == nil || score < alikeCertain {
		return nil
	}
	for _, a := range r.texts {
		if a.Activity != best && score < exactlyAlike && alike(said, a.words) > score-alikeMargin {
			return nil
		}
	}
	return best
}

func (r *rowReader) mostAlike(said []string) (best *plan.Activity, score float64) {
	for _, a := range r.texts {
		if s := alike(said, a.words); s > score {
			best, score = a.Activity, s
		}
	}
	return best, score
}

// nearest names the activities that an unknown code or text may mean, for the
// sender to choose from; certain tells that there is one and that the text is
// all but its own.
func (r *rowReader) nearest(label, name string) (codes string, certain bool) {
	if best, score := r.mostAlike(wordsOf(name)); best != nil && score >= alikeOffer {
		return string(best.Code), score >= alikeCertain
	}
	code, _, _, ok := splitCode(label)
	if !ok {
		return "", false
	}
	type near struct {
		code plan.Code
		far  int
	}
	var all []near
	for a := range r.plan.Activities() {
		all = append(all, near{a.Code, differing(string(a.Code), string(code))})
	}
	slices.SortStableFunc(all, func(a, b near) int { return cmp.Compare(a.far, b.far) })
	var offered []string
	for _, n := range all {
		if n.far > 1 || len(offered) == 4 {
			break
		}
		offered = append(offered, string(n.code))
	}
	return strings.Join(offered, ", "), false
}

// differing is the number of parts in which two codes differ.
func differing(a, b string) int {
	as, bs := strings.Split(a, "."), strings.Split(b, ".")
	n := max(len(as), len(bs)) - min(len(as), len(bs))
	for i := range min(len(as), len(bs)) {
		if as[i] != bs[i] {
			n++
		}
	}
	return n
}

// activityText is an activity with the words of its text.
type activityText struct {
	*plan.Activity
	words []string
}

func activityTexts(p *plan.Plan) []activityText {
	var all []activityText
	for a := range p.Activities() {
		all = append(all, activityText{a, wordsOf(a.Name)})
	}
	return all
}

// longestName is how much of a text is looked at to find its activity, in bytes:
// several times the longest of a plan.
const longestName = 4000

func wordsOf(text string) []string {
	if len(text) > longestName {
		text = text[:longestName]
	}
	return strings.Fields(plain(text))
}

// alike is how many words two texts share, as Dice's coefficient over their
// words with repetitions, from 0 to 1.
func alike(a, b []string) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	count := make(map[string]int, len(a))
	for _, w := range a {
		count[w]++
	}
	shared := 0
	for _, w := range b {
		if count[w] > 0 {
			count[w]--
			shared++
		}
	}
	return float64(2*shared) / float64(len(a)+len(b))
}
