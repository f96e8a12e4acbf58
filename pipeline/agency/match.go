package agency

import (
	"cmp"
	"slices"

	"baocao/pipeline/viet"
)

// Match is what a text says of agencies.
type Match struct {
	IDs     []ID     // agencies and groups in the order written, each once
	Unknown []string // what else the text says, as written
}

// Match finds the agencies and groups that text names on that day, by whole
// names and the longest first. A comma parts nothing, because it stands inside
// of names (sở, ban, ngành; huyện, thị xã). A name without marks, or a long one
// with wrong marks, counts if only one agency can be meant.
//
// A remark in brackets is passed over, (Thường trực Ban chỉ đạo CCHC); one that
// names an agency which the text does not name elsewhere is Unknown.
func (d *Directory) Match(text string, on Day) Match {
	text = viet.Clean(text)
	words := wordsOf(text)
	spans := d.find(words, on)
	var m Match
	for _, s := range spans {
		if !words[s.from].remark && !slices.Contains(m.IDs, s.id) {
			m.IDs = append(m.IDs, s.id)
		}
	}
	m.Unknown = leftovers(text, words, spans, m.IDs)
	return m
}

// One is the single agency that a cell, a title or a letterhead names, whatever
// else it says; false when it names none or several. Groups do not count.
func (d *Directory) One(text string, on Day) (ID, bool) {
	var one ID
	for _, s := range d.find(wordsOf(viet.Clean(text)), on) {
		if _, ok := d.agencies[s.id]; !ok || s.id == one {
			continue
		}
		if one != "" {
			return "", false
		}
		one = s.id
	}
	return one, one != ""
}

// span is a name found: words[from:to].
type span struct {
	from, to int
	id       ID
	length   int  // of the name, without marks and spaces
	exact    bool // with its marks
}

// minLoose is how many letters a name has that may be typed with wrong marks:
// số XD is not Sở XD.
const minLoose = 5

// rank puts the name as it is written before the one without marks.
func (s span) rank() int {
	if s.exact {
		return 0
	}
	return 1
}

// find is every name in words, in the order written. Where names overlap the
// longest counts.
func (d *Directory) find(words []word, on Day) []span {
	var all []span
	for from := range words {
		var exact, loose string
		letters, marked := 0, false
		for to := from; to < len(words) && words[to].part == words[from].part; to++ {
			exact += words[to].exact
			loose += words[to].loose
			if len(loose) > d.longest {
				break
			}
			letters, marked = letters+words[to].letters, marked || words[to].marked
			s := span{from: from, to: to + 1, length: len(loose)}
			if s.id, s.exact = d.only(d.exact[exact], on); !s.exact && (letters >= minLoose || !marked) {
				s.id, _ = d.only(d.loose[loose], on)
			}
			if s.id != "" {
				all = append(all, s)
			}
		}
	}
	slices.SortFunc(all, func(a, b span) int {
		return cmp.Or(cmp.Compare(b.length, a.length), cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.from, b.from))
	})
	var chosen []span
	for _, s := range all {
		if !slices.ContainsFunc(chosen, func(c span) bool { return s.from < c.to && c.from < s.to }) {
			chosen = append(chosen, s)
		}
	}
	slices.SortFunc(chosen, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	return chosen
}

// only is the one of ids that exists on that day.
func (d *Directory) only(ids []ID, on Day) (ID, bool) {
	var one ID
	for _, id := range ids {
		if !d.exists(id, on) {
			continue
		}
		if one != "" {
			return "", false
		}
		one = id
	}
	return one, one != ""
}

// leftovers are the pieces of text that no span covers, but for remarks that
// name nobody beside known.
func leftovers(text string, words []word, spans []span, known []ID) []string {
	covered := make([]ID, len(words))
	for _, s := range spans {
		for i := s.from; i < s.to; i++ {
			covered[i] = s.id
		}
	}
	var pieces []string
	for i, end := 0, 0; i < len(words); i = end {
		w := words[i]
		end = i + 1
		switch {
		case w.remark:
			for end < len(words) && words[end].part == w.part {
				end++
			}
			if !slices.ContainsFunc(covered[i:end], func(id ID) bool { return id != "" && !slices.Contains(known, id) }) {
				continue
			}
		case covered[i] != "":
			continue
		default:
			for end < len(words) && words[end].part == w.part && !words[end].apart && covered[end] == "" {
				end++
			}
		}
		pieces = append(pieces, text[w.start:words[end-1].end])
	}
	return pieces
}
