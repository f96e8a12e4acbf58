package plan_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
)

func TestExpected(t *testing.T) {
	named := func(id agency.ID) agency.Agency {
		return agency.Agency{ID: id, Names: []agency.Name{{Name: "Cơ quan " + string(id)}}}
	}
	merged := named("syt")
	merged.Until, merged.Successor = agency.NewDay(2018, 6, 30), "stp"
	dir, err := agency.New(agency.Data{
		Agencies: []agency.Agency{named("snv"), named("stp"), merged},
		Groups: []agency.Group{
			{ID: "g-sbn", Name: "các sở", Members: []agency.Member{{ID: "stp"}, {ID: "syt"}, {ID: "snv", From: agency.NewDay(2018, 9, 1)}}},
			{ID: "g-open", Name: "các cơ quan liên quan"},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	p := &plan.Plan{Year: 2018, Fields: []plan.Field{{Results: []plan.Result{{Activities: []plan.Activity{
		{Code: "1.1.1", Leads: []agency.ID{"snv"}},
		{Code: "1.1.2", Leads: []agency.ID{"stp", "g-sbn"}},
		{Code: "1.1.3", Leads: []agency.ID{"g-open"}},
	}}}}}}
	term := func(part plan.Part, month time.Month) plan.Term {
		return plan.Term{Period: plan.Period{Year: 2018, Part: part}, Closes: agency.NewDay(2018, month, 14)}
	}
	halves := []plan.Frequency{{Agencies: []agency.ID{"g-sbn"}, Parts: []plan.Part{plan.Half, plan.Year}}}
	for _, c := range []struct {
		what      string
		term      plan.Term
		frequency []plan.Frequency
		want      []string
	}{
		{"all, each once", term(plan.Q1, 3), nil, []string{"1.1.1 snv false", "1.1.2 stp false", "1.1.2 syt true"}},
		{"a successor answers once for both", term(plan.Q3, 8), nil, []string{"1.1.1 snv false", "1.1.2 stp false"}},
		{"a new member", term(plan.Q3, 9), nil, []string{"1.1.1 snv false", "1.1.2 stp false", "1.1.2 snv true"}},
		{"not asked in a quarter", term(plan.Q1, 3), halves, []string{"1.1.1 snv false"}},
		{"asked in the half year", term(plan.Half, 6), halves, []string{"1.1.1 snv false", "1.1.2 stp false", "1.1.2 syt true"}},
		{"members on the day that the term closes", term(plan.Q3, 9), halves, nil},
		{"one activity", term(plan.Q1, 3), []plan.Frequency{{Activities: []plan.Code{"1.1.2"}}}, []string{"1.1.1 snv false"}},
	} {
		var got []string
		for _, e := range p.Expected(dir, c.term, c.frequency) {
			got = append(got, fmt.Sprintf("%s %s %t", e.Activity.Code, e.Agency, e.Member))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.what, diff)
		}
	}
}
