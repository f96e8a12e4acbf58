package reconcile

import (
	"cmp"
	"slices"

	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// action is what the office does about findings of the code, fallback where
// its table does not say.
func (r *reckoning) action(code string, fallback Action) Action {
	return r.ruleFor(Rule{Code: code, Action: fallback}).Action
}

// ruleFor is the office's own rule of that code, the given one where its table has
// none.
func (r *reckoning) ruleFor(fallback Rule) Rule {
	for _, own := range r.Rules.Findings {
		if own.Code == fallback.Code {
			return own
		}
	}
	return fallback
}

// holds is the code of the first rule with action hold that the entry breaks,
// empty when there is none. The finding itself is kept here (r.seen), so that
// the caller only sets the row aside. A partner's answer is never held.
func (r *reckoning) holds(s form.Submission, e form.Entry, role Role) (code string) {
	for _, a := range answerRules {
		rule := r.ruleFor(a.Rule)
		if role == Partner || rule.Action != Hold || r.waiver(rule.Code, e.Activity, s.Agency) != "" {
			continue
		}
		f := r.factsOf(r.activity(e.Activity), r.answer(s, e, role, nil, Source{SHA256: s.SHA256, Cells: e.Cells}))
		f.rule, f.proved = rule, proved(&s, e.Activity)
		if b := a.check(f); b != nil {
			place := e.Place
			if b.cell != "" {
				place.Cell = b.cell
			}
			r.seen = append(r.seen, Noted{
				finding.Finding{Code: rule.Code, Level: rule.Action.Level(), Place: place, Activity: string(e.Activity), Got: b.got, Want: b.want},
				s.Agency, s.SHA256,
			})
			return rule.Code
		}
	}
	return ""
}

// factsOf are the facts of an answer; the rule and the proof are still to be set.
func (r *reckoning) factsOf(activity *plan.Activity, a Answer) facts {
	f := facts{activity: activity, answer: a, term: r.Term, year: r.Plan.Year}
	if past, ok := r.before[key{activity.Code, a.Agency}]; ok {
		f.past = &past
	}
	return f
}

// judge holds the finished lines against the rules of the office: it adds what
// they find to the lines and to r.seen, applies the actions to what was found
// elsewhere, puts what a ruling silences into s.Waived, and fills Target and
// Met. The documents' own findings are changed in r.Submissions only.
func (r *reckoning) judge(s *Statement) {
	j := newJudgement(r, s)
	for i := range s.Lines {
		l := &s.Lines[i]
		l.Target, l.Met = r.target(l)
		for _, a := range l.Answers {
			if a.Role != Partner && a.Source != nil {
				j.answer(l, a)
			}
		}
		for _, rule := range lineRules {
			j.line(l, rule)
		}
	}
	j.others()
	slices.SortStableFunc(s.Waived, func(a, b Waived) int { return finding.Compare(a.Finding, b.Finding) })
}

// judgement is the state of one judge.
type judgement struct {
	*reckoning
	s      *Statement
	rules  []Rule                      // of answerRules, as the office has them
	sent   map[string]*form.Submission // by hash
	judged map[key]bool                // answers that count
}

func newJudgement(r *reckoning, s *Statement) *judgement {
	j := &judgement{reckoning: r, s: s, sent: map[string]*form.Submission{}, judged: map[key]bool{}}
	for _, a := range answerRules {
		j.rules = append(j.rules, r.ruleFor(a.Rule))
	}
	for i := range r.Submissions {
		j.sent[r.Submissions[i].SHA256] = &r.Submissions[i]
	}
	return j
}

// answer holds one agency's answer against the rules. One that a rule would have
// held is here because a clerk released or corrected it: his ruling answers the
// finding.
func (j *judgement) answer(l *Line, a Answer) {
	j.judged[key{l.Activity.Code, a.Agency}] = true
	f := j.factsOf(l.Activity, a)
	if s := j.sent[a.Source.SHA256]; s != nil {
		f.proved = proved(s, l.Activity.Code)
	}
	for i, rule := range answerRules {
		f.rule = j.rules[i]
		if f.rule.Action == Off {
			continue
		}
		b := rule.check(f)
		if b == nil {
			continue
		}
		n := Noted{
			finding.Finding{
				Code: f.rule.Code, Level: f.rule.Action.Level(), Activity: string(l.Activity.Code),
				Place: j.placeOf(a, l.Activity.Code, b.cell), Got: b.got, Want: b.want,
			}, a.Agency, a.Source.SHA256,
		}
		id := j.waiver(f.rule.Code, l.Activity.Code, a.Agency)
		if id == "" && f.rule.Action == Hold && len(a.Rulings) > 0 {
			id = a.Rulings[len(a.Rulings)-1]
		}
		if id != "" {
			j.s.Waived = append(j.s.Waived, Waived{n, id})
			continue
		}
		j.seen = append(j.seen, n)
	}
}

// line holds a finished line against a rule. What concerns one document goes to
// its findings, what concerns the line stays with it.
func (j *judgement) line(l *Line, rule lineRule) {
	own := j.ruleFor(rule.Rule)
	l.Findings = slices.DeleteFunc(l.Findings, func(f finding.Finding) bool { return f.Code == own.Code })
	if own.Action == Off {
		return
	}
	for _, n := range rule.check(j.reckoning, l, own) {
		if n.Code == "" {
			n.Code = own.Code
		}
		n.Level, n.Activity = own.Action.Level(), string(l.Activity.Code)
		about := n.Agency
		if a, ok := alone(l); about == "" && ok {
			about = a.Agency
		}
		switch id := cmp.Or(j.waiver(own.Code, l.Activity.Code, about), j.waiver(n.Code, l.Activity.Code, about)); {
		case id != "":
			j.s.Waived = append(j.s.Waived, Waived{n, id})
		case n.SHA256 != "":
			j.seen = append(j.seen, n)
		default:
			l.Findings = append(l.Findings, n.Finding)
		}
	}
}

// placeOf is where a figure of an answer stands: the cell, or where that is not
// known the answer's own place.
func (r *reckoning) placeOf(a Answer, code plan.Code, cell string) finding.Place {
	src := a.Source
	place := finding.Place{File: src.File, Sheet: src.Sheet, Cell: src.Cell}
	for i := range r.Submissions {
		if r.Submissions[i].SHA256 != src.SHA256 {
			continue
		}
		for _, e := range r.Submissions[i].Entries {
			if e.Activity == code && e.Place.Sheet == src.Sheet && e.Place.Cell == src.Cell && e.Cells == src.Cells {
				place = e.Place
				if place.File == "" {
					place.File = src.File
				}
			}
		}
	}
	if cell != "" {
		place.Cell = cell
	}
	return place
}
