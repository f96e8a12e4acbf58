package plan_test

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

// indicators are the numbers that the indicators of Quyết định 1982/QĐ-UBND name,
// read from it by eye. A code that does not stand here names none.
var indicators = map[plan.Code]string{
	"1.3.1": "80 or more", "1.3.2": "80 or more", "1.3.4": "100", "1.4.1": "30 or more", "1.5.1": "100",
	"2.1.1": "100", "2.1.2": "100", "2.1.3": "100", "2.2.1": "100", "2.2.2": "100", "2.3.1": "100", "2.3.2": "100",
	"3.2.1": "100", "3.3.1": "100", "3.3.2": "100", "3.4.1": "100", "3.4.2": "100", "3.5.1": "100", "3.5.2": "100", "3.6.1": "80",
	"5.1.1": "100", "5.1.2": "100", "5.2.1": "100", "5.3.1": "100", "5.3.2": "100", "5.3.3": "50", "5.4.1": "80", "5.4.2": "100",
	"6.1.1": "100", "6.1.2": "100",
	"7.1.1": "100", "7.1.2": "100", "7.1.3": "100", "7.1.4": "100", "7.2.1": "100", "7.2.2": "100", "7.3.1": "100", "7.3.2": "100",

	"1.3": "100", "1.4": "100", "2.3": "100", "3.3": "100", "3.4": "100", "3.5": "100", "3.6": "100", "4.2": "80 or more",
	"5.1": "100", "5.2": "100", "5.3": "50 or more", "6.1": "100", "7.1": "100",
}

func TestTargetsOfTheDecision(t *testing.T) {
	data, err := os.ReadFile("../../templates/plan/1982-QD-UBND-2017.txt")
	if err != nil {
		t.Fatal(err)
	}
	book, findings := sheet.Open("1982-QD-UBND-2017.txt", data)
	if book == nil {
		t.Fatal(findings)
	}
	directory, err := agency.New(agency.Data{})
	if err != nil {
		t.Fatal(err)
	}
	decision, _ := form.ReadPlan(book, directory)
	if decision == nil {
		t.Fatal("the decision has no table")
	}
	got, activities := map[plan.Code]string{}, 0
	say := func(code plan.Code, indicator string) {
		if target := plan.ParseTarget(indicator); target != nil {
			got[code] = target.Percent.String()
			if target.AtLeast {
				got[code] += " or more"
			}
		}
	}
	for _, f := range decision.Fields {
		for _, r := range f.Results {
			say(r.Code, r.Indicator)
			for _, a := range r.Activities {
				activities++
				say(a.Code, a.Indicator)
			}
		}
	}
	if activities != 52 {
		t.Errorf("%d activities, want 52", activities)
	}
	if diff := cmp.Diff(indicators, got); diff != "" {
		t.Errorf("targets (-want +got):\n%s", diff)
	}
}
