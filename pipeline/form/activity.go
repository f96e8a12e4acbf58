package form

import (
	"cmp"
	"slices"
	"strings"

	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
)

// meant is what a row says of the activity that it is about.
type meant struct {
	code  plan.Code // empty when the row has none
	label string    // the cell with the code, as written
	name  string    // the text without a code before it
	at    finding.Place
}

// activity finds the activity that a row is about: by its code, checked against
// its text, or by the text alone when there is no code. held tells that code
// and text disagree, so that a clerk must decide. It is nil when none is meant
// for certain.
func (r *rowReader) activity(m meant, kind codeKind) (a *plan.Activity, held bool) {
	if kind != activityCode && m.code != "" {
		return r.byResult(m)
	}
	name := m.name
	if strings.TrimSpace(name) == "" && m.code == "" {
		name = m.label // a code may stand before the text in one cell
	}
	if c, kind, rest, ok := splitCode(name); ok && kind == activityCode {
		if m.code != "" && m.code != c {
			r.find("code-text-disagree", finding.Error, r.plan.Activity(m.code), m.at, m.label+" – "+short(name), string(c))
			return r.known(m.code), true
		}
		m.code, name = c, rest
	}
	if m.code == "" {
		return r.byText(m.name), false
	}
	own := r.texts.activity(m.code)
	if own == nil {
		return nil, false
	}
	return own.Activity, r.disagrees(own, m, name)
}

func (r *rowReader) known(code plan.Code) *plan.Activity {
	if a := r.texts.activity(code); a != nil {
		return a.Activity
	}
	return nil
}

// disagrees reports, and tells, that a row's text is not the one of the activity
// that its code names.
func (r *rowReader) disagrees(own *activityText, m meant, name string) bool {
	if strings.TrimSpace(name) == "" {
		return false
	}
	if exact := r.texts.exact(name); exact == own {
		return false
	}
	said := r.texts.bag(name)
	alike := said.alike(own.bag)
	if alike >= exactlyAlike {
		return false
	}
	best, score := r.texts.mostAlike(said)
	switch other := r.texts.certain(name); {
	case best != own && score >= alike+alikeMargin/2 && score >= alikeCertain,
		other != nil && other != own:
		want := best
		if other != nil {
			want = other
		}
		r.find("code-text-disagree", finding.Error, own.Activity, m.at, m.label+" – "+short(m.name), string(want.Code))
		return true
	case alike < alikeEnough && !(said.total >= 3 && own.shared(said) == said.total):
		r.find("code-text-disagree", finding.Error, own.Activity, m.at, m.label+" – "+short(m.name), short(own.Name))
		return true
	}
	return false
}

// byResult finds the activity of a row that gives the code of a result, or of a
// field, and an activity's text: a program cut the code, or the row is numbered
// in another way. The text alone tells then, and must lie under that code.
func (r *rowReader) byResult(m meant) (a *plan.Activity, held bool) {
	name := m.name
	if c, kind, rest, ok := splitCode(name); ok && kind == activityCode && r.texts.activity(c) != nil {
		m.code, name = c, rest
		return r.activity(meant{c, m.label, name, m.at}, activityCode)
	}
	a = r.byText(name)
	if a == nil {
		return nil, false
	}
	if resultOf(a.Code) != m.code && fieldOf(a.Code) != m.code {
		r.find("code-text-disagree", finding.Error, a, m.at, m.label+" – "+short(name), string(a.Code))
		return a, true
	}
	r.find("code-corrected", finding.Note, a, m.at, m.label, string(a.Code))
	return a, false
}

// byText is the one activity whose text is all but the same, nil when there is
// none or a second one comes near.
func (r *rowReader) byText(name string) *plan.Activity {
	if strings.TrimSpace(name) == "" {
		return nil
	}
	if a := r.texts.certain(name); a != nil {
		return a.Activity
	}
	return nil
}

// nearest names the activities that an unknown code or text may mean, for the
// sender to choose from; certain is the one whose text is all but the row's own.
func (r *rowReader) nearest(label, name string) (offered string, certain plan.Code) {
	said := r.texts.bag(name)
	if all := r.texts.candidates(said); len(all) > 0 {
		if all[0].alike(said) >= alikeCertain && (len(all) == 1 || all[0].alike(said) > all[1].alike(said)+alikeMargin) {
			return string(all[0].Code), all[0].Code
		}
		var parts []string
		for _, a := range all {
			parts = append(parts, string(a.Code)+" ("+short(a.Name)+")")
		}
		return strings.Join(parts, "; "), ""
	}
	code, _, _, ok := splitCode(label)
	if !ok || strings.TrimSpace(name) != "" {
		return "", "" // a guess by number alone beside a text misleads
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
	var codes []string
	for _, n := range all {
		if n.far > 1 || len(codes) == mostOffered {
			break
		}
		codes = append(codes, string(n.code))
	}
	return strings.Join(codes, ", "), ""
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
