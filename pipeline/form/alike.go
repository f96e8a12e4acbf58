package form

import (
	"cmp"
	"slices"
)

// How alike two texts must be, from 0 to 1.
const (
	alikeEnough  = 0.5  // a row's text and the activity that its code names
	alikeCertain = 0.8  // a text alone, without a code
	alikeWithin  = 0.66 // the same for a text of which all words are the activity's: it was cut
	alikeMargin  = 0.1  // and by how much the next one must fall behind
	alikeNear    = 0.35 // how near another one must come to be told apart word by word
	alikeOffer   = 0.4  // worth offering as what may be meant
	exactlyAlike = 0.99 // the same words
)

// shared is how many words two texts have in common.
func (b bag) shared(o bag) int {
	n := 0
	for i, k := 0, 0; i < len(b.words) && k < len(o.words); {
		switch x, y := b.words[i], o.words[k]; {
		case x.id < y.id:
			i++
		case x.id > y.id:
			k++
		default:
			n += min(x.n, y.n)
			i, k = i+1, k+1
		}
	}
	return n
}

// alike is how many words two texts share, as Dice's coefficient over their
// words with repetitions, from 0 to 1.
func (b bag) alike(o bag) float64 {
	if b.total+o.total == 0 {
		return 0
	}
	return float64(2*b.shared(o)) / float64(b.total+o.total)
}

// fewestWords is how many words a text that was cut must have left.
const fewestWords = 6

// certain is the one activity that a text alone means beyond doubt, nil when
// there is none: its words are all but the same, or a good part of them and no
// others, and against every other activity that comes near it says the words by
// which the two differ.
func (l *lexicon) certain(text string) *activityText {
	if a := l.exact(text); a != nil {
		return a
	}
	said := l.bag(text)
	best, score := l.mostAlike(said)
	if best == nil {
		return nil
	}
	within := 20*best.shared(said) >= 19*said.total && said.total >= fewestWords
	if score < alikeCertain && !(within && score >= alikeWithin) {
		return nil
	}
	for i := range l.activities {
		o := &l.activities[i]
		if o == best {
			continue
		}
		s := o.alike(said)
		if s > score-alikeMargin && !tells(said, best.bag, o.bag, 0.75) || s > score-alikeNear && !tells(said, best.bag, o.bag, 0.5) {
			return nil
		}
	}
	return best
}

// tells reports whether a text says the words that a has and b has not, and not
// those that b has and a has not; least is the share by which the first must
// exceed the second.
func tells(said, a, b bag, least float64) bool {
	own, ownAll := saysOf(said, a, b)
	other, otherAll := saysOf(said, b, a)
	if ownAll == 0 {
		return false // all of it is in the other text as well
	}
	share := float64(own) / float64(ownAll)
	if otherAll > 0 {
		share -= float64(other) / float64(otherAll)
	}
	return share >= least
}

// saysOf counts the words that a has more often than b, and how many of them a
// text says.
func saysOf(said, a, b bag) (n, all int) {
	for _, w := range a.words {
		other := b.count(w.id)
		if more := w.n - other; more > 0 {
			all += more
			n += min(more, max(0, said.count(w.id)-other))
		}
	}
	return n, all
}

// mostAlike is the activity whose text is most like what is said.
func (l *lexicon) mostAlike(said bag) (best *activityText, score float64) {
	for i := range l.activities {
		if s := said.alike(l.activities[i].bag); s > score {
			best, score = &l.activities[i], s
		}
	}
	return best, score
}

// candidates are the activities that a text may mean, the likeliest first.
func (l *lexicon) candidates(said bag) []*activityText {
	type scored struct {
		*activityText
		score float64
	}
	var all []scored
	for i := range l.activities {
		if s := said.alike(l.activities[i].bag); s >= alikeOffer {
			all = append(all, scored{&l.activities[i], s})
		}
	}
	slices.SortStableFunc(all, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	var found []*activityText
	for _, a := range all[:min(len(all), mostOffered)] {
		if a.score < all[0].score-alikeMargin-alikeNear/2 {
			break
		}
		found = append(found, a.activityText)
	}
	return found
}

// mostOffered is how many activities a sender is offered to choose from.
const mostOffered = 4
