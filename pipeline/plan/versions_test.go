package plan_test

import (
	"testing"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
)

func TestVersionsAt(t *testing.T) {
	named := func(number, from string) plan.Version {
		v := plan.Version{Plan: &plan.Plan{Number: number}}
		if from != "" {
			v.From = day(t, from)
		}
		return v
	}
	amended := plan.Versions{named("1", "2018-02-10"), named("2", "2018-07-01")}
	corrected := append(amended[:2:2], named("3", "2018-05-02"))
	for _, c := range []struct {
		name     string
		versions plan.Versions
		on, want string
	}{
		{"no plan", nil, "2018-03-14", ""},
		{"a plan that was decided late is the year's all the same", amended, "2018-01-05", "1"},
		{"the day before the amendment", amended, "2018-06-30", "1"},
		{"the day of the amendment", amended, "2018-07-01", "2"},
		{"no day is said", amended, "", "2"},
		{"before the third", corrected, "2018-05-01", "1"},
		{"the third came last and is in force first", corrected, "2018-06-14", "3"},
		{"it replaces the second for good", corrected, "2018-12-14", "3"},
	} {
		var on agency.Day
		if c.on != "" {
			on = day(t, c.on)
		}
		got := ""
		if p := c.versions.At(on); p != nil {
			got = p.Number
		}
		if got != c.want {
			t.Errorf("%s: version %q on %q, want %q", c.name, got, c.on, c.want)
		}
	}
}
