package reconcile

import "slices"

// compare puts the whole and each field beside the earlier periods, in the
// order of Inputs.Earlier. A field that the previous period did not have has an
// empty sum then; with the year before fields are compared only when both plans
// have the same ones, since the same code may name another field.
func compare(in Inputs, s *Statement) []Comparison {
	var all []Comparison
	for _, then := range in.Earlier {
		c := Comparison{
			Kind: then.Kind, Period: then.Term.Period, Revision: then.Revision, Data: then.Data,
			Total: Change{Then: then.Total, Now: s.Total},
		}
		if then.Kind == Previous || sameFields(then.Fields, s.Fields) {
			for _, now := range s.Fields {
				c.Fields = append(c.Fields, Change{Then: fieldOf(then.Fields, now), Now: now})
			}
		}
		if then.Kind == Previous {
			c.Carried = carried(s)
		}
		all = append(all, c)
	}
	return all
}

func sameFields(a, b []Sum) bool {
	return slices.EqualFunc(a, b, func(a, b Sum) bool { return a.Code == b.Code })
}

func fieldOf(fields []Sum, like Sum) Sum {
	for _, f := range fields {
		if f.Code == like.Code {
			return f
		}
	}
	return Sum{Code: like.Code}
}

// carried counts the answers whose money was told in an earlier period; the
// previous one's figures hold what was carried into them.
func carried(s *Statement) int {
	n := 0
	for _, l := range s.Lines {
		for _, a := range l.Answers {
			if a.Carried != nil && a.Role != Partner {
				n++
			}
		}
	}
	return n
}
