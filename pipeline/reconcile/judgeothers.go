package reconcile

import (
	"cmp"
	"slices"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
)

// others applies the rules to what was found without them.
func (j *judgement) others() {
	j.seen = slices.DeleteFunc(j.seen, func(n Noted) bool { return !j.keep(&n.Finding, n.Agency, n.SHA256) })
	for i := range j.seen {
		j.level(&j.seen[i].Finding)
	}
	for i := range j.Submissions {
		s := &j.Submissions[i]
		var kept []finding.Finding
		for _, f := range s.Findings {
			if rule, ok := judgedAnew[f.Code]; ok && j.judgedBy(rule, key{plan.Code(f.Activity), s.Agency}) {
				continue
			}
			if j.keep(&f, s.Agency, s.SHA256) {
				j.level(&f)
				kept = append(kept, f)
			}
		}
		s.Findings = kept
	}
	for i := range j.s.Lines {
		l := &j.s.Lines[i]
		l.Findings = slices.DeleteFunc(l.Findings, func(f finding.Finding) bool { return !j.keep(&f, "", "") })
		for k := range l.Findings {
			j.level(&l.Findings[k])
		}
	}
}

// judgedBy reports whether the rule had its say on an agency's answer: the
// answer counts, or the rule holds it.
func (j *judgement) judgedBy(rule string, k key) bool {
	return j.judged[k] || slices.ContainsFunc(j.seen, func(n Noted) bool {
		return n.Code == rule && n.Activity == string(k.activity) && n.Agency == k.agency
	})
}

// governing is the rule, of those that find nothing themselves, that governs
// findings of the code.
func (j *judgement) governing(code string) (Rule, bool) {
	if anew, ok := judgedAnew[code]; ok {
		code = anew
		for _, r := range answerRules {
			if r.Code == code {
				return j.ruleFor(r.Rule), true
			}
		}
	}
	for _, r := range otherRules {
		if r.Code == code {
			return j.ruleFor(r), true
		}
	}
	return Rule{}, false
}

// keep reports whether a finding stays; one that a ruling silences goes to the
// waived ones.
func (j *judgement) keep(f *finding.Finding, id agency.ID, sha string) bool {
	rule, ok := j.governing(f.Code)
	switch {
	case !ok:
		return true
	case rule.Action == Off:
		return false
	}
	ruling := cmp.Or(j.waiver(rule.Code, plan.Code(f.Activity), id), j.waiver(f.Code, plan.Code(f.Activity), id))
	if ruling == "" {
		return true
	}
	j.level(f)
	j.s.Waived = append(j.s.Waived, Waived{Noted{*f, id, sha}, ruling})
	return false
}

// level gives a finding the level of the rule that governs it. What would hold
// an answer is a warning about one that does not count.
func (j *judgement) level(f *finding.Finding) {
	rule, ok := j.governing(f.Code)
	switch {
	case !ok:
	case rule.Action == Hold:
		f.Level = finding.Warning
	default:
		f.Level = rule.Action.Level()
	}
}

// waiver is the ID of the ruling that silences findings of the code about the
// agency and the activity at the cut-off, empty when there is none. A ruling that
// names neither silences nothing: that is what the table of rules is for.
func (r *reckoning) waiver(code string, activity plan.Code, id agency.ID) string {
	for _, w := range r.Rulings {
		switch {
		case w.Kind != WaiveRule || w.Rule != code,
			w.Agency == "" && w.Activity == "",
			w.Agency != "" && w.Agency != id,
			w.Activity != "" && w.Activity != activity,
			!w.Until.IsZero() && r.Term.Closes.After(w.Until),
			w.Period.IsZero() && !w.At.IsZero() && agency.DayOf(w.At).After(r.Term.Lock): // a term that was over by then
			continue
		}
		return w.ID
	}
	return ""
}
