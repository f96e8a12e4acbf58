package reconcile

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/plan"
)

func TestCompare(t *testing.T) {
	q1, lastQ1 := plan.Period{Year: 2018, Part: plan.Q1}, plan.Period{Year: 2017, Part: plan.Q1}
	one, two, three := Sum{Code: "I", Done: 1}, Sum{Code: "II", Done: 2}, Sum{Code: "III", Done: 3}
	s := &Statement{
		Fields: []Sum{two, one, three}, Total: Sum{Done: 6},
		Lines: []Line{{Answers: []Answer{
			{Used: dong(3), Carried: &q1}, {Used: dong(4)}, {}, {Role: Partner, Used: dong(5), Carried: &q1},
		}}},
	}
	was := Sum{Code: "I", Done: 9}
	in := Inputs{Earlier: []Figures{
		{Kind: Previous, Term: plan.Term{Period: q1}, Revision: 2, Data: "abc", Fields: []Sum{was, {Code: "IV"}}, Total: Sum{Done: 4}},
		{Kind: LastYear, Term: plan.Term{Period: lastQ1}, Fields: []Sum{was, two}, Total: Sum{Done: 5}},
		{Kind: LastYear, Term: plan.Term{Period: lastQ1}, Fields: []Sum{{Code: "II"}, was, {Code: "III"}}},
	}}
	want := []Comparison{
		{
			Kind: Previous, Period: q1, Revision: 2, Data: "abc", Total: Change{Then: Sum{Done: 4}, Now: Sum{Done: 6}},
			Fields: []Change{{Sum{Code: "II"}, two}, {was, one}, {Sum{Code: "III"}, three}}, Carried: 1,
		},
		{Kind: LastYear, Period: lastQ1, Total: Change{Then: Sum{Done: 5}, Now: Sum{Done: 6}}},
		{
			Kind: LastYear, Period: lastQ1, Total: Change{Now: Sum{Done: 6}},
			Fields: []Change{{Sum{Code: "II"}, two}, {was, one}, {Sum{Code: "III"}, three}},
		},
	}
	if diff := cmp.Diff(want, compare(in, s)); diff != "" {
		t.Errorf("comparisons (-want +got):\n%s", diff)
	}
	if got := compare(Inputs{}, s); got != nil {
		t.Errorf("with nothing earlier: %v", got)
	}
}
